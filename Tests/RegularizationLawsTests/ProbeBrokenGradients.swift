import Regularization
import RegularizationLaws

/// ½Σw², whose gradient is done as a function says.
private struct Written: DifferentiableRegularizer {
    let name: String
    let adds: @Sendable (_ there: Float, _ weight: Float, _ scale: Float) -> Float
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { SquaredL2().value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        for index in 0..<weights.count { gradient[index] = adds(gradient[index], weights[index], scale) }
    }
}

let brokenGradients: [Probe] = [
    Probe(.gradientIsAdded, Written(name: "overwrites") { $0 * 0 + $2 * $1 }),
    Probe(.gradientIsAdded, Written(name: "ignores scale") { $0 + $1 + 0 * $2 }),
    Probe(.gradientIsAdded, Written(name: "scale twice") { $0 + $1 * $2 * $2 }),
    Probe(.gradientIsAdded, Written(name: "subtracts a bit of what is there") { 0.999 * $0 + $1 * $2 }),
    Probe(.gradientIsAdded, Written(name: "scales what is there") { $2 * ($0 + $1) }),
]
