import Regularization

/// A rule whose pieces are cut into blocks.
///
/// It prepares what is a `PreparedUpdateRule` when it runs, whatever the loop takes its type for.
struct InBlocks<Base: UpdateRule>: PreparedUpdateRule {
    var base: Base
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
