/// The weights by which a later layer takes the outputs of a layer's units, and the outputs that it computes from them.
public struct UnitEdge: Sendable, Hashable {
    /// The axis of the later layer's weights that counts these units: the weights that multiply a unit's output.
    public let weights: UnitAxis
    /// The index of the dimension of these weights that counts the later layer's own outputs.
    public let outputAxis: Int
    /// The name of the bias of the later layer's outputs, if the constant output of a removed unit can be added to it;
    /// nil where that is not exact, as behind padding or a normalization, or where there is no bias.
    public let foldsInto: String?

    /// Makes an edge; traps if the axis is negative.
    public init(_ weights: UnitAxis, outputAxis: Int = 0, foldingInto bias: String? = nil) {
        self.weights = weights
        require(outputAxis >= 0, "An axis is counted from 0, not \(outputAxis).")
        self.outputAxis = outputAxis
        foldsInto = bias
    }
}
