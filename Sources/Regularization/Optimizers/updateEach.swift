internal import CKernels

/// Updates every weight from its gradient, in one pass, in a training loop of one's own.
///
/// The body is specialized where it is written.
@inlinable
public func updateEach(
    _ parameters: inout Parameters, along gradients: borrowing Gradients,
    _ body: (_ weight: inout Float, _ gradient: Float) -> Void
) {
    require(parameters.count == gradients.elements.count, "Parameters and gradients differ in count.")
    var weights = parameters.mutableElements
    let gradient = gradients.elements
    for index in 0..<gradient.count {
        body(&weights[unchecked: index], gradient[unchecked: index])
    }
}

/// Replaces each element by its square root, for the step sizes of an optimizer of one's own.
///
///     for index in 0..<sizes.count { sizes[index] = squares[index] }
///     takeSquareRoots(of: &sizes)
///
/// A loop around `Float.squareRoot()` takes them one at a time on Linux; this takes as many at once as the
/// processor can. They are correctly rounded; the root of a negative number is NaN.
public func takeSquareRoots(of elements: inout MutableSpan<Float>) {
    elements.withUnsafeMutableBufferPointer { ck_square_roots($0.count, $0.baseAddress) }
}
