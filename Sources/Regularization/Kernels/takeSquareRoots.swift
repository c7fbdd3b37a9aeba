internal import CKernels

/// Replaces each element by its square root, for an optimizer that computes its own step sizes.
///
///     for index in 0..<sizes.count { sizes[index] = squares[index] }
///     takeSquareRoots(of: &sizes)
///
/// A loop around `Float.squareRoot()` computes one root at a time on Linux; this function computes as many at once as
/// the processor can. The roots are correctly rounded; the root of a negative number is NaN.
public func takeSquareRoots(of elements: inout MutableSpan<Float>) {
    elements.withUnsafeMutableBufferPointer { ck_square_roots($0.count, $0.baseAddress) }
}
