import Regularization
import Testing

@testable import ReferenceNetwork

/// Penalties on the outputs of the reference network's layers.
struct FeedForwardNetworkActivityTests {
    /// PyTorch's losses and gradients in float64, where Keras agrees on the penalties.
    @Test(arguments: Activation.allCases, [false, true])
    func reproducesReference(activation: Activation, dropout: Bool) throws {
        let reference: ReferenceActivity = try reference("activity")
        let cases = reference.cases.filter { $0.activation == activation.rawValue && $0.dropout == dropout }
        try #require(cases.count == 4)
        for expected in cases {
            var network = try reference.network(activation, dropout: dropout)
            try network.regularizeActivity(by: expected.penalties.map { try $0.penalty })
            var gradients = Gradients(like: network.parameters)
            let loss = network.loss(on: reference.samples, at: .step(0), gradients: &gradients)
            expectClose(loss, expected.loss, relative: 1e-5)
            for (found, value) in zip(network.contributions, expected.values) {
                expectClose(found.value, value, relative: 1e-5)
            }
            #expect(network.contributions.map(\.strength) == expected.penalties.map(\.strength))
            for (name, gradient) in expected.gradients {
                #expect(relativeDistance(gradients[name], gradient) < 1e-5, "\(name)")
            }
            if dropout {
                #expect(
                    network.workspace.masks.prefix(2).map { $0.map { $0 == 0 ? 0 : 1 } } == reference.masks)
            }
        }
    }

    @Test(arguments: Activation.allCases, [(0, true), (0.4, true), (0.4, false)] as [(Float, Bool)])
    func gradientIsTheCentralDifferenceOfTheTotal(
        activation: Activation, options: (dropout: Float, bias: Bool)
    ) throws {
        let samples = FeedForwardNetworkPassesTests.samples(for: .softmaxCrossEntropy)
        var network = FeedForwardNetworkPassesTests.network(
            activation, .softmaxCrossEntropy, options.dropout, bias: options.bias)
        let dataGradients = network.total(on: samples).gradients.values
        try network.regularizeActivity(by: [
            ActivityPenalty(L1(), strength: 0.3, on: "fully.0"),
            ActivityPenalty(GroupLasso(.rows), strength: 0.2, on: "fully.1"),
            ActivityPenalty(SquaredL2(), strength: 0.5, on: "**"),
        ])
        let gradients = network.total(on: samples).gradients.values
        expectClose(gradients, network.centralDifferences(on: samples, step: 0x1p-8), within: 2e-4)
        #expect(largestDifference(gradients, dataGradients.map(Double.init)) > 0.1)
    }

    /// What is penalized was not dropped yet, so that a unit that is dropped has a gradient all the same.
    @Test func dropoutComesAfterThePenalty() throws {
        var network = FeedForwardNetwork(
            inputs: 1, hidden: [50], outputs: 1, activation: .identity, dropout: 0.5, loss: .meanSquaredError)
        network.parameters["fully.0.weight"] = Array(repeating: 2, count: 50)
        network.parameters["fully.0.bias"] = Array(repeating: 0, count: 50)
        network.parameters["fully.1.weight"] = Array(repeating: 0, count: 50)
        try network.regularizeActivity(by: [ActivityPenalty(L1(), strength: 3, on: "fully.0")])
        var gradients = Gradients(like: network.parameters)
        let samples = Samples(features: [1, 1], inputs: 1, targets: .values([0, 0], outputs: 1))
        _ = network.loss(on: samples, at: .step(0), gradients: &gradients)
        #expect(gradients["fully.0.bias"] == Array(repeating: 3, count: 50))
        #expect(network.workspace.outputs[0].contains(0) && network.workspace.outputs[0].contains(4))
        #expect(network.contributions.map(\.value) == [100])
        #expect(network.contributions.map(\.exactZeros) == [0])
        #expect(network.contributions.map(\.count) == [100])
    }

    /// The pass that keeps outputs before dropout drops the same ones and computes the same bits.
    @Test(arguments: Activation.allCases, [0, 0.4] as [Float])
    func theDataLossKeepsItsBits(activation: Activation, dropout: Float) throws {
        var plain = FeedForwardNetworkPassesTests.network(activation, .softmaxCrossEntropy, dropout)
        var penalized = plain
        try penalized.regularizeActivity(by: [ActivityPenalty(L1(), strength: 1, on: "fully.*")])
        let samples = FeedForwardNetworkPassesTests.samples(for: .softmaxCrossEntropy)
        var gradients = Gradients(like: plain.parameters)
        for step in 0..<3 {
            let loss = plain.loss(on: samples, at: .step(step), gradients: &gradients)
            #expect(
                penalized.loss(on: samples, at: .step(step), gradients: &gradients) == loss, "step \(step)")
        }
        #expect(penalized.loss(on: samples) == plain.loss(on: samples))
        #expect(penalized.predictions(for: samples.features) == plain.predictions(for: samples.features))
    }

    @Test func strengthsAreThoseOfThePlace() throws {
        var network = FeedForwardNetworkPassesTests.network(.relu, .softmaxCrossEntropy, 0.4)
        let samples = FeedForwardNetworkPassesTests.samples(for: .softmaxCrossEntropy)
        let penalty = ActivityPenalty(L1(), strength: .warmUp(to: 1, over: 10), on: "fully.0")
        try network.regularizeActivity(by: [penalty])
        var gradients = Gradients(like: network.parameters)
        for step in [0, 1, 1, 7, 2] {
            _ = network.loss(on: samples, at: .step(step), gradients: &gradients)
            let contributions = network.contributions
            #expect(contributions.map(\.strength) == [Double(step) / 10], "step \(step)")
            _ = network.loss(on: samples.batch(at: [0]))
            _ = network.predictions(for: samples.features)
            #expect(network.contributions == contributions, "step \(step)")
        }
        try network.regularizeActivity(by: [penalty])
        #expect(network.contributions.map(\.count) == [0], "nothing was put out yet")
        try network.regularizeActivity(by: [])
        #expect(network.contributions.isEmpty && network.activity.penalties.isEmpty)
    }

    @Test func layersThatDoNotExist() {
        var network = FeedForwardNetwork(inputs: 2, hidden: [3], outputs: 2)
        let error = #expect(throws: PenaltyError.self) {
            try network.regularizeActivity(by: [ActivityPenalty(L1(), on: "fully.2")])
        }
        #expect(
            error?.description == """
                Penalty "L1 of fully.2": no layer matches "fully.2". Did you mean fully.0 or fully.1? \
                The layers are fully.0, fully.1.
                """)
    }

    /// Ten samples in batches of four leave a batch of two.
    @Test func aBatchThatAPenaltyDoesNotAcceptIsRefusedBeforeTheFirstStep() throws {
        var network = FeedForwardNetwork(inputs: 1, hidden: [3], outputs: 2)
        try network.regularizeActivity(by: [
            ActivityPenalty(GroupLasso(.blocks(rows: 4, columns: 1)), on: "fully.0", label: "fours")
        ])
        let samples = Samples(
            features: (0..<10).map(Float.init), inputs: 1,
            targets: .classes(Array(repeating: 0, count: 10), names: ["a", "b"]))
        var optimizer = SGD(learningRate: 0.1)
        let (start, trainer) = (
            network.parameters.bits, Trainer(epochs: 1, batchSize: 4, showsProgress: false)
        )
        let error = #expect(throws: TrainingError.self) {
            try trainer.fit(&network, to: samples, with: &optimizer)
        }
        #expect(error?.description.contains("\"fours\" does not accept the outputs of fully.0") == true)
        #expect(network.parameters.bits == start)
    }
}

/// What `activity.py` writes.
private struct ReferenceActivity: Decodable {
    struct Penalty: Decodable {
        let regularizer: String
        let strength: Double
        let layers: [Int]
    }
    struct Case: Decodable {
        let activation: String
        let dropout: Bool
        let penalties: [Penalty]
        let loss: Double
        let values: [Double]
        let gradients: [String: [Double]]
    }
    let widths: [Int]
    let dropout: Float
    let features: [Float]
    let classes: [Int]
    let masks: [[Int]]
    let parameters: [String: [Float]]
    let cases: [Case]

    var samples: Samples {
        Samples(features: features, inputs: widths[0], targets: .classes(classes, names: ["a", "b", "c"]))
    }

    func network(_ activation: Activation, dropout drops: Bool) throws -> FeedForwardNetwork {
        var network = FeedForwardNetwork(
            inputs: widths[0], hidden: Array(widths[1..<3]), outputs: widths[3], activation: activation,
            dropout: drops ? dropout : 0, seed: 31)
        for (name, values) in parameters { network.parameters[name] = values }
        return network
    }
}

extension ReferenceActivity.Penalty {
    var penalty: ActivityPenalty {
        get throws {
            func on(_ regularizer: some DifferentiableRegularizer) throws -> ActivityPenalty {
                switch layers.count {
                case 1: ActivityPenalty(regularizer, strength: strength, on: "fully.\(layers[0])")
                case 2: ActivityPenalty(regularizer, strength: strength, on: "fully.0", "fully.1")
                default: ActivityPenalty(regularizer, strength: strength, on: "fully.*")
                }
            }
            switch regularizer {
            case "l1": return try on(L1())
            case "squaredL2": return try on(SquaredL2())
            default: return try on(GroupLasso(.columns, weighting: .none))
            }
        }
    }
}
