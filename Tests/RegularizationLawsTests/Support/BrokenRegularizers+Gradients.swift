import Regularization

/// ½Σw², whose gradient is done as a function says.
private struct Written: DifferentiableRegularizer {
    let name: String
    var adds: @Sendable (_ there: Float, _ weight: Float, _ scale: Float) -> Float = { $0 + $2 * $1 }
    var factor: @Sendable (_ scale: Float) -> Double = { _ in 1 }
    var constant = 0.0
    var twice = false
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { SquaredL2().value(at: weights) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        for index in 0..<weights.count { gradient[index] = adds(gradient[index], weights[index], scale) }
    }
    func valueAddingGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) -> Double {
        addGradient(at: weights, scale: scale, to: &gradient)
        if twice { addGradient(at: weights, scale: scale, to: &gradient) }
        return factor(scale) * value(at: weights) + constant
    }
}

let twiceTheGradient = l1("twice the gradient of L1", slope: { 2 * sign($0) })
let slightlyWrongGradient = halfSquare("a gradient one in a hundred too large", slope: { 1.01 * $0 })

let wrongGradients: [BrokenRegularizer] = [
    breaking(
        .gradientIsDerivative, twiceTheGradient, slightlyWrongGradient,
        l1("a gradient of +1 at negative weights", slope: { $0.isNaN ? .nan : $0 == 0 ? 0 : 1 }),
        l1("L1 with the gradient of ½Σw²", slope: { $0 })),
    breaking(.gradientVanishesAtZero, l1("a subgradient of 1 at 0", slope: { $0 == 0 ? 1 : sign($0) })),
    breaking(.gradientIsAdded, overwriting, unscaled),
    breaking(
        .valueComesWithGradient, Written(name: "returns the value times the scale", factor: { Double($0) }),
        addingTwice),
].flatMap { $0 }

private let overwriting = Written(name: "overwrites") { 0 * $0 + $2 * $1 }
private let unscaled = Written(name: "ignores scale") { $0 + $1 + 0 * $2 }
private let squared = Written(name: "scale twice") { $0 + $1 * $2 * $2 }
private let subtracting = Written(name: "subtracts a bit of what is there") { 0.999 * $0 + $1 * $2 }
private let scaling = Written(name: "scales what is there") { $2 * ($0 + $1) }
private let addingTwice = Written(name: "adds twice", twice: true)

/// As others wrote them, who did not know of those above.
let brokenGradients: [BrokenRegularizer] = [
    breaking(.gradientIsAdded, overwriting, unscaled, squared, subtracting, scaling),
    breaking(
        .valueComesWithGradient, addingTwice, Written(name: "constant 1e-3", constant: 1e-3),
        Written(name: "constant 1e-9", constant: 1e-9), Written(name: "factor 1.001", factor: { _ in 1.001 }),
        Written(name: "scaled value", factor: { _ in 0.375 })),
].flatMap { $0 }
