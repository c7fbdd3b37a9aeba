/// The summands of a sum, in a list: nothing that is done with a sum, however long it is, calls itself.
///
/// It is an object, so that copies of a sum share it.
final class SummandList: Sendable {
    /// The summands, from left to right.
    let parts: [any Regularizer]
    /// What the summands' structures and properties say of the sum.
    let form: SumForm
    /// Whether all summands are elementwise.
    let isElementwise: Bool
    let plans: SumPlans
    /// The summands with their gradients, if all have one; cast once, since a cast allocates.
    private let differentiable: [any DifferentiableRegularizer]

    /// Makes a list of one or more regularizers, after those of another list if there is one.
    init(_ list: SummandList?, _ parts: [any Regularizer]) {
        self.parts = (list?.parts ?? []) + parts
        let start = list?.form ?? SumForm(of: parts[0])
        form = parts.dropFirst(list == nil ? 1 : 0).reduce(start) { $0 + SumForm(of: $1) }
        isElementwise = list?.isElementwise ?? true && parts.allSatisfy(\.isElementwise)
        plans = SumPlans(of: (list?.plans.summands ?? []) + parts.flatMap { $0.summands() })
        differentiable =
            (list?.differentiable ?? []) + parts.compactMap { $0 as? any DifferentiableRegularizer }
    }

    /// The names, as `L1 + NuclearNorm`.
    var name: String { parts.map(\.name).joined(separator: " + ") }

    func check(_ shape: Shape) throws { for part in parts { try part.check(shape) } }

    func value(at weights: Weights) -> Double { parts.reduce(0) { $0 + $1.value(at: weights) } }

    /// Adds scale times the gradients of all summands.
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        forEachPiece(of: weights, &gradient) { weights, gradient in
            for part in differentiable { part.addGradient(at: weights, scale: scale, to: &gradient) }
        }
    }

    /// Adds scale times the gradients of all summands and returns the sum of their values.
    func valueAddingGradient(
        at weights: Weights, scale: Float, to gradient: inout MutableWeights
    ) -> Double {
        var sum = 0.0
        forEachPiece(of: weights, &gradient) { weights, gradient in
            for part in differentiable {
                sum += part.valueAddingGradient(at: weights, scale: scale, to: &gradient)
            }
        }
        return sum
    }

    /// Calls a function with pieces of a long tensor where the summands are elementwise, so that the memory is crossed
    /// once.
    private func forEachPiece(
        of weights: Weights, _ gradient: inout MutableWeights,
        _ body: (Weights, inout MutableWeights) -> Void
    ) {
        guard weights.count > Piece.limit, isElementwise else { return body(weights, &gradient) }
        for range in Piece.ranges(of: 0..<weights.count) {
            let shape = Shape(vector: range.count)
            var piece = MutableWeights(shape: shape, gradient.elements._mutatingExtracting(range))
            body(Weights(shape: shape, weights.elements.extracting(range)), &piece)
        }
    }

    /// Moves the weights to the proximal points of the summands in the proven order; traps if there is none.
    func applyProx(to weights: inout MutableWeights, scales: Scales) {
        plans.apply(to: &weights, scales: scales, name)
    }
}
