import ReferenceNetwork
import Regularization
import Testing

struct ModelErrorTests {
    static let (two, three) = (["a", "b"], ["a", "b", "c"])

    /// The loss and outputs of a network with two inputs, and targets that it cannot be trained toward.
    @Test(
        arguments: [
            (
                .softmaxCrossEntropy, 2, .classes([0, 2], names: three),
                "The loss softmaxCrossEntropy with 2 outputs takes at most 2 classes, but the samples have 3 classes."
            ),
            (
                .softmaxCrossEntropy, 2, .values([1, 2], outputs: 1),
                "The loss softmaxCrossEntropy with 2 outputs takes at most 2 classes, "
                    + "but the samples have 1 values each."
            ),
            (
                .binaryCrossEntropy, 1, .classes([0, 2], names: three),
                "The loss binaryCrossEntropy with 1 outputs takes two classes or one value each, "
                    + "but the samples have 3 classes."
            ),
            (
                .binaryCrossEntropy, 2, .classes([0, 1], names: two),
                "The loss binaryCrossEntropy with 2 outputs takes 2 values each, but the samples have 2 classes."
            ),
            (
                .binaryCrossEntropy, 2, .values([0, 1, 1, 0, 1, 0], outputs: 3),
                "The loss binaryCrossEntropy with 2 outputs takes 2 values each, "
                    + "but the samples have 3 values each."
            ),
            (
                .binaryCrossEntropy, 2, .values([0, 1, 1, 1.5], outputs: 2),
                "The loss binaryCrossEntropy takes targets from 0 to 1, but sample 1 has 1.5; "
                    + "scale the targets, or choose meanSquaredError."
            ),
            (
                .binaryCrossEntropy, 1, .values([-0.25, 0], outputs: 1),
                "The loss binaryCrossEntropy takes targets from 0 to 1, but sample 0 has -0.25; "
                    + "scale the targets, or choose meanSquaredError."
            ),
            (
                .binaryCrossEntropy, 1, .values([1, .nan], outputs: 1),
                "Target 0 of sample 1 is nan; fill in the value, or leave the sample out."
            ),
            (
                .meanSquaredError, 2, .classes([0, 1], names: two),
                "The loss meanSquaredError with 2 outputs takes 2 values each, but the samples have 2 classes."
            ),
            (
                .meanSquaredError, 2, .values([0, 1, 2, 3, 4, 5], outputs: 3),
                "The loss meanSquaredError with 2 outputs takes 2 values each, but the samples have 3 values each."
            ),
        ] as [(Loss, Int, Targets, String)])
    func targetsThatDoNotFit(loss: Loss, outputs: Int, targets: Targets, sentence: String) {
        let wrong = Samples(features: [1, 2, 3, 4], inputs: 2, targets: targets)
        let remedy =
            sentence.contains(";")
            ? "" : " Choose a loss that takes these, or make the network with other outputs."
        expectRefusal(of: wrong, by: loss, outputs: outputs, sentence + remedy)
    }

    @Test(arguments: Loss.allCases)
    func featuresThatDoNotFit(loss: Loss) {
        let wrong = Samples(features: [1, 2, 3], inputs: 3, targets: Self.fitting(loss, outputs: 2))
        expectRefusal(
            of: wrong, by: loss, outputs: 2,
            """
            The network has 2 inputs, but the samples have 3 features. Make it with inputs: 3, or pass the features \
            that it was made for.
            """)
    }

    /// Fewer classes than outputs may occur in a part; names are those of all.
    @Test(
        arguments: [
            (.softmaxCrossEntropy, 3, .classes([1], names: three)),
            (.softmaxCrossEntropy, 3, .classes([1], names: two)),
            (.binaryCrossEntropy, 1, .classes([1], names: two)),
            (.binaryCrossEntropy, 1, .classes([0], names: ["a"])),
            (.binaryCrossEntropy, 2, .values([0, 1], outputs: 2)),
            (.binaryCrossEntropy, 1, .values([0.5], outputs: 1)),
            (.meanSquaredError, 1, .values([-7], outputs: 1)),
        ] as [(Loss, Int, Targets)])
    func whatFits(loss: Loss, outputs: Int, targets: Targets) throws {
        let network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: outputs, loss: loss)
        try network.check(Samples(features: [1], inputs: 1, targets: targets))
    }

    @Test func casesCarryWhatIsWrong() {
        let network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 1, loss: .binaryCrossEntropy)
        let values = Samples(features: [1], inputs: 1, targets: .values([2], outputs: 1))
        #expect(throws: ModelError.target(loss: .binaryCrossEntropy, sample: 0, value: 2)) {
            try network.check(values)
        }
        #expect(throws: ModelError.features(expected: 1, found: 0)) {
            try network.check(Samples(features: [], inputs: 0, targets: .values([1], outputs: 1)))
        }
    }

    /// The trainer throws the sentence before any step, for the training and for the validation part.
    private func expectRefusal(
        of wrong: Samples, by loss: Loss, outputs: Int, _ sentence: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var network = FeedForwardNetwork(inputs: 2, hidden: [3], outputs: outputs, dropout: 0.5, loss: loss)
        let bits = network.parameters.bits
        var optimizer = Adam(learningRate: 0.1)
        let right = Samples(features: [1, 2], inputs: 2, targets: Self.fitting(loss, outputs: outputs))
        for (part, training, validation) in [("training", wrong, right), ("validation", right, wrong)] {
            let error = #expect(throws: TrainingError.self, sourceLocation: sourceLocation) {
                try Trainer(epochs: 1, batchSize: 8, showsProgress: false).fit(
                    &network, to: training, validation: validation, with: &optimizer)
            }
            #expect(error?.description == "The \(part) part: \(sentence)", sourceLocation: sourceLocation)
            #expect(network.parameters.bits == bits, sourceLocation: sourceLocation)
        }
    }

    private static func fitting(_ loss: Loss, outputs: Int) -> Targets {
        loss == .softmaxCrossEntropy
            ? .classes([0], names: two) : .values(Array(repeating: 1, count: outputs), outputs: outputs)
    }
}
