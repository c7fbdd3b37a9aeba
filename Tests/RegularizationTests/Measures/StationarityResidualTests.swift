import Regularization
import Testing

@Suite("StationarityResidual")
struct StationarityResidualTests {
    private let weights = Parameters([
        ("a.weight", [2, 2], [1, -0.5, 0, 0.25]), ("b.weight", [3], [0.5, 0, -2]),
    ])

    /// The gradient of data loss at which the weights are stationary for λ·L1: −λ·sign, and less than λ at 0.
    private let slopes: [Float] = [-0.25, 0.25, 0.125, -0.25, -0.25, -0.25, 0.25]

    private func gradients(_ values: [Float]) -> Gradients { Gradients(like: weights, values) }

    @Test("Without penalties it is the norm of the gradient, by tensor and in total")
    func noPenalties() throws {
        let plan = try PenaltyPlan([], over: weights)
        let residual = plan.stationarityResidual(at: weights, gradients: gradients([3, 4, 0, 0, 0, 0, 12]))
        #expect(residual.norms == [5, 12])
        #expect(residual.total == 13)
        let sgd = SGD(learningRate: 0.1)
        #expect(
            sgd.stationarityResidual(at: weights, gradients: gradients([3, 4, 0, 0, 0, 0, 12])) == residual)
    }

    @Test("Zero at a stationary point of data loss + L1, whatever the metric, and not beside it")
    func stationary() throws {
        let penalty = Penalty.proximalStep(L1(), strength: 0.25)
        let diagonal = DiagonalSteps(sizes: [0.5, 0.01, 2, 1, 4, 100, 0.125])
        let optimizers: [any Optimizer] = [
            try SGD(learningRate: 1e-3).regularized(by: [penalty], over: weights),
            try SGD(learningRate: 0.1, momentum: 0.9).regularized(by: [penalty], over: weights),
            try diagonal.regularized(by: [penalty], over: weights),
        ]
        for optimizer in optimizers {
            #expect(
                optimizer.stationarityResidual(at: weights, gradients: gradients(slopes)).total < 1e-7,
                "\(type(of: optimizer))")
            var other = slopes
            other[5] = -0.375
            let residual = optimizer.stationarityResidual(at: weights, gradients: gradients(other))
            #expect(residual.norms[0] < 1e-7, "\(type(of: optimizer))")
            expectClose(residual.norms[1], 0.125, within: 1e-6, "\(type(of: optimizer))")
        }
    }

    @Test("Loss terms count with their gradient, and weight decay with the gradient that undoes it")
    func smoothParts() throws {
        let values = weights.values
        let diagonal = DiagonalSteps(sizes: Array(repeating: 0.5, count: 7))
        let decay: [Penalty] = [
            .decay(0.25),
            .proximalStep(L1(), strength: 0.25),
        ]
        let terms: [Penalty] = [.lossTerm(SquaredL2(), strength: 0.5), .proximalStep(L1(), strength: 0.25)]
        let balanced = zip(slopes, values).map { $0 - 0.5 * $1 }
        for penalties in [decay, terms] {
            let optimizer = try diagonal.regularized(by: penalties, over: weights)
            #expect(
                optimizer.stationarityResidual(at: weights, gradients: gradients(balanced)).total < 1e-6,
                "penalties \(penalties)")
            #expect(
                optimizer.stationarityResidual(at: weights, gradients: gradients(slopes)).total > 0.5,
                "penalties \(penalties)")
        }
    }

    @Test("Momentum is at rest where the update at its step size undoes the decay")
    func decayUnderMomentum() throws {
        var point = Parameters([("weight", [1], [2])])
        var optimizer = try SGD(learningRate: 0.125, momentum: 0.5).regularized(
            by: [.decay(0.5)], over: point)
        // The data loss is ½(w − 1)²: at rest ηλw = 2η(1 − w).
        for _ in 0..<400 {
            var gradients = Gradients(like: point, [point.values[0] - 1])
            optimizer.update(&point, along: &gradients)
        }
        expectClose(point.values[0], 0.8, within: 1e-6)
        let gradients = Gradients(like: point, [point.values[0] - 1])
        #expect(optimizer.stationarityResidual(at: point, gradients: gradients).total < 1e-6)
    }

    @Test("A weight without a step size counts with its gradient")
    func withoutStepSize() throws {
        let one = Parameters([("weight", [2], [1, 0.5])])
        let optimizer = try DiagonalSteps(sizes: [0.5, 0]).regularized(
            by: [.proximalStep(L1(), strength: 0.25)], over: one)
        let decaying = try DiagonalSteps(sizes: [0.5, 0]).regularized(by: [.decay(0.5)], over: one)
        // Where nothing undoes the decay, it counts as the squared L2 that it would be at a step size of 1.
        let pulled = decaying.stationarityResidual(at: one, gradients: Gradients(like: one, [-1, -0.25]))
        #expect(pulled.total == 0)
        let residual = optimizer.stationarityResidual(at: one, gradients: Gradients(like: one, [-0.25, -2]))
        expectClose(residual.total, 2, within: 1e-6)
    }

    @Test("In the metric d = 2 of a weight r is d(w − p)")
    func metric() throws {
        // z = 1 − 1/2 = 0.5, p = 0.5 − 0.25/2 = 0.375, r = 2(1 − 0.375) = 1.25 = g + λ.
        let one = Parameters([("weight", [1], [1])])
        let optimizer = try DiagonalSteps(learningRate: 1, sizes: [0.5]).regularized(
            by: [.proximalStep(L1(), strength: 0.25)], over: one)
        let slope = Gradients(like: one, [1])
        #expect(optimizer.stationarityResidual(at: one, gradients: slope).total == 1.25)
        // Where p = 0 it is d·w.
        let steep = Gradients(like: one, [1.75])
        #expect(optimizer.stationarityResidual(at: one, gradients: steep).total == 2)
    }
}
