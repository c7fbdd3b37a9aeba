import Foundation
import Regularization

/// The function of each unit in a hidden layer.
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

    /// What a matrix product multiplies negative elements by in passing.
    var negativeSlope: Float {
        switch self {
        case .relu: 0
        case .leakyReLU: 0.01
        case .identity, .tanh, .sigmoid: 1
        }
    }

    /// What needs a pass of its own.
    var curve: Curve? {
        switch self {
        case .tanh: .tanh
        case .sigmoid: .sigmoid
        case .relu, .leakyReLU, .identity: nil
        }
    }

    enum Curve {
        case tanh, sigmoid

        /// Replaces every element by the activation of it.
        func apply(to values: inout MutableSpan<Float>) {
            switch self {
            case .tanh: values.replaceEach { Foundation.tanh($0) }
            case .sigmoid: values.replaceEach { logistic($0) }
            }
        }

        /// Multiplies every gradient by the derivative of the activation, given the activation's
        /// values divided by a factor.
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
