import ReferenceNetwork
import Regularization
import Testing

@Suite("Units of a network die as a whole")
struct FeedForwardNetworkUnitsTests {
    static let samples: Samples = {
        var generator = SeededDraws(state: 5)
        var features: [Float] = []
        var classes: [Int] = []
        for index in 0..<300 {
            let label = index % 3
            for input in 0..<8 {
                features.append((input % 3 == label ? 1 : 0) + 0.6 * (generator.next() - 0.5))
            }
            classes.append(label)
        }
        return Samples(
            features: features, inputs: 8, targets: .classes(classes, names: ["a", "b", "c"]))
    }()

    struct SeededDraws {
        var state: UInt64
        mutating func next() -> Float {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(state >> 40) / Float(1 << 24)
        }
    }

    private func check<O: Optimizer>(_ base: O, strength: Double) throws {
        var network = FeedForwardNetwork(inputs: 8, hidden: [16, 12, 10], outputs: 3, seed: 3)
        let penalty = Penalty.proximalStep(
            GroupLasso(.rows), strength: strength,
            on: .units(
                incoming: .exactly("fully.0.weight", "fully.2.weight"),
                bias: .exactly("fully.0.bias", "fully.2.bias"),
                outgoing: .exactly("fully.1.weight", "fully.3.weight")))
        var optimizer = try base.regularized(by: [penalty], over: network.parameters)
        let trainer = Trainer(epochs: 60, batchSize: 30, seed: 1, showsProgress: false)
        _ = try trainer.fit(&network, to: Self.samples, with: &optimizer)
        let p = network.parameters
        var dead = 0
        for (layer, width, inputs, next) in [(0, 16, 8, 12), (2, 10, 12, 3)] {
            let (w, b, v) = (
                p["fully.\(layer).weight"], p["fully.\(layer).bias"], p["fully.\(layer + 1).weight"]
            )
            for unit in 0..<width {
                let row = (0..<inputs).map { w[unit * inputs + $0] }
                let column = (0..<next).map { v[$0 * width + unit] }
                let all = row + [b[unit]] + column
                let zeros = all.count { $0 == 0 }
                // In a metric a weight that nothing needs underflows to zero in a unit that lives.
                if O.self is SGD.Type {
                    #expect(zeros == 0 || zeros == all.count, "\(unit) of \(layer): \(zeros)")
                }
                if zeros == all.count { dead += 1 }
            }
        }
        let contribution = optimizer.contributions(at: p)[0]
        #expect(contribution.deadGroups == dead)
        #expect(contribution.count == 16 * 8 + 16 + 12 * 16 + 10 * 12 + 10 + 3 * 10)
        #expect(dead > 0 && dead < 26)
        #expect(network.accuracy(on: Self.samples) > 0.8)
    }

    @Test func adam() throws { try check(Adam(learningRate: 0.01), strength: 1e-3) }
    @Test func rmsprop() throws { try check(RMSprop(learningRate: 0.003), strength: 1e-3) }
    @Test func sgd() throws { try check(SGD(learningRate: 0.1), strength: 4e-3) }
    @Test func momentum() throws { try check(SGD(learningRate: 0.02, momentum: 0.9), strength: 4e-3) }
}
