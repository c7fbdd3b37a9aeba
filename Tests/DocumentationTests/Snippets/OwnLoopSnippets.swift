import ReferenceNetwork
import Regularization
import Testing

struct OwnLoopSnippets {
    @Test func finite() throws {
        let samples = exampleSamples(inputs: 4, classes: 3)
        var network = FeedForwardNetwork(inputs: 4, hidden: [8], outputs: 3)
        var optimizer = try SGD(learningRate: 1e38).regularized(
            by: [.proximalStep(L1(), strength: 1e-3)], over: network.parameters)
        var gradients = Gradients(like: network.parameters)
        #expect(throws: NonfiniteNumber.self) {
            for step in 0..<10 {
                // snippet: finite
                let before = (parameters: network.parameters, optimizer: optimizer)
                let loss = network.loss(on: samples, at: .step(step), gradients: &gradients)
                guard loss.isFinite, gradients.isFinite else {
                    throw NonfiniteNumber(.loss(of: "training"), value: loss)
                }
                optimizer.update(&network.parameters, along: &gradients)
                if optimizer.state.isFinite == false {
                    (network.parameters, optimizer) = before
                    _ = network.loss(on: samples, at: .step(step), gradients: &gradients)
                    if let cause = optimizer.firstNonfinite(updating: network.parameters, along: gradients) {
                        throw cause
                    }
                }
                // end snippet
            }
        }
        #expect(network.parameters.isFinite)
    }
}
