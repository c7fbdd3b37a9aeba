import ReferenceNetwork
import Regularization

extension Benchmark {
    /// One training step of the network 30–100–200–300–100–5 with ReLU, Adam and batches of 64.
    static let steps: [Benchmark] = [
        step("seed/none", []),
        step("seed/l1", [.lossTerm(L1(), strength: 1e-3)]),
        step(
            "seed/l1+orthogonality",
            [.lossTerm(L1(), strength: 1e-3), .lossTerm(Orthogonality(), strength: 1e-4)]),
        step("seed/sparseGroupLasso", [.proximalStep(L1() + GroupLasso(.columns), strength: 1e-4)]),
        step("seed/l1Prox", [.proximalStep(L1(), strength: 1e-4)]),
        step("seed/weightDecay", [.proximalStep(SquaredL2(), strength: 1e-2, on: .all, metric: .euclidean)]),
        step("seedNoDropout/none", [], dropout: 0),
    ]

    private static func step(_ name: String, _ penalties: [Penalty], dropout: Float = 0.2) -> Benchmark {
        Benchmark(name: "step/\(name)") {
            var network = FeedForwardNetwork(
                inputs: 30, hidden: [100, 200, 300, 100], outputs: 5, dropout: dropout)
            let batch = Samples(
                features: uniform(64 * 30, seed: 1), inputs: 30,
                targets: .classes((0..<64).map { $0 % 5 }, names: (0..<5).map { "\($0)" }))
            var gradients = Gradients(like: network.parameters)
            var optimizer = try Adam(learningRate: 1e-3).regularized(by: penalties, over: network.parameters)
            return {
                sink += network.loss(on: batch, gradients: &gradients)
                optimizer.update(&network.parameters, along: &gradients)
            }
        }
    }
}
