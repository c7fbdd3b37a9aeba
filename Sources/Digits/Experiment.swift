import CharbonnierPlugin
import CosineOrthogonalityPlugin
import Foundation
import GroupGemanPlugin
import MinMaxNormPlugin
import ReferenceNetwork
import Regularization
import RegularizationJSON
import SquaredDifferencesPlugin

/// A row of the results: a network trained with some penalties, under a name.
struct Experiment: Sendable {
    let name: String
    /// The stage of the main penalty in the results: `none`, `lossTerm`, `decay` or `proximalStep`.
    let stage: String
    /// The metric of the main penalty in the results; nil unless it is a proximal step.
    let metric: ProximalMetric?
    let penalties: [Penalty]

    /// The strength of every penalty: 10^-3.5.
    static let strength = 3.1622776601683795e-4

    /// The rows of the main job: no penalty, then loss terms, then proximal steps in both metrics.
    static let all: [Experiment] = [
        Experiment(name: "none", stage: "none", metric: nil, penalties: []),
        lossTerm("squared L2", SquaredL2()),
        lossTerm("L1", L1()),
        lossTerm("group lasso", GroupLasso(.columns)),
        lossTerm("sparse group lasso", L1() + GroupLasso(.columns)),
        lossTerm("Charbonnier (plug-in)", Charbonnier()),
        proximalStep("L1", L1(), .euclidean),
        proximalStep("group lasso", GroupLasso(.columns), .euclidean),
        proximalStep("sparse group lasso", L1() + GroupLasso(.columns), .euclidean),
        proximalStep("L1", L1(), .optimizer),
        proximalStep("group lasso", GroupLasso(.columns), .optimizer),
        proximalStep("sparse group lasso", L1() + GroupLasso(.columns), .optimizer),
        Experiment(
            name: "orthogonality + L1", stage: "proximalStep", metric: .optimizer,
            penalties: [
                .lossTerm(Orthogonality(), strength: strength),
                .proximalStep(L1(), strength: strength),
            ]),
    ]

    /// Two experiments: one without penalties, and one with the penalties in a file, named for it.
    ///
    /// The plug-ins' regularizers are known by name. Throws `ConfigurationError` for a file that cannot be read.
    static func comparing(_ file: URL) throws -> [Experiment] {
        let registry = RegularizerRegistry.builtIn.adding(Charbonnier.self)
            .adding(GroupGeman.self).adding(MeanAbsoluteCosine.self).adding(MinMaxNorm.self)
            .adding(SquaredDifferences.self)
        let penalties = try registry.penalties(contentsOf: file)
        let main = penalties.first { $0.stage == .proximalStep } ?? penalties.first
        return [
            all[0],
            Experiment(
                name: file.deletingPathExtension().lastPathComponent,
                stage: main?.stage.rawValue ?? "none",
                metric: main?.stage == .proximalStep ? main?.metric : nil, penalties: penalties),
        ]
    }

    private static func lossTerm(_ name: String, _ regularizer: some DifferentiableRegularizer) -> Experiment
    {
        Experiment(
            name: name, stage: "lossTerm", metric: nil,
            penalties: [.lossTerm(regularizer, strength: strength)])
    }

    private static func proximalStep(
        _ name: String, _ regularizer: some ProximalRegularizer, _ metric: ProximalMetric
    ) -> Experiment {
        Experiment(
            name: name, stage: "proximalStep", metric: metric,
            penalties: [.proximalStep(regularizer, strength: strength, metric: metric)])
    }
}

/// The results of one training run of an experiment.
struct Run: Sendable, Encodable {
    let seed: UInt64
    /// The share of test samples whose class is predicted, in [0, 1].
    let testAccuracy: Double
    /// The share of the weights, biases excluded, that are exactly zero.
    let exactZeroShare: Double
    /// The number of units with an outgoing weight that is not exactly zero: of the inputs, then of each hidden layer.
    let unitsAlive: [Int]
    let seconds: Double
    /// The warnings of the training's history.
    let warnings: [String]
    /// The name of the file of the model; nil if it is not written.
    @OrNull var model: String?
}

extension Experiment {
    /// A new network with 64 inputs, hidden layers of 40 and 20 units, and 10 outputs.
    private func network(seed: UInt64) -> FeedForwardNetwork {
        FeedForwardNetwork(
            inputs: 64, hidden: [40, 20], outputs: 10, activation: .leakyReLU,
            initialization: .glorotUniform, seed: seed)
    }

    /// The plan of the penalties, which prints which penalty acts on which parameter; throws `PenaltyError` for
    /// penalties that the network cannot have under an optimizer.
    func plan(under optimizer: some Optimizer) throws -> PenaltyPlan {
        try PenaltyPlan(penalties, over: network(seed: 0).parameters, under: optimizer)
    }

    /// Trains a network 64–40–20–10 on three quarters of the digits and tests it on the remaining quarter; returns the
    /// model too, with its scaling.
    func run(
        on digits: CSVTable, with optimizer: some Optimizer, seed: UInt64, epochs: Int
    ) throws -> (run: Run, model: TabularModel) {
        let parts = try digits.samples.split(testShare: 0.25, seed: seed)
        let scaling = try FeatureScaling.minMax(fittedTo: parts.training)
        let training = try scaling.scaled(parts.training)
        let test = try scaling.scaled(parts.test)
        var network = network(seed: seed)
        var optimizer = try optimizer.regularized(by: penalties, over: network.parameters)
        let trainer = Trainer(epochs: epochs, batchSize: 300, seed: seed, showsProgress: false)
        let history = try trainer.fit(&network, to: training, with: &optimizer)
        // Another run has failed, and this one may have no epoch.
        try Task.checkCancellation()
        let last = history.epochs[history.epochs.count - 1]
        let run = Run(
            seed: seed,
            testAccuracy: network.accuracy(on: test),
            exactZeroShare: last.exactZeroShare,
            unitsAlive: last.unitsAlive,
            seconds: last.seconds,
            warnings: history.warnings)
        return (run, TabularModel(network: network, schema: digits.schema, scaling: scaling))
    }
}
