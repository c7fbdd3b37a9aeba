import Foundation
import GroupGemanPlugin
import Regularization
import RegularizationLaws
import Testing

struct GroupGemanTests {
    @Test(arguments: [Groups.rows, .columns, .whole], [1.0, 2, 20])
    func obeysEveryLaw(groups: Groups, epsilon: Double) {
        for seed in 0..<4 as Range<UInt64> {
            let violations = RegularizerLaws.violations(of: GroupGeman(groups, epsilon: epsilon), seed: seed)
            #expect(violations.isEmpty, "\(seed): \(violations.first!)")
        }
    }

    @Test("Proximal points of single numbers, and values, are pyproximal's")
    func reference() throws {
        let cases = try Reference.cases()
        #expect(cases.count == 12)
        for reference in cases {
            let regularizer = GroupGeman(.rows, epsilon: reference.epsilon)
            let group = Groups.whole.group(0, in: [1])
            let value = reference.input.reduce(0) { $0 + regularizer.value(atNorm: $1, of: group) }
            #expect(abs(value - reference.value) <= 1e-12 * reference.value, "ε \(reference.epsilon)")
            for (norm, expected) in zip(reference.input, reference.output) {
                let found = regularizer.proximalNorm(of: norm, scale: reference.scale, in: group)
                #expect(
                    (found == 0) == (expected == 0), "\(norm) at \(reference.scale): \(found), \(expected)")
                #expect(
                    abs(found - expected) <= 1e-9 * norm,
                    "\(norm) at \(reference.scale): \(found), \(expected)")
            }
        }
    }

    @Test("A group moves along itself, by the proximal point of its norm")
    func groups() {
        let regularizer = GroupGeman(.columns, epsilon: 0.5)
        let norm = regularizer.proximalNorm(of: 5, scale: 1, in: Groups.whole.group(0, in: [2]))
        let found = proximalPoint([2, 2], [3, 0.1, -4, 0.1], regularizer, stepSizes: [1, 1, 1, 1])
        #expect(found == [Float(3 * norm / 5), 0, Float(-4 * norm / 5), 0])
    }

    @Test("At the threshold, where two points are equally good, it is zero, and beyond it jumps")
    func threshold() {
        let group = Groups.whole.group(0, in: [1])
        let regularizer = GroupGeman(.rows, epsilon: 0.5)
        #expect(regularizer.proximalNorm(of: 1.75, scale: 2, in: group) == 0)
        #expect(abs(regularizer.proximalNorm(of: 1.75.nextUp, scale: 2, in: group) - 1.5) < 1e-12)
        #expect(regularizer.proximalNorm(of: 0.1, scale: 0.05, in: group) == 0)
        #expect(regularizer.proximalNorm(of: 0.1.nextUp, scale: 0.05, in: group) < 1e-12)
    }

    @Test("In a metric no point between zero and the weights is lower where no scale exceeds ε²/2")
    func metric() {
        var drawn = 0.0
        func draw() -> Double {
            drawn = (drawn + 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
            return drawn
        }
        for trial in 0..<200 {
            let epsilon = [0.1, 1, 10][trial % 3]
            let count = 2 + trial % 4
            let z = (0..<count).map { _ in Float(2 * epsilon * (2 * draw() - 1)) }
            let t = (0..<count).map { _ in
                Float(epsilon * epsilon / 2 * pow(10, -4 * draw()))
            }
            let regularizer = GroupGeman(.rows, epsilon: epsilon)
            let found = proximalPoint([1, count], z, regularizer, stepSizes: t).map { Double($0) }
            // The minimizer is 0 or zᵢ/(1 + ctᵢ) for some c ≥ 0.
            let along = stride(from: -25.0, to: 25, by: 0.05).map { exponent in
                zip(z, t).map { Double($0) / (1 + Double($1) * exp(exponent)) }
            }
            let lowest = along.reduce(objective(z.map { _ in 0 }, z, t, epsilon)) {
                min($0, objective($1, z, t, epsilon))
            }
            #expect(objective(found, z, t, epsilon) <= lowest * (1 + 1e-6), "z \(z), t \(t), ε \(epsilon)")
        }
    }

    @Test("Tiny, huge and missing numbers")
    func extremes() {
        let regularizer = GroupGeman(.rows, epsilon: 0.5)
        let tiny: Float = 1e-30
        for stepSizes in [[2, 2], [2, 0.1]] as [[Float]] {
            #expect(
                proximalPoint([1, 2], [tiny, -tiny], regularizer, stepSizes: stepSizes) == [0, 0],
                "step sizes \(stepSizes)")
            #expect(
                proximalPoint([1, 2], [1e30, -1e30], regularizer, stepSizes: stepSizes) == [1e30, -1e30],
                "step sizes \(stepSizes)")
            #expect(
                proximalPoint([1, 2], [.infinity, 1], regularizer, stepSizes: stepSizes) == [.infinity, 1],
                "step sizes \(stepSizes)")
            let broken = proximalPoint([1, 2], [.nan, 1], regularizer, stepSizes: stepSizes)
            #expect(broken.allSatisfy { $0.isNaN }, "step sizes \(stepSizes): \(broken)")
        }
        #expect(value([2, 1], [.infinity, 0.5], regularizer) == .infinity)
        #expect(value([1, 1], [.nan], regularizer).isNaN)
    }

    @Test func zeroesGroupsThatNothingNeeds() throws {
        var parameters = Parameters([("layer.weight", [2, 2], [0.5, 1e-3, -0.5, 1e-3])])
        var gradients = Gradients(like: parameters)
        // snippet: use
        var optimizer = try SGD(learningRate: 0.1).regularized(
            by: [.proximalStep(GroupGeman(.columns, epsilon: 0.1), strength: 1e-2)], over: parameters)
        optimizer.update(&parameters, along: &gradients)
        // end snippet
        let found = parameters["layer.weight"]
        #expect(found[1] == 0 && found[3] == 0)
        #expect(abs(found[0] - 0.5) < 1e-3 && found[2] == -found[0])
    }

    private func objective(_ p: [Double], _ z: [Float], _ t: [Float], _ epsilon: Double) -> Double {
        let norm = p.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return p.indices.reduce(norm / (norm + epsilon)) { sum, index in
            let difference = p[index] - Double(z[index])
            return sum + difference * difference / (2 * Double(t[index]))
        }
    }

    private func proximalPoint(
        _ shape: Shape, _ weights: [Float], _ regularizer: GroupGeman, stepSizes: [Float]
    ) -> [Float] {
        var point = weights
        var view = MutableWeights(shape: shape, point.mutableSpan)
        regularizer.applyProx(to: &view, scales: Scales(stepSizes.span, factor: 1))
        return point
    }

    private func value(_ shape: Shape, _ weights: [Float], _ regularizer: GroupGeman) -> Double {
        regularizer.value(at: Weights(shape: shape, weights.span))
    }
}

private struct Reference: Decodable {
    struct Case: Decodable {
        let epsilon: Double
        let scale: Double
        let input: [Double]
        let output: [Double]
        let value: Double
    }

    let cases: [Case]

    static func cases() throws -> [Case] {
        let url = Bundle.module.resourceURL!.appending(path: "Reference/geman.json")
        return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url)).cases
    }
}
