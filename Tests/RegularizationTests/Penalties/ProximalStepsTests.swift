import Regularization
import Testing

@Suite("Penalties whose views meet")
struct ProximalStepsTests {
    static let units = ViewPlanTests.units
    static let group = Penalty.proximalStep(GroupLasso(.rows), strength: 0.4, on: units, label: "units")

    private func message(_ penalties: [Penalty], under optimizer: some Optimizer = Adam()) -> String {
        do {
            _ = try PenaltyPlan(penalties, over: ViewPlanTests.parameters(), under: optimizer)
            return ""
        } catch {
            return "\(error)"
        }
    }

    static let optimizers: [any Optimizer] = [
        SGD(learningRate: 0.5), SGD(learningRate: 0.5, momentum: 0.5),
        DiagonalSteps(sizes: (0..<17).map { 0.25 + Float($0 % 4) / 4 }),
    ]

    /// Moves the parameters, and checks that no probe has a lower ½Σ(p − z)²/t + Σ strength · R(p).
    private func expectMinimum(_ penalties: [Penalty], _ optimizer: some Optimizer) throws {
        let start = ViewPlanTests.parameters()
        var point = start
        var plan = try PenaltyPlan(penalties, over: start, under: optimizer)
        plan.applyProximalSteps(to: &point, after: optimizer)
        var sizes = Array(repeating: Float(0), count: 17)
        var span = sizes.mutableSpan
        optimizer.writeStepSizes(of: 0..<17, to: &span)
        let problem = ProximalProblem(start.values, scales: sizes)
        func objective(_ point: Parameters) -> Double {
            problem.distance(to: point.values) + plan.value(at: point)
        }
        let least = objective(point)
        var generator = SeededGenerator(seed: 7)
        for probe in 0..<2_000 {
            var other = point
            var elements = other.mutableElements
            let size: Float = [1e-3, 1e-2, 0.1, 1][probe % 4]
            for index in elements.indices where probe % 3 != 0 || index == probe % 17 {
                elements[index] += size * (2 * generator.nextUnitFloat() - 1)
            }
            if probe % 5 == 0 { for index in elements.indices { elements[index] *= 1 - size } }
            let found = objective(other)
            #expect(
                found >= least - 1e-6 * abs(least),
                "\(penalties.map(\.label)), \(optimizer.metric), probe \(probe)")
            if found < least - 1e-6 * abs(least) { return }
        }
    }

    @Test("L1 on weights comes before group lasso on units, in every metric", arguments: optimizers.indices)
    func elementwiseFirst(index: Int) throws {
        try expectMinimum([Self.group, .proximalStep(L1(), strength: 0.1)], Self.optimizers[index])
        try expectMinimum(
            [
                .proximalStep(Nonnegative(), on: .biases), Self.group,
                .proximalStep(L1(), strength: 0.1, on: .all),
            ],
            Self.optimizers[index])
        try expectMinimum(
            [
                .proximalStep(GroupLInfinity(.columns), strength: 0.2, on: Self.units),
                .proximalStep(L1(), strength: 0.1, on: .named("fully.1.weight")),
            ], Self.optimizers[index])
    }

    @Test(
        "L1 on incoming weights and biases is one step on each tensor, before group lasso on these and others"
    )
    func elementwiseOnViews() throws {
        let both = ParameterView.units(incoming: .named("fully.0.weight"), bias: .named("fully.0.bias"))
        let plan = try PenaltyPlan(
            [.proximalStep(L1(), strength: 0.1, on: both), Self.group], over: ViewPlanTests.parameters(),
            under: Adam())
        #expect(
            plan.description.contains("one proximal point, before the steps on fully.0.weight + fully.0.bias")
        )
        #expect(plan.description.contains("after those on parts (elementwise before monotone)"))
        for optimizer in Self.optimizers {
            try expectMinimum([.proximalStep(L1(), strength: 0.1, on: both), Self.group], optimizer)
        }
    }

    @Test("The same view is planned as one tensor is: L1 + group lasso, in one penalty or in two")
    func sameView() throws {
        var results: [[Float]] = []
        for penalties in [
            [.proximalStep(0.5 * L1() + GroupLasso(.rows), strength: 0.4, on: Self.units)],
            [Self.group, .proximalStep(L1(), strength: 0.2, on: Self.units)],
            [Self.group, .proximalStep(L1(), strength: 0.2, on: .all.excluding(.named("fully.1.bias")))],
        ] as [[Penalty]] {
            var parameters = ViewPlanTests.parameters()
            var plan = try PenaltyPlan(penalties, over: parameters)
            plan.applyProximalSteps(to: &parameters, stepSize: 0.5)
            results.append(parameters.values)
        }
        #expect(results[0] == results[1] && results[0] == results[2])
        #expect(results[0].contains(0))
    }

    @Test("Squared L2 folds on a part in a diagonal metric, on all of the view in every one")
    func ridges() throws {
        let part = Penalty.proximalStep(SquaredL2(), strength: 0.5)
        let all = Penalty.proximalStep(SquaredL2(), strength: 0.5, on: .all)
        let l1 = Penalty.proximalStep(L1(), strength: 0.1, on: .biases)
        try expectMinimum([Self.group, part, l1], Self.optimizers[2])
        for optimizer in Self.optimizers { try expectMinimum([l1, Self.group, all], optimizer) }
        for optimizer in Self.optimizers[..<2] {
            let text = message([Self.group, part], under: optimizer)
            #expect(text.contains("in a diagonal metric alone"), "\(text)")
            #expect(text.contains("\"units\" and \"SquaredL2\" on fully.0.weight"), "\(text)")
            #expect(
                text.contains(
                    "give both the same view, filter them to different parameters, or make one of them a .lossTerm"
                ), "\(text)")
        }
        let euclidean = Penalty.proximalStep(SquaredL2(), strength: 0.5, metric: .euclidean)
        #expect(message([Self.group, euclidean]).contains("decoupled weight decay is .decay"))
    }

    @Test("A sum over elements of all tensors of a view is one on that view, whatever its shape")
    func wholeSums() throws {
        let elastic = Penalty.proximalStep(L1() + SquaredL2(), strength: 0.1, on: .all)
        let sign = Penalty.proximalStep(Nonnegative(), on: Self.units)
        for optimizer in Self.optimizers {
            try expectMinimum([Self.group, elastic], optimizer)
            try expectMinimum([Self.group, sign, .proximalStep(L1(), strength: 0.1)], optimizer)
        }
        let biases = Penalty.proximalStep(GroupLasso(.columns), on: .units(bias: .named("fully.0.bias")))
        #expect(
            message([biases, .proximalStep(Box(-1...1), on: .named("fully.0.bias"))]).contains("no proven"))
        #expect(
            message([biases, .proximalStep(SquaredL2(), on: .biases)], under: SGD(learningRate: 1)) == "")
        let scaled = Penalty.proximalStep(SquaredL2(), on: .all).multiplyingStrength(by: .reciprocalOfCount)
        #expect(
            message([Self.group, scaled], under: SGD(learningRate: 1)).contains("in a diagonal metric alone"))
    }

    @Test("A center on a view is no function that falls toward zero: parts beside it are refused")
    func centers() throws {
        let center = Penalty.proximalStep(
            SquaredDistance(to: Array(repeating: -1, count: 15)), strength: 0.5, on: Self.units,
            label: "center")
        for optimizer in Self.optimizers {
            let text = message([center, .proximalStep(L1(), strength: 0.1)], under: optimizer)
            #expect(text.contains("\"center\" and \"L1\" on fully.0.weight"), "\(text)")
            #expect(text.contains("give both the same view"), "\(text)")
            try expectMinimum(
                [center, .proximalStep(L1(), strength: 0.1, on: Self.units), Self.group], optimizer)
        }
    }

    @Test("Weight decay goes with every proximal step, on any view")
    func decays() throws {
        let l1 = Penalty.proximalStep(L1(), strength: 0.5)
        func updated(_ penalties: [Penalty], from start: Parameters) throws -> [Float] {
            var parameters = start
            var optimizer = try DiagonalSteps(sizes: Array(repeating: 0.5, count: 17)).regularized(
                by: penalties, over: start)
            var gradients = Gradients(like: start)
            optimizer.update(&parameters, along: &gradients)
            return parameters.values
        }
        for view in [Self.units, ParameterFilter.all.view, ParameterFilter.weights.eachUnit] {
            let start = ViewPlanTests.parameters()
            let decay = Penalty.decay(0.5, on: view)
            let plan = try PenaltyPlan([decay], over: start)
            var decayed = start
            plan.applyDecay(to: &decayed, learningRate: 0.5)
            #expect(decayed.values != start.values, "\(view)")
            #expect(zip(decayed.values, start.values).allSatisfy { $0 == 0.75 * $1 || $0 == $1 }, "\(view)")
            #expect(
                try updated([Self.group, decay, l1], from: start)
                    == updated([Self.group, l1], from: decayed), "\(view)")
        }
    }

    @Test("Two views that differ and share a tensor are refused, by name, with a way out; loss terms are not")
    func overlap() {
        let rows = Penalty.proximalStep(GroupLasso(.rows), on: .named("fully.1.weight"), label: "rows")
        let text = message([Self.group, rows])
        #expect(text.contains("\"units\" and \"rows\" on fully.1.weight: their views differ"), "\(text)")
        #expect(text.contains("make one of them a .lossTerm"), "\(text)")
        #expect(message([Self.group, .lossTerm(GroupLasso(.rows), on: .named("fully.1.weight"))]) == "")
        let box = message([Self.group, .proximalStep(Box(-1...1), on: .biases)])
        #expect(box.contains("on a part of fully.0.weight + fully.0.bias"), "\(box)")
        #expect(message([Self.group, .proximalStep(Nonnegative(), on: .biases)]) == "")
        let nested = message([Self.group, .proximalStep(L2Ball(.whole, radius: 1), on: .joined(Self.units))])
        #expect(nested.contains("on fully.0.weight, fully.0.bias, fully.1.weight"), "\(nested)")
        let vectors = message([Self.group, .proximalStep(GroupLasso(.whole), on: Self.units.eachUnit)])
        #expect(vectors.contains("their views differ"), "\(vectors)")
    }

    @Test("Units with outgoing weights in neighboring layers overlap within one penalty")
    func neighbors() throws {
        let parameters = Parameters([
            ("a.weight", [2, 2], [1, 2, 3, 4]), ("b.weight", [2, 2], [1, 2, 3, 4]),
            ("c.weight", [2, 2], [1, 2, 3, 4]),
        ])
        let chain = ParameterView.units(
            incoming: .exactly("a.weight", "b.weight"), outgoing: .exactly("b.weight", "c.weight"))
        let error = #expect(throws: PenaltyError.self) {
            try PenaltyPlan([.proximalStep(GroupLasso(.rows), on: chain)], over: parameters)
        }
        #expect("\(error as Any)".contains("on b.weight: two of its views cover that"), "\(error as Any)")
        let plan = try PenaltyPlan([.lossTerm(GroupLasso(.rows), on: chain)], over: parameters)
        let contribution = plan.contributions(at: parameters)[0]
        #expect(contribution.count == 12)
        #expect(contribution.deadGroups == 0)
        let apart = ParameterView.units(incoming: .exactly("a.weight", "b.weight"))
        #expect(throws: Never.self) {
            try PenaltyPlan([.proximalStep(GroupLasso(.rows), on: apart)], over: parameters)
        }
    }

    @Test("Metrics that differ, Euclidean regularizers, shapes and strengths are refused as on one tensor")
    func others() {
        let euclidean = Penalty.proximalStep(L1(), on: .biases, metric: .euclidean)
        #expect(message([Self.group, euclidean]).contains("different metrics"))
        let sorted = Penalty.proximalStep(SortedL1(factors: [1, 0.5, 0, 0, 0]), on: Self.units.eachUnit)
        #expect(message([sorted]).contains("metric: .euclidean"))
        #expect(message([sorted], under: SGD(learningRate: 0.1)) == "")
        let short = message([.lossTerm(SortedL1(factors: [1]), on: Self.units.eachUnit)])
        #expect(
            short.contains("does not accept [5], made of fully.0.weight + fully.0.bias + fully.1.weight"),
            "\(short)")
        #expect(message([.lossTerm(L1(), strength: -1, on: Self.units)]).contains("has strength -1.0"))
        let refused = GroupLInfinity(.rows) + GroupMCP(.rows, threshold: 1, concavity: 3)
        #expect(message([.proximalStep(refused, on: Self.units)]).contains("have no proven composition"))
        let mixed = message([
            .lossTerm(L1(), on: .units(incoming: .named("fully.*.weight"), bias: .named("fully.0.bias")))
        ])
        #expect(mixed.contains(#"[["fully.0.weight", "fully.1.weight"], ["fully.0.bias"]]"#), "\(mixed)")
    }

    @Test("An iteration on a view is reported under its parameters")
    func iteration() throws {
        var parameters = ViewPlanTests.parameters()
        let sum = (GroupLasso(.rows) + GroupLasso(.columns)).iterative(tolerance: 1e-6)
        var plan = try PenaltyPlan([.proximalStep(sum, strength: 0.1, on: Self.units)], over: parameters)
        plan.applyProximalSteps(to: &parameters, stepSize: 1)
        let iteration = try #require(plan.iterations["fully.0.weight + fully.0.bias + fully.1.weight"])
        #expect(iteration.count > 1 && iteration.residual <= 1e-6)
    }
}
