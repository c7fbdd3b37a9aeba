import Foundation
import Regularization
import RegularizationLaws

private func huber(_ name: String, slope: @escaping @Sendable (Float) -> Float) -> ByElement {
    ByElement(
        name: name, properties: .convex,
        phi: { abs($0) <= 1 ? Double($0) * Double($0) / 2 : abs(Double($0)) - 0.5 },
        slope: slope, point: { abs($0) <= 1 + $1 ? $0 / (1 + $1) : soft($0, $1) })
}

private func constraint(
    _ name: String, _ isMet: @escaping @Sendable (Float) -> Bool,
    _ point: @escaping @Sendable (Float) -> Float
) -> ProximalByElement {
    ProximalByElement(
        name: name, properties: .convex, phi: { $0.isNaN ? .nan : isMet($0) ? 0 : .infinity },
        point: { weight, _ in point(weight) })
}

let brokenElements: [BrokenRegularizer] =
    [factors, scales, points, ranges, values, constraints].flatMap { $0 }

private let factors: [BrokenRegularizer] = [2, 1.5, 1.02, 1.001, 1.0003].flatMap { (factor: Float) in
    [
        breaking(
            .gradientIsDerivative,
            l1("L1 gradient × \(factor)", slope: { factor * sign($0) }),
            halfSquare("square gradient × \(factor)", slope: { factor * $0 })),
        breaking(
            .proximalPointIsMinimal,
            l1("L1 threshold × \(factor)", point: { soft($0, factor * $1) }),
            halfSquare("square prox × \(factor)", point: { $0 / (1 + factor * $1) })),
    ].flatMap { $0 }
}

private let scales: [BrokenRegularizer] = [
    breaking(
        .proximalPointIsMinimal,
        l1("scale 1", point: { weight, _ in soft(weight, 1) }),
        l1("sign of scale", point: { soft($0, $1 > 0 ? 1 : 0) }),
        l1("scale²", point: { soft($0, $1 * $1) }),
        l1("√scale", point: { soft($0, $1.squareRoot()) }),
        halfSquare("square scale²", point: { $0 / (1 + $1 * $1) }),
        halfSquare("t > 1 clamps", point: { $0 / (1 + min($1, 1)) }),
        l1("small t ignored", point: { $1 < 1e-3 ? $0 : soft($0, $1) }),
        l1("huge t ignored", point: { $1 > 1e6 ? $0 : soft($0, $1) })),
    breaking(
        .zeroScaleIsIdentity,
        halfSquare("rounds at t = 0", point: { $0 / (1 + $1) + ($1 == 0 ? 1e-6 * $0 : 0) })),
].flatMap { $0 }

private let points: [BrokenRegularizer] = [
    breaking(
        .gradientIsDerivative,
        l1("slope 1 below 0", slope: { $0 == 0 ? 0 : $0.isNaN ? $0 : 1 }),
        huber("L1 gradient of Huber", slope: { sign($0) }),
        huber("square gradient of Huber", slope: { $0 }),
        huber("Huber gradient jumps at 1.25", slope: { abs($0) <= 1.25 ? $0 : sign($0) }),
        ByElement(
            name: "half square gradient of square", phi: { Double($0) * Double($0) }, slope: { $0 },
            point: { $0 / (1 + 2 * $1) })),
    breaking(
        .proximalPointIsMinimal,
        l1("away below 0", point: { abs($0) <= $1 ? 0 : $0 - $1 }),
        halfSquare("gradient step", point: { $0 * (1 - $1) }),
        l1("gradient step of L1", point: { $0 - $1 * sign($0) }),
        ByElement(
            name: "gradient step of log cosh",
            phi: { log(cosh(min(max(Double($0), -300), 300))) + max(abs(Double($0)) - 300, 0) },
            slope: { tanh($0) }, point: { $0 - $1 * tanh($0) }),
        halfSquare("expansive", point: { $0 * (1 + $1) }),
        halfSquare("expansive a little", point: { $0 / (1 + $1) * 1.002 }),
        l1("returns −0", point: { abs($0) <= $1 ? -0.0 : soft($0, $1) }),
        l1("leaves denormals", point: { abs($0) <= $1 ? 1e-40 * sign($0) : soft($0, $1) }),
        l1("leaves 1e-9 · w", point: { abs($0) <= $1 ? 1e-9 * $0 : soft($0, $1) }),
        l1("leaves 1e-6 · w", point: { abs($0) <= $1 ? 1e-6 * $0 : soft($0, $1) })),
    breaking(
        .propagatesNaN,
        l1("max", point: { $0 > 0 ? max($0 - $1, 0) : $0 < 0 ? min($0 + $1, 0) : 0 }),
        l1("keep where", point: { abs($0) > $1 ? $0 - $1 * sign($0) : 0 }),
        l1("slope 0 of NaN", slope: { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 })),
    breaking(.gradientVanishesAtZero, l1("slope 1 at 0", slope: { $0 >= 0 ? 1 : $0 < 0 ? -1 : $0 })),
].flatMap { $0 }

private let ranges: [BrokenRegularizer] = [
    breaking(
        .proximalPointIsMinimal,
        l1("kept above 1e3", point: { abs($0) > 1e3 ? $0 : soft($0, $1) }),
        l1("kept above 1e12", point: { abs($0) > 1e12 ? $0 : soft($0, $1) }),
        l1("kept above 1e18", point: { abs($0) > 1e18 ? $0 : soft($0, $1) }),
        l1("kept below 1e-6", point: { abs($0) < 1e-6 ? $0 : soft($0, $1) }),
        halfSquare("zeroed below 1e-6", point: { abs($0) < 1e-6 ? $0 * 0 : $0 / (1 + $1) }),
        halfSquare("zeroed below 1e-12", point: { abs($0) < 1e-12 ? $0 * 0 : $0 / (1 + $1) }),
        l1("kept at the tie", point: { abs($0) == $1 ? $0 : soft($0, $1) }),
        l1("kept at 1", point: { $0 == 1 ? $0 : soft($0, $1) }),
        l1("kept in 3...3.5", point: { abs($0) >= 3 && abs($0) <= 3.5 ? $0 : soft($0, $1) }),
        l1("kept in 3...3.02", point: { abs($0) >= 3 && abs($0) <= 3.02 ? $0 : soft($0, $1) })),
    breaking(
        .gradientIsDerivative,
        l1("slope 0 below 1e-6", slope: { abs($0) < 1e-6 ? $0 * 0 : sign($0) }),
        l1("slope 0 above 1e6", slope: { abs($0) > 1e6 ? 0 : sign($0) }),
        l1("slope w/(|w| + 1e-3)", slope: { $0 / (abs($0) + 1e-3) }),
        l1("slope w/√(w² + 1e-12)", slope: { $0 / ($0 * $0 + 1e-12).squareRoot() }),
        halfSquare("clipped gradient at 100", slope: { $0 > 100 ? 100 : $0 < -100 ? -100 : $0 })),
].flatMap { $0 }

private let values: [BrokenRegularizer] = [
    breaking(
        .isFinite,
        ByElement(
            name: "NaN slope at 0", phi: { Double(abs($0)) }, slope: { $0 / abs($0) },
            point: { soft($0, $1) }
        ),
        ByElement(
            name: "log at 0", phi: { log(abs(Double($0))) }, slope: { $0 == 0 ? 0 : 1 / $0 },
            point: { $0 + $1 * 0 }),
        ProximalByElement(
            name: "w²/|w|", phi: { Double($0) * Double($0) / Double(abs($0)) }, point: { soft($0, $1) })),
    breaking(
        .isConvex,
        ByElement(
            name: "log(1 + |w|) convex", properties: .convex, phi: { log(1 + abs(Double($0))) },
            slope: { $0 / (abs($0) * (1 + abs($0)) + ($0 == 0 ? 1 : 0)) },
            point: { weight, scale in
                LogSum(epsilon: 1).proximalPoint(of: weight, scale: scale)
            }),
        MCPConvex()),
    breaking(
        .isPositivelyHomogeneous,
        ByElement(
            name: "homogeneous Huber 0.001", properties: [.convex, .positivelyHomogeneous],
            phi: { Huber(delta: 0.001).value(at: $0) }, slope: { Huber(delta: 0.001).derivative(at: $0) },
            point: { Huber(delta: 0.001).proximalPoint(of: $0, scale: $1) }),
        halfSquare("homogeneous square", [.convex, .positivelyHomogeneous])),
    breaking(
        .isMonotoneInMagnitudes,
        ByElement(
            name: "monotone tilted", properties: .monotoneInMagnitudes,
            phi: { Double($0 > 0 ? $0 : -2 * $0) },
            slope: { $0 > 0 ? 1 : $0 < 0 ? -2 : $0 },
            point: { $0 >= -2 * $1 && $0 <= $1 ? 0 : $0 > 0 ? $0 - $1 : $0 + 2 * $1 }),
        ByElement(
            name: "monotone tilted a little", properties: .monotoneInMagnitudes,
            phi: { Double($0 > 0 ? $0 : -1.01 * $0) }, slope: { $0 > 0 ? 1 : $0 < 0 ? -1.01 : $0 },
            point: { $0 >= -1.01 * $1 && $0 <= $1 ? 0 : $0 > 0 ? $0 - $1 : $0 + 1.01 * $1 })),
    breaking(.isLinearInOrder, l1("L1 linear in order", .linearInOrder)),
    breaking(
        .isLinearInOrderOfMagnitudes,
        halfSquare("square linear in magnitudes", .linearInOrderOfMagnitudes)),
].flatMap { $0 }

private struct MCPConvex: ElementwiseRegularizer {
    var name: String { "MCP(1, 1000) convex" }
    var properties: CompositionProperties { .convex }
    func value(at weight: Float) -> Double { MCP(threshold: 1, concavity: 1000).value(at: weight) }
}

private let constraints: [BrokenRegularizer] = [
    breaking(
        .proximalPointIsMinimal,
        constraint("box inside by 1 %", { abs($0) <= 1 }, { $0 > 1 ? 0.99 : $0 < -1 ? -0.99 : $0 }),
        constraint("box inside by 1e-4", { abs($0) <= 1 }, { $0 > 1 ? 0.9999 : $0 < -1 ? -0.9999 : $0 }),
        constraint(
            "box outside by 1 %", { abs($0) <= 1 }, { $0 > 1.01 ? 1.01 : $0 < -1.01 ? -1.01 : $0 }),
        constraint(
            "box outside by 1e-6", { abs($0) <= 1 },
            { $0 > 1.000001 ? 1.000001 : $0 < -1.000001 ? -1.000001 : $0 }),
        constraint("below 0 by 1e-6", { $0 >= 0 }, { $0 < -1e-6 ? -1e-6 : $0 }),
        constraint("above 0 by 1e-6", { $0 >= 0 }, { $0 < 1e-6 ? 1e-6 : $0 }),
        constraint("above 0 by 0.01", { $0 >= 0 }, { $0 < 0.01 ? 0.01 : $0 })),
    breaking(
        .isInterval,
        StatesInterval(claimed: -1...1, actual: -0.999...0.999),
        StatesInterval(claimed: -1...1, actual: -1.001...1.001)),
].flatMap { $0 }

private struct StatesInterval: Regularizer {
    let claimed: ClosedRange<Float>
    let actual: ClosedRange<Float>
    var name: String { "interval \(actual) as \(claimed)" }
    var structure: Structure { .interval(claimed) }
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double {
        let array = weights.array
        if array.contains(where: \.isNaN) { return .nan }
        return array.allSatisfy(actual.contains) ? 0 : .infinity
    }
}
