import Foundation
import Testing

@testable import Regularization

/// Newton's method ends by itself, long before the bound of its loop, whatever the sizes of weights and scales.
@Suite("Newton's steps")
struct NewtonRootTests {
    /// The largest number of steps over random groups of 1 to 64 elements: a third of moderate numbers, a third with
    /// weights and a third with weights and scales that differ by up to 10¹².
    private func mostSteps(_ regularizers: [any NewtonRegularizer]) -> [String: Int] {
        var generator = SeededGenerator(seed: 1)
        var most: [String: Int] = [:]
        for index in 0..<1500 {
            let count = Int.random(in: 1...64, using: &generator)
            let spread: (weights: Double, scales: Double) = [(1, 1), (12, 1), (12, 12)][index % 3]
            let weights = (0..<count).map { _ in
                Float.size(spread.weights, &generator) * (Bool.random(using: &generator) ? 1 : -1)
            }
            let scales = (0..<count).map { _ in Float.size(spread.scales, &generator) }
            for regularizer in regularizers {
                let steps = self.steps(of: regularizer, weights, scales)
                most[regularizer.name] = max(steps, most[regularizer.name] ?? 0)
            }
        }
        return most
    }

    private func steps(of regularizer: some NewtonRegularizer, _ weights: [Float], _ scales: [Float]) -> Int {
        var values = weights
        var view = MutableWeights(shape: [weights.count], values.mutableSpan)
        let group = regularizer.groups.group(0, in: [weights.count])
        return regularizer.move(group, of: &view, scales: Scales(scales.span, factor: 1))
    }

    @Test("Norms")
    func norms() {
        let regularizers: [any NewtonRegularizer] = [-9, -6, -3, 0].flatMap {
            power -> [any NewtonRegularizer] in
            let size = Double(Float.power(power))
            return [
                GroupLasso(.whole, weighting: .custom([size])), L2Ball(.whole, radius: size),
                L2Sphere(.whole, radius: size),
            ]
        }
        let most = mostSteps(regularizers)
        #expect(most.values.allSatisfy { (1...15).contains($0) }, "\(most)")
    }

    @Test("Sums and the largest magnitudes")
    func hinges() {
        let regularizers: [any NewtonRegularizer] = [-9, -6, -3, 0].flatMap {
            power -> [any NewtonRegularizer] in
            let size = Double(Float.power(power))
            return [
                L1Ball(.whole, radius: size), Simplex(.whole, total: size),
                GroupLInfinity(.whole, weighting: .custom([size])),
            ]
        }
        let most = mostSteps(regularizers)
        #expect(most.values.allSatisfy { (1...15).contains($0) }, "\(most)")
    }

    @Test("LogCosh")
    func logCosh() {
        var generator = SeededGenerator(seed: 1)
        var most = (moderate: 0, any: 0)
        for _ in 0..<2000 {
            let size = Double(Float.size(12, &generator))
            let moderate = LogCosh.root(of: 1e6 * size, scale: Double(Float.size(3, &generator)))
            let any = LogCosh.root(of: 1e6 * size, scale: 1e6 * Double(Float.size(12, &generator)))
            most = (max(most.moderate, moderate.steps), max(most.any, any.steps))
        }
        #expect(most.moderate <= 20 && most.any <= 60, "\(most)")
    }
}

extension Float {
    /// A number between 10⁻ᵏ and 1, whose logarithm is uniform.
    fileprivate static func size(_ powers: Double, _ generator: inout SeededGenerator) -> Float {
        power(-powers * Double(generator.nextUnitFloat()))
    }

    /// 10ᵏ.
    fileprivate static func power(_ exponent: Double) -> Float {
        Float(Foundation.pow(10, exponent))
    }
}
