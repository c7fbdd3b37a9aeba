import Regularization
import RegularizationLaws

/// ½Σw², whose gradient is done as a function says.
private struct Written: DifferentiableRegularizer {
    let name: String
    var factor = 1.0
    var constant = 0.0
    var adds: @Sendable (_ there: Float, _ weight: Float, _ scale: Float) -> Float = { $0 + $2 * $1 }
    var twice = false
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { SquaredL2().value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        for index in 0..<weights.count { gradient[index] = adds(gradient[index], weights[index], scale) }
    }
    func valueAddingGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) -> Double {
        addGradient(at: weights, scale: scale, to: &gradient)
        if twice { addGradient(at: weights, scale: scale, to: &gradient) }
        return factor * value(at: weights) + constant
    }
}

let brokenGradients: [Probe] = [
    Probe(.gradientIsAdded, Written(name: "overwrites") { $0 * 0 + $2 * $1 }),
    Probe(.gradientIsAdded, Written(name: "ignores scale") { $0 + $1 + 0 * $2 }),
    Probe(.gradientIsAdded, Written(name: "scale twice") { $0 + $1 * $2 * $2 }),
    Probe(.gradientIsAdded, Written(name: "subtracts a bit of what is there") { 0.999 * $0 + $1 * $2 }),
    Probe(.gradientIsAdded, Written(name: "scales what is there") { $2 * ($0 + $1) }),
    Probe(.valueComesWithGradient, Written(name: "adds twice", twice: true)),
    Probe(.valueComesWithGradient, Written(name: "constant 1e-3", constant: 1e-3)),
    Probe(.valueComesWithGradient, Written(name: "constant 1e-9", constant: 1e-9)),
    Probe(.valueComesWithGradient, Written(name: "factor 1.001", factor: 1.001)),
    Probe(.valueComesWithGradient, Written(name: "scaled value", factor: 0.375)),
]
