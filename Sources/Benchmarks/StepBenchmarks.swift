import Foundation
import ReferenceNetwork
import Regularization

extension Benchmark {
    /// One training step (forward, backward and update) with ReLU, softmax cross-entropy and Adam, under different
    /// penalties.
    static let steps: [Benchmark] = {
        let penalties: [(name: String, penalties: [Penalty])] = [
            ("none", []),
            ("l1", [.lossTerm(L1(), strength: 1e-3)]),
            (
                "l1+orthogonality",
                [.lossTerm(L1(), strength: 1e-3), .lossTerm(Orthogonality(), strength: 1e-4)]
            ),
            ("sparseGroupLasso", [.proximalStep(L1() + GroupLasso(.columns), strength: 1e-4)]),
            ("l1Prox", [.proximalStep(L1(), strength: 1e-4)]),
            ("weightDecay", [.decay(1e-2, on: .all)]),
        ]
        let wide128 = Setting(name: "wide128", widths: [784, 1024, 1024, 10], batch: 128)
        let wide512 = Setting(name: "wide512", widths: [784, 1024, 1024, 10], batch: 512)
        let plain = Setting(name: "seedNoDropout", widths: Setting.seed.widths, batch: 64)
        let units = Penalty.proximalStep(
            GroupLasso(.rows), strength: 1e-4,
            on: .units(
                incoming: .exactly("fully.0.weight", "fully.2.weight"),
                bias: .exactly("fully.0.bias", "fully.2.bias"),
                outgoing: .exactly("fully.1.weight", "fully.3.weight")))
        let sparseActivations = ActivityPenalty(L1(), strength: 1e-3, on: "fully.*")
        return penalties.map { step(.seed, $0.name, $0.penalties) }
            + [
                step(.seed, "unitGroupLasso", [units]),
                step(.seed, "activityL1", [], activity: [sparseActivations]), step(plain, "none", []),
            ]
            + [wide128, wide512].flatMap { setting in
                penalties.map { step(setting, $0.name, $0.penalties) }
            }
    }()

    /// A network and a batch size.
    private struct Setting {
        let name: String
        let widths: [Int]
        let batch: Int
        var dropout: Float = 0

        static let seed = Setting(
            name: "seed", widths: [30, 100, 200, 300, 100, 5], batch: 64, dropout: 0.2)

        /// The floating-point operations of the matrix products in a step: three products for each layer, two for the
        /// first.
        var operations: Double {
            let weights = zip(widths, widths.dropFirst()).map { Double($0 * $1) }
            return 2 * Double(batch) * (3 * weights.reduce(0, +) - weights[0])
        }
    }

    private static func step(
        _ setting: Setting, _ name: String, _ penalties: [Penalty], activity: [ActivityPenalty] = []
    ) -> Benchmark {
        let (widths, batch, dropout) = (setting.widths, setting.batch, setting.dropout)
        let amount: Amount? = name == "none" ? .floatingPointOperations(setting.operations) : nil
        return Benchmark(name: "step/\(setting.name)/\(name)", amount: amount) {
            var network = FeedForwardNetwork(
                inputs: widths[0], hidden: Array(widths[1..<widths.count - 1]), outputs: widths.last!,
                dropout: dropout)
            try network.regularizeActivity(by: activity)
            let samples = Samples(
                features: uniform(batch * widths[0], seed: 1), inputs: widths[0],
                targets: .classes(
                    (0..<batch).map { $0 % widths.last! }, names: (0..<widths.last!).map { "\($0)" }))
            var gradients = Gradients(like: network.parameters)
            var optimizer = try Adam(learningRate: 1e-3).regularized(by: penalties, over: network.parameters)
            var step = 0
            return {
                sink += network.loss(on: samples, at: .step(step), gradients: &gradients)
                optimizer.update(&network.parameters, along: &gradients)
                step += 1
            }
        }
    }

    /// One epoch of the main job: three quarters of the digits in batches of 300, with L1 in the optimizer's metric.
    static let digitsEpoch = Benchmark(name: "epoch/digits") {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let file = here.appending(path: "../Digits/Data/digits.csv").path
        let digits = try CSVTable(.file(file), classes: "digit").samples
        let parts = try digits.split(testShare: 0.25, seed: 0)
        let training = try FeatureScaling.minMax(fittedTo: parts.training).scaled(parts.training)
        var network = FeedForwardNetwork(
            inputs: 64, hidden: [40, 20], outputs: 10, activation: .leakyReLU, initialization: .glorotUniform)
        var optimizer = try Adam(learningRate: 1e-3).regularized(
            by: [.proximalStep(L1(), strength: 3e-4)], over: network.parameters)
        let trainer = Trainer(epochs: 1, batchSize: 300, showsProgress: false)
        return {
            do {
                sink += try trainer.fit(&network, to: training, with: &optimizer).epochs[0].trainingLoss
            } catch { fatalError("\(error)") }
        }
    }
}
