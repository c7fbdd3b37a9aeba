import Regularization

/// An update rule that is run on short blocks of each piece, for the laws that compare it with its unmodified self.
///
/// It calls `prepare` whenever the type of the base conforms to `PreparedUpdateRule` at run time. A generic wrapper may
/// conform conditionally, and the update loop, which is chosen at compile time, may then not know of it.
struct InBlocks<Base: UpdateRule>: PreparedUpdateRule {
    var base: Base
    /// The largest number of weights in a block, at least 1.
    let limit: Int

    var learningRate: Float {
        get { base.learningRate }
        set { base.learningRate = newValue }
    }

    var metric: Base.MetricType { base.metric }

    var state: OptimizerState {
        get { base.state }
        set { base.state = newValue }
    }

    mutating func begin() { base.begin() }

    mutating func prepare(_ parameters: borrowing Parameters, _ gradients: inout Gradients) {
        guard var prepared = base as? any PreparedUpdateRule else { return }
        prepared.prepare(parameters, &gradients)
        base = prepared as! Base
    }

    func update(_ piece: inout UpdatePiece) { piece.forEachBlock(of: limit) { base.update(&$0) } }

    func updateWritingStepSizes(_ piece: inout UpdatePiece) {
        piece.forEachBlock(of: limit) { base.updateWritingStepSizes(&$0) }
    }

    func writeStepSizes(from state: borrowing StatePiece, to sizes: inout MutableSpan<Float>) {
        base.writeStepSizes(from: state, to: &sizes)
    }

    func writeStepSizes(of range: Range<Int>, to sizes: inout MutableSpan<Float>) {
        base.writeStepSizes(of: range, to: &sizes)
    }
}
