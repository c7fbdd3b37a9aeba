import ReferenceNetwork
import Regularization
import Testing

struct FeedForwardNetworkTests {
    @Test func namesAndShapesArePyTorchs() {
        let network = FeedForwardNetwork(inputs: 30, hidden: [100, 200, 300, 100], outputs: 5)
        #expect(
            network.parameters.layout.tensors.map { "\($0.name) \($0.shape)" } == [
                "fully.0.weight [100, 30]", "fully.0.bias [100]",
                "fully.1.weight [200, 100]", "fully.1.bias [200]",
                "fully.2.weight [300, 200]", "fully.2.bias [300]",
                "fully.3.weight [100, 300]", "fully.3.bias [100]",
                "fully.4.weight [5, 100]", "fully.4.bias [5]",
            ])
    }

    @Test(arguments: [[], [3], [2, 3]])
    func withoutBiasesThereAreWeightsAlone(hidden: [Int]) {
        let network = FeedForwardNetwork(inputs: 2, hidden: hidden, outputs: 4, bias: false)
        let widths = [2] + hidden + [4]
        #expect(
            network.parameters.layout.tensors.map { "\($0.name) \($0.shape)" }
                == (0...hidden.count).map { "fully.\($0).weight [\(widths[$0 + 1]), \(widths[$0])]" })
    }

    @Test(arguments: Activation.allCases, [0, 0.3] as [Float])
    func withoutBiasesItIsANetworkWhoseBiasesAreZero(activation: Activation, dropout: Float) {
        var networks = [true, false].map {
            FeedForwardNetwork(
                inputs: 3, hidden: [5, 4], outputs: 2, bias: $0, activation: activation, dropout: dropout)
        }
        for layer in 0..<3 {
            networks[0].parameters["fully.\(layer).bias"] = Array(repeating: 0, count: [5, 4, 2][layer])
        }
        #expect(
            networks[0].predictions(for: Self.samples.features)
                == networks[1].predictions(for: Self.samples.features))
        var gradients = networks.map { Gradients(like: $0.parameters) }
        let losses = (0..<2).map {
            networks[$0].loss(on: Self.samples, at: .step(3), gradients: &gradients[$0])
        }
        #expect(losses[0] == losses[1])
        for layer in 0..<3 {
            #expect(
                gradients[0]["fully.\(layer).weight"] == gradients[1]["fully.\(layer).weight"],
                "layer \(layer)")
        }
    }

    @Test func withoutHiddenLayersItIsLinear() {
        var network = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 3)
        #expect(network.parameters.layout.tensors.map(\.name) == ["fully.0.weight", "fully.0.bias"])
        network.parameters["fully.0.weight"] = [1, 0, 0, 1, 1, 1]
        network.parameters["fully.0.bias"] = [0, 0, -1]
        let features: [Float] = [1, 2, -1, 0]
        #expect(network.logits(for: features) == [1, 2, 2, -1, 0, -2])
        let probabilities = [
            0.1553624034969636, 0.4223187982515182, 0.4223187982515182,
            0.24472847105479764, 0.6652409557748219, 0.09003057317038046,
        ]
        expectClose(network.predictions(for: features), probabilities, within: 1e-7)
        #expect(network.predictions(for: []) == [])
    }

    @Test func hiddenLayersComputeByHand() {
        var network = FeedForwardNetwork(inputs: 2, hidden: [3], outputs: 1, loss: .meanSquaredError)
        network.parameters["fully.0.weight"] = [1, -1, 2, 0, 0, -3]
        network.parameters["fully.0.bias"] = [0, -5, 1]
        network.parameters["fully.1.weight"] = [1, 10, 100]
        network.parameters["fully.1.bias"] = [0.5]
        // Hidden units: max(0, [2, 1, −2]) and max(0, [0, −5, 1]).
        #expect(network.predictions(for: [3, 1, 0, 0]) == [12.5, 100.5])
    }

    @Test func probabilitiesSumToOneForEachSample() {
        let network = FeedForwardNetwork(inputs: 3, hidden: [4], outputs: 5)
        let (first, second): ([Float], [Float]) = ([1, 2, 3], [-4, 5, 0.5])
        let both = network.predictions(for: first + second)
        expectClose(both[..<5].reduce(0, +), 1, within: 1e-6)
        expectClose(both[5...].reduce(0, +), 1, within: 1e-6)
        let apart = network.predictions(for: first) + network.predictions(for: second)
        expectClose(both, apart.map(Double.init), within: 1e-6)
    }

    @Test func binaryProbabilitiesAreEachBetweenZeroAndOne() {
        let network = FeedForwardNetwork(inputs: 1, hidden: [3], outputs: 2, loss: .binaryCrossEntropy)
        let probabilities = network.predictions(for: [-9, -1, 0, 1, 9])
        #expect(probabilities.count == 10)
        #expect(probabilities.allSatisfy { $0 > 0 && $0 < 1 }, "\(probabilities)")
        let logits = network.logits(for: [-9, -1, 0, 1, 9])
        #expect(zip(probabilities, logits).allSatisfy { ($0 > 0.5) == ($1 > 0) })
    }

    @Test(arguments: [Loss.softmaxCrossEntropy, .binaryCrossEntropy])
    func extremeLogitsHaveTheirLimits(loss: Loss) {
        let outputs = loss == .softmaxCrossEntropy ? 2 : 1
        var network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: outputs, loss: loss)
        network.parameters["fully.0.weight"] = outputs == 2 ? [-1e4, 1e4] : [1e4]
        network.parameters["fully.0.bias"] = Array(repeating: 0, count: outputs)
        #expect(network.predictions(for: [1, -1]) == (outputs == 2 ? [0, 1, 1, 0] : [1, 0]))
        var gradients = Gradients(like: network.parameters)
        for feature: Float in [1, -1] {
            let right = Samples(
                features: [feature], inputs: 1, targets: .classes([feature > 0 ? 1 : 0], names: ["0", "1"]))
            #expect(network.loss(on: right) == 0, "feature \(feature)")
            #expect(network.loss(on: right, at: .step(0), gradients: &gradients) == 0, "feature \(feature)")
            #expect(gradients.values.allSatisfy { $0 == 0 }, "feature \(feature): \(gradients.values)")
            let wrong = Samples(
                features: [feature], inputs: 1, targets: .classes([feature > 0 ? 0 : 1], names: ["0", "1"]))
            #expect(network.loss(on: wrong) == (outputs == 2 ? 2e4 : 1e4), "feature \(feature)")
            #expect(
                network.loss(on: wrong, at: .step(0), gradients: &gradients) == (outputs == 2 ? 2e4 : 1e4),
                "feature \(feature)")
            #expect(gradients.values.allSatisfy { abs($0) == 1 }, "feature \(feature): \(gradients.values)")
        }
    }

    @Test(arguments: Initialization.allCases)
    func theSeedDecidesTheBits(initialization: Initialization) {
        func network(seed: UInt64) -> FeedForwardNetwork {
            FeedForwardNetwork(
                inputs: 3, hidden: [5], outputs: 2, dropout: 0.5, initialization: initialization, seed: seed)
        }
        #expect(network(seed: 7).parameters.bits == network(seed: 7).parameters.bits)
        #expect(network(seed: 7).parameters.bits != network(seed: 8).parameters.bits)
        #expect(trainingLosses(of: network(seed: 7)) == trainingLosses(of: network(seed: 7)))
        var other = network(seed: 8)
        other.parameters = network(seed: 7).parameters
        #expect(trainingLosses(of: other) != trainingLosses(of: network(seed: 7)), "dropout has the seed too")
    }

    @Test func aCopyIsIndependent() {
        let network = FeedForwardNetwork(inputs: 3, hidden: [5], outputs: 2, dropout: 0.5)
        let (bits, losses) = (network.parameters.bits, trainingLosses(of: network))
        var copy = network
        var gradients = Gradients(like: copy.parameters)
        var optimizer = SGD(learningRate: 0.1)
        for _ in 0..<3 {
            _ = copy.loss(on: Self.samples, at: .step(0), gradients: &gradients)
            optimizer.update(&copy.parameters, along: &gradients)
        }
        #expect(copy.parameters.bits != bits)
        #expect(network.parameters.bits == bits)
        #expect(trainingLosses(of: network) == losses)
    }

    @Test func accuracyCountsPredictedClasses() {
        var network = FeedForwardNetwork(inputs: 3, hidden: [], outputs: 3)
        network.parameters["fully.0.weight"] = [1, 0, 0, 0, 1, 0, 0, 0, 1]
        network.parameters["fully.0.bias"] = [0, 0, 0]
        let features: [Float] = [3, 1, 2, 0, 5, -1, -3, -2, -1, 9, 0, 0]
        func accuracy(_ classes: [Int]) -> Double {
            network.accuracy(
                on: Samples(
                    features: features, inputs: 3, targets: .classes(classes, names: ["a", "b", "c"])))
        }
        #expect(accuracy([0, 1, 2, 0]) == 1)
        #expect(accuracy([0, 1, 2, 1]) == 0.75)
        #expect(accuracy([1, 2, 0, 1]) == 0)
        let none = Samples(features: [], inputs: 3, targets: .classes([], names: ["a"]))
        #expect(network.accuracy(on: none).isNaN)
    }

    @Test func accuracyCountsWeights() throws {
        var network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 1, loss: .binaryCrossEntropy)
        network.parameters["fully.0.weight"] = [1]
        network.parameters["fully.0.bias"] = [-2]
        let samples = try Samples(
            features: [1, 2, 2.1, 5], inputs: 1, targets: .classes([0, 0, 1, 0], names: ["no", "yes"])
        ).weighted(by: [1, 0, 0.5, 4.5])
        #expect(network.accuracy(on: samples) == 0.25)
        expectClose(network.accuracy(on: samples.batch(at: [2, 3])), 0.1, within: 1e-15)
        #expect(network.accuracy(on: samples.batch(at: [1])).isNaN)
    }

    @Test func accuracyOfOneOutputAsksForMoreThanAHalf() {
        var network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 1, loss: .binaryCrossEntropy)
        network.parameters["fully.0.weight"] = [1]
        network.parameters["fully.0.bias"] = [-2]
        let samples = Samples(
            features: [1, 2, 2.1, 5], inputs: 1, targets: .classes([0, 0, 1, 0], names: ["no", "yes"]))
        #expect(network.accuracy(on: samples) == 0.75)
    }

    @Test("Numbers of which no network can be made trap with a sentence", arguments: 0..<5)
    func wrongNumbers(index: Int) async {
        let sentences = [
            "The dropout of FeedForwardNetwork is 0 or more and below 1, not nan.",
            "The dropout of FeedForwardNetwork is 0 or more and below 1, not 1.0.",
            "A layer's width is not negative: [1, -2, 3].",
            "A tensor of 9223372036854775807 × 2 has more elements than an Int counts.",
            "2 features are not those of 9223372036854775807 samples of 2 inputs.",
        ]
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            [index] in
            switch index {
            case 0: _ = FeedForwardNetwork(inputs: 1, hidden: [2], outputs: 3, dropout: .nan)
            case 1: _ = FeedForwardNetwork(inputs: 1, hidden: [2], outputs: 3, dropout: 1)
            case 2: _ = FeedForwardNetwork(inputs: 1, hidden: [-2], outputs: 3)
            case 3:
                _ = FeedForwardNetwork(inputs: 2, hidden: [.max], outputs: 3, initialization: .glorotUniform)
            default:
                var network = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 1)
                _ = network.predictions(for: [1, 2], samples: .max)
            }
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains(sentences[index]), "\(output)")
    }

    @Test func accuracyOnSamplesOfAnotherWidthTraps() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 2)
            _ = network.accuracy(
                on: Samples(features: [1, 2], inputs: 2, targets: .classes([0], names: ["a", "b"])))
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("The network has 1 inputs, but the samples have 2 features."))
    }

    @Test func outputsThatAreNoNumbersAreNeverRight() {
        var network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 2)
        network.parameters["fully.0.weight"] = [.nan, .nan]
        let samples = Samples(features: [1, 2], inputs: 1, targets: .classes([0, 0], names: ["a", "b"]))
        #expect(network.accuracy(on: samples) == 0)
    }

    @Test func oneClassOfASoftmaxIsAlwaysPredicted() {
        var network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 1)
        network.parameters["fully.0.bias"] = [50]
        let samples = Samples(features: [1], inputs: 1, targets: .classes([0], names: ["a"]))
        #expect(network.predictions(for: [1]) == [1])
        #expect(network.accuracy(on: samples) == 1)
    }

    static let samples = Samples(
        features: [0.1, 0.2, 0.3, -1, 0.5, 2, 1.5, -0.7, 0], inputs: 3,
        targets: .classes([0, 1, 1], names: ["0", "1"]))

    private func trainingLosses(of network: FeedForwardNetwork) -> [Double] {
        (0..<5).map { network.total(on: Self.samples, at: .step($0)).value }
    }
}
