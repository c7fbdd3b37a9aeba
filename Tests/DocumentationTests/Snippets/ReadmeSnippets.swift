import ReferenceNetwork
import Regularization
import Testing

struct ReadmeSnippets {
    @Test func example() throws {
        let samples = exampleSamples(inputs: 30, classes: 5)
        // snippet: example
        var network = FeedForwardNetwork(
            inputs: 30, hidden: [100, 200, 300, 100], outputs: 5, dropout: 0.2)

        var optimizer = try Adam(learningRate: 1e-3).regularized(
            by: [
                .lossTerm(
                    Orthogonality(), strength: .warmUp(to: 1e-3, over: 100), on: .named("fully.*.weight")),
                .proximalStep(L1() + GroupLasso(.columns), strength: 3e-4, on: .weights),
            ],
            over: network.parameters)
        print(optimizer.plan)

        let history = try Trainer(epochs: 3, batchSize: 64).fit(&network, to: samples, with: &optimizer)
        // end snippet
        #expect(history.epochs.count == 3)
        #expect(
            history.epochs[2].contributions.map(\.label) == ["Orthogonality", "L1 + GroupLasso(columns)"])
        #expect(history.epochs[2].contributions[1].exactZeros > 0)
    }
}

/// A few samples of clearly different classes.
func exampleSamples(inputs: Int, classes: Int, count: Int = 128) -> Samples {
    let labels = (0..<count).map { $0 % classes }
    let features = labels.flatMap { label in
        (0..<inputs).map { Float(($0 + label) % classes) / Float(classes) }
    }
    return Samples(
        features: features, inputs: inputs,
        targets: .classes(labels, names: (0..<classes).map { "class \($0)" }))
}
