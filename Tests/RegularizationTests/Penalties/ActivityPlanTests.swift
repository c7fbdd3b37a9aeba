import Regularization
import Testing

@Suite("ActivityPlan")
struct ActivityPlanTests {
    private static let layers = [
        (name: "fully.0", units: 2), (name: "fully.1", units: 3), (name: "head", units: 1),
    ]

    /// The gradient that one step adds to `start` at the outputs.
    private func gradient(
        _ plan: inout ActivityPlan, at outputs: [Float], of layer: Int, samples: Int, step: Int = 0,
        from start: Float = 0
    ) -> [Float] {
        plan.beginStep(step, samples: samples)
        plan.record(outputs.span, of: layer)
        var gradient = Array(repeating: start, count: outputs.count)
        var span = gradient.mutableSpan
        plan.addGradient(of: layer, to: &span)
        return gradient
    }

    @Test("The strength over the samples times the gradient joins what is there, penalty by penalty")
    func gradients() throws {
        var plan = try ActivityPlan(
            [
                ActivityPenalty(L1(), strength: 2, on: "fully.*"),
                ActivityPenalty(SquaredL2(), strength: 8, on: "fully.0"),
            ], over: Self.layers)
        #expect(
            gradient(&plan, at: [1, -2, 0, 3, -0.5, 0, 0.25, 4], of: 0, samples: 4, from: 10)
                == [12.5, 5.5, 10, 16.5, 8.5, 10, 11, 18.5])
        #expect(gradient(&plan, at: [1, -1, 0], of: 1, samples: 1) == [2, -2, 0])
        #expect(gradient(&plan, at: [5], of: 2, samples: 1, from: 7) == [7], "no penalty is on the head")
        #expect(Self.layers.indices.map(plan.penalizes) == [true, true, false])
    }

    @Test("Groups are those of the tensor of samples by units: columns are units")
    func groups() throws {
        var plan = try ActivityPlan(
            [ActivityPenalty(GroupLasso(.columns, weighting: .none), on: "fully.0")], over: Self.layers)
        #expect(gradient(&plan, at: [3, 0, 4, 0], of: 0, samples: 2) == [0.3, 0, 0.4, 0])
        let contribution = plan.contributions[0]
        #expect(contribution.value == 2.5)
        #expect(contribution.deadGroups == 1)
    }

    @Test("A contribution is that of the last step, a mean over its samples and a sum over the layers")
    func contributions() throws {
        var plan = try ActivityPlan(
            [
                ActivityPenalty(SquaredL2(), strength: 0.5, on: "fully.0", "head", label: "energy"),
                ActivityPenalty(L1(), strength: .linear(from: 1, to: 0, over: 4), on: "fully.1"),
            ], over: Self.layers)
        #expect(plan.contributions.map(\.value) == [0, 0])
        #expect(plan.contributions.map(\.count) == [0, 0])
        _ = gradient(&plan, at: [9, 9, 9, 9], of: 0, samples: 2)
        plan.beginStep(1, samples: 2)
        plan.record([1, 0, -2, 0].span, of: 0)
        plan.record([0, 1, 2, 3, 0, -4].span, of: 1)
        plan.record([3, 2].span, of: 2)
        let found = plan.contributions
        #expect(found.map(\.label) == ["energy", "L1 of fully.1"])
        #expect(found.map(\.stage) == [.activity, .activity])
        #expect(found.map(\.strength) == [0.5, 0.75])
        #expect(found.map(\.value) == [4.5, 5])
        #expect(found.map(\.weightedValue) == [2.25, 3.75])
        #expect(found.map(\.count) == [6, 6])
        #expect(found.map(\.exactZeros) == [2, 2])
        #expect(found.map(\.deadGroups) == [nil, nil])
        #expect(found[0].gradientNorm == 0.5 * 18.0.squareRoot() / 2)
        #expect(found[1].gradientNorm == 0.75)
    }

    @Test("A layer that was not recorded in the last step counts for nothing")
    func staleOutputs() throws {
        var plan = try ActivityPlan([ActivityPenalty(L1(), on: "*")], over: [("a", 1), ("b", 1)])
        _ = gradient(&plan, at: [1, 2], of: 0, samples: 2)
        _ = gradient(&plan, at: [8], of: 1, samples: 1)
        #expect(plan.contributions.map(\.value) == [8])
        #expect(plan.contributions.map(\.count) == [1])
    }

    @Test("Strengths are those of the step that is begun, whatever was begun before")
    func schedule() throws {
        var plan = try ActivityPlan(
            [ActivityPenalty(L1(), strength: .warmUp(to: 2, over: 4), on: "fully.0")], over: Self.layers)
        for step in [0, 1, 2, 2, 5, 3, 0] {
            let scale = Float(min(step, 4)) / 2
            #expect(
                gradient(&plan, at: [1, -3], of: 0, samples: 1, step: step) == [scale, -scale], "step \(step)"
            )
            #expect(plan.contributions.map(\.strength) == [Double(scale)], "step \(step)")
        }
    }

    @Test("Batches of all sizes, and none, go through one plan")
    func sizes() throws {
        var plan = try ActivityPlan([ActivityPenalty(L1(), on: "fully.0")], over: Self.layers)
        for samples in [3, 1, 3, 1, 0, 4, 3] {
            let outputs = (0..<2 * samples).map { Float($0 - 1) }
            let signs = outputs.map { $0 == 0 ? 0 : ($0 < 0 ? -1 : 1) / Float(samples) }
            #expect(gradient(&plan, at: outputs, of: 0, samples: samples) == signs, "samples \(samples)")
            #expect(plan.outputs(of: 0) == outputs, "samples \(samples)")
            #expect(plan.contributions[0].count == 2 * samples, "samples \(samples)")
            #expect(plan.contributions[0].value.isFinite, "samples \(samples)")
        }
    }

    @Test("Strength 0 leaves the gradient alone, whatever the outputs")
    func strengthZero() throws {
        var plan = try ActivityPlan(
            [ActivityPenalty(SquaredL2(), strength: 0, on: "fully.0")], over: Self.layers)
        #expect(gradient(&plan, at: [.infinity, .nan], of: 0, samples: 1) == [0, 0])
    }

    @Test("A plan without penalties does nothing")
    func empty() {
        var plan = ActivityPlan()
        #expect(gradient(&plan, at: [1, 2], of: 7, samples: 1, from: 3) == [3, 3])
        #expect(plan.contributions == [])
    }

    @Test("Every pattern must match a layer as a whole")
    func patterns() {
        #expect(
            sentence(ActivityPenalty(L1(), on: "fully.0", "fuly.1", label: "sparse")) == """
                Penalty "sparse": no layer matches "fuly.1". Did you mean fully.1 or fully.0? \
                The layers are fully.0, fully.1, head.
                """)
        #expect(
            sentence(ActivityPenalty(L1(), on: "*")) == nil, "head is a layer of one component")
        for pattern in ["fully", "*.*.*", "ful", "", "fully.0.weight"] {
            #expect(
                sentence(ActivityPenalty(L1(), on: pattern))?.contains("no layer matches") == true,
                "pattern \(pattern)")
        }
    }

    @Test("A strength is a finite number of 0 or more")
    func strengths() {
        #expect(
            sentence(ActivityPenalty(L1(), strength: -0.5, on: "head")) == """
                Penalty "L1 of head" has strength -0.5; a strength is a number of 0 or more that Float can hold.
                """)
        for value in [.nan, .infinity, 1e39] as [Double] {
            #expect(
                sentence(ActivityPenalty(L1(), strength: Schedule { _ in value }, on: "head"))?.contains(
                    "strength") == true)
        }
    }

    @Test("Outputs that a regularizer does not accept")
    func shapes() throws {
        let plan = try ActivityPlan(
            [ActivityPenalty(GroupLasso(.blocks(rows: 2, columns: 1)), on: "fully.1", label: "pairs")],
            over: Self.layers)
        try plan.check(samples: 4)
        let error = #expect(throws: PenaltyError.self) { try plan.check(samples: 3) }
        #expect(
            error?.description == """
                Penalty "pairs" does not accept the outputs of fully.1, samples × units, of shape [3, 3]: \
                blocks of 2 × 1 do not divide a tensor of 3 × 3.
                """)
    }

    @Test("Misuse traps with a sentence")
    func misuse() async {
        let notRecorded = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var plan = try ActivityPlan([ActivityPenalty(L1(), on: "a")], over: [("a", 2)])
            plan.beginStep(0, samples: 1)
            plan.record([1, 2].span, of: 0)
            plan.beginStep(0, samples: 1)
            var gradient: [Float] = [0, 0]
            var span = gradient.mutableSpan
            plan.addGradient(of: 0, to: &span)
        }
        #expect(text(notRecorded).contains("The outputs of \"a\" were not recorded in this step."))
        let tooMany = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var plan = try ActivityPlan([ActivityPenalty(L1(), on: "a")], over: [("a", 2)])
            plan.beginStep(0, samples: 1)
            plan.record([1, 2, 3].span, of: 0)
        }
        #expect(text(tooMany).contains("The outputs of \"a\" are 3 numbers, not [1, 2]."))
        let turnsInvalid = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var plan = try ActivityPlan(
                [ActivityPenalty(L1(), strength: Schedule { 1 - Double($0) }, on: "a")], over: [("a", 2)])
            for step in 0..<3 { plan.beginStep(step, samples: 1) }
        }
        #expect(text(turnsInvalid).contains("Penalty \"L1 of a\" has strength -1.0 at step 2"))
    }

    @Test("Schedules may begin at a later step")
    func firstStep() throws {
        let penalty = ActivityPenalty(L1(), strength: .warmUp(to: 1, over: 4), on: "a")
        var plan = try ActivityPlan([penalty], over: [("a", 2)], firstStep: 10)
        #expect(plan.scheduleEnd == 14)
        let strengths = [0, 10, 12, 14].map { step in
            plan.beginStep(step, samples: 1)
            return plan.contributions[0].strength
        }
        #expect(strengths == [0, 0, 0.5, 1])
    }

    private func text(_ result: ExitTest.Result?) -> String {
        String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }

    private func sentence(_ penalty: ActivityPenalty) -> String? {
        do {
            _ = try ActivityPlan([penalty], over: Self.layers)
            return nil
        } catch {
            return error.description
        }
    }
}
