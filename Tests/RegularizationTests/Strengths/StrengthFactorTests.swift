import Testing

@testable import Regularization

@Suite("StrengthFactor")
struct StrengthFactorTests {
    private func factors(_ factor: StrengthFactor) -> [Double] {
        network.layout.tensors.map { factor.factor(name: $0.name, shape: $0.shape) }
    }

    @Test("Factors by shape and by name")
    func factors() {
        #expect(factors(.one) == [1, 1, 1, 1])
        #expect(factors(.squareRootOfFanIn) == [2, 3, 3, 2].map { Double($0).squareRoot() })
        #expect(factors(.squareRootOfCount)[0] == Double(6).squareRoot())
        #expect(factors(.reciprocalOfCount)[0] == 1 / 6.0)
        #expect(factors(.byName(["fully.1.weight": 3])) == [1, 1, 3, 1])
    }

    @Test("A scaled penalty is one penalty for each parameter, in value, gradient and proximal point")
    func equivalence() throws {
        let names = ["fully.0.weight", "fully.1.weight"]
        for stage in [Penalty.Stage.lossTerm, .proximalStep] {
            func penalty(_ strength: Double, _ filter: ParameterFilter) -> Penalty {
                let regularizer = L1() + GroupLasso(.rows)
                return stage == .lossTerm
                    ? .lossTerm(regularizer, strength: strength, on: filter)
                    : .proximalStep(regularizer, strength: strength, on: filter)
            }
            let factors = [2, 3].map { Double($0).squareRoot() }
            let scaled = [penalty(0.25, .weights).multiplyingStrength(by: .squareRootOfFanIn)]
            let apart = zip(names, factors).map { penalty(0.25 * $1, .exactly($0)) }
            var results: [[Float]] = []
            var values: [Double] = []
            for penalties in [scaled, apart] {
                var parameters = network
                var gradients = Gradients(like: network)
                var optimizer = try SGD(learningRate: 0.5).regularized(by: penalties, over: network)
                optimizer.update(&parameters, along: &gradients)
                results.append(parameters.values)
                values.append(optimizer.plan.value(at: network))
                let contributions = optimizer.contributions(at: network)
                values.append(contributions.reduce(0) { $0 + $1.weightedValue })
            }
            expectClose(
                results[0], results[1].map { Double($0) }, relative: 1e-6, ofInput: network.values,
                "stage \(stage)")
            #expect(results[0] != network.values, "stage \(stage)")
            #expect(
                abs(values[0] - values[2]) < 1e-12 && abs(values[1] - values[3]) < 1e-12, "stage \(stage)")
        }
    }

    @Test(
        "Elementwise loss terms are scaled on their way with the update too, and their gradients in reports")
    func elementwiseLossTerms() throws {
        let scaled = Penalty.lossTerm(L1(), strength: 0.25).multiplyingStrength(
            by: .byName(["fully.1.weight": 3]))
        var parameters = network
        var gradients = Gradients(like: network)
        var optimizer = try SGD(learningRate: 1).regularized(by: [scaled], over: network)
        optimizer.update(&parameters, along: &gradients)
        #expect(
            parameters["fully.0.weight"] == network["fully.0.weight"].map { $0 - ($0 > 0 ? 0.25 : -0.25) })
        #expect(parameters["fully.1.weight"] == [0.25 - 0.75, 0, -1 + 0.75, 0, 0, 0])
        let norm = try #require(optimizer.contributions(at: network)[0].gradientNorm)
        expectClose(norm, 0.25 * Double(6 + 2 * 9).squareRoot(), within: 1e-6)
    }

    @Test("The plan prints the factor")
    func description() throws {
        let plan = try PenaltyPlan(
            [.lossTerm(L1(), strength: 0.5).multiplyingStrength(by: .byName(["fully.0.weight": 4]))],
            over: network)
        #expect("\(plan)".contains("0.5 × 4.0 (by name)"))
        #expect("\(plan)".contains("0.5 × 1.0 (by name)"))
    }

    @Test("A name that the penalty does not apply to, and a factor that is none, are refused")
    func errors() {
        for (factor, sentence) in [
            (
                StrengthFactor.byName(["fully.0.weigth": 2]),
                "for \"fully.0.weigth\", which it does not apply to"
            ),
            (.byName(["fully.0.bias": 2]), "which it does not apply to"),
            (.byName(["fully.0.weight": -1]), "its factor for \"fully.0.weight\" is -1.0"),
        ] {
            do {
                _ = try PenaltyPlan([.lossTerm(L1()).multiplyingStrength(by: factor)], over: network)
                Issue.record("\(factor) was accepted")
            } catch {
                #expect("\(error)".contains(sentence), "\(error)")
            }
        }
    }
}
