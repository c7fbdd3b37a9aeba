import Regularization
import Testing

/// Penalties on units in a plan and in an optimizer.
@Suite("Penalties on views")
struct ViewPlanTests {
    static let units = ParameterView.units(
        incoming: .named("fully.0.weight"), bias: .named("fully.0.bias"), outgoing: .named("fully.1.weight"))

    static func parameters() -> Parameters {
        Parameters([
            ("fully.0.weight", [3, 2], [1, -2, 0.5, 0.25, 0.0625, 0.125]),
            ("fully.0.bias", [3], [3, -0.125, 0.25]),
            ("fully.1.weight", [2, 3], [0.75, 1.5, 0.25, -1, 2, 0.125]), ("fully.1.bias", [2], [1, 1]),
        ])
    }

    /// The rows of the units, gathered by hand.
    static let rows: [Float] = [
        1, -2, 3, 0.75, -1, 0.5, 0.25, -0.125, 1.5, 2, 0.0625, 0.125, 0.25, 0.25, 0.125,
    ]
    /// From the place in `rows` to that among the parameters.
    static let places = [0, 1, 6, 9, 12, 2, 3, 7, 10, 13, 4, 5, 8, 11, 14]

    static func unitStep(_ strength: Double = 0.25, metric: ProximalMetric = .optimizer) -> Penalty {
        .proximalStep(GroupLasso(.rows), strength: strength, on: units, metric: metric)
    }

    static let bases: [any DifferentiableRegularizer & MetricProximalRegularizer] = [
        GroupLasso(.rows), GroupLasso(.rows, weighting: .none), GroupMCP(.rows, threshold: 0.5, concavity: 3),
        GroupLInfinity(.rows), L1(), L1() + GroupLasso(.rows), GroupLasso(.columns), 2 * GroupLasso(.whole),
        WeightedL1((0..<15).map { Float($0) / 16 }), SquaredDistance(to: (0..<15).map { Float($0) / 8 }),
        TotalVariation(along: .rows),
    ]

    @Test("It is the regularizer of the matrix with a row for each unit", arguments: bases.indices)
    func equalsMatrix(index: Int) throws {
        try check(Self.bases[index])
    }

    private func check(_ base: some DifferentiableRegularizer & MetricProximalRegularizer) throws {
        let start = Self.parameters()
        let matrix = Parameters([("units", [3, 5], Self.rows)])
        let all = ParameterFilter.all
        func gathered(_ elements: [Float]) -> [Float] { Self.places.map { elements[$0] } }
        for isDiagonal in [false, true] {
            let sizes = (0..<17).map { 0.25 + Float($0 % 4) / 4 }
            let ones = Array(repeating: Float(0.5), count: 17)
            let one = DiagonalSteps(sizes: isDiagonal ? sizes : ones)
            let other = DiagonalSteps(sizes: gathered(isDiagonal ? sizes : ones))
            var plan = try PenaltyPlan(
                [.proximalStep(base, strength: 0.5, on: Self.units)], over: start, under: one)
            var flat = try PenaltyPlan(
                [.proximalStep(base, strength: 0.5, on: all)], over: matrix, under: other)
            var (moved, expected) = (start, matrix)
            plan.applyProximalSteps(to: &moved, after: one)
            flat.applyProximalSteps(to: &expected, after: other)
            #expect(gathered(moved.values) == expected.values, "diagonal: \(isDiagonal)")
            #expect(moved["fully.1.bias"] == [1, 1], "diagonal: \(isDiagonal)")
            let slopes = (0..<17).map { Float($0 % 5) / 4 - 0.5 }
            let residual = plan.stationarityResidual(
                at: moved, gradients: Gradients(like: start, slopes), after: one)
            let flatResidual = flat.stationarityResidual(
                at: expected, gradients: Gradients(like: matrix, gathered(slopes)), after: other)
            let total = residual.norms[..<3].reduce(0) { $0 + $1 * $1 }.squareRoot()
            #expect(abs(total - flatResidual.total) < 1e-5 * (1 + total), "diagonal: \(isDiagonal)")
        }
        let plan = try PenaltyPlan([.lossTerm(base, strength: 2, on: Self.units)], over: start)
        let flat = try PenaltyPlan([.lossTerm(base, strength: 2, on: all)], over: matrix)
        var gradients = Gradients(like: start, Array(repeating: 0.25, count: 17))
        var expected = Gradients(like: matrix, Array(repeating: 0.25, count: 15))
        plan.addGradients(at: start, to: &gradients)
        flat.addGradients(at: matrix, to: &expected)
        #expect(gathered(gradients.values) == expected.values)
        let (a, b) = (plan.contributions(at: start)[0], flat.contributions(at: matrix)[0])
        #expect(abs(a.value - b.value) <= 1e-12 * abs(b.value))
        expectClose(a.gradientNorm ?? 0, b.gradientNorm ?? 0, within: 1e-6)
        #expect((a.count, a.exactZeros) == (b.count, b.exactZeros))
        #expect(base.structure == .elementwise || a.deadGroups == b.deadGroups)
    }

    @Test("A step of an optimizer, and of one that a third party wrote, and its table")
    func step() throws {
        var parameters = Self.parameters()
        var optimizer = try Adam(learningRate: 0.1).regularized(by: [Self.unitStep()], over: parameters)
        var gradients = Gradients(like: parameters, (0..<17).map { Float($0 % 5 + 1) / 8 })
        var (plain, same, slopes) = (Adam(learningRate: 0.1), parameters, gradients)
        optimizer.update(&parameters, along: &gradients)
        plain.update(&same, along: &slopes)
        var plan = try PenaltyPlan([Self.unitStep()], over: same, under: plain)
        plan.applyProximalSteps(to: &same, after: plain)
        #expect(parameters.values == same.values)
        #expect(parameters.values != Self.parameters().values)
        let line =
            "GroupLasso(rows)  proximal step  0.25      one proximal point, with fully.0.bias, fully.1.weight"
        #expect(plan.description.contains(line), "\(plan)")
    }

    @Test("Units die as a whole, and are counted")
    func dying() throws {
        var parameters = Self.parameters()
        var plan = try PenaltyPlan([Self.unitStep()], over: parameters)
        plan.applyProximalSteps(to: &parameters, stepSize: 2)
        #expect((0..<17).filter { parameters.values[$0] == 0 } == [4, 5, 8, 11, 14])
        let contribution = try #require(plan.contributions(at: parameters).first)
        #expect((contribution.count, contribution.exactZeros) == (15, 5))
        #expect(contribution.deadGroups == 1)
        // Again: a dead unit stays dead, and its gradient is 0.
        plan.applyProximalSteps(to: &parameters, stepSize: 2)
        #expect(parameters.values[4] == 0)
        let loss = try PenaltyPlan([.lossTerm(GroupLasso(.rows), on: Self.units)], over: parameters)
        var gradients = Gradients(like: parameters)
        loss.addGradients(at: parameters, to: &gradients)
        #expect(gradients.values.filter(\.isNaN) == [])
        #expect(gradients.values[4] == 0)
    }

    @Test("Vectors one by one: a regularizer of as many elements as a unit has")
    func eachUnit() throws {
        let sorted = SortedL1(factors: [1, 0.5, 0.25, 0.125, 0])
        var parameters = Self.parameters()
        var plan = try PenaltyPlan(
            [.proximalStep(sorted, strength: 0.5, on: Self.units.eachUnit)], over: parameters)
        plan.applyProximalSteps(to: &parameters, stepSize: 1)
        for unit in 0..<3 {
            var row = Array(Self.rows[unit * 5..<unit * 5 + 5])
            var weights = MutableWeights(shape: [5], row.mutableSpan)
            sorted.applyProx(to: &weights, scale: 0.5)
            #expect(Self.places[unit * 5..<unit * 5 + 5].map { parameters.values[$0] } == row, "unit \(unit)")
        }
        let rows = try PenaltyPlan([.lossTerm(GroupLasso(.rows), on: Self.units)], over: parameters)
        let each = try PenaltyPlan([.lossTerm(GroupLasso(.whole), on: Self.units.eachUnit)], over: parameters)
        expectClose(rows.value(at: parameters), each.value(at: parameters), within: 1e-12)
        #expect(
            each.contributions(at: parameters)[0].deadGroups
                == rows.contributions(at: parameters)[0].deadGroups)
    }

    @Test("Strengths by size are those of the view; by name only for one parameter at a time")
    func scaling() throws {
        let parameters = Self.parameters()
        func value(_ factor: StrengthFactor) throws -> Double {
            try PenaltyPlan(
                [Penalty.lossTerm(L1(), on: Self.units).multiplyingStrength(by: factor)], over: parameters
            )
            .value(at: parameters)
        }
        let one = try value(.one)
        try expectClose(value(.reciprocalOfCount), one / 15, within: 1e-12)
        try expectClose(value(.squareRootOfFanIn), one * 5.0.squareRoot(), within: 1e-12)
        let error = #expect(throws: PenaltyError.self) { try value(.byName(["fully.0.weight": 2])) }
        #expect("\(error as Any)".contains("acts on several at once"))
    }

    @Test("Warm-up and decay of strengths, both stages at once")
    func schedules() throws {
        var parameters = Self.parameters()
        var optimizer = try SGD(learningRate: 0.5).regularized(
            by: [
                .proximalStep(GroupLasso(.rows), strength: .linear(from: 0, to: 1, over: 4), on: Self.units),
                .lossTerm(GroupLasso(.rows), strength: .warmUp(to: 1, over: 2), on: Self.units),
            ], over: parameters)
        let before = parameters.values
        var gradients = Gradients(like: parameters)
        optimizer.update(&parameters, along: &gradients)
        #expect(parameters.values == before)
        optimizer.update(&parameters, along: &gradients)
        #expect(parameters.values != before)
        #expect(optimizer.contributions(at: parameters).map(\.strength) == [0.25, 0.5])
    }

    @Test("Rows of transposed views, of repeated axes and of single columns are copied as they stand")
    func rowsOfOthers() throws {
        var generator = SeededGenerator(seed: 5)
        var parameters = Parameters(
            zeros: Layout([
                ("conv.weight", [8, 4, 3]), ("gates.weight", [8, 7]), ("bias", [8]), ("other.bias", [4]),
                ("deep.weight", [2, 3, 4, 2]),
            ]))
        var elements = parameters.mutableElements
        for index in elements.indices { elements[index] = generator.nextUnitFloat() - 0.5 }
        let gates = UnitLayer("gates", incoming: [UnitAxis("gates.weight", axis: 0, repeats: 4)])
        let views: [ParameterView] = [
            .units(outgoing: .named("conv.weight")), .units(outgoing: .named("conv.weight")).transposed,
            gates.view, gates.view.transposed, .joined(.units(outgoing: .named("conv.weight"))),
            .stacked(gates, gates.view).transposed, ParameterFilter.named("deep.weight").transposed,
            .units(outgoing: .named("deep.weight")),
            .stacked(.units(bias: .named("bias")), .units(bias: .named("bias"))),
            .units(incoming: .named("conv.weight"), bias: .named("bias")).transposed,
        ].filter { (try? parameters.withViews(on: $0) { $0.count }) != nil }
        #expect(views.count == 8)
        for view in views {
            let seen = try parameters.withViews(on: view) { weights in
                (weights.shape, (0..<weights.count).map { weights[$0] })
            }[0]
            let flat = Parameters([("flat", seen.0, seen.1)])
            let groups: Groups = seen.0.rank > 1 ? .rows : .whole
            for stage in [Penalty.Stage.proximalStep, .lossTerm] {
                func penalty(_ view: some WeightsView) -> Penalty {
                    stage == .lossTerm
                        ? .lossTerm(GroupLasso(groups), on: view)
                        : .proximalStep(GroupLasso(groups), strength: 0.1, on: view)
                }
                func result(_ parameters: Parameters, _ view: ParameterView) throws -> [Float] {
                    var moved = parameters
                    var gradients = Gradients(like: parameters)
                    var plan = try PenaltyPlan([penalty(view)], over: parameters)
                    plan.addGradients(at: parameters, to: &gradients)
                    plan.applyProximalSteps(to: &moved, stepSize: 1)
                    let slopes = try gradients.withViews(on: view) { w in (0..<w.count).map { w[$0] } }[0]
                    return try moved.withViews(on: view) { w in (0..<w.count).map { w[$0] } }[0] + slopes
                }
                let expected = try result(flat, ParameterFilter.all.view)
                #expect(try result(parameters, view) == expected, "\(view)")
            }
        }
    }

    @Test("Some rows at a time or all at once, on one thread or several: the same bits", arguments: [8, 600])
    func rows(units: Int) throws {
        let count = 500
        var generator = SeededGenerator(seed: 3)
        var parameters = Parameters(
            zeros: Layout([("a.weight", [units, count]), ("a.bias", [units]), ("b.weight", [40, units])]))
        var elements = parameters.mutableElements
        for index in elements.indices { elements[index] = generator.nextUnitFloat() - 0.5 }
        let view = ParameterView.units(
            incoming: .named("a.weight"), bias: .named("a.bias"), outgoing: .named("b.weight"))
        let custom = GroupWeighting.custom(Array(repeating: Double(count + 41).squareRoot(), count: units))
        let threads = Parallelism.threads
        defer { Parallelism.threads = threads }
        var results: [[Float]] = []
        for (regularizer, threads) in [
            (GroupLasso(.rows), 1), (GroupLasso(.rows), 2), (GroupLasso(.rows, weighting: custom), 1),
        ] {
            Parallelism.threads = threads
            var moved = parameters
            var optimizer = try Adam(learningRate: 0.1).regularized(
                by: [
                    .proximalStep(regularizer, strength: 0.45, on: view),
                    .lossTerm(regularizer, strength: 0.1, on: view),
                ], over: parameters)
            for step in 0..<3 {
                var gradients = Gradients(like: parameters)
                var slopes = gradients.mutableElements
                for index in slopes.indices { slopes[index] = Float((index + step) % 7) / 8 - 0.4 }
                optimizer.update(&moved, along: &gradients)
            }
            results.append(moved.values)
        }
        #expect(results[0] == results[1] && results[0] == results[2])
        #expect(results[0] != parameters.values)
    }
}
