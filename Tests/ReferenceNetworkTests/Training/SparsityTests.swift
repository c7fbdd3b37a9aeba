import ReferenceNetwork
import Regularization
import Testing

@Suite("The trainer counts exact zeros and the units that are alive")
struct SparsityTests {
    /// A model that does not learn, with the units that it is said to have.
    private struct Still: UnitStructured {
        var parameters: Parameters
        var units: [UnitLayer] = []
        var inputUnits: [UnitLayer] = []

        func loss(on batch: [Int], at position: BatchPosition, gradients: inout Gradients) -> Double {
            gradients.setToZero()
            return 1
        }
    }

    private func record<M: Model>(_ model: M) throws -> EpochRecord where M.Batch == [Int] {
        var (model, optimizer) = (model, SGD(learningRate: 1))
        let history = try Trainer(epochs: 1, batchSize: 1, showsProgress: false).fit(
            &model, to: Numbers(count: 1), with: &optimizer)
        return try #require(history.epochs.last)
    }

    private let parameters = Parameters([
        ("hidden.weight", [3, 2], [0, 0, -0.0, 2, .leastNonzeroMagnitude, 0]),
        ("hidden.bias", [3], [0, 0, 0]), ("output.weight", [1, 3], [1, -0.0, -1]),
        ("kernel", [1, 1, 1], [0]),
    ])

    @Test("Zeros of either sign count, in tensors of rank 2 or more, and the smallest weight does not")
    func exactZeros() throws {
        let record = try record(Still(parameters: parameters))
        #expect(record.exactZeroShare == 6.0 / 10)
        #expect(record.unitsAlive == [])
        #expect(try self.record(Still(parameters: Parameters([("bias", [2], [0, 1])]))).exactZeroShare == 0)
    }

    @Test("A unit is alive by its outgoing weights, or its own where it states none")
    func unitsAlive() throws {
        let incoming = UnitAxis("hidden.weight", axis: 0)
        let model = Still(
            parameters: parameters,
            units: [
                UnitLayer(
                    "hidden", incoming: [incoming], outgoing: [UnitEdge(UnitAxis("output.weight", axis: 1))]),
                UnitLayer("last", incoming: [incoming]),
                UnitLayer("again", incoming: [incoming], biases: [UnitAxis("hidden.bias", axis: 0)]),
            ], inputUnits: [UnitLayer("inputs", outgoing: [UnitEdge(UnitAxis("hidden.weight", axis: 1))])])
        #expect(try record(model).unitsAlive == [2, 2, 2, 2])
        var changed = model
        changed.parameters["hidden.weight"] = [1, 0, 1, 0, 0, 0]
        changed.parameters["hidden.bias"] = [0, 0, 1]
        #expect(try record(changed).unitsAlive == [1, 2, 2, 3])
    }

    @Test("Units that occur several times along an axis, in blocks, are alive by any of their weights")
    func repeatsAndBlocks() throws {
        // Axis 1 has 2 sequences of 3 units of 2 indices, and each index 2 more elements.
        let axis = UnitAxis("gates", axis: 1, repeats: 2, block: 2)
        for place in 0..<48 {
            var gates = [Float](repeating: 0, count: 48)
            gates[place] = -1
            let parameters = Parameters([("gates", [2, 12, 2], gates)])
            let views = try parameters.withViews(on: UnitLayer("gates", incoming: [axis])) { units in
                (0..<3).map { SquaredL2().value(at: Weights(shape: [16], units.row($0))) > 0 }
            }
            #expect(views[0].count { $0 } == 1)
            var full = [Float](repeating: 0, count: 48)
            for index in full.indices where (index / 4) % 3 == views[0].firstIndex(of: true) {
                full[index] = 1
            }
            full[place] = 0
            for (elements, count) in [(gates, 1), (full, 1), (zip(gates, full).map { $0 + $1 }, 1)] {
                let model = Still(
                    parameters: Parameters([("gates", [2, 12, 2], elements)]),
                    units: [UnitLayer("gates", incoming: [axis])])
                #expect(try record(model).unitsAlive == [count], "\(place)")
            }
        }
    }

    @Test("A network counts its inputs and its hidden layers, at the end of each epoch")
    func network() throws {
        var network = FeedForwardNetwork(inputs: 2, hidden: [3], outputs: 2)
        network.parameters["fully.0.weight"] = [1, 0, 1, 0, 1, 0]
        let samples = Samples(
            features: [1, 0, 2, 0], inputs: 2, targets: .classes([0, 1], names: ["a", "b"]))
        var optimizer = SGD(learningRate: 0)
        let history = try Trainer(epochs: 2, batchSize: 2, showsProgress: false).fit(
            &network, to: samples, with: &optimizer
        ) { record, network, _ in
            if record.epoch == 1 { network.parameters["fully.1.weight"] = [0, 1, 0, 0, 1, 0] }
            return .proceed
        }
        #expect(history.epochs.map(\.unitsAlive) == [[1, 3], [1, 1]])
        #expect(history.epochs.map(\.exactZeroShare) == [3.0 / 12, 7.0 / 12])
    }

    @Test("Units that are not there are an error before the first step")
    func wrongUnits() {
        let wrong = UnitLayer("hidden", outgoing: [UnitEdge(UnitAxis("outputs.weight", axis: 1))])
        let error = #expect(throws: TrainingError.self) {
            try record(Still(parameters: parameters, units: [wrong]))
        }
        #expect(
            error?.description == """
                The model's units of the layer "hidden": there is no parameter "outputs.weight". Did you mean \
                output.weight? The parameters are hidden.weight, hidden.bias, output.weight, kernel.
                """)
    }
}
