import Foundation
import ReferenceNetwork
import Regularization
import Testing

/// Networks whose outputs do not depend on the samples, since there are no inputs or a layer has no units.
@Suite("Networks without inputs, or with a layer without units, are constants")
struct FeedForwardNetworkConstantsTests {
    struct Case: CustomTestStringConvertible {
        let inputs: Int
        let hidden: [Int]
        let bias: Bool
        var testDescription: String { "\(inputs), \(hidden)\(bias ? "" : " without biases")" }

        func network(_ loss: Loss, outputs: Int = 2, dropout: Float = 0) -> FeedForwardNetwork {
            FeedForwardNetwork(
                inputs: inputs, hidden: hidden, outputs: outputs, bias: bias, activation: .tanh,
                dropout: dropout, loss: loss, seed: 2)
        }

        func samples(_ loss: Loss) -> Samples {
            let targets: Targets =
                loss == .softmaxCrossEntropy
                ? .classes([1, 0, 1, 1], names: ["a", "b"])
                : .values([1, 0, 0, 0.5, 1, 1, 1, 0.25], outputs: 2)
            return Samples(features: features, inputs: inputs, targets: targets)
        }

        /// Of the softmax cross-entropy: the entropy of the classes, or that of a coin.
        var smallestLoss: Double { bias ? -0.75 * log(0.75) - 0.25 * log(0.25) : log(2) }

        var features: [Float] { (0..<4 * inputs).map { Float($0 * 3 % 5) - 2 } }
    }

    static let cases = [(0, []), (0, [3]), (2, [0]), (2, [3, 0, 2]), (0, [0]), (0, [3, 0, 2])].flatMap {
        (inputs, hidden) in
        [true, false].map { Case(inputs: inputs, hidden: hidden, bias: $0) }
    }

    @Test("Every sample has the same outputs", arguments: cases, Loss.allCases)
    func outputs(network kind: Case, loss: Loss) {
        let network = kind.network(loss)
        let logits = network.logits(for: kind.features, samples: 4)
        #expect(logits.count == 8)
        #expect((0..<8).allSatisfy { logits[$0] == logits[$0 % 2] })
        #expect(Set(logits) == [0] || kind.bias)
        let predictions = network.predictions(for: kind.features, samples: 4)
        #expect((0..<8).allSatisfy { predictions[$0] == predictions[$0 % 2] })
        if !kind.bias { #expect(predictions[0] == (loss == .meanSquaredError ? 0 : 0.5)) }
        #expect(network.predictions(for: []) == [])
        #expect(network.logits(for: [], samples: 0) == [])
        if kind.inputs > 0 { #expect(network.predictions(for: kind.features) == predictions) }
    }

    @Test(
        "The gradient is the central difference; without dropout both modes agree", arguments: cases,
        Loss.allCases)
    func gradients(network kind: Case, loss: Loss) throws {
        let samples = kind.samples(loss)
        for dropout: Float in [0, 0.5] {
            var network = kind.network(loss, dropout: dropout)
            try network.regularizeActivity(by: [ActivityPenalty(SquaredL2(), strength: 0.1, on: "fully.*")])
            let (value, gradients) = network.total(on: samples, at: .step(1))
            let differences = network.centralDifferences(on: samples, at: .step(1), step: 0x1p-6)
            expectClose(gradients.values, differences, within: 2e-4, "dropout \(dropout)")
            if kind.bias {
                #expect(
                    gradients["fully.\(kind.hidden.count).bias"].contains { abs($0) > 0.01 },
                    "dropout \(dropout)")
            }
            try network.regularizeActivity(by: [])
            if dropout == 0 {
                let loss = network.total(on: samples).value
                expectClose(loss, network.loss(on: samples), within: 1e-6, "dropout \(dropout)")
                #expect(loss <= value, "dropout \(dropout)")
            }
        }
    }

    @Test("Training reaches the best constant, which is that of the biases", arguments: cases)
    func training(network kind: Case) throws {
        try train(kind, with: SGD(learningRate: 0.5))
        try train(kind, with: Adam(learningRate: 0.1))
    }

    private func train(_ kind: Case, with optimizer: some Optimizer) throws {
        let samples = kind.samples(.softmaxCrossEntropy)
        var network = kind.network(.softmaxCrossEntropy, dropout: 0.2)
        try network.regularizeActivity(by: [
            ActivityPenalty(GroupLasso(.columns), strength: 0, on: "fully.*")
        ])
        var optimizer = try optimizer.regularized(
            by: [
                .lossTerm(SquaredL2(), strength: 0.01),
                .proximalStep(
                    L1() + GroupLasso(.columns), strength: 0.1,
                    on: .exactly("fully.\(kind.hidden.count).weight")),
            ] + network.units.map { .proximalStep(GroupLasso(.rows), strength: 0.1, on: $0) },
            over: network.parameters)
        let history = try Trainer(
            epochs: 300, batchSize: 4, stationarityTolerance: 0, showsProgress: false
        ).fit(&network, to: samples, validation: samples, with: &optimizer)
        let last = try #require(history.epochs.last)
        try expectClose(#require(last.validationLoss), kind.smallestLoss, within: 1e-3)
        #expect(try #require(last.stationarityResidual).isFinite)
        #expect(
            last.contributions.allSatisfy { $0.value.isFinite && $0.gradientNorm?.isFinite != false },
            "\(last.contributions)")
        // Two equal outputs are a tie, of which the first is chosen.
        #expect(network.accuracy(on: samples) == (kind.bias ? 0.75 : 0.25))
    }

    @Test("The solver reaches it", arguments: cases)
    func solving(network kind: Case) throws {
        var network = kind.network(.softmaxCrossEntropy)
        let report = try ProximalGradient().fit(
            &network, to: kind.samples(.softmaxCrossEntropy), with: [.proximalStep(L1(), strength: 0.1)])
        #expect(report.hasConverged)
        expectClose(report.objective, kind.smallestLoss, within: 1e-4)
    }

    @Test("No weights are zero at every strength", arguments: Loss.allCases, [true, false])
    func zeroingStrength(loss: Loss, bias: Bool) throws {
        let kind = Case(inputs: 0, hidden: [], bias: bias)
        for regularizer in [L1(), GroupLasso(.rows), GroupLasso(.columns)] as [any Regularizer] {
            #expect(
                try kind.network(loss).smallestZeroingStrength(of: regularizer, on: kind.samples(loss)) == 0,
                "\(regularizer.name)")
        }
    }

    @Test("Samples without features are scaled, split and drawn as others are")
    func samples() throws {
        let samples = Samples(
            features: [], inputs: 0, targets: .classes((0..<20).map { $0 % 2 }, names: ["a", "b"]))
        for scaling in [
            try FeatureScaling.minMax(fittedTo: samples), try .standardization(fittedTo: samples),
        ] {
            #expect(try scaling.scaled(samples) == samples)
        }
        let parts = try samples.split(testShare: 0.25, seed: 1)
        #expect(parts.training.count == 15 && parts.test.count == 5)
        #expect(samples.batch(at: [1, 0, 3]).targets == .classes([1, 0, 1], names: ["a", "b"]))
    }

    @Test("Without outputs there is nothing to predict, and only no samples can be trained on")
    func noOutputs() throws {
        for kind in Self.cases + [Case(inputs: 2, hidden: [3], bias: true)] {
            var network = kind.network(.softmaxCrossEntropy, outputs: 0, dropout: 0.5)
            #expect(network.predictions(for: kind.features, samples: 4) == [], "\(kind)")
            let none = Samples(features: [], inputs: kind.inputs, targets: .classes([], names: []))
            var gradients = Gradients(like: network.parameters)
            #expect(network.loss(on: none) == 0, "\(kind)")
            #expect(network.loss(on: none, at: .step(0), gradients: &gradients) == 0, "\(kind)")
            #expect(gradients.values.allSatisfy { $0 == 0 }, "\(kind): \(gradients.values)")
            #expect(network.accuracy(on: none).isNaN, "\(kind)")
            #expect(throws: ModelError.self) { try network.check(kind.samples(.softmaxCrossEntropy)) }
        }
    }

    @Test("Features that are not those of the samples trap")
    func misuse() async {
        let results = [
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = FeedForwardNetwork(inputs: 0, hidden: [], outputs: 2).predictions(for: [1])
            },
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 2).predictions(for: [1, 2, 3])
            },
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 2).predictions(
                    for: [1, 2], samples: 3)
            },
        ]
        let outputs = results.map { String(decoding: $0?.standardErrorContent ?? [], as: UTF8.self) }
        #expect(outputs[0].contains("1 features are not those of 0 samples of 0 inputs."))
        #expect(outputs[1].contains("3 features are not those of 1 samples of 2 inputs."))
        #expect(outputs[2].contains("2 features are not those of 3 samples of 2 inputs."))
    }
}
