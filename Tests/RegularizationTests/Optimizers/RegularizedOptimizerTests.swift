import Regularization
import Testing

@Suite("RegularizedOptimizer")
struct RegularizedOptimizerTests {
    private func parameters(_ values: Float...) -> Parameters {
        Parameters([("weight", [values.count], values)])
    }

    private func update(_ optimizer: inout some Optimizer, _ parameters: inout Parameters, _ values: [Float])
    {
        var gradients = Gradients(like: parameters, values)
        optimizer.update(&parameters, along: &gradients)
    }

    @Test("Loss terms join the gradients before the update")
    func lossTerms() throws {
        var parameters = parameters(2, -1)
        var optimizer = try SGD(learningRate: 0.5).regularized(
            by: [.lossTerm(L1(), strength: 0.5), .lossTerm(SquaredL2(), strength: 0.25)], over: parameters)
        var gradients = Gradients(like: parameters, [1, 0])
        optimizer.update(&parameters, along: &gradients)
        #expect(gradients["weight"] == [2, -0.75])
        #expect(parameters["weight"] == [1, -0.625])
    }

    @Test("Under Adam each weight has the threshold ηλ/(√v̂ + ε)")
    func adamThresholds() throws {
        let (rate, strength, epsilon): (Float, Double, Float) = (0.125, 0.5, 1e-8)
        var parameters = parameters(1, 1, 1, -1)
        var optimizer = try Adam(learningRate: rate, epsilon: epsilon).regularized(
            by: [.proximalStep(L1(), strength: strength)], over: parameters)
        update(&optimizer, &parameters, [0.5, 4, 0.0625, 0.25])
        let expected = [1 - 0.125 - 0.0625 / 0.5, 1 - 0.125 - 0.0625 / 4, 0, -1 - 0.125 + 0.0625 / 0.25]
        expectClose(parameters["weight"], expected, ofInput: [1])
        #expect(parameters["weight"][2] == 0)
    }

    @Test("A weight that never had a gradient is zeroed at once in Adam's metric, not in the Euclidean one")
    func neverAGradient() throws {
        let cases: [(ProximalMetric, Float)] = [(.optimizer, 0), (.euclidean, 100 - 1e-3)]
        for (metric, expected) in cases {
            var parameters = parameters(100, 1)
            var optimizer = try Adam(learningRate: 0.5).regularized(
                by: [.proximalStep(L1(), strength: 2e-3, metric: metric)], over: parameters)
            update(&optimizer, &parameters, [0, 1])
            #expect(parameters["weight"][0] == expected, "metric \(metric)")
            #expect(parameters["weight"][1] != 0, "metric \(metric)")
        }
    }

    @Test(
        "Momentum moves to the proximal point of its step size at rest, whatever the rate at attachment",
        arguments: [0.25, 0] as [Float])
    func momentum(rateAtAttachment: Float) throws {
        var parameters = parameters(1, -3)
        var optimizer = try SGD(learningRate: rateAtAttachment, momentum: 0.75, dampening: 0.5).regularized(
            by: [.proximalStep(L1(), strength: 2)], over: parameters)
        optimizer.learningRate = 0.25
        update(&optimizer, &parameters, [0, 0])
        #expect(parameters["weight"] == [0, -2])
    }

    @Test("With momentum the fixed point is that of the penalized problem")
    func fixedPoint() throws {
        for (momentum, dampening, nesterov) in [
            (0, 0, false), (0.75, 0, false), (0.75, 0.5, false), (0.75, 0, true),
        ]
            as [(Float, Float, Bool)]
        {
            var parameters = parameters(3, 3)
            var optimizer = try SGD(
                learningRate: 0.0625, momentum: momentum, dampening: dampening, nesterov: nesterov
            ).regularized(by: [.proximalStep(L1(), strength: 0.5)], over: parameters)
            // The data loss is ½(w − 2)² for the one weight and ½(w − ¼)² for the other.
            for _ in 0..<400 {
                let weights = parameters["weight"]
                update(&optimizer, &parameters, [weights[0] - 2, weights[1] - 0.25])
            }
            expectClose(parameters["weight"][0], 1.5, within: 1e-4, "\(momentum) \(dampening) \(nesterov)")
            #expect(parameters["weight"][1] == 0)
        }
    }

    @Test("Weight decay multiplies by 1 − ηλ before the update, whatever the metric")
    func decay() throws {
        var parameters = parameters(1, -2, 0.5)
        var optimizer = try DiagonalSteps(sizes: [0.25, 1, 4]).regularized(
            by: [
                .proximalStep(L1(), strength: 0.25),
                .decay(0.5),
            ], over: parameters)
        update(&optimizer, &parameters, [1, -1, 0.125])
        // η = ½: w ← ¾w − s·g, then the thresholds ¼·s.
        #expect(parameters["weight"] == [0.5 - 0.0625, -0.5 + 0.25, 0])
    }

    @Test(
        "Under plain descent a decay is squared L2 as a loss term, and not with momentum"
    )
    func decayAndLossTerm() throws {
        for (momentum, agrees) in [(0, true), (0.5, false)] as [(Float, Bool)] {
            var results: [[Double]] = []
            for penalty in [.decay(0.5), .lossTerm(SquaredL2(), strength: 0.5)] as [Penalty] {
                var parameters = parameters(1, -2)
                var optimizer = try SGD(learningRate: 0.25, momentum: momentum).regularized(
                    by: [penalty], over: parameters)
                for _ in 0..<3 { update(&optimizer, &parameters, [1, -0.5]) }
                results.append(parameters["weight"].map { Double($0) })
            }
            let difference = zip(results[0], results[1]).map { abs($0 - $1) }.max()!
            #expect((difference < 1e-6) == agrees, "\(difference)")
        }
    }

    @Test("A squared L2 in the optimizer's metric folds instead")
    func foldedDecay() throws {
        var parameters = parameters(1, -2)
        var optimizer = try DiagonalSteps(sizes: [0.25, 1]).regularized(
            by: [.proximalStep(L1(), strength: 0.25), .proximalStep(SquaredL2(), strength: 2)],
            over: parameters)
        update(&optimizer, &parameters, [0, 0])
        expectClose(parameters["weight"], [(1 - 0.0625) / 1.5, (-2 + 0.25) / 3], ofInput: [2])
    }

    @Test("Euclidean steps use the learning rate, also under a diagonal metric and with momentum")
    func euclidean() throws {
        var diagonal = try DiagonalSteps(sizes: [8]).regularized(
            by: [.proximalStep(L1(), strength: 0.25, metric: .euclidean)], over: parameters(1))
        var withMomentum = try SGD(learningRate: 0.5, momentum: 0.75).regularized(
            by: [.proximalStep(L1(), strength: 0.25, metric: .euclidean)], over: parameters(1))
        var (first, second) = (parameters(1), parameters(1))
        update(&diagonal, &first, [0])
        update(&withMomentum, &second, [0])
        #expect(first["weight"] == [0.875])
        #expect(second["weight"] == [0.875])
    }

    @Test("Groups in Adam's metric on one tensor of several")
    func groupsInMetric() throws {
        let sizes = network.values.indices.map { Float($0 % 5 + 1) / 8 }
        var parameters = network
        var optimizer = try DiagonalSteps(sizes: sizes).regularized(
            by: [.proximalStep(L1() + GroupLasso(.columns), strength: 0.5, on: .exactly("fully.1.weight"))],
            over: network)
        update(&optimizer, &parameters, network.values.map { _ in 0 })
        let expected = Tensor([2, 3], network["fully.1.weight"]).proximalPoint(
            0.5 * (L1() + GroupLasso(.columns)), stepSizes: Array(sizes[9..<15]))
        expectClose(parameters["fully.1.weight"], expected.map { Double($0) }, ofInput: [1])
        #expect(parameters["fully.1.weight"] != network["fully.1.weight"])
        #expect(parameters["fully.0.weight"] == network["fully.0.weight"])
    }

    @Test("Strengths follow the schedule from step 0; more penalties go on, or start anew")
    func schedule() throws {
        var parameters = parameters(4)
        var optimizer = try SGD(learningRate: 1).regularized(
            by: [.proximalStep(L1(), strength: .linear(from: 0, to: 1, over: 2))], over: parameters)
        var seen: [Float] = []
        for _ in 0..<4 {
            update(&optimizer, &parameters, [0])
            seen.append(parameters["weight"][0])
        }
        #expect(seen == [4, 3.5, 2.5, 1.5])
        #expect(optimizer.contributions(at: parameters).map(\.strength) == [1])
        let more = try optimizer.regularized(by: [.lossTerm(SquaredL2())], over: parameters)
        #expect(more.plan.penalties.map(\.label) == ["L1", "SquaredL2"])
        #expect(more.state.updates == 4)
        #expect(more.contributions(at: parameters).map(\.strength) == [1, 1])
        let ramp = Penalty.lossTerm(SquaredL2(), strength: .warmUp(to: 1, over: 2))
        let anew = try optimizer.regularized(by: [ramp], over: parameters, restartingSchedules: true)
        #expect(anew.contributions(at: parameters).map(\.strength) == [1, 0])
        #expect(anew.plan.scheduleEnd == 6)
        for (restartingSchedules, expected) in [(false, 0.5), (true, 1.5)] as [(Bool, Float)] {
            var weights = parameters
            var next = try optimizer.base.regularized(
                by: [.proximalStep(L1(), strength: .linear(from: 0, to: 1, over: 4))], over: weights,
                restartingSchedules: restartingSchedules)
            update(&next, &weights, [0])
            #expect(weights["weight"][0] == expected, "restarting schedules: \(restartingSchedules)")
        }
    }

    @Test("Without penalties it is its base, and contributes nothing")
    func noPenalties() throws {
        var (plain, wrapped) = (Adam(), try Adam().regularized(by: [], over: network))
        var (first, second) = (network, network)
        update(&plain, &first, network.values)
        update(&wrapped, &second, network.values)
        #expect(first.values == second.values)
        #expect(wrapped.contributions(at: second).isEmpty)
    }

    @Test("Its description names the optimizer and prints the plan, not the state")
    func describesItself() throws {
        var parameters = parameters(4)
        var optimizer = try SGD(learningRate: 0.5, momentum: 0.5).regularized(
            by: [.proximalStep(L1())], over: parameters)
        update(&optimizer, &parameters, [1])
        let lines = optimizer.description.split(separator: "\n")
        #expect(lines[0] == "SGD, learning rate 0.5, metric scalar 1.0")
        #expect(lines.dropFirst().joined(separator: "\n") == optimizer.plan.description)
    }

    @Test(
        "A plan made for one kind of metric is not applied in another, also in a release build with a sentence"
    )
    func planOfAnotherMetric() async {
        let results = [
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var parameters = Parameters([("weight", [1], [1])])
                var plan = try PenaltyPlan([.proximalStep(L1())], over: parameters)
                plan.applyProximalSteps(to: &parameters, after: Adam())
            },
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var parameters = Parameters([("weight", [1], [1])])
                var plan = try PenaltyPlan([.proximalStep(L1())], over: parameters)
                plan.applyProximalSteps(to: &parameters, after: SGD(learningRate: 0.1, momentum: 0.9))
            },
        ]
        for result in results {
            let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
            #expect(output.contains("This plan was made for another metric"))
        }
    }

    @Test("An optimizer that has penalties, out of sight in generic code, takes no more")
    func nested() throws {
        func attach(_ base: some Optimizer) throws -> String {
            try base.regularized(by: [.lossTerm(L1())], over: network).plan.description
        }
        let regularized = try SGD(learningRate: 1).regularized(by: [.lossTerm(SquaredL2())], over: network)
        let error = #expect(throws: PenaltyError.self) { try attach(regularized) }
        #expect(
            error?.description
                == "The optimizer has the penalties \"SquaredL2\" already; attach all penalties in one call.")
    }
}
