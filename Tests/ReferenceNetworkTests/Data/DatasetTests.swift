import ReferenceNetwork
import Regularization
import Testing

/// What a trainer makes of the weights of samples, and of a data set of one's own.
struct DatasetTests {
    /// Values with weights, which a data set of one's own holds in its own way.
    private struct Measurement {
        var value: Double
        var weight: Double
    }

    private struct Measurements: Dataset {
        var all: [Measurement]
        /// What a loss divides by: the batch's own weights, or its count times the mean weight of all.
        var dividesByOwnWeights: Bool
        var count: Int { all.count }
        var mean: Double { all.reduce(0) { $0 + $1.weight } / Double(count) }

        struct Batch {
            var measurements: [Measurement]
            var divisor: Double
        }

        func batch(at indices: ArraySlice<Int>) -> Batch {
            let measurements = indices.map { all[$0] }
            let divisor = dividesByOwnWeights ? weight(of: indices) : Double(indices.count) * mean
            return Batch(measurements: measurements, divisor: divisor)
        }

        func weight(of indices: ArraySlice<Int>) -> Double {
            dividesByOwnWeights ? indices.reduce(0) { $0 + all[$1].weight } : Double(indices.count)
        }
    }

    /// A constant: (1/divisor) Σ weight · (constant − value)².
    private struct Constant: Model {
        var parameters = Parameters([("constant.weight", [1, 1], [3])])

        func loss(on batch: Measurements.Batch, at position: BatchPosition, gradients: inout Gradients)
            -> Double
        {
            let constant = Double(parameters["constant.weight"][0])
            var (loss, gradient) = (0.0, 0.0)
            for measurement in batch.measurements where measurement.weight > 0 {
                let share = measurement.weight / batch.divisor
                let difference = constant - measurement.value
                loss += share * difference * difference
                gradient += share * 2 * difference
            }
            gradients["constant.weight"] = [Float(gradient)]
            return loss
        }
    }

    private static let values: [Double] = [1, 7, 2, -4, 0.5, 3, 3, 10]
    private static let weights: [Double] = [2, 0, 1, 0.5, 4, 0, 1, 0.25]

    /// (1/Σw) Σ w (3 − value)², and the derivative of that.
    private static let expected = {
        let sum = weights.reduce(0, +)
        let terms = zip(values, weights)
        return (
            loss: terms.reduce(0) { $0 + $1.1 * (3 - $1.0) * (3 - $1.0) } / sum,
            derivative: terms.reduce(0) { $0 + $1.1 * 2 * (3 - $1.0) } / sum
        )
    }()

    @Test(
        "Each weight is applied once, whatever a batch's loss divides by", arguments: [true, false],
        [1, 3, 8])
    func ownDataset(dividesByOwnWeights: Bool, batchSize: Int) throws {
        let data = Measurements(
            all: zip(Self.values, Self.weights).map { Measurement(value: $0, weight: $1) },
            dividesByOwnWeights: dividesByOwnWeights)
        var model = Constant()
        try expect(&model, data, batchSize: batchSize)
    }

    @Test("So it is for samples", arguments: [1, 3, 8])
    func samples(batchSize: Int) throws {
        let samples = try Samples(
            features: [], inputs: 0, targets: .values(Self.values.map { Float($0) }, outputs: 1)
        ).weighted(by: Self.weights.map { Float($0) })
        var network = FeedForwardNetwork(inputs: 0, hidden: [], outputs: 1, loss: .meanSquaredError)
        network.parameters["fully.0.bias"] = [3]
        try expect(&network, samples, batchSize: batchSize)
    }

    /// A training that moves nothing reports the loss of the whole and its derivative.
    private func expect<M: Model, D: Dataset>(_ model: inout M, _ data: D, batchSize: Int) throws
    where D.Batch == M.Batch {
        var optimizer = SGD(learningRate: 0)
        let history = try Trainer(
            epochs: 1, batchSize: batchSize, showsProgress: false
        ).fit(&model, to: data, validation: data, with: &optimizer)
        let record = history.epochs[0]
        expectClose(record.trainingLoss, Self.expected.loss, relative: 1e-6)
        try expectClose(#require(record.validationLoss), Self.expected.loss, relative: 1e-6)
        // The residual is measured in steps of the learning rate, so that this is not 0.
        optimizer = SGD(learningRate: 1e-30)
        let residual = try Trainer(
            epochs: 1, batchSize: batchSize, stationarityTolerance: 0, showsProgress: false
        ).fit(&model, to: data, with: &optimizer).epochs[0].stationarityResidual
        try expectClose(#require(residual), abs(Self.expected.derivative), relative: 1e-5)
    }

    @Test("Samples weigh as many as they are, in each data set that says nothing else")
    func counts() throws {
        #expect(Numbers(count: 9).weight(of: [4, 1, 1]) == 3)
        let samples = Samples(features: [1, 2], inputs: 1, targets: .values([1, 2], outputs: 1))
        #expect(try samples.weighted(by: [5, 0.5]).weight(of: [0]) == 1)
    }

    @Test("The validation part is evaluated by its own weights")
    func validation() throws {
        let samples = try Samples(
            features: [], inputs: 0, targets: .values(Self.values.map { Float($0) }, outputs: 1)
        ).weighted(by: Self.weights.map { Float($0) })
        let parts = try samples.split(testShare: 0.5, seed: 2)
        var network = FeedForwardNetwork(inputs: 0, hidden: [], outputs: 1, loss: .meanSquaredError)
        network.parameters["fully.0.bias"] = [3]
        var optimizer = SGD(learningRate: 0)
        let record = try Trainer(epochs: 1, batchSize: 3, showsProgress: false).fit(
            &network, to: parts.training, validation: parts.test, with: &optimizer
        ).epochs[0]
        for (found, part) in [
            (record.trainingLoss, parts.training), (record.validationLoss ?? .nan, parts.test),
        ] {
            guard case .values(let values, _) = part.targets else { return }
            let terms = zip(values, part.sampleWeights).map { (Double($0), Double($1)) }
            let sum = terms.reduce(0) { $0 + $1.1 * (3 - $1.0) * (3 - $1.0) }
            expectClose(found, sum / terms.reduce(0) { $0 + $1.1 }, relative: 1e-6)
        }
    }
}
