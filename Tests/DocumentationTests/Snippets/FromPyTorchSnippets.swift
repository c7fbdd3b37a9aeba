import Foundation
import ReferenceNetwork
import Regularization
import TensorFiles
import Testing

struct FromPyTorchSnippets {
    let samples = exampleSamples(inputs: 30, classes: 5)

    // snippet: network
    static func makeNetwork() -> FeedForwardNetwork {
        FeedForwardNetwork(inputs: 30, hidden: [100, 200, 300, 100], outputs: 5, dropout: 0.2)
    }
    // end snippet

    /// The value of penalties on a new network, and of a plain sum that it should equal.
    private func expect(_ penalties: [Penalty], equal sum: (Parameters) -> Double) throws {
        let network = Self.makeNetwork()
        let plan = try PenaltyPlan(penalties, over: network.parameters)
        let expected = sum(network.parameters)
        #expect(abs(plan.value(at: network.parameters) / expected - 1) < 1e-9)
    }

    private func absoluteSum(_ parameters: Parameters, where selects: (String) -> Bool) -> Double {
        parameters.layout.tensors.filter { selects($0.name) }.reduce(0) { sum, tensor in
            sum + parameters[tensor.name].reduce(0) { $0 + Double(abs($1)) }
        }
    }

    @Test func object() throws {
        // snippet: object
        let penalties: [Penalty] = [.lossTerm(L1(), strength: 1e-3)]
        // end snippet
        try expect(penalties) { 1e-3 * absoluteSum($0) { $0.hasSuffix("weight") } }
    }

    @Test func oneParameter() throws {
        // snippet: one parameter
        let penalties: [Penalty] = [.lossTerm(L1(), strength: 1e-3, on: .exactly("fully.0.weight"))]
        // end snippet
        try expect(penalties) { 1e-3 * absoluteSum($0) { $0 == "fully.0.weight" } }
    }

    @Test func allParameters() throws {
        var network = Self.makeNetwork()
        var gradients = Gradients(like: network.parameters)
        let step = 0
        // snippet: all parameters
        let penalties = try PenaltyPlan(
            [.lossTerm(L1(), strength: 1e-3, on: .all)], over: network.parameters)
        let loss =
            network.loss(on: samples, at: .step(step), gradients: &gradients)
            + penalties.value(at: network.parameters)
        penalties.addGradients(at: network.parameters, to: &gradients)
        // end snippet
        #expect(loss > penalties.value(at: network.parameters))
        try expect([.lossTerm(L1(), strength: 1e-3, on: .all)]) { 1e-3 * absoluteSum($0) { _ in true } }
    }

    @Test func book() throws {
        var network = Self.makeNetwork()
        // snippet: book
        var optimizer = try SGD(learningRate: 1e-2).regularized(
            by: [.lossTerm(L1(), strength: 1e-3, on: .all)], over: network.parameters)
        let history = try Trainer(epochs: 1, batchSize: 64).fit(&network, to: samples, with: &optimizer)
        print(history.epochs[0].trainingLoss, history.epochs[0].penalty)
        // end snippet
        #expect(history.epochs[0].penalty > 0)
    }

    @Test func filtered() throws {
        // snippet: filtered
        func l1(on filter: ParameterFilter) -> Penalty { .lossTerm(L1(), strength: 1e-3, on: filter) }
        let penalties = [l1(on: .named("**.weight"))]
        // end snippet
        try expect(penalties) { 1e-3 * absoluteSum($0) { $0.hasSuffix("weight") } }
    }

    @Test func orthogonal() throws {
        // snippet: orthogonal
        let penalties: [Penalty] = [.lossTerm(Orthogonality(), strength: 1e-4)]
        // end snippet
        let network = Self.makeNetwork()
        let plan = try PenaltyPlan(penalties, over: network.parameters)
        #expect(plan.value(at: network.parameters) > 0)
    }

    @Test func both() throws {
        var network = Self.makeNetwork()
        // snippet: both
        var optimizer = try Adam(learningRate: 1e-3).regularized(
            by: [
                .lossTerm(L1(), strength: 1e-3),
                .lossTerm(Orthogonality(), strength: 1e-4),
            ],
            over: network.parameters)
        let history = try Trainer(epochs: 1, batchSize: 64).fit(&network, to: samples, with: &optimizer)
        for contribution in history.epochs[0].contributions {
            print(contribution.label, contribution.weightedValue)
        }
        // end snippet
        #expect(history.epochs[0].contributions.map(\.label) == ["L1", "Orthogonality"])
    }

    @Test func sparse() throws {
        var network = Self.makeNetwork()
        // snippet: sparse
        var optimizer = try Adam(learningRate: 1e-3).regularized(
            by: [.proximalStep(L1(), strength: 1e-3)], over: network.parameters)
        // end snippet
        _ = try Trainer(epochs: 2, batchSize: 64).fit(&network, to: samples, with: &optimizer)
        #expect(network.parameters["fully.0.weight"].contains(0))
    }

    @Test func decay() throws {
        let network = Self.makeNetwork()
        // snippet: decay
        // torch.optim.Adam(parameters, weight_decay=1e-2): coupled, on biases too
        let adam = try Adam().regularized(
            by: [.lossTerm(SquaredL2(), strength: 1e-2, on: .all)], over: network.parameters)
        // torch.optim.AdamW(parameters, weight_decay=1e-2): decoupled, on biases too
        let adamW = try AdamW(weightDecay: 1e-2, over: network.parameters)
        // decoupled under any optimizer, on the weights alone
        let sgd = try SGD(learningRate: 0.1, momentum: 0.9).regularized(
            by: [.decay(1e-2)], over: network.parameters)
        // end snippet
        #expect(adam.plan.description.contains("loss term"))
        #expect(adamW.plan.penalties.map(\.stage) == [.decay])
        #expect(sgd.plan.contributions(at: network.parameters)[0].value > 0)
    }

    @Test func bring() throws {
        let model = try ReferenceModel("article")
        let (path, features) = (model.weights, model.inputs.flatMap(\.self))
        // snippet: bring
        var network = FeedForwardNetwork(inputs: 30, hidden: [100, 200, 300, 100], outputs: 5)
        try network.parameters.load(TensorFile(path))
        let probabilities = network.predictions(for: features)
        // end snippet
        let expected = model.softmax64.flatMap(\.self)
        #expect(probabilities.count == expected.count)
        #expect(zip(probabilities, expected).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    }

    @Test func renaming() throws {
        let models = try ["data-parallel", "sequential"].map(ReferenceModel.init)
        let (parallel, sequential) = (try TensorFile(models[0].weights), try TensorFile(models[1].weights))
        var (network, small) = (models[0].network, models[1].network)
        // snippet: renaming
        // DataParallel; torch.compile writes "_orig_mod."
        try network.parameters.load(parallel, renaming: [.prefix("module.", to: "")])
        // Sequential numbers ReLU and dropout too
        try small.parameters.load(
            sequential,
            renaming: [
                .prefix("net.0.", to: "fully.0."), .prefix("net.3.", to: "fully.1."),
                .prefix("net.6.", to: "fully.2."),
            ])
        // end snippet
        #expect(models[0].difference(network) < 1e-5 && models[1].difference(small) < 1e-5)
    }

    @Test func back() throws {
        let network = Self.makeNetwork()
        let path = temporaryPath("network.safetensors")
        defer { try? FileManager.default.removeItem(atPath: path) }
        // snippet: back
        try network.parameters.write(to: path)
        // end snippet
        let file = try TensorFile(path)
        #expect(try file.floats(of: "fully.4.bias") == network.parameters["fully.4.bias"])
    }
}
