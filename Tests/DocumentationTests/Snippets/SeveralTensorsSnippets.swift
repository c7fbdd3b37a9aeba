import ReferenceNetwork
import Regularization
import RegularizationLaws
import Testing

// snippet: tied
struct Tied: DifferentiableCoupledRegularizer, MetricProximalCoupledRegularizer, Codable {
    var properties: CompositionProperties { .convex }

    func check(_ shapes: [Shape]) throws {
        guard shapes.count == 2, shapes[0] == shapes[1] else {
            throw ShapeError("two tensors of one shape are tied, not \(shapes)")
        }
    }

    func value(at weights: CoupledWeights) -> Double {
        (0..<weights[0].count).reduce(0) { sum, index in
            let distance = Double(weights[0, index]) - Double(weights[1, index])
            return sum + distance * distance / 2
        }
    }

    func addGradient(at weights: CoupledWeights, scale: Float, to gradient: inout MutableCoupledWeights) {
        for index in 0..<weights[0].count {
            let slope = scale * (weights[0, index] - weights[1, index])
            gradient[0, index] += slope
            gradient[1, index] -= slope
        }
    }

    func applyProx(to weights: inout MutableCoupledWeights, scale: Float) {
        for index in 0..<weights.shape(of: 0).count { move(&weights, index, scale, scale) }
    }

    func applyProx(to weights: inout MutableCoupledWeights, scales: CoupledScales) {
        for index in 0..<weights.shape(of: 0).count {
            move(&weights, index, scales[0, index], scales[1, index])
        }
    }

    private func move(_ weights: inout MutableCoupledWeights, _ index: Int, _ s: Float, _ t: Float) {
        let (a, b) = (weights[0, index], weights[1, index])
        let pull = (a - b) / (1 + s + t)
        weights[0, index] = a - s * pull
        weights[1, index] = b + t * pull
    }
}
// end snippet

struct SeveralTensorsSnippets {
    @Test func units() throws {
        var network = FeedForwardNetwork(inputs: 4, hidden: [20], outputs: 2, seed: 1)
        // snippet: units
        var optimizer = try Adam(learningRate: 1e-2).regularized(
            by: [
                .proximalStep(
                    UnitGroupLasso(), strength: 1e-3,
                    on: .named("fully.0.weight"), .named("fully.0.bias"), .named("fully.1.weight"))
            ],
            over: network.parameters)
        // end snippet
        let article = try String(
            contentsOf: Document.file("Documentation/SeveralTensors.md"), encoding: .utf8)
        #expect(article.contains("```text\n\(optimizer.plan)\n```"), "\(optimizer.plan)")

        let samples = samples()
        let history = try Trainer(epochs: 300, batchSize: 16, showsProgress: false).fit(
            &network, to: samples, with: &optimizer)
        let contribution = try #require(history.epochs.last?.contributions.first)
        let dead = try #require(contribution.deadGroups)
        #expect(dead > 0 && dead < 20)
        #expect(network.accuracy(on: samples) == 1)
        // A unit's weights are zero together: 4 incoming, a bias, 2 outgoing.
        let parameters = network.parameters
        let (incoming, bias, outgoing) = (
            parameters["fully.0.weight"], parameters["fully.0.bias"], parameters["fully.1.weight"]
        )
        let isDead = (0..<20).map { unit in
            bias[unit] == 0 && outgoing[unit] == 0 && outgoing[20 + unit] == 0
                && incoming[4 * unit..<4 * unit + 4].allSatisfy { $0 == 0 }
        }
        #expect(isDead.count { $0 } == dead)
    }

    @Test func laws() {
        // snippet: laws
        #expect(Laws.violations(of: Tied()).isEmpty)
        // end snippet
    }

    /// Two classes by the sign of the first of four features.
    private func samples() -> Samples {
        let features = (0..<64).map { Float(($0 * 37 + 11) % 64) / 32 - 0.98 }
        let classes = (0..<16).map { features[4 * $0] > 0 ? 1 : 0 }
        return Samples(features: features, inputs: 4, targets: .classes(classes, names: ["no", "yes"]))
    }
}
