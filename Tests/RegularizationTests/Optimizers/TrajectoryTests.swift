import Regularization
import Testing

/// 50 steps of every optimizer are those of PyTorch, optax and Keras, to 1e-5.
@Suite("Trajectories")
struct TrajectoryTests {
    private static func coupled(_ run: Trajectory) -> [Penalty] {
        run.options.weight_decay.map { [.lossTerm(SquaredL2(), strength: $0, on: .all)] } ?? []
    }

    private static func decoupled(_ run: Trajectory) -> [Penalty] {
        run.options.weight_decay.map { [.decay($0, on: .all)] } ?? []
    }

    private static func adam(_ run: Trajectory) -> Adam {
        Adam(
            learningRate: run.options.lr, beta1: run.options.betas![0], beta2: run.options.betas![1],
            epsilon: run.options.eps!, rootEpsilon: run.rootEpsilon,
            amsGrad: run.optimizer != "amsgrad"
                ? .off : run.made_by.hasPrefix("optax") ? .ofCorrectedSquares : .ofSquares)
    }

    private static func sgd(_ run: Trajectory) -> SGD {
        SGD(
            learningRate: run.options.lr, momentum: run.options.momentum ?? 0,
            dampening: run.options.dampening ?? 0, nesterov: run.options.nesterov ?? false)
    }

    private static func isTorch(_ run: Trajectory) -> Bool { run.made_by.hasPrefix("PyTorch") }

    @Test("SGD", arguments: try Trajectory.all("sgd"))
    func sgd(run: Trajectory) throws {
        // Keras has the learning rate inside of the velocity, which is another method once it changes.
        if run.options.lr_drop != nil, run.made_by.hasPrefix("Keras") { return }
        try run.follow(
            Self.sgd(run), Self.coupled(run),
            states: run.options.momentum == nil ? [:] : ["momentum_buffer": "velocity"])
    }

    @Test("Adam and AMSGrad", arguments: try Trajectory.all("adam"))
    func adam(run: Trajectory) throws {
        let names = ["exp_avg": "mean", "exp_avg_sq": "square", "max_exp_avg_sq": "largest"]
        try run.follow(
            Self.adam(run), Self.coupled(run),
            states: Self.isTorch(run) ? names.filter { run.state.keys.contains($0.key) } : [:])
    }

    @Test("Adam with decoupled decay", arguments: try Trajectory.all("adamw"))
    func adamW(run: Trajectory) throws {
        try run.follow(Self.adam(run), Self.decoupled(run))
    }

    @Test(
        "Adam with decoupled decay, then L1 in its metric and in the Euclidean one, zero for zero",
        arguments: try Trajectory.all("adamw_proximal_l1"))
    func adamWProximalL1(run: Trajectory) throws {
        let metric = try #require(run.metric)
        let l1 = Penalty.proximalStep(
            L1(), strength: run.options.strength!, on: .all,
            metric: metric.hasPrefix("euclidean") ? .euclidean : .optimizer)
        try run.follow(Self.adam(run), Self.decoupled(run) + [l1])
    }

    @Test("RMSprop, centered and with momentum", arguments: try Trajectory.all("rmsprop"))
    func rmsprop(run: Trajectory) throws {
        let rule = RMSprop(
            learningRate: run.options.lr, decay: run.options.alpha!, epsilon: run.options.eps!,
            rootEpsilon: run.rootEpsilon, centered: run.options.centered ?? false,
            momentum: run.options.momentum ?? 0)
        let names = ["square_avg": "square", "grad_avg": "mean", "momentum_buffer": "velocity"]
        try run.follow(
            rule, Self.coupled(run),
            states: Self.isTorch(run) ? names.filter { run.state.keys.contains($0.key) } : [:])
    }

    @Test("Adagrad", arguments: try Trajectory.all("adagrad"))
    func adagrad(run: Trajectory) throws {
        let rule = Adagrad(
            learningRate: run.options.lr, learningRateDecay: run.options.lr_decay ?? 0,
            initialSum: run.options.initial!, epsilon: run.options.eps!, rootEpsilon: run.rootEpsilon)
        try run.follow(rule, Self.coupled(run), states: Self.isTorch(run) ? ["sum": "sum"] : [:])
    }

    @Test("Lion", arguments: try Trajectory.all("lion"))
    func lion(run: Trajectory) throws {
        let rule = Lion(
            learningRate: run.options.lr, beta1: run.options.betas![0], beta2: run.options.betas![1])
        try run.follow(rule, Self.decoupled(run), states: ["mu": "mean"])
    }

    @Test("Gradients clipped by the norm of all of them", arguments: try Trajectory.all("clipping"))
    func clipping(run: Trajectory) throws {
        if run.optimizer == "adam" {
            try run.follow(Self.adam(run))
        } else {
            try run.follow(Self.sgd(run))
        }
    }

    @Test("`AdamW` is Adam with a decay in its plan, on all parameters unless told otherwise")
    func adamWIsAdam() throws {
        var (one, other) = (network, network)
        var adamW = try AdamW(learningRate: 0.25, weightDecay: 0.5, over: network)
        var adam = try Adam(learningRate: 0.25).regularized(by: [.decay(0.5, on: .all)], over: network)
        for _ in 0..<3 {
            var gradients = Gradients(like: network, network.values)
            var same = gradients
            adamW.update(&one, along: &gradients)
            adam.update(&other, along: &same)
        }
        #expect(one.values == other.values)
        #expect(adamW.description == adam.description)
        let onWeights = try AdamW(weightDecay: .warmUp(to: 0.5, over: 10), on: .weights, over: network)
        #expect(onWeights.plan.penalties.map(\.stage) == [.decay])
    }
}
