import Foundation
import Regularization
import RegularizationLaws
import Synchronization

private func claim(
    _ name: String, _ structure: Structure = .unknown, _ properties: CompositionProperties = [],
    _ value: @escaping @Sendable ([Float], Shape) -> Double
) -> Valued {
    Valued(name: name, structure: structure, properties: properties, accepts: { $0.rank > 1 }, value: value)
}

let brokenClaims: [BrokenRegularizer] = [
    breaking(
        .isElementwise,
        claim("√ of Σw² elementwise", .elementwise) { w, _ in norm(w) },
        claim("neighbors separable", .separable) { w, _ in
            sum(w) { $0 * $0 } + zip(w, w.dropFirst()).reduce(0) { $0 + 0.001 * Double($1.0 * $1.1) }
        }),
    breaking(
        .isUniform,
        claim("by position elementwise", .elementwise) { w, _ in
            w.indices.reduce(0) { $0 + Double($1 + 1) * Double(abs(w[$1])) }
        }),
    breaking(
        .isSumOverGroups,
        claim("columns as grouped rows", .grouped(.rows), [], value(of: GroupLasso(.columns)))),
    breaking(
        .isRadial,
        claim("row L1 radial", .radial(.rows)) { w, s in
            rows(w, s).reduce(0) { $0 + pow(sum($1) { abs($0) }, 2) }
        },
        claim("whole norm as radial rows", .radial(.rows)) { w, _ in norm(w) }),
    breaking(
        .isRidge,
        claim("1.001 ridge", .ridge(1)) { w, _ in sum(w) { 1.001 * $0 * $0 / 2 } },
        claim("ridge without ½", .ridge(1)) { w, _ in sum(w) { $0 * $0 } },
        claim("ridge plus 1", .ridge(1)) { w, _ in 1 + sum(w) { $0 * $0 / 2 } }),
    breaking(
        .isPermutationInvariant,
        claim(
            "total variation invariant", .grouped(.rows), .permutationInvariant,
            value(of: TotalVariation(along: .rows))),
        claim("Σ(i+1)w² invariant", .unknown, .permutationInvariant) { w, _ in
            w.indices.reduce(0) { $0 + (1 + 0.01 * Double($1)) * Double(w[$1]) * Double(w[$1]) }
        },
        claim("only the first and last differ", .unknown, .permutationInvariant) { w, _ in
            sum(w) { abs($0) } + Double(abs(w.last ?? 0)) * 0.01
        }),
    breaking(
        .isMonotoneInMagnitudes,
        claim("|Σw| monotone", .unknown, .monotoneInMagnitudes) { w, _ in abs(sum(w)) }),
    breaking(
        .isConvex,
        claim("|w₁w₂| convex", .unknown, .convex) { w, _ in
            zip(w, w.dropFirst()).reduce(0) { $0 + Double(abs($1.0 * $1.1)) }
        },
        claim("square − 0.501 of one", .unknown, .convex) { w, _ in
            sum(w) { $0 * $0 / 2 } - 0.501 * pow(Double(w.first ?? 0), 2)
        },
        claim("L0 convex", .unknown, .convex) { w, _ in Double(w.filter { $0 != 0 }.count) },
        claim("rank convex on the ball", .unknown, .convex) { w, _ in
            w.contains(where: \.isNaN) ? .nan : norm(w) <= 1 && norm(w) >= 0.5 ? 0 : .infinity
        }),
    breaking(
        .isLinearInOrder,
        claim("Σ(Δw)² linear", .unknown, .linearInOrder) { w, _ in
            zip(w, w.dropFirst()).reduce(0) { $0 + pow(Double($1.0 - $1.1), 2) }
        }),
    breaking(
        .isLinearInOrderOfMagnitudes,
        claim("norm linear", .unknown, .linearInOrderOfMagnitudes) { w, _ in norm(w) }),
].flatMap { $0 }

private final class Counter: Sendable {
    let calls = Atomic<Int>(0)
    var next: Int { calls.add(1, ordering: .relaxed).newValue }
}
private let counter = Counter()

private struct MeanOfElements: DifferentiableElementwiseRegularizer {
    func value(at weight: Float) -> Double { Double(weight) * Double(weight) / 2 }
    func derivative(at weight: Float) -> Float { weight }
    func value(at weights: Weights) -> Double {
        sum(weights.array) { $0 * $0 / 2 } / Double(max(weights.count, 1))
    }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {
        for index in 0..<weights.count { gradient[index] += scale * weights[index] / Float(weights.count) }
    }
    func valueAddingGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) -> Double {
        addGradient(at: weights, scale: scale, to: &gradient)
        return value(at: weights)
    }
}
/// Writes one element beyond.
private struct Overrun: ProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { sum(weights.array) { $0 * $0 / 2 } }
    func applyProx(to weights: inout MutableWeights, scale: Float) {
        unsafe weights.elements.withUnsafeMutableBufferPointer { buffer in
            guard let base = unsafe buffer.baseAddress else { return }
            for index in 0...buffer.count { unsafe base[index] /= 1 + scale }
        }
    }
}
private struct DropsUnlessDefault: DifferentiableElementwiseRegularizer, Codable {
    var rise: Float = 2
    var fall: Float = 1
    enum CodingKeys: String, CodingKey { case rise }
    func value(at weight: Float) -> Double { Double(weight > 0 ? rise * weight : -fall * weight) }
    func derivative(at weight: Float) -> Float { weight > 0 ? rise : weight < 0 ? -fall : weight }
}
private struct RoundsAParameter: ElementwiseRegularizer, Codable {
    var slope: Double
    init(slope: Double) { self.slope = slope }
    init(from decoder: any Decoder) throws {
        slope = Double(try decoder.singleValueContainer().decode(Float.self))
    }
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Float(slope))
    }
    func value(at weight: Float) -> Double { slope * Double(abs(weight)) }
}

let brokenOthers: [BrokenRegularizer] = [
    breaking(
        .isRepeatable,
        Valued(name: "counts calls") { w, _ in sum(w) { abs($0) } + 1e-12 * Double(counter.next) },
        Proximal(named("noisy prox", absolute)) { w, _, t in
            w.map { soft($0, t) * (1 + 1e-7 * Float(counter.next % 3)) }
        }),
    breaking(.holdsInPieces, MeanOfElements()),
    breaking(.staysWithinItsTensor, Overrun()),
    breaking(
        .survivesConfiguration,
        DropsUnlessDefault(fall: 3),
        RoundsAParameter(slope: 0.1)),
    breaking(
        .isFinite,
        Valued(name: "−∞ at 0") { w, _ in w.allSatisfy { $0 == 0 } && !w.isEmpty ? -.infinity : 0 },
        Valued(name: "mean of none") { w, _ in sum(w) / Double(w.count) },
        Valued(name: "Float square overflows") { w, _ in Double(w.reduce(0) { $0 + $1 * $1 }) }),
    breaking(
        .propagatesNaN,
        Valued(name: "max norm loses NaN") { w, _ in w.reduce(0) { max($0, Double(abs($1))) } },
        Proximal(named("clamps NaN", Valued(name: "") { w, _ in w.contains { $0 < 0 } ? .infinity : 0 })) {
            w, _, _ in w.map { max($0, 0) }
        }),
    breaking(
        .isFirmlyNonexpansive,
        Proximal(
            Valued(name: "hard threshold convex", properties: .convex) { w, _ in sum(w) { abs($0) } }
        ) {
            w, _, t in w.map { abs($0) <= t ? 0 : $0 }
        }),
].flatMap { $0 }
