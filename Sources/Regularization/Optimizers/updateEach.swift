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
