import ReferenceNetwork
import Regularization
import Testing

/// Each loss through a linear network whose logits are its features.
struct LossTests {
    /// log(1 + e + e²) = 2.40760596444438, at any offset of the logits.
    @Test(arguments: [0, 1_000, -1_000, 10_000, -10_000] as [Float])
    func softmaxDoesNotSeeACommonOffset(offset: Float) {
        let logits: [Float] = [offset, offset + 1, offset + 2]
        for (target, value) in [2.40760596444438, 1.40760596444438, 0.40760596444438].enumerated() {
            expectLoss(
                .softmaxCrossEntropy, logits, outputs: 3, .classes([target], names: Self.names), value)
        }
    }

    /// log(1 + e⁻²⁰), which a sum in Float rounds to 0.
    @Test func softmaxOfASureClassIsNotZero() {
        let classes = Targets.classes([1], names: ["a", "b"])
        expectLoss(.softmaxCrossEntropy, [0, 20], outputs: 2, classes, 2.061153620314381e-09)
    }

    @Test func softmaxOfEqualLogitsIsTheLogarithmOfTheirNumber() {
        expectLoss(
            .softmaxCrossEntropy, [7, 7, 7, 7, 7], outputs: 5,
            .classes([4], names: ["a", "b", "c", "d", "e"]),
            1.6094379124341003)
    }

    @Test func softmaxIsAMeanOverSamples() {
        let logits: [Float] = [0, 1, 2, 4, 4, 4]
        let mean = (0.40760596444438 + 1.0986122886681098) / 2
        expectLoss(.softmaxCrossEntropy, logits, outputs: 3, .classes([2, 0], names: Self.names), mean)
        // (softmax − target) / samples, summed over samples.
        let derivatives = [
            0.09003057317038046 / 2, 0.24472847105479764 / 2, (0.6652409557748219 - 1) / 2, -1.0 / 3, 1.0 / 6,
            1.0 / 6,
        ]
        let sums = (0..<3).map { derivatives[$0] + derivatives[$0 + 3] }
        let found = biasGradient(
            .softmaxCrossEntropy, logits, outputs: 3, .classes([2, 0], names: Self.names))
        expectClose(found, sums, within: 1e-7)
    }

    @Test(
        arguments: [
            (0, 1, 0.6931471805599453), (0, 0.2, 0.6931471805599453), (2, 1, 0.1269280110429725),
            (2, 0, 2.1269280110429725), (1, 0.3, 1.0132616875182228), (20, 1, 2.061153620314381e-09),
            (-1_000, 1, 1_000), (-1_000, 0, 0),
        ] as [(logit: Float, target: Float, value: Double)])
    func binaryCrossEntropyIsSymmetric(logit: Float, target: Float, value: Double) {
        expectLoss(.binaryCrossEntropy, [logit], outputs: 1, .values([target], outputs: 1), value)
        expectLoss(.binaryCrossEntropy, [-logit], outputs: 1, .values([1 - target], outputs: 1), value)
    }

    @Test func binaryCrossEntropyIsAMeanOverOutputsToo() {
        let mean = (0.6931471805599453 + 0.1269280110429725 + 2.1269280110429725 + 1.0132616875182228) / 4
        let targets = Targets.values([1, 1, 0, 0.3], outputs: 2)
        expectLoss(.binaryCrossEntropy, [0, 2, 2, 1], outputs: 2, targets, mean)
        // (σ − target) / (samples · outputs), summed over samples.
        let derivatives = [(-0.5 + 0.8807970779778823) / 4, (-0.11920292202211755 + 0.4310585786300049) / 4]
        let found = biasGradient(.binaryCrossEntropy, [0, 2, 2, 1], outputs: 2, targets)
        expectClose(found, derivatives, within: 1e-7)
    }

    @Test func binaryCrossEntropyOfClassesIsThatOfZeroAndOne() {
        let logits: [Float] = [-1, 0.5, 3]
        let classes = Targets.classes([1, 0, 1], names: ["no", "yes"])
        let values = Targets.values([1, 0, 1], outputs: 1)
        #expect(
            losses(.binaryCrossEntropy, logits, outputs: 1, classes)
                == losses(.binaryCrossEntropy, logits, outputs: 1, values))
        #expect(
            biasGradient(.binaryCrossEntropy, logits, outputs: 1, classes)
                == biasGradient(.binaryCrossEntropy, logits, outputs: 1, values))
    }

    @Test func meanSquaredErrorIsAMeanOverOutputsToo() {
        let targets = Targets.values([0, 1, 0, 8], outputs: 2)
        // (1 + 1 + 9 + 16) / 4, and 2 · difference / 4 summed over samples.
        expectLoss(.meanSquaredError, [1, 2, 3, 4], outputs: 2, targets, 6.75)
        #expect(biasGradient(.meanSquaredError, [1, 2, 3, 4], outputs: 2, targets) == [2, -1.5])
    }

    @Test func meanSquaredErrorSumsInDouble() {
        // A sum in Float would stop at 2²⁴ and lose the many small squares.
        let small = Array(repeating: Float(1), count: 1_000)
        let targets = Targets.values(Array(repeating: 0, count: 1_001), outputs: 1)
        expectLoss(.meanSquaredError, [0x1p14] + small, outputs: 1, targets, (0x1p28 + 1_000) / 1_001)
    }

    @Test(arguments: Loss.allCases, [Float.nan, .infinity, -.infinity])
    func logitsThatAreNoNumbersShow(loss: Loss, logit: Float) {
        let targets: Targets =
            loss == .softmaxCrossEntropy ? .classes([0], names: Self.names) : .values([0, 1, 0], outputs: 3)
        let logits: [Float] = [logit, -logit, 0]
        #expect(
            losses(loss, logits, outputs: 3, targets).allSatisfy { !$0.isFinite },
            "\(losses(loss, logits, outputs: 3, targets))")
    }

    private static let names = ["a", "b", "c"]

    /// The relative tolerance is that of a few roundings in Float.
    private func expectLoss(
        _ loss: Loss, _ logits: [Float], outputs: Int, _ targets: Targets, _ value: Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for found in losses(loss, logits, outputs: outputs, targets) {
            #expect(abs(found - value) <= 3e-7 * value, sourceLocation: sourceLocation)
        }
    }

    /// The loss in evaluation mode and in training mode.
    private func losses(_ loss: Loss, _ logits: [Float], outputs: Int, _ targets: Targets) -> [Double] {
        var network = network(loss, outputs: outputs)
        let samples = Samples(features: logits, inputs: outputs, targets: targets)
        return [network.loss(on: samples), network.total(on: samples).value]
    }

    /// The gradient with respect to the logits, summed over samples.
    private func biasGradient(_ loss: Loss, _ logits: [Float], outputs: Int, _ targets: Targets) -> [Float] {
        network(loss, outputs: outputs)
            .total(on: Samples(features: logits, inputs: outputs, targets: targets))
            .gradients["fully.0.bias"]
    }

    private func network(_ loss: Loss, outputs: Int) -> FeedForwardNetwork {
        var network = FeedForwardNetwork(inputs: outputs, hidden: [], outputs: outputs, loss: loss)
        network.parameters["fully.0.weight"] = (0..<outputs * outputs).map {
            $0 / outputs == $0 % outputs ? 1 : 0
        }
        network.parameters["fully.0.bias"] = Array(repeating: 0, count: outputs)
        return network
    }
}
