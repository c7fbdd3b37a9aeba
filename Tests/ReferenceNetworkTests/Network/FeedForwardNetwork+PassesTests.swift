import Regularization
import Testing

import ReferenceNetwork

struct FeedForwardNetworkPassesTests {
    @Test(arguments: Activation.allCases, Loss.allCases)
    func gradientIsTheCentralDifference(activation: Activation, loss: Loss) {
        for (dropout, bias) in [(0, true), (0.4, true), (0, false), (0.4, false)] as [(Float, Bool)] {
            let network = Self.network(activation, loss, dropout, bias: bias)
            let samples = Self.samples(for: loss)
            let gradients = network.total(on: samples).gradients.values
            expectClose(
                gradients, network.centralDifferences(on: samples, step: 0x1p-6), within: 2e-4,
                "dropout \(dropout), bias \(bias)")
            #expect(gradients.contains { abs($0) > 0.01 }, "dropout \(dropout), bias \(bias): \(gradients)")
        }
    }

    @Test func gradientsAreOverwritten() {
        var network = Self.network(.tanh, .softmaxCrossEntropy, 0)
        let samples = Self.samples(for: .softmaxCrossEntropy)
        var gradients = Gradients(like: network.parameters)
        _ = network.loss(on: samples, at: .step(0), gradients: &gradients)
        let bits = gradients.bits
        var elements = gradients.mutableElements
        for index in elements.indices { elements[index] = index.isMultiple(of: 2) ? 1e6 : .nan }
        _ = network.loss(on: samples, at: .step(0), gradients: &gradients)
        #expect(gradients.bits == bits)
    }

    @Test func aBatchWithoutSamplesHasNoGradient() {
        var network = Self.network(.relu, .softmaxCrossEntropy, 0)
        var gradients = Gradients(like: network.parameters)
        _ = network.loss(on: Self.samples(for: .softmaxCrossEntropy), at: .step(0), gradients: &gradients)
        let none = Samples(features: [], inputs: 2, targets: .classes([], names: []))
        #expect(network.loss(on: none, at: .step(0), gradients: &gradients) == 0)
        #expect(gradients.values.allSatisfy { $0 == 0 }, "\(gradients.values)")
    }

    @Test(arguments: [0, 0.5] as [Float])
    func aSmallerBatchBeforeLeavesNoTrace(dropout: Float) {
        let samples = Self.samples(for: .softmaxCrossEntropy)
        var used = Self.network(.tanh, .softmaxCrossEntropy, dropout)
        var gradients = Gradients(like: used.parameters)
        for size in [3, 1, 2] {
            _ = used.loss(on: samples.batch(at: [0, 1, 2][..<size]), at: .step(0), gradients: &gradients)
        }
        var fresh = Self.network(.tanh, .softmaxCrossEntropy, dropout)
        var expected = Gradients(like: fresh.parameters)
        #expect(
            used.loss(on: samples, at: .step(0), gradients: &gradients)
                == fresh.loss(on: samples, at: .step(0), gradients: &expected))
        #expect(gradients.bits == expected.bits)
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
                _ = network.loss(on: samples, at: .step(0), gradients: &gradients)
            },
        ]
        let outputs = results.map { String(decoding: $0?.standardErrorContent ?? [], as: UTF8.self) }
        #expect(outputs[0].contains("at most 2 classes, but the samples have 3 classes."))
        #expect(outputs[1].contains("2 values each, but the samples have 3 values each."))
    }

    /// Features are positive and rows of weights alternate in sign, so that no unit is near a kink.
    static func network(
        _ activation: Activation, _ loss: Loss, _ dropout: Float, bias: Bool = true
    ) -> FeedForwardNetwork {
        var network = FeedForwardNetwork(
            inputs: 2, hidden: [4, 3], outputs: 2, bias: bias, activation: activation, dropout: dropout,
            loss: loss, seed: 3)
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
}
