import Regularization
import Testing

/// What Conventions.md says of numbers of other libraries, where no reference values test it.
struct ConventionsTests {
    @Test(
        "Under SGD the threshold of L1 is that of its momentum at rest; with the Euclidean metric it is ηλ",
        arguments: [
            (SGD(learningRate: 0.1), 1), (SGD(learningRate: 0.1, momentum: 0.9), 10),
            (SGD(learningRate: 0.1, momentum: 0.9, nesterov: true), 10),
            (SGD(learningRate: 0.1, momentum: 0.75, dampening: 0.5), 2),
        ] as [(SGD, Float)])
    func thresholds(optimizer: SGD, factor: Float) throws {
        for (metric, threshold) in [(ProximalMetric.optimizer, 0.05 * factor), (.euclidean, 0.05)] {
            var parameters = Parameters([("a.weight", [1, 3], [2, -3, 0.04])])
            var optimizer = try optimizer.regularized(
                by: [.proximalStep(L1(), strength: 0.5, metric: metric)], over: parameters)
            var gradients = Gradients(like: parameters)
            optimizer.update(&parameters, along: &gradients)
            let moved = parameters["a.weight"]
            #expect(abs(moved[0] - (2 - threshold)) < 1e-6 && abs(moved[1] + (3 - threshold)) < 1e-6)
            #expect(moved[2] == 0)
        }
    }

    @Test("A hard threshold at t is the proximal point of L0 at t²/2")
    func hardThreshold() {
        // pyproximal 0.13: L0(sigma=0.5).prox(x, 0.6)
        let point = proximalPoint(
            of: L0(), at: [-0.1983, 0.0656, -1.0541, 0.31, 0.29, 0], scale: 0.3 * 0.3 / 2)
        #expect(point == [0, 0, -1.0541, 0.31, 0, 0])
    }

    @Test("The projection onto an L∞ ball is that onto a box")
    func infinityBall() {
        // jaxopt 0.8.5: projection_linf_ball(x, 0.25)
        let point = proximalPoint(of: Box(-0.25...0.25), at: [-0.2841, -0.9409, 0, 0.2, 0.7774], scale: 1)
        #expect(point == [-0.25, -0.25, 0, 0.2, 0.25])
    }

    @Test("A row of zeros becomes a unit vector, where Keras' UnitNorm leaves it")
    func unitNorm() {
        #expect(
            proximalPoint(of: L2Sphere(.rows), at: [0, 0, 0, 3, 4, 0], rows: 2, scale: 1) == [
                1, 0, 0, 0.6, 0.8, 0,
            ])
    }

    @Test("The gradients of L1 and of a group's norm are 0 at 0")
    func gradientsAtZero() {
        for regularizer in [L1(), GroupLasso(.rows)] as [any DifferentiableRegularizer] {
            let zeros = Parameters([("a.weight", [1, 2], [0, 0])])
            var gradients = Gradients(like: zeros)
            var gradient = gradients.mutableWeights(0)
            regularizer.addGradient(at: zeros.weights(0), scale: 1, to: &gradient)
            #expect(gradients["a.weight"] == [0, 0])
        }
    }

    @Test("‖WWᵀ − I‖² of a matrix with more rows than columns is larger by their difference")
    func orthogonality() {
        // torch 2.15: the value over rows is 213.57943, that over columns 211.57943.
        let tall: [Float] = [
            -0.6113173851305688, -2.4520930517562, -2.368694786805233, 0.15308075800712442, 1.310844452923128,
            -0.7947736699762844, -0.944579426399137, 0.3266408947334606, -1.260240483024341,
            0.7416237723731377,
            1.395296495145914, -0.6702539104266482, 0.6667119144519986, -1.1925259020610233,
            1.2146051822002635,
        ]
        let parameters = Parameters([("a.weight", [5, 3], tall)])
        let value = Orthogonality().value(at: parameters.weights(0))
        #expect(abs(value - (213.57943101476008 - 2)) < 1e-4)
    }

    @Test("The value of a plan counts proximal steps and decays; its contributions tell them apart")
    func valueOfAPlan() throws {
        let parameters = Parameters([("a.weight", [1, 2], [3, -4])])
        let plan = try PenaltyPlan(
            [
                .lossTerm(SquaredL2(), strength: 2), .proximalStep(L1(), strength: 0.5), .decay(0.1),
            ], over: parameters)
        #expect(plan.value(at: parameters) == 25 + 3.5 + 1.25)
        let lossTerms = plan.contributions(at: parameters).filter { $0.stage == .lossTerm }
        #expect(lossTerms.map(\.weightedValue) == [25])
        let outside = try PenaltyPlan([.proximalStep(Nonnegative())], over: parameters)
        #expect(outside.value(at: parameters) == .infinity)
    }
}

/// The proximal point of a regularizer at a tensor, one row unless more are given.
private func proximalPoint(
    of regularizer: some ProximalRegularizer, at weights: [Float], rows: Int = 1, scale: Float
) -> [Float] {
    var parameters = Parameters([("a.weight", [rows, weights.count / rows], weights)])
    var point = parameters.mutableWeights(0)
    regularizer.applyProx(to: &point, scale: scale)
    return parameters["a.weight"]
}
