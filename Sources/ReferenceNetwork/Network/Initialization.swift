import Regularization

/// The distribution from which a network's initial weights and biases are drawn.
public enum Initialization: String, Sendable, Hashable, CaseIterable, Codable {
    /// Weights and biases uniform in ±1/√inputs: PyTorch's default for a linear layer, which is `kaiming_uniform_` with
    /// a = √5 (He, Zhang, Ren, Sun 2015).
    case kaimingUniform
    /// Weights uniform in ±√(6/(inputs + outputs)), biases 0 (Glorot, Bengio 2010): Keras' default.
    case glorotUniform

    /// The weights of a linear layer, row-major, outputs × inputs, and its biases.
    func draw(
        inputs: Int, outputs: Int, using generator: inout SeededGenerator
    ) -> (weights: [Float], biases: [Float]) {
        let bound: Float =
            switch self {
            case .kaimingUniform: inputs == 0 ? 0 : 1 / Float(inputs).squareRoot()
            case .glorotUniform:
                inputs == 0 && outputs == 0 ? 0 : (6 / (Float(inputs) + Float(outputs))).squareRoot()
            }
        let weights = (0..<inputs * outputs).map { _ in generator.nextFloat(within: bound) }
        switch self {
        case .kaimingUniform: return (weights, (0..<outputs).map { _ in generator.nextFloat(within: bound) })
        case .glorotUniform: return (weights, Array(repeating: 0, count: outputs))
        }
    }
}

extension SeededGenerator {
    /// A number uniform in [−bound, bound).
    fileprivate mutating func nextFloat(within bound: Float) -> Float {
        (2 * nextUnitFloat() - 1) * bound
    }
}
