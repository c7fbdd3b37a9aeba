import ReferenceNetwork
import Regularization
import Testing

/// What sample weights do to each loss.
struct LossWeightsTests {
    private static let names = ["a", "b", "c"]
    private static let weights: [Float] = [2, 0, 1, 3, 1]

    /// Five samples of three features with targets for a loss.
    private static func samples(_ loss: Loss) -> Samples {
        Samples(
            features: [1, -0.5, 0.25, 0, 2, -1, 0.75, 0.5, -2, -1.5, 1, 1, 0.1, -0.2, 0.3], inputs: 3,
            targets: loss == .softmaxCrossEntropy
                ? .classes([0, 2, 1, 2, 0], names: names)
                : .values([0, 1, 0.5, 1, 0.25, 0.75, 0, 0, 1, 0, 0.5, 1, 1, 1, 0], outputs: 3))
    }

    private static func network(_ loss: Loss, dropout: Float = 0) -> FeedForwardNetwork {
        FeedForwardNetwork(
            inputs: 3, hidden: [4], outputs: 3, activation: .tanh, dropout: dropout, loss: loss, seed: 3)
    }

    @Test(arguments: Loss.allCases)
    func aWeightIsTheSampleAsManyTimes(loss: Loss) throws {
        let samples = Self.samples(loss)
        let weighted = try samples.weighted(by: Self.weights)
        let repeated = samples.batch(at: [0, 0, 2, 3, 3, 3, 4])
        var network = Self.network(loss)
        let (value, gradients) = network.total(on: weighted)
        let (expected, expectedGradients) = network.total(on: repeated)
        expectClose(value, expected, relative: 1e-6)
        expectClose(network.loss(on: weighted), expected, relative: 1e-6)
        expectClose(gradients.values, expectedGradients.values.map { Double($0) }, within: 1e-7)
    }

    @Test(arguments: Loss.allCases)
    func onlyProportionsMatter(loss: Loss) throws {
        let samples = Self.samples(loss)
        let (value, gradients) = Self.network(loss).total(on: try samples.weighted(by: Self.weights))
        for factor in [0x1p-40, 0x1p60] as [Float] {
            let scaled = try samples.weighted(by: Self.weights.map { factor * $0 })
            let (other, otherGradients) = Self.network(loss).total(on: scaled)
            #expect(other == value)
            #expect(otherGradients.bits == gradients.bits)
        }
        let scaled = try samples.weighted(by: Self.weights.map { 0.3 * $0 })
        let (other, otherGradients) = Self.network(loss).total(on: scaled)
        expectClose(other, value, relative: 1e-7)
        expectClose(otherGradients.values, gradients.values.map { Double($0) }, within: 1e-7)
    }

    /// To the bit, whatever the weight that all have.
    @Test(arguments: Loss.allCases, [1, 3, 0.1] as [Float])
    func equalWeightsAreNone(loss: Loss, weight: Float) throws {
        let samples = Self.samples(loss)
        let weighted = try samples.weighted(by: Array(repeating: weight, count: 5))
        var network = Self.network(loss)
        let (value, gradients) = network.total(on: weighted)
        let (expected, expectedGradients) = network.total(on: samples)
        #expect(value == expected)
        #expect(gradients.bits == expectedGradients.bits)
        #expect(network.loss(on: weighted) == network.loss(on: samples))
    }

    @Test(arguments: Loss.allCases)
    func gradientsAreDifferences(loss: Loss) throws {
        let weighted = try Self.samples(loss).weighted(by: [0.5, 4, 0, 1, 2])
        let batch = weighted.batch(at: [1, 2, 4])
        let network = Self.network(loss, dropout: 0.3)
        for samples in [weighted, batch] {
            let position = BatchPosition(step: 2, firstSample: 5)
            expectClose(
                network.total(on: samples, at: position).gradients.values,
                network.centralDifferences(on: samples, at: position, step: 1e-2), within: 2e-4)
        }
    }

    /// Each in proportion to its count, batches make up the whole, however their weights differ.
    @Test(arguments: Loss.allCases, [1, 2, 3, 4])
    func batchesMakeUpTheWhole(loss: Loss, size: Int) throws {
        let weighted = try Self.samples(loss).weighted(by: [0.5, 4, 0, 1, 2])
        var network = Self.network(loss)
        let (whole, wholeGradients) = network.total(on: weighted)
        var (sum, evaluated) = (0.0, 0.0)
        var sums = Array(repeating: 0.0, count: network.parameters.count)
        for start in stride(from: 0, to: 5, by: size) {
            let batch = weighted.batch(at: start..<min(start + size, 5))
            let (value, gradients) = network.total(on: batch)
            let share = Double(batch.count) / 5
            sum += share * value
            evaluated += share * network.loss(on: batch)
            for (index, gradient) in gradients.values.enumerated() { sums[index] += share * Double(gradient) }
        }
        expectClose(sum, whole, relative: 1e-6)
        expectClose(evaluated, whole, relative: 1e-6)
        expectClose(wholeGradients.values, sums, within: 1e-7)
    }

    @Test(arguments: Loss.allCases)
    func aBatchWithoutWeightIsZero(loss: Loss) throws {
        let weighted = try Self.samples(loss).weighted(by: [1, 0, 1, 0, 1])
        let batch = weighted.batch(at: [1, 3])
        var network = Self.network(loss)
        let (value, gradients) = network.total(on: batch)
        #expect(value == 0)
        #expect(network.loss(on: batch) == 0)
        #expect(gradients.values.allSatisfy { $0 == 0 }, "\(gradients.values)")
    }

    /// Two classes and one output have a path of their own.
    @Test func binaryClassesAreValues() throws {
        let features: [Float] = [1, -0.5, 0.25]
        let weights: [Float] = [2, 0.5, 1]
        let classes = try Samples(
            features: features, inputs: 1, targets: .classes([1, 0, 1], names: ["no", "yes"])
        ).weighted(by: weights)
        let values = try Samples(features: features, inputs: 1, targets: .values([1, 0, 1], outputs: 1))
            .weighted(by: weights)
        let network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 1, loss: .binaryCrossEntropy)
        #expect(network.total(on: classes).value == network.total(on: values).value)
        #expect(network.total(on: classes).gradients.bits == network.total(on: values).gradients.bits)
    }

    /// A penalty on outputs is a mean over samples, whatever they weigh.
    @Test func penaltiesOnOutputsCountSamples() throws {
        let samples = Self.samples(.meanSquaredError)
        var network = Self.network(.meanSquaredError)
        try network.regularizeActivity(by: [ActivityPenalty(L1(), strength: 0.5, on: "fully.*")])
        var gradients = Gradients(like: network.parameters)
        _ = network.loss(on: samples, at: .step(0), gradients: &gradients)
        let expected = network.contributions
        _ = network.loss(on: try samples.weighted(by: Self.weights), at: .step(0), gradients: &gradients)
        #expect(network.contributions == expected)
    }
}
