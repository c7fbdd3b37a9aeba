import Testing

@testable import Regularization

/// Every regularizer with groups, with groups of every kind, through everything that a training does with a penalty.
@Suite("Groups of every kind in plans, steps, contributions and activity penalties")
struct PenaltyPlanGroupsTests {
    static let kinds: [Groups] = [
        .rows, .columns, .whole, .blocks(rows: 1, columns: 3), .blocks(rows: 2, columns: 1),
        .indexSets([[0, 4], [], [1, 2]]),
    ]

    static let regularizers: [any Regularizer] =
        kinds.flatMap { groups -> [any Regularizer] in
            [
                GroupLasso(groups), GroupLasso(groups, weighting: .none), GroupLInfinity(groups),
                GroupLInfinity(groups, weighting: .squareRootOfSize),
                GroupMCP(groups, threshold: 0.8, concavity: 1.5),
                GroupSCAD(groups, threshold: 0.6, concavity: 2.5),
                NestedGroupLasso(GroupLasso(groups), GroupLasso(.whole)), L0Ball(groups, count: 2),
                L1Ball(groups, radius: 0.75), L2Ball(groups, radius: 0.6), L2Sphere(groups, radius: 0.45),
                GroupL0Ball(groups, count: 1), Simplex(groups, total: 0.8), GroupLasso(groups) + L1(),
                0.5 * GroupLInfinity(groups), (L1() + GroupLInfinity(groups)).iterative(tolerance: 1e-3),
            ]
        } + catalog

    private let parameters = Parameters([("a.weight", catalogShape, [0.3, -0.2, 0.5, 0, 1.25, -2])])

    @Test(arguments: regularizers.indices)
    func everything(index: Int) throws {
        let regularizer = Self.regularizers[index]
        if let differentiable = regularizer as? any DifferentiableRegularizer {
            try train(.lossTerm(differentiable, strength: 0.01), SGD(learningRate: 0.1))
            try train(.lossTerm(differentiable, strength: 0.01), Adam())
            try activity(ActivityPenalty(differentiable, strength: 0.01, on: "a"))
        }
        if let proximal = regularizer as? any ProximalRegularizer, proximal.refusal == nil {
            try train(.proximalStep(proximal, strength: 0.01), SGD(learningRate: 0.1, momentum: 0.9))
            try train(.proximalStep(proximal, strength: 0.01, metric: .euclidean), Adam())
        }
        if let metric = regularizer as? any MetricProximalRegularizer, metric.metricRefusal == nil {
            try train(.proximalStep(metric, strength: 0.01), Adam())
        }
    }

    private func train(_ penalty: Penalty, _ optimizer: some Optimizer) throws {
        var parameters = parameters
        var optimizer = try optimizer.regularized(by: [penalty], over: parameters)
        for _ in 0..<3 {
            var gradients = Gradients(like: parameters)
            var gradient = gradients.mutableWeights(0)
            for element in 0..<gradient.count { gradient[element] = 0.1 }
            optimizer.update(&parameters, along: &gradients)
        }
        let elements = parameters.elements
        #expect(elements.indices.allSatisfy { elements[$0].isFinite }, "\(penalty.label)")
        let contribution = try #require(optimizer.contributions(at: parameters).first)
        #expect(!contribution.value.isNaN && contribution.count == 6, "\(penalty.label)")
        #expect(
            (contribution.deadGroups == nil) == (penalty.regularizer.structureGroups == nil),
            "\(penalty.label)")
        #expect("\(optimizer)".contains("a.weight"))
    }

    private func activity(_ penalty: ActivityPenalty) throws {
        // Two samples of three units, as the regularizers are for.
        var plan = try ActivityPlan([penalty], over: [("a", 3)])
        plan.beginStep(0, samples: 2)
        let outputs: [Float] = [0.3, -0.2, 0.5, 0, 1.25, -2]
        plan.record(outputs.span, of: 0)
        var gradient = Array(repeating: Float(0), count: 6)
        var span = gradient.mutableSpan
        plan.addGradient(of: 0, to: &span)
        #expect(gradient.allSatisfy { $0.isFinite }, "\(penalty.label)")
        let contribution = try #require(plan.contributions.first)
        #expect(contribution.value.isFinite && contribution.value > 0, "\(penalty.label)")
        #expect((contribution.deadGroups == nil) == (penalty.regularizer.structureGroups == nil))
    }
}
