import Foundation
import ReferenceNetwork
import Regularization
import RegularizationJSON
import Testing

@Suite("Models state their units, and penalties act on them")
struct UnitStructuredTests {
    @Test("A feed-forward network: its hidden layers and its inputs")
    func network() throws {
        let network = FeedForwardNetwork(inputs: 4, hidden: [3, 2], outputs: 5, seed: 1)
        #expect(network.units.map(\.name) == ["fully.0", "fully.1"])
        #expect(network.units.map(\.isRemovable) == [true, true])
        #expect(network.units[1].outgoing[0].foldsInto == "fully.2.bias")
        func shapes(_ view: some WeightsView) throws -> [Shape] {
            try network.parameters.withViews(on: view) { $0.shape }
        }
        #expect(try shapes(network.units[0]) == [[3, 5]])
        #expect(try shapes(network.units[1]) == [[2, 4]])
        #expect(try shapes(network.units[0].withOutgoing) == [[3, 7]])
        #expect(try shapes(network.inputUnits[0]) == [[4, 3]])
        #expect(FeedForwardNetwork(inputs: 4, hidden: [], outputs: 5).units.isEmpty)
        for layer in network.units + network.inputUnits {
            #expect(try shapes(layer.withOutgoing).count == 1, "layer \(layer)")
        }
    }

    @Test("Code for any model with units reads them from the protocol")
    func generic() throws {
        /// The number of units of a model, and that of its inputs.
        func unitCounts(_ model: some UnitStructured) throws -> [Int] {
            try (model.inputUnits + model.units).map { layer in
                try model.parameters.withViews(on: layer.withOutgoing) { $0.shape.rows }[0]
            }
        }
        #expect(try unitCounts(FeedForwardNetwork(inputs: 4, hidden: [3, 2], outputs: 5)) == [4, 3, 2])
    }

    @Test("Without biases a unit is its incoming weights, and none is left to fold a constant into")
    func withoutBiases() throws {
        var network = FeedForwardNetwork(inputs: 8, hidden: [16, 12], outputs: 3, bias: false, seed: 3)
        for layer in network.units + network.inputUnits {
            #expect(layer.biases.isEmpty, "layer \(layer)")
            #expect(layer.outgoing.map(\.foldsInto) == [nil], "layer \(layer)")
        }
        let shapes = try network.units.map { unit in
            try network.parameters.withViews(on: unit) { $0.shape }
        }
        #expect(shapes == [[[16, 8]], [[12, 16]]])
        var optimizer = try Adam(learningRate: 0.01).regularized(
            by: network.units.map { .proximalStep(GroupLasso(.rows), strength: 0.002, on: $0) },
            over: network.parameters)
        let history = try Trainer(epochs: 40, batchSize: 30, seed: 1, showsProgress: false)
            .fit(&network, to: FeedForwardNetworkUnitsTests.samples, with: &optimizer)
        let contributions = try #require(history.epochs.last).contributions
        #expect(contributions.map(\.count) == [16 * 8, 12 * 16])
        #expect(contributions.contains { ($0.deadGroups ?? 0) > 0 }, "\(contributions)")
        #expect(network.accuracy(on: FeedForwardNetworkUnitsTests.samples) > 0.8)
    }

    @Test("Units in all hidden layers at once, under Adam: from code and from a file the same bits")
    func bothLayers() throws {
        let file = #"""
            [{
              "stage": "proximalStep", "strength": 0.002,
              "regularizer": {"sum": ["L1", {"GroupLasso": {"groups": "rows"}}]},
              "on": {"units": {
                "incoming": {"exactly": ["fully.0.weight", "fully.1.weight"]},
                "bias": {"exactly": ["fully.0.bias", "fully.1.bias"]}
              }}
            }]
            """#
        let read = try RegularizerRegistry.builtIn.decode([Penalty].self, from: Data(file.utf8))
        var results: [[Float]] = []
        for isRead in [true, false] {
            var network = FeedForwardNetwork(inputs: 8, hidden: [16, 12], outputs: 3, seed: 3)
            let written = network.units.map {
                Penalty.proximalStep(L1() + GroupLasso(.rows), strength: 0.002, on: $0)
            }
            let penalties = isRead ? read : written
            var optimizer = try Adam(learningRate: 0.01).regularized(by: penalties, over: network.parameters)
            let history = try Trainer(epochs: 40, batchSize: 30, seed: 1, showsProgress: false)
                .fit(&network, to: FeedForwardNetworkUnitsTests.samples, with: &optimizer)
            let elements = network.parameters.elements
            results.append(elements.indices.map { elements[$0] })
            let contributions = try #require(history.epochs.last).contributions
            #expect(
                contributions.reduce(0) { $0 + $1.count } == 16 * 9 + 12 * 17, "read from a file: \(isRead)")
            let dead = contributions.reduce(0) { $0 + ($1.deadGroups ?? 0) }
            #expect(dead > 0 && dead < 28, "read from a file: \(isRead)")
            // The same, counted by hand: incoming weights and bias zero.
            let rows = try network.units.map { layer in
                try network.parameters.withViews(on: layer) { units in
                    (0..<units.shape.rows).count { unit in
                        (0..<units.shape.columns).allSatisfy { units[row: unit, column: $0] == 0 }
                    }
                }[0]
            }
            #expect(rows.reduce(0, +) == dead, "read from a file: \(isRead)")
            #expect(
                network.accuracy(on: FeedForwardNetworkUnitsTests.samples) > 0.8,
                "read from a file: \(isRead)")
            #expect(
                optimizer.stationarityResidual(
                    at: network.parameters, gradients: Gradients(like: network.parameters)
                ).total.isFinite, "read from a file: \(isRead)")
        }
        #expect(results[0] == results[1])
    }

    @Test("Inputs are dropped by their outgoing weights")
    func inputs() throws {
        var network = FeedForwardNetwork(inputs: 8, hidden: [16], outputs: 3, seed: 3)
        let penalty = Penalty.proximalStep(GroupLasso(.rows), strength: 3e-3, on: network.inputUnits[0])
        let same = Penalty.proximalStep(GroupLasso(.columns), strength: 3e-3, on: .named("fully.0.weight"))
        var (optimizer, copy) = (
            try Adam(learningRate: 0.01).regularized(by: [penalty], over: network.parameters), network
        )
        var other = try Adam(learningRate: 0.01).regularized(by: [same], over: network.parameters)
        let trainer = Trainer(epochs: 20, batchSize: 30, seed: 1, showsProgress: false)
        _ = try trainer.fit(&network, to: FeedForwardNetworkUnitsTests.samples, with: &optimizer)
        _ = try trainer.fit(&copy, to: FeedForwardNetworkUnitsTests.samples, with: &other)
        for (a, b) in zip(network.parameters["fully.0.weight"], copy.parameters["fully.0.weight"]) {
            expectClose(a, b, within: 1e-3)
        }
        #expect(
            optimizer.contributions(at: network.parameters)[0].deadGroups
                == other.contributions(at: copy.parameters)[0].deadGroups)
    }

    @Test("A convolution whose maps are flattened, an autoencoder that shares its weights, a recurrent layer")
    func others() throws {
        let convolution = ConvolutionModel()
        #expect(try convolution.parameters.withViews(on: convolution.units[0]) { $0.shape } == [[3, 5]])
        #expect(
            try convolution.parameters.withViews(on: convolution.units[0].withOutgoing) { $0.shape } == [
                [3, 5 + 8]
            ])
        // Channel 1 meets positions 4..<8 of each output's weights.
        let rows = try convolution.parameters.withViews(on: convolution.units[0].withOutgoing) { units in
            (0..<13).map { units[row: 1, column: $0] }
        }
        #expect(rows == [[4, 5, 6, 7, 13, 19, 20, 21, 22, 31, 32, 33, 34]])
        let tied = TiedAutoencoder()
        #expect(try tied.parameters.withViews(on: tied.units[0].withOutgoing) { $0.shape } == [[2, 4]])
        for view in [convolution.units[0].withOutgoing, tied.units[0].withOutgoing] {
            let parameters = view == tied.units[0].withOutgoing ? tied.parameters : convolution.parameters
            var moved = parameters
            var plan = try PenaltyPlan(
                [.proximalStep(GroupLasso(.rows), strength: 1e3, on: view)], over: parameters)
            plan.applyProximalSteps(to: &moved, stepSize: 1)
            #expect(
                plan.contributions(at: moved)[0].exactZeros == plan.contributions(at: moved)[0].count,
                "\(view)")
        }
        let recurrent = UnitLayer(
            "lstm",
            incoming: [
                UnitAxis("input.weight", axis: 0, repeats: 4), UnitAxis("hidden.weight", axis: 0, repeats: 4),
            ],
            outgoing: [UnitEdge(UnitAxis("hidden.weight", axis: 1))])
        let parameters = Parameters(
            zeros: Layout([("input.weight", [8, 3]), ("hidden.weight", [8, 2])]))
        #expect(try parameters.withViews(on: recurrent) { $0.shape } == [[2, 4 * 3 + 4 * 2]])
        let error = #expect(throws: ViewError.self) {
            try parameters.withViews(on: recurrent.withOutgoing) { $0.shape }
        }
        #expect(
            "\(error as Any)".contains(
                "units are along hidden.weight axis 0, 4 times and along hidden.weight axis 1"))
    }
}

/// A convolution with three channels of kernels [1, 4], whose maps of four positions are flattened for a linear layer.
private struct ConvolutionModel: UnitStructured {
    var parameters: Parameters = {
        var parameters = Parameters(
            zeros: Layout([
                ("conv.weight", [3, 1, 4]), ("conv.bias", [3]), ("linear.weight", [2, 12]),
                ("linear.bias", [2]),
            ]))
        var elements = parameters.mutableElements
        for index in elements.indices { elements[index] = Float(index) }
        return parameters
    }()

    var units: [UnitLayer] {
        [
            UnitLayer(
                "conv", incoming: [UnitAxis("conv.weight", axis: 0)],
                biases: [UnitAxis("conv.bias", axis: 0)],
                outgoing: [UnitEdge(UnitAxis("linear.weight", axis: 1, block: 4), foldingInto: "linear.bias")]
            )
        ]
    }

    func loss(on batch: [Float], at position: BatchPosition, gradients: inout Gradients) -> Double { 0 }
}

/// A code of two units between four inputs and as many outputs; the decoder has the encoder's weights, transposed.
private struct TiedAutoencoder: UnitStructured {
    var parameters = Parameters([
        ("encoder.weight", [2, 3], [1, 2, 3, 4, 5, 6]), ("encoder.bias", [2], [1, 1]),
        ("decoder.bias", [3], [0, 0, 0]),
    ])

    var units: [UnitLayer] {
        [
            UnitLayer(
                "code", incoming: [UnitAxis("encoder.weight", axis: 0)],
                biases: [UnitAxis("encoder.bias", axis: 0)],
                outgoing: [
                    UnitEdge(
                        UnitAxis("encoder.weight", axis: 0), outputAxis: 1, foldingInto: "decoder.bias")
                ])
        ]
    }

    func loss(on batch: [Float], at position: BatchPosition, gradients: inout Gradients) -> Double { 0 }
}
