import Regularization
import Testing

@testable import ReferenceNetwork

/// Dropout is a function of the position.
struct FeedForwardNetworkDropoutTests {
    /// The activation of every hidden unit is 1 before dropout.
    @Test(arguments: [0.1, 0.5, 0.9] as [Float])
    func theMeanIsKept(rate: Float) {
        var network = FeedForwardNetwork(
            inputs: 1, hidden: [200], outputs: 1, activation: .identity, dropout: rate,
            loss: .meanSquaredError)
        network.parameters["fully.0.weight"] = Array(repeating: 1, count: 200)
        network.parameters["fully.0.bias"] = Array(repeating: 0, count: 200)
        let samples = Samples(
            features: Array(repeating: 1, count: 200), inputs: 1,
            targets: .values(Array(repeating: 0, count: 200), outputs: 1))
        var gradients = Gradients(like: network.parameters)
        _ = network.loss(on: samples, at: .step(0), gradients: &gradients)
        let outputs = network.workspace.outputs[0]
        #expect(Set(outputs) == [0, 1 / (1 - rate)])
        // Four standard errors of a share, and of a mean of zeros and 1/(1 − rate).
        let error = 4 * Double(rate * (1 - rate) / Float(outputs.count)).squareRoot()
        let zeros = Double(outputs.count { $0 == 0 }) / Double(outputs.count)
        expectClose(zeros, Double(rate), within: error)
        let mean = outputs.reduce(0) { $0 + Double($1) } / Double(outputs.count)
        #expect(abs(mean - 1) < error / Double(1 - rate))
        // Units and samples are dropped apart, not in rows or columns.
        for start in stride(from: 0, to: outputs.count, by: 200) {
            #expect(Set(outputs[start..<start + 200]).count == 2)
        }
        #expect((0..<200).allSatisfy { unit in Set((0..<200).map { outputs[$0 * 200 + unit] }).count == 2 })
    }

    @Test func aPlaceDropsTheSameUnitsWhateverCameBefore() {
        let fresh = Self.network(dropout: 0.5)
        let positions = [BatchPosition.step(0), .step(1), .step(2), BatchPosition(step: 1, firstSample: 3)]
        let expected = positions.map { Self.factors(of: fresh, on: Self.samples, at: $0) }
        #expect(Set(expected).count == positions.count)
        var used = fresh
        var gradients = Gradients(like: used.parameters)
        for index in [2, 0, 3, 0, 1] {
            _ = used.loss(on: Self.samples)
            _ = used.predictions(for: Self.samples.features)
            _ = used.loss(on: Self.samples, at: positions[index], gradients: &gradients)
            #expect(used.workspace.masks == expected[index], "index \(index)")
        }
        #expect(
            Self.factors(of: Self.network(dropout: 0.5, seed: 1), on: Self.samples, at: .step(0))
                != expected[0])
    }

    @Test func aBatchThatIsSharedOutDropsTheSameUnits() {
        let network = Self.network(dropout: 0.3)
        let whole = Self.factors(of: network, on: Self.samples, at: .step(5))
        for cut in 1..<Self.samples.count {
            let parts = [0..<cut, cut..<Self.samples.count].map { range in
                Self.factors(
                    of: network, on: Self.samples.batch(at: Array(range)[...]),
                    at: BatchPosition(step: 5, firstSample: range.lowerBound))
            }
            for layer in 0..<2 {
                #expect(parts[0][layer] + parts[1][layer] == whole[layer], "cut \(cut), layer \(layer)")
            }
        }
    }

    @Test func layersDropApart() {
        let factors = Self.factors(of: Self.network(dropout: 0.5), on: Self.samples, at: .step(0))
        #expect(factors[0].count == factors[1].count && factors[0] != factors[1])
    }

    @Test func evaluationDropsNothing() {
        var (network, without) = (Self.network(dropout: 0.5), Self.network(dropout: 0))
        let losses = (0..<8).map { network.total(on: Self.samples, at: .step($0)).value }
        #expect(Set(losses).count > 4)
        let loss = without.loss(on: Self.samples)
        #expect(network.loss(on: Self.samples) == loss)
        #expect(
            network.predictions(for: Self.samples.features) == without.predictions(for: Self.samples.features)
        )
        #expect(without.total(on: Self.samples, at: .step(3)).value == loss)
    }

    @Test func aPlaceHasNoNegativeNumbers() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = BatchPosition(step: 3, firstSample: -1)
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("A position in training has no negative numbers: step 3, first sample -1."))
    }

    private static let samples = Samples(
        features: (0..<18).map { Float($0 * 5 % 7) / 4 - 0.5 }, inputs: 2,
        targets: .classes((0..<9).map { $0 % 3 }, names: ["a", "b", "c"]))

    private static func network(dropout: Float, seed: UInt64 = 0) -> FeedForwardNetwork {
        FeedForwardNetwork(
            inputs: 2, hidden: [21, 21], outputs: 3, activation: .tanh, dropout: dropout, seed: seed)
    }

    private static func factors(
        of network: FeedForwardNetwork, on batch: Samples, at position: BatchPosition
    ) -> [[Float]] {
        var network = network
        var gradients = Gradients(like: network.parameters)
        _ = network.loss(on: batch, at: position, gradients: &gradients)
        return network.workspace.masks
    }
}
