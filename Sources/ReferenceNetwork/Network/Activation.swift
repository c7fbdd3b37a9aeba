import Foundation
import Regularization

/// The activation function of the hidden units.
public enum Activation: String, Sendable, Hashable, CaseIterable, Codable {
    /// max(0, x).
    case relu
    /// x for x ≥ 0, else x/100.
    case leakyReLU
    /// tanh x.
    case tanh
    /// 1/(1 + e⁻ˣ).
    case sigmoid
    /// x.
    case identity

    /// The factor by which a matrix product multiplies negative elements while it writes them.
    ///
    /// It is 1 where the activation is the identity, or is applied by its `curve`.
    var negativeSlope: Float {
        switch self {
        case .relu: 0
        case .leakyReLU: 0.01
        case .identity, .tanh, .sigmoid: 1
        }
    }

    /// The activation as a pass over the outputs of the matrix product; nil if `negativeSlope` is all of it.
    var curve: Curve? {
        switch self {
        case .tanh: .tanh
        case .sigmoid: .sigmoid
        case .relu, .leakyReLU, .identity: nil
        }
    }

    /// Multiplies each gradient by the derivative of the activation, given the activation's values; traps if the counts
    /// differ.
    func multiplyByDerivative(_ gradients: inout MutableSpan<Float>, at values: Span<Float>) {
        if let curve { return curve.multiplyByDerivative(&gradients, at: values) }
        if negativeSlope == 1 { return }
        require(gradients.count == values.count, "The gradients and the values differ in count.")
        let negativeSlope = negativeSlope
        for index in 0..<gradients.count {
            let gradient = gradients[unchecked: index]
            gradients[unchecked: index] = values[unchecked: index] > 0 ? gradient : negativeSlope * gradient
        }
    }

    /// An activation that is applied in a pass of its own.
    enum Curve {
        case tanh, sigmoid

        /// Replaces each element by the activation function of it.
        func apply(to values: inout MutableSpan<Float>) {
            switch self {
            case .tanh: values.replaceEach { Foundation.tanh($0) }
            case .sigmoid: values.replaceEach { logistic($0) }
            }
        }

        /// Multiplies each gradient by the derivative of the activation, which follows from the activation's value.
        ///
        /// The values are those in `values` times `factor`, since dropout has divided the values that it keeps. Traps
        /// if the counts differ.
        func multiplyByDerivative(
            _ gradients: inout MutableSpan<Float>, at values: Span<Float>, times factor: Float = 1
        ) {
            switch self {
            case .tanh: gradients.multiplyEach(by: values, factor) { 1 - $0 * $0 }
            case .sigmoid: gradients.multiplyEach(by: values, factor) { $0 * (1 - $0) }
            }
        }
    }
}

/// 1/(1 + e⁻ˣ), without overflow.
func logistic(_ x: Float) -> Float {
    if x >= 0 { return 1 / (1 + exp(-x)) }
    let power = exp(x)
    return power / (1 + power)
}

extension MutableSpan<Float> {
    @inline(__always)
    fileprivate mutating func replaceEach(by function: (Float) -> Float) {
        for index in 0..<count { self[unchecked: index] = function(self[unchecked: index]) }
    }

    @inline(__always)
    fileprivate mutating func multiplyEach(
        by values: Span<Float>, _ factor: Float, _ function: (Float) -> Float
    ) {
        require(count == values.count, "The gradients and the values differ in count.")
        for index in 0..<count { self[unchecked: index] *= function(factor * values[unchecked: index]) }
    }
}
