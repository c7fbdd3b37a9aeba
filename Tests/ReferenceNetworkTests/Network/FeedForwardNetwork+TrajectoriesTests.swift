import ReferenceNetwork
import Regularization
import Testing

/// Fifty steps of each optimizer with each penalty reproduce PyTorch's in float64.
struct FeedForwardNetworkTrajectoriesTests {
    static let runs = ["none", "l1", "l2", "orth", "group", "l1_prox", "group_prox"]

    @Test(arguments: ["sgd", "sgd_momentum", "adam"], runs)
    func reproducesReference(optimizer: String, penalty: String) throws {
        let trajectories: ReferenceTrajectories = try reference(optimizer)
        let run = try #require(trajectories.runs[penalty])
        let rate = Float(trajectories.learning_rate)
        switch optimizer {
        case "sgd": try follow(SGD(learningRate: rate), run, penalty)
        case "sgd_momentum": try follow(SGD(learningRate: rate, momentum: 0.9), run, penalty)
        default: try follow(Adam(learningRate: rate), run, penalty)
        }
    }

    private func follow(_ base: some Optimizer, _ run: ReferenceTrajectories.Run, _ name: String) throws {
        let model: ReferenceModel = try reference("model")
        var network = FeedForwardNetwork(inputs: 30, hidden: [16, 8], outputs: 3)
        for (name, values) in model.initial {
            network.parameters[name.replacing("layer", with: "fully.")] = values
        }
        let samples = Samples(
            features: model.X, inputs: 30, targets: .classes(model.y, names: ["0", "1", "2"]))
        var optimizer = try base.regularized(
            by: penalties(name, run, rate: Double(base.learningRate)), over: network.parameters)
        var gradients = Gradients(like: network.parameters)
        for step in 1...50 {
            let start = (step - 1) % 10 * 20
            let batch = samples.batch(at: Array(start..<start + 20)[...])
            let loss = network.loss(on: batch, at: .step(step - 1), gradients: &gradients)
            expectClose(loss, run.batch_data_loss[step - 1], relative: 1e-4, "step \(step)")
            if name.hasSuffix("prox") == false {
                let total = loss + optimizer.plan.value(at: network.parameters)
                expectClose(total, run.batch_total_loss[step - 1], relative: 1e-4, "step \(step)")
            }
            optimizer.update(&network.parameters, along: &gradients)
            guard let snapshot = run.after_step["\(step)"] else { continue }
            for (name, expected) in snapshot.weights {
                let found = network.parameters[name.replacing("layer", with: "fully.")]
                #expect(relativeDistance(found, expected) < 1e-4, "\(name) after step \(step)")
            }
        }
    }

    private func penalties(_ name: String, _ run: ReferenceTrajectories.Run, rate: Double) throws -> [Penalty]
    {
        let strength = run.strength ?? run.threshold.map { $0 / rate } ?? 0
        switch name {
        case "l1": return [.lossTerm(L1(), strength: strength)]
        case "l2": return [.lossTerm(SquaredL2(), strength: 2 * strength)]
        case "orth": return [.lossTerm(Orthogonality() + OuterSide(), strength: strength)]
        case "group": return [.lossTerm(GroupLasso(.rows, weighting: .none), strength: strength)]
        case "l1_prox": return [.proximalStep(L1(), strength: strength, metric: .euclidean)]
        case "group_prox":
            return [
                .proximalStep(GroupLasso(.rows, weighting: .none), strength: strength, metric: .euclidean)
            ]
        default: return []
        }
    }
}

/// The constant by which the reference's ‖WWᵀ − I‖² exceeds that over the smaller side: rows − columns for a
/// tall matrix, 0 for a wide one.
private struct OuterSide: DifferentiableRegularizer {
    func check(_ shape: Shape) {}
    func value(at weights: Weights) -> Double { Double(max(0, weights.shape.rows - weights.shape.columns)) }
    func addGradient(at weights: Weights, scale: Float, to gradient: inout MutableWeights) {}
}
