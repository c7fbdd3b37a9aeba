import Regularization
import Testing

/// An argument that makes no sense, and a part of the sentence that is said of it.
struct WrongArgument: Sendable {
    let sentence: String
    let make: @Sendable () -> Void

    init(_ sentence: String, _ make: @escaping @Sendable () -> Void) {
        (self.sentence, self.make) = (sentence, make)
    }
}

@Suite("Arguments that make no sense trap with a sentence")
struct ArgumentErrorTrapsTests {
    static let regularizers: [WrongArgument] = [
        WrongArgument("The delta of Huber is positive and finite in Float, not 1e+39.") {
            _ = Huber(delta: 1e39)
        },
        WrongArgument("The delta of Huber is positive and finite in Float, not 1e-46.") {
            _ = Huber(delta: 1e-46)
        },
        WrongArgument("The epsilon of LogSum is positive and finite in Float, not 1e-300.") {
            _ = LogSum(epsilon: 1e-300)
        },
        WrongArgument("The threshold of MCP is 0 or more and finite in Float, not 1e+39.") {
            _ = MCP(threshold: 1e39, concavity: 3)
        },
        WrongArgument("The concavity of MCP is positive and finite in Float, not nan.") {
            _ = GroupMCP(.rows, threshold: 1, concavity: .nan)
        },
        WrongArgument("The concavity of SCAD is above 2 and finite, not 1e+39.") {
            _ = SCAD(threshold: 1, concavity: 1e39)
        },
        WrongArgument("A factor is a number of 0 or more that Float can hold, not inf.") {
            _ = WeightedL1([1, .infinity])
        },
        WrongArgument("A factor is a number of 0 or more that Float can hold, not 1e+39.") {
            _ = SortedL1(factors: [1e39, 1])
        },
        WrongArgument("A factor is a number of 0 or more that Float can hold, not -inf.") {
            _ = -.infinity * L1()
        },
        WrongArgument("unlike 1e-46.") { _ = L1Ball(radius: 1e-46) },
        WrongArgument("unlike inf.") { _ = L2Ball(.rows, radius: .infinity) },
        WrongArgument("from 1.4e-45 to 3.4e38, not 1e-46.") { _ = L2Sphere(.rows, radius: 1e-46) },
        WrongArgument("unlike nan.") { _ = Simplex(total: .nan) },
        WrongArgument("The sides of a block are 1 or more, not 0.") {
            _ = L1Ball(.blocks(rows: 0, columns: 2), radius: 1)
        },
        WrongArgument("The sides of a block are 1 or more, not -3.") {
            _ = GroupLasso(.blocks(rows: 1, columns: -3))
        },
        WrongArgument("An index is 0 or more, not -1.") { _ = GroupLInfinity(.indexSets([[0], [-1]])) },
        WrongArgument("but 2 occurs again.") {
            _ = GroupSCAD(.indexSets([[2, 1], [2]]), threshold: 1, concavity: 3)
        },
        WrongArgument("The weight of a group is 0 or more, from 1.4e-45 to 3.4e38 if not 0, unlike 1e-320.") {
            _ = GroupLasso(.rows, weighting: .custom([1, 1e-320]))
        },
        WrongArgument("unlike nan.") { _ = GroupLInfinity(.rows, weighting: .custom([.nan])) },
        WrongArgument("A tolerance is at least 1e-7, which Float32 resolves, and below 1, not 1e-12.") {
            _ = L1().iterative(tolerance: 1e-12)
        },
        WrongArgument("There is no group 2 among the 2 by rows of [2, 3].") {
            _ = Groups.rows.group(2, in: [2, 3])
        },
        WrongArgument("1 group weights are given, but none for group 1.") {
            _ = GroupWeighting.custom([1]).factor(of: Groups.rows.group(1, in: [2, 3]))
        },
    ]

    @Test(arguments: regularizers.indices)
    func regularizer(index: Int) async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            [index] in
            Self.regularizers[index].make()
        }
        let output = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(output.contains(Self.regularizers[index].sentence), "\(output)")
    }

    static let optimizers: [WrongArgument] = [
        WrongArgument("The learning rate of SGD is 0 or more and finite in Float, not nan.") {
            _ = SGD(learningRate: .nan)
        },
        WrongArgument("The learning rate of SGD is 0 or more and finite in Float, not -0.5.") {
            var optimizer = SGD(learningRate: 1)
            optimizer.learningRate = -0.5
        },
        WrongArgument("The momentum of SGD is 0 or more and below 1, not nan.") {
            _ = SGD(learningRate: 1, momentum: .nan)
        },
        WrongArgument("The dampening of SGD is 0 or more and below 1, not inf.") {
            _ = SGD(learningRate: 1, momentum: 0.9, dampening: .infinity)
        },
        WrongArgument("The learning rate of Adam is 0 or more and finite in Float, not inf.") {
            var optimizer = Adam().clipped(byNorm: 1)
            optimizer.learningRate = .infinity
        },
        WrongArgument("The beta2 of Adam is 0 or more and below 1, not 1.0.") { _ = Adam(beta2: 1) },
        WrongArgument("The epsilon of Adam is finite and at least 1.2e-38, not inf.") {
            _ = Adam(epsilon: .infinity)
        },
        WrongArgument("The epsilon of Adam is finite and at least 1.2e-38, not 0.0.") {
            _ = Adam(epsilon: 0)
        },
        WrongArgument("The epsilon of RMSprop is finite and at least 1.2e-38, not 1e-45.") {
            _ = RMSprop(epsilon: .leastNonzeroMagnitude)
        },
        WrongArgument("The decay of RMSprop is 0 or more and below 1, not -0.1.") {
            _ = RMSprop(decay: -0.1)
        },
        WrongArgument("The momentum of RMSprop is 0 or more and below 1, not 1.0.") {
            _ = RMSprop(momentum: 1)
        },
        WrongArgument("The learning rate of RMSprop is 0 or more and finite in Float, not nan.") {
            var optimizer = RMSprop()
            optimizer.learningRate = .nan
        },
        WrongArgument("The initial sum of Adagrad is 0 or more and finite in Float, not inf.") {
            _ = Adagrad(initialSum: .infinity)
        },
        WrongArgument("The learning rate's decay of Adagrad is 0 or more and finite in Float, not inf.") {
            _ = Adagrad(learningRateDecay: .infinity)
        },
        WrongArgument("The epsilon of Adagrad is finite and at least 1.2e-38, not nan.") {
            _ = Adagrad(epsilon: .nan)
        },
        WrongArgument("The learning rate of Adagrad is 0 or more and finite in Float, not -1.0.") {
            var optimizer = Adagrad()
            optimizer.learningRate = -1
        },
        WrongArgument("The beta3 of Lion is 0 or more and below 1, not nan.") { _ = Lion(beta3: .nan) },
        WrongArgument("The learning rate of Lion is 0 or more and finite in Float, not inf.") {
            var optimizer = Lion()
            optimizer.learningRate = .infinity
        },
        WrongArgument("is positive and finite in Float, not inf.") { _ = Lion().clipped(byNorm: .infinity) },
        WrongArgument("The step size of ScalarMetric is 0 or more and finite in Float, not nan.") {
            _ = ScalarMetric(.nan)
        },
        WrongArgument("Buffers start at a finite number, not at nan.") {
            _ = OptimizerState("m", startingAt: .nan)
        },
    ]

    @Test(arguments: optimizers.indices)
    func optimizer(index: Int) async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            [index] in
            Self.optimizers[index].make()
        }
        let output = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(output.contains(Self.optimizers[index].sentence), "\(output)")
    }

    static let schedules: [WrongArgument] = [
        WrongArgument("The numbers of a schedule are finite, unlike nan.") { _ = Schedule.constant(.nan) },
        WrongArgument("unlike inf.") { _ = Schedule.linear(from: 0, to: .infinity, over: 3) },
        WrongArgument("unlike inf.") { _ = Schedule.warmUp(to: .infinity, over: 3) },
        WrongArgument("unlike -inf.") { _ = Schedule.cosine(from: -.infinity, to: 1, over: 3) },
        WrongArgument("unlike inf.") { _ = Schedule.exponential(from: 1, to: .infinity, over: 3) },
        WrongArgument("unlike nan.") { _ = Schedule.piecewise([(0, 1), (3, .nan)]) },
        WrongArgument("unlike inf.") { _ = Penalty.decay(Float.infinity) },
        WrongArgument("A number of steps is 0 or more, not -1.") {
            _ = Schedule.cosine(from: 0, to: 1, over: -1)
        },
    ]

    @Test(arguments: schedules.indices)
    func schedule(index: Int) async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            [index] in
            Self.schedules[index].make()
        }
        let output = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(output.contains(Self.schedules[index].sentence), "\(output)")
    }

    static let tensors: [WrongArgument] = [
        WrongArgument("A tensor of 9223372036854775807 × 2 has more elements than an Int counts.") {
            _ = Shape([.max, 2])
        },
        WrongArgument("has more elements than an Int counts.") { _ = Shape([0, .max, .max]) },
        WrongArgument("The tensors up to \"b\" have more elements than an Int counts.") {
            _ = Layout([("a", [.max]), ("b", [1])])
        },
        WrongArgument("There is no tensor 1; the 1 tensors are counted from 0.") {
            _ = Parameters([("a", [1], [0])]).weights(1)[0]
        },
        WrongArgument("There is no tensor -1; the 1 tensors are counted from 0.") {
            var gradients = Gradients(like: Parameters([("a", [1], [0])]))
            var weights = gradients.mutableWeights(-1)
            weights[0] = 1
        },
        WrongArgument("There is no row 0 with a column 2 in a tensor of 2 × 2.") {
            _ = Parameters([("a", [2, 2], [0, 1, 2, 3])]).weights(0)[row: 0, column: 2]
        },
        WrongArgument("There is no row -1 with a column 3 in a tensor of 2 × 2.") {
            var parameters = Parameters([("a", [2, 2], [0, 1, 2, 3])])
            var weights = parameters.mutableWeights(0)
            weights[row: -1, column: 3] = 1
        },
        WrongArgument("There is no row 9223372036854775807 in a tensor of 2 rows.") {
            _ = Parameters([("a", [2, 2], [0, 1, 2, 3])]).weights(0).row(.max)[0]
        },
        WrongArgument("An axis is counted from 0, not -1.") {
            _ = UnitEdge(UnitAxis("a", axis: 0), outputAxis: -1)
        },
    ]

    @Test(arguments: tensors.indices)
    func tensor(index: Int) async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            [index] in
            Self.tensors[index].make()
        }
        let output = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(output.contains(Self.tensors[index].sentence), "\(output)")
    }

    @Test("What makes sense at the ends of the ranges is accepted")
    func ends() {
        #expect(Huber(delta: 3.4e38).delta == 3.4e38)
        #expect(L1Ball(radius: 0).radius == 0)
        #expect(SGD(learningRate: 0).learningRate == 0)
        #expect(Adam(epsilon: .leastNormalMagnitude).epsilon == .leastNormalMagnitude)
        #expect(GroupLasso(.rows, weighting: .custom([0, 1e-45])).weighting == .custom([0, 1e-45]))
        #expect(Schedule.constant(-1).value(at: 0) == -1)
        #expect(Shape([0, .max]).count == 0)
        #expect(Groups.blocks(rows: .max, columns: 2).count(in: [3, 4]) == 0)
    }

    @Test("The smallest weight of a group and the smallest epsilon keep proximal points finite in a metric")
    func smallest() throws {
        for factor in [1e-45, 1e-38, 3e38] {
            let lasso = GroupLasso(.rows, weighting: .custom([factor]))
            for sizes in [[1e30, 0, 1e-30], [0, 1, 0], [3e38, 3e38, 1e-45]] as [[Float]] {
                let point = Tensor([1, 3], [3e38, -1, 1e-30]).proximalPoint(lasso, stepSizes: sizes)
                #expect(point.allSatisfy { $0.isFinite }, "\(factor), \(sizes): \(point)")
            }
        }
        var parameters = Parameters([("weight", [1, 3], [1, -2, 0.5])])
        var optimizer = try Adam(epsilon: .leastNormalMagnitude).regularized(
            by: [
                .proximalStep(GroupLasso(.rows, weighting: .custom([1e-45])) + SquaredL2(), strength: 1e-3)
            ], over: parameters)
        for _ in 0..<3 {
            var gradients = Gradients(like: parameters, [0, 1e-30, 3])
            optimizer.update(&parameters, along: &gradients)
            #expect(parameters["weight"].allSatisfy { $0.isFinite }, "\(parameters["weight"])")
        }
    }
}
