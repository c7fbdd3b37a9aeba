internal import CKernels

/// Updates every weight from its gradient in one pass, for a training loop without an `Optimizer`.
///
/// The body is specialized in the caller, so that it costs no call for each weight. Traps if parameters and gradients
/// differ in count.
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
