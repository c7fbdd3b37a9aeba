import Regularization
import Testing

@testable import ReferenceNetwork

struct FeedForwardNetworkPassesTests {
    @Test(arguments: Activation.allCases, Loss.allCases)
    func gradientIsTheCentralDifference(activation: Activation, loss: Loss) {
        for dropout: Float in [0, 0.4] {
            let network = Self.network(activation, loss, dropout)
            var trained = network
            var gradients = Gradients(like: network.parameters)
            _ = trained.loss(on: Self.samples(for: loss), gradients: &gradients)
            let differences = (0..<network.parameters.count).map { index in
                (Self.loss(of: network, moving: index, by: Self.step, loss)
                    - Self.loss(of: network, moving: index, by: -Self.step, loss)) / (2 * Double(Self.step))
            }
            #expect(largestDifference(gradients.values, differences) < 2e-4)
            #expect(gradients.values.contains { abs($0) > 0.01 })
        }
    }

    @Test func gradientsAreOverwritten() {
        var network = Self.network(.tanh, .softmaxCrossEntropy, 0)
        let samples = Self.samples(for: .softmaxCrossEntropy)
        var gradients = Gradients(like: network.parameters)
        _ = network.loss(on: samples, gradients: &gradients)
        let bits = gradients.bits
        var elements = gradients.mutableElements
        for index in elements.indices { elements[index] = index.isMultiple(of: 2) ? 1e6 : .nan }
        _ = network.loss(on: samples, gradients: &gradients)
        #expect(gradients.bits == bits)
    }

    @Test func aBatchWithoutSamplesHasNoGradient() {
        var network = Self.network(.relu, .softmaxCrossEntropy, 0)
        var gradients = Gradients(like: network.parameters)
        _ = network.loss(on: Self.samples(for: .softmaxCrossEntropy), gradients: &gradients)
        let none = Samples(features: [], inputs: 2, targets: .classes([], names: []))
        #expect(network.loss(on: none, gradients: &gradients) == 0)
        #expect(gradients.values.allSatisfy { $0 == 0 })
    }

    @Test(arguments: [0, 0.5] as [Float])
    func aSmallerBatchBeforeLeavesNoTrace(dropout: Float) {
        let samples = Self.samples(for: .softmaxCrossEntropy)
        var used = Self.network(.tanh, .softmaxCrossEntropy, dropout)
        var gradients = Gradients(like: used.parameters)
        for size in [3, 1, 2] {
            _ = used.loss(on: samples.batch(at: [0, 1, 2][..<size]), gradients: &gradients)
        }
        var fresh = Self.network(.tanh, .softmaxCrossEntropy, dropout)
        fresh.dropoutGenerator = used.dropoutGenerator
        var expected = Gradients(like: fresh.parameters)
        #expect(
            used.loss(on: samples, gradients: &gradients) == fresh.loss(on: samples, gradients: &expected))
        #expect(gradients.bits == expected.bits)
    }

    /// The activation of every hidden unit is 1 before dropout.
    @Test(arguments: [0.1, 0.5, 0.9] as [Float])
    func dropoutKeepsTheMean(rate: Float) {
        var network = FeedForwardNetwork(
            inputs: 1, hidden: [200], outputs: 1, activation: .identity, dropout: rate,
            loss: .meanSquaredError)
        network.parameters["fully.0.weight"] = Array(repeating: 1, count: 200)
        network.parameters["fully.0.bias"] = Array(repeating: 0, count: 200)
        let samples = Samples(
            features: Array(repeating: 1, count: 200), inputs: 1,
            targets: .values(Array(repeating: 0, count: 200), outputs: 1))
        var gradients = Gradients(like: network.parameters)
        _ = network.loss(on: samples, gradients: &gradients)
        let outputs = network.workspace.outputs[0]
        #expect(Set(outputs) == [0, 1 / (1 - rate)])
        // Four standard errors of a share, and of a mean of zeros and 1/(1 − rate).
        let error = 4 * Double(rate * (1 - rate) / Float(outputs.count)).squareRoot()
        let zeros = Double(outputs.count { $0 == 0 }) / Double(outputs.count)
        #expect(abs(zeros - Double(rate)) < error)
        let mean = outputs.reduce(0) { $0 + Double($1) } / Double(outputs.count)
        #expect(abs(mean - 1) < error / Double(1 - rate))
        // Units and samples are dropped apart, not in rows or columns.
        for start in stride(from: 0, to: outputs.count, by: 200) {
            #expect(Set(outputs[start..<start + 200]).count == 2)
        }
        #expect((0..<200).allSatisfy { unit in Set((0..<200).map { outputs[$0 * 200 + unit] }).count == 2 })
    }

    @Test func dropoutIsDrawnAnewInTrainingAndAbsentInEvaluation() {
        var network = Self.network(.tanh, .softmaxCrossEntropy, 0.5)
        var without = Self.network(.tanh, .softmaxCrossEntropy, 0)
        let samples = Self.samples(for: .softmaxCrossEntropy)
        var gradients = Gradients(like: network.parameters)
        let losses = (0..<8).map { _ in network.loss(on: samples, gradients: &gradients) }
        #expect(Set(losses).count > 4)
        let (loss, predictions) = (without.loss(on: samples), without.predict(samples.features))
        for _ in 0..<3 {
            #expect(network.loss(on: samples) == loss)
            #expect(network.predict(samples.features) == predictions)
        }
        #expect(without.loss(on: samples, gradients: &gradients) == loss)
    }

    @Test func evaluationDrawsNoDropout() {
        var interrupted = Self.network(.tanh, .softmaxCrossEntropy, 0.5)
        var network = interrupted
        let samples = Self.samples(for: .softmaxCrossEntropy)
        var gradients = Gradients(like: network.parameters)
        for _ in 0..<3 {
            _ = interrupted.loss(on: samples)
            _ = interrupted.predict(samples.features)
            #expect(
                interrupted.loss(on: samples, gradients: &gradients)
                    == network.loss(on: samples, gradients: &gradients))
        }
    }

    @Test func aLayerWithoutUnitsLeavesTheBias() {
        var network = FeedForwardNetwork(inputs: 2, hidden: [0], outputs: 2)
        network.parameters["fully.1.bias"] = [1, 2]
        #expect(network.logits(for: [5, 6, 7, 8]) == [1, 2, 1, 2])
        var gradients = Gradients(like: network.parameters)
        let samples = Samples(features: [5, 6], inputs: 2, targets: .classes([0], names: ["0", "1"]))
        #expect(network.loss(on: samples, gradients: &gradients).isFinite)
        #expect(gradients["fully.1.bias"].allSatisfy { abs($0) > 0.1 })
    }

    @Test func samplesOfAnotherWidthTrap() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var network = FeedForwardNetwork(inputs: 3, hidden: [], outputs: 2)
            _ = network.loss(on: FeedForwardNetworkPassesTests.samples(for: .softmaxCrossEntropy))
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("The network has 3 inputs, but the samples have 2 features."))
    }

    /// Without the check the class 2 of the first sample would be the first logit of the second.
    @Test func targetsThatDoNotFitTrap() async {
        let results = [
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 2)
                let classes = Targets.classes([2, 0], names: ["a", "b", "c"])
                _ = network.loss(on: Samples(features: [1, 2], inputs: 1, targets: classes))
            },
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 2, loss: .meanSquaredError)
                var gradients = Gradients(like: network.parameters)
                let samples = Samples(features: [1], inputs: 1, targets: .values([1, 2, 3], outputs: 3))
                _ = network.loss(on: samples, gradients: &gradients)
            },
        ]
        let outputs = results.map { String(decoding: $0?.standardErrorContent ?? [], as: UTF8.self) }
        #expect(outputs[0].contains("at most 2 classes, but the samples have 3 classes."))
        #expect(outputs[1].contains("2 values each, but the samples have 3 values each."))
    }

    @Test func aNetworkWithoutInputsIsEvaluatedAsItIsTrained() {
        var network = FeedForwardNetwork(inputs: 0, hidden: [], outputs: 2)
        network.parameters["fully.0.bias"] = [1, 2]
        let samples = Samples(features: [], inputs: 0, targets: .classes([1, 0, 1], names: ["a", "b"]))
        var gradients = Gradients(like: network.parameters)
        #expect(network.loss(on: samples) == network.loss(on: samples, gradients: &gradients))
        #expect(network.accuracy(on: samples) == 2.0 / 3)
    }

    static let step: Float = 0x1p-6

    /// Features are positive and rows of weights alternate in sign, so that no unit is near a kink.
    static func network(_ activation: Activation, _ loss: Loss, _ dropout: Float) -> FeedForwardNetwork {
        var network = FeedForwardNetwork(
            inputs: 2, hidden: [4, 3], outputs: 2, activation: activation, dropout: dropout, loss: loss,
            seed: 3)
        for tensor in network.parameters.layout.tensors {
            network.parameters[tensor.name] = (0..<tensor.shape.count).map { index in
                let row = tensor.shape.rank == 1 ? index : index / tensor.shape.columns
                return (row.isMultiple(of: 2) ? 1 : -1) * (0.2 + 0.05 * Float(index * 7 % 5))
            }
        }
        return network
    }

    static func samples(for loss: Loss) -> Samples {
        let targets: Targets =
            switch loss {
            case .softmaxCrossEntropy: .classes([0, 1, 0], names: ["0", "1"])
            case .binaryCrossEntropy: .values([0, 1, 0.25, 0.5, 1, 0], outputs: 2)
            case .meanSquaredError: .values([0, 1, -2, 0.5, 1, 3], outputs: 2)
            }
        return Samples(features: [0.5, 1, 0.25, 0.75, 1, 0.3], inputs: 2, targets: targets)
    }

    /// The network is a value and its random numbers are part of it, so that each copy has the same dropout.
    private static func loss(
        of network: FeedForwardNetwork, moving index: Int, by step: Float, _ loss: Loss
    ) -> Double {
        var network = network
        var elements = network.parameters.mutableElements
        elements[index] += step
        var gradients = Gradients(like: network.parameters)
        return network.loss(on: samples(for: loss), gradients: &gradients)
    }
}
