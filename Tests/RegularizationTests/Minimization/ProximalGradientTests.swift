import Foundation
import Regularization
import Testing

struct ProximalGradientTests {
    private let slanted = Bowl(curvatures: [4, 1, 0.25, 2], center: [1, -2, 3, 0.1])

    /// For each weight ½a(w − c)² + λ|w| has its minimum at the soft threshold of c at λ/a.
    @Test func aQuadraticWithL1() throws {
        var parameters = slanted.start
        let report = try ProximalGradient().minimize(
            &parameters, with: [.proximalStep(L1(), strength: 0.5)], loss: slanted.loss)
        #expect(report.hasConverged)
        expectClose(parameters.values, [0.875, -1.5, 1, 0], relative: 1e-4, ofInput: slanted.center)
        #expect(parameters.values[3] == 0)
        expectClose(report.dataLoss, 0.03125 + 0.125 + 0.5 + 0.01, within: 1e-4)
        expectClose(report.objective, 0.66625 + 0.5 * 3.375, within: 1e-6)
    }

    @Test(arguments: [1e-9, 1e-3, 1, 1e6, 1e20] as [Float])
    func anyFirstStepSizeServes(size: Float) throws {
        var parameters = slanted.start
        let report = try ProximalGradient(firstStepSize: size).minimize(&parameters, loss: slanted.loss)
        #expect(report.hasConverged)
        #expect(report.iterations < 100)
        let center = slanted.center.map { Double($0) }
        expectClose(parameters.values, center, relative: 1e-4, ofInput: slanted.center)
        #expect((0.1...4).contains(report.stepSize))
    }

    /// Acceleration needs about √κ iterations where the plain method needs κ.
    @Test func itIsAcceleratedAndRestarts() throws {
        let count = 50
        let bowl = Bowl(
            curvatures: (0..<count).map { Float(1 / (1 + 2_000 * Double($0) / Double(count - 1))) },
            center: (0..<count).map { $0.isMultiple(of: 2) ? 1 : -1 })
        let goal = 1e-7
        var parameters = bowl.start
        var fast = 0
        let report = try ProximalGradient().minimize(&parameters) {
            if fast == 0, $0.objective <= goal { fast = $0.iterations }
        } loss: {
            bowl.loss(&$0, &$1)
        }
        #expect(report.hasConverged)
        #expect(report.restarts >= 2)
        var plain = bowl.start
        var gradients = Gradients(like: plain)
        var slow = 0
        var optimizer = SGD(learningRate: 1)
        while bowl.loss(&plain, &gradients) > goal {
            optimizer.update(&plain, along: &gradients)
            slow += 1
        }
        #expect(fast > 0 && slow > 20 * fast, "\(slow) and \(fast) iterations")
    }

    /// After a stretch of high curvature the steps become long again.
    @Test func theStepSizeGrowsAgain() throws {
        // cosh has the curvature 1 at 0 and 202 at the start.
        var parameters = Parameters([("a.weight", [1, 1], [6])])
        let report = try ProximalGradient().minimize(&parameters) { point, gradients in
            gradients["a.weight"] = [sinh(point.values[0])]
            return cosh(Double(point.values[0]))
        }
        #expect(report.hasConverged)
        #expect(abs(parameters.values[0]) < 1e-3)
        #expect(report.stepSize > 0.1)
    }

    @Test func aRidgeIsTheSameAsLossTermAndAsProximalStep() throws {
        var (asTerm, asStep) = (slanted.start, slanted.start)
        let first = try ProximalGradient().minimize(
            &asTerm, with: [.lossTerm(SquaredL2(), strength: 0.7), .proximalStep(L1(), strength: 0.3)],
            loss: slanted.loss)
        let second = try ProximalGradient().minimize(
            &asStep, with: [.proximalStep(SquaredL2(), strength: 0.7), .proximalStep(L1(), strength: 0.3)],
            loss: slanted.loss)
        #expect(first.hasConverged && second.hasConverged)
        let other = asStep.values.map { Double($0) }
        expectClose(asTerm.values, other, relative: 1e-4, ofInput: slanted.center)
        expectClose(first.objective, second.objective, relative: 1e-6)
        // a(w − c) + 0.7w + 0.3 sign(w) = 0
        let expected = [3.7 / 4.7, -1.7 / 1.7, 0.45 / 0.95, 0]
        expectClose(asStep.values, expected, relative: 1e-4, ofInput: slanted.center)
    }

    /// Σ (w² − 1)²/4 has a maximum at 0 and minima at ±1.
    @Test func withoutConvexityTheObjectiveFalls() throws {
        var parameters = Parameters([("a.weight", [1, 3], [0.01, -3, 0.4])])
        var last = Double.infinity
        let report = try ProximalGradient().minimize(&parameters) {
            #expect($0.objective <= last + 1e-6)
            last = $0.objective
        } loss: { point, gradients in
            gradients["a.weight"] = point.values.map { $0 * ($0 * $0 - 1) }
            return point.values.reduce(0) {
                $0 + (Double($1) * Double($1) - 1) * (Double($1) * Double($1) - 1) / 4
            }
        }
        #expect(report.hasConverged)
        expectClose(parameters.values, [1, -1, 1], ofInput: [1])
    }

    @Test func aStartAtTheMinimumStays() throws {
        var parameters = slanted.start
        let solver = ProximalGradient()
        let penalties: [Penalty] = [.proximalStep(L1(), strength: 0.5)]
        _ = try solver.minimize(&parameters, with: penalties, loss: slanted.loss)
        let again = try solver.minimize(&parameters, with: penalties, loss: slanted.loss)
        #expect(again.hasConverged)
        #expect(again.iterations <= 2)
        var zero = slanted.start
        let report = try solver.minimize(
            &zero, with: [.proximalStep(L1(), strength: 5)], loss: slanted.loss)
        #expect(report.hasConverged && report.iterations == 1)
        #expect(zero.values == [0, 0, 0, 0])
    }

    @Test func aMinimumAtZeroWithoutPenaltiesIsFound() throws {
        let bowl = Bowl(curvatures: [1, 0.01], center: [0, 0])
        var parameters = Parameters([("a.weight", [1, 2], [1, 1])])
        let report = try ProximalGradient().minimize(&parameters, loss: bowl.loss)
        #expect(report.hasConverged && report.iterations < 70)
        #expect(parameters.values.allSatisfy { abs($0) < 1e-5 }, "\(parameters.values)")
    }

    @Test func noIterationsEvaluateTheStart() throws {
        var parameters = slanted.start
        let report = try ProximalGradient(maximumIterations: 0).minimize(&parameters, loss: slanted.loss)
        #expect(parameters.values == slanted.start.values)
        #expect(report.iterations == 0 && !report.hasConverged && report.residual == .infinity)
        expectClose(report.objective, 2 + 2 + 1.125 + 0.01, within: 1e-6)
    }

    @Test func tooFewIterationsAreSaid() throws {
        var parameters = slanted.start
        var seen: [Int] = []
        let report = try ProximalGradient(maximumIterations: 3).minimize(&parameters) {
            seen.append($0.iterations)
        } loss: {
            slanted.loss(&$0, &$1)
        }
        #expect(seen == [1, 2, 3])
        #expect(report.iterations == 3 && !report.hasConverged && report.residual > 1e-6)
    }

    @Test func noWeightsAreNoTrouble() throws {
        var parameters = Parameters([("a.weight", [0, 3], [])])
        let report = try ProximalGradient().minimize(&parameters) { _, _ in 7 }
        #expect(report.hasConverged && report.objective == 7)
    }
}

/// Losses that it cannot minimize.
extension ProximalGradientTests {
    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func aLossThatIsNotFiniteThrows(value: Double) throws {
        var parameters = slanted.start
        let error = #expect(throws: MinimizationError.self) {
            try ProximalGradient().minimize(&parameters) { _, _ in value }
        }
        #expect("\(try #require(error))".hasPrefix("The loss at the start is \(value): start from smaller"))
        #expect(parameters.values == slanted.start.values)
    }

    @Test func aGradientThatIsNotFiniteThrows() {
        var parameters = slanted.start
        #expect(throws: MinimizationError.gradientNotFinite) {
            try ProximalGradient().minimize(&parameters) { _, gradients in
                gradients["a.weight"] = [0, .nan, 0, 0]
                return 1
            }
        }
    }

    /// w − log w is NaN below 0.
    @Test func stepsOutOfTheDomainAreShortened() throws {
        var parameters = Parameters([("a.weight", [1, 1], [0.01])])
        let report = try ProximalGradient(firstStepSize: 1e4).minimize(&parameters) { point, gradients in
            let weight = point.values[0]
            gradients["a.weight"] = [1 - 1 / weight]
            return weight > 0 ? Double(weight) - log(Double(weight)) : .nan
        }
        #expect(report.hasConverged)
        expectClose(parameters.values[0], 1, within: 1e-5)
    }

    @Test(arguments: [1, 1e-20] as [Float])
    func aLossWithoutAMinimumDoesNotConverge(slope: Float) throws {
        var parameters = slanted.start
        let report = try ProximalGradient(maximumIterations: 2_000).minimize(&parameters) {
            point, gradients in
            gradients["a.weight"] = [slope, -slope, 0, 0]
            return Double(slope) * (Double(point.values[0]) - Double(point.values[1]))
        }
        #expect(!report.hasConverged)
    }

    @Test func aKinkInALossTermIsNoConvergence() throws {
        let bowl = Bowl(curvatures: [1, 3, 2], center: [0.2, 5, -0.3])
        var parameters = Parameters([("a.weight", [1, 3], [1, 1, 1])])
        let report = try ProximalGradient(maximumIterations: 2_000).minimize(
            &parameters, with: [.lossTerm(L1(), strength: 1)], loss: bowl.loss)
        #expect(!report.hasConverged)
    }

    @Test func aRandomLossDoesNotConverge() throws {
        var generator = SeededGenerator(seed: 1)
        var parameters = slanted.start
        let report = try ProximalGradient(maximumIterations: 2_000).minimize(&parameters) {
            point, gradients in
            let noise = 0.1 * generator.nextUnitFloat()
            let loss = slanted.loss(&point, &gradients)
            gradients["a.weight"] = gradients.values.map { $0 + noise }
            return loss + Double(noise)
        }
        #expect(!report.hasConverged)
    }

    @Test func throwingKeepsTheBestParameters() throws {
        struct Stop: Error {}
        var parameters = slanted.start
        var objective = 0.0
        #expect(throws: Stop.self) {
            try ProximalGradient().minimize(&parameters) {
                objective = $0.objective
                if $0.iterations == 4 { throw Stop() }
            } loss: {
                slanted.loss(&$0, &$1)
            }
        }
        var gradients = Gradients(like: parameters)
        #expect(slanted.loss(&parameters, &gradients) == objective)
        #expect(objective < 1)
        var calls = 0
        #expect(throws: Stop.self) {
            try ProximalGradient().minimize(&parameters) { point, gradients in
                calls += 1
                if calls == 3 { throw Stop() }
                return slanted.loss(&point, &gradients)
            }
        }
    }

    /// A proximal point that is NaN ends the run, though it never equals the point that the step started
    /// from.
    @Test func aProximalPointThatIsNaNEnds() throws {
        var parameters = slanted.start
        let report = try ProximalGradient().minimize(
            &parameters, with: [.proximalStep(NotANumber())], loss: slanted.loss)
        #expect(!report.hasConverged)
        #expect(parameters.values == slanted.start.values)
    }

    @Test func aPenaltyThatDoesNotFitThrows() {
        for penalty in [.proximalStep(L1(), on: .named("b")), .decay(0.1, on: .all)] as [Penalty] {
            var parameters = slanted.start
            #expect(throws: PenaltyError.self) {
                try ProximalGradient().minimize(&parameters, with: [penalty], loss: slanted.loss)
            }
        }
    }

    @Test func senselessSettingsTrap() async {
        await #expect(processExitsWith: .failure) { _ = ProximalGradient(maximumIterations: -1) }
        await #expect(processExitsWith: .failure) { _ = ProximalGradient(tolerance: .nan) }
        await #expect(processExitsWith: .failure) { _ = ProximalGradient(firstStepSize: 0) }
        await #expect(processExitsWith: .failure) { _ = ProximalGradient(firstStepSize: .infinity) }
    }
}

/// ½ Σ aᵢ(wᵢ − cᵢ)².
private struct Bowl {
    let curvatures: [Float]
    let center: [Float]

    var start: Parameters {
        Parameters([("a.weight", [1, center.count], Array(repeating: 0, count: center.count))])
    }

    func loss(_ point: inout Parameters, _ gradients: inout Gradients) -> Double {
        var sum = 0.0
        let elements = point.elements
        var slopes = gradients.mutableElements
        for index in elements.indices {
            let distance = elements[index] - center[index]
            slopes[index] = curvatures[index] * distance
            sum += 0.5 * Double(curvatures[index]) * Double(distance) * Double(distance)
        }
        return sum
    }
}

/// Its proximal point is NaN.
private struct NotANumber: ProximalRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { 0 }
    func applyProx(to weights: inout MutableWeights, scale: Float) { weights[0] = .nan }
}
