import Foundation
import ReferenceNetwork
import Regularization
import Testing

struct GettingStartedSnippets {
    @Test func train() throws {
        let csv = Document.file("Sources/Digits/Data/digits.csv").path
        // snippet: data
        let digits = try CSVTable(.file(csv), classes: "digit").samples
        let parts = try digits.split(testShare: 0.25, seed: 1)
        let scaling = try FeatureScaling.minMax(fittedTo: parts.training)
        let (training, test) = try (scaling.scaled(parts.training), scaling.scaled(parts.test))
        // end snippet

        let weights = Array(repeating: Float(3), count: training.count)
        // snippet: weights
        let bySample = try training.weighted(by: weights)
        let byClass = try training.weighted(byClass: ["1": 2, "8": 0.5])
        let balanced = try training.balancedByClass()
        // end snippet
        #expect(bySample.meanSampleWeight == 3)
        #expect(Set(byClass.sampleWeights) == [0.5, 1, 2])
        #expect(abs(balanced.meanSampleWeight - 1) < 1e-6)

        // snippet: network
        var network = FeedForwardNetwork(inputs: 64, hidden: [40, 20], outputs: 10, activation: .leakyReLU)
        for tensor in network.parameters.layout.tensors { print(tensor.name, tensor.shape) }
        // end snippet

        // snippet: penalties
        let penalties: [Penalty] = [
            .proximalStep(L1(), strength: 3e-4),
            .lossTerm(SquaredL2(), strength: 1e-4, on: .biases, label: "small biases"),
        ]
        var optimizer = try Adam(learningRate: 1e-3).regularized(by: penalties, over: network.parameters)
        print(optimizer.plan)
        // end snippet
        #expect(
            try String(contentsOf: Document.file("Documentation/GettingStarted.md"), encoding: .utf8)
                .contains("\(optimizer.plan)"))

        // snippet: fit
        let trainer = Trainer(epochs: 2, batchSize: 100, earlyStopping: EarlyStopping(patience: 20))
        let history = try trainer.fit(&network, to: training, validation: test, with: &optimizer)
        for contribution in history.epochs.last?.contributions ?? [] {
            print(contribution.label, contribution.weightedValue, contribution.exactZeros)
        }
        print(network.accuracy(on: test))
        // end snippet
        #expect(history.epochs.count == 2)
        #expect(network.accuracy(on: test) > 0.15)
    }

    @Test func ownLoop() throws {
        let samples = exampleSamples(inputs: 4, classes: 2)
        var network = FeedForwardNetwork(inputs: 4, hidden: [3], outputs: 2)
        // snippet: own loop
        var penalties = try PenaltyPlan(
            [.lossTerm(SquaredL2(), strength: 1e-3), .proximalStep(L1(), strength: 1e-2)],
            over: network.parameters)
        var gradients = Gradients(like: network.parameters)
        for step in 0..<10 {
            let loss = network.loss(on: samples, at: .step(step), gradients: &gradients)
            print(loss + penalties.value(at: network.parameters, step: step))
            penalties.addGradients(at: network.parameters, to: &gradients, step: step)
            updateEach(&network.parameters, along: gradients) { weight, gradient in weight -= 0.1 * gradient }
            penalties.applyProximalSteps(to: &network.parameters, stepSize: 0.1, step: step)
        }
        // end snippet

        var twin = FeedForwardNetwork(inputs: 4, hidden: [3], outputs: 2)
        var optimizer = try SGD(learningRate: 0.1).regularized(by: penalties.penalties, over: twin.parameters)
        for step in 0..<10 {
            _ = twin.loss(on: samples, at: .step(step), gradients: &gradients)
            optimizer.update(&twin.parameters, along: &gradients)
        }
        #expect(twin.parameters["fully.0.weight"] == network.parameters["fully.0.weight"])
    }

    @Test func ownArrays() throws {
        // snippet: own arrays
        var parameters = Parameters([
            ("encoder.weight", [2, 3], [0.5, -0.001, 0.25, 0.002, -0.75, 0.003]),
            ("encoder.bias", [2], [0, 0]),
        ])
        var penalties = try PenaltyPlan([.proximalStep(L1(), strength: 0.1)], over: parameters)
        penalties.applyProximalSteps(to: &parameters, stepSize: 0.1)
        print(parameters["encoder.weight"])
        // end snippet
        #expect(parameters["encoder.weight"].count { $0 == 0 } == 3)
    }

    @Test func strengths() throws {
        let samples = exampleSamples(inputs: 4, classes: 2)
        let hidden = FeedForwardNetwork(inputs: 4, hidden: [3], outputs: 2)
        // snippet: scaling
        let penalty = Penalty.proximalStep(GroupLasso(.rows, weighting: .none), strength: 1e-3)
            .multiplyingStrength(by: .squareRootOfFanIn)
        // end snippet
        let plan = try PenaltyPlan([penalty], over: hidden.parameters)
        #expect("\(plan)".contains("0.001 × 2.0 (√fan-in)"))

        // snippet: zeroing
        var network = FeedForwardNetwork(inputs: 4, hidden: [], outputs: 2)
        let most = try network.smallestZeroingStrength(of: L1(), on: samples)
        let report = try ProximalGradient().fit(
            &network, to: samples, with: [.proximalStep(L1(), strength: 0.1 * most)])
        print(report.objective, report.hasConverged)
        // end snippet
        #expect(report.hasConverged)
        _ = try ProximalGradient().fit(
            &network, to: samples, with: [.proximalStep(L1(), strength: 1.001 * most)])
        #expect(network.parameters["fully.0.weight"].allSatisfy { $0 == 0 })
        #expect(throws: LinearModelError.self) { try hidden.smallestZeroingStrength(of: L1(), on: samples) }
    }

    @Test func outputsAndPretrainedWeights() throws {
        let samples = exampleSamples(inputs: 4, classes: 2)
        let pretrained = FeedForwardNetwork(inputs: 4, hidden: [3], outputs: 2).parameters
        var network = FeedForwardNetwork(inputs: 4, hidden: [3], outputs: 2, seed: 7)
        // snippet: fine-tuning
        let toward = pretrained.layout.tensors.map { tensor in
            Penalty.lossTerm(
                SquaredDistance(to: pretrained[tensor.name]), strength: 0.1, on: .exactly(tensor.name))
        }
        // end snippet
        // snippet: activity
        try network.regularizeActivity(by: [ActivityPenalty(L1(), strength: 1e-3, on: "fully.0")])
        // end snippet
        var optimizer = try SGD(learningRate: 0.1).regularized(by: toward, over: network.parameters)
        let history = try Trainer(epochs: 200, batchSize: 64, showsProgress: false).fit(
            &network, to: samples, with: &optimizer)
        let contributions = try #require(history.epochs.last).contributions
        #expect(contributions.map(\.stage).count { $0 == .activity } == 1)
        #expect(contributions[0].value < history.epochs[0].contributions[0].value)
    }

    /// In a process of its own: other tests change the number too.
    @Test func threads() async {
        await #expect(processExitsWith: .success) {
            // snippet: threads
            Parallelism.threads = 1
            // end snippet
            #expect(Parallelism.threads == 1)
        }
    }

    @Test func mistake() throws {
        let network = FeedForwardNetwork(inputs: 64, hidden: [40, 20], outputs: 10)
        let error = #expect(throws: PenaltyError.self) {
            // snippet: mistake
            let misspelled = Penalty.proximalStep(L1(), strength: 1e-3, on: .named("fuly.*.weight"))
            _ = try SGD(learningRate: 0.1).regularized(by: [misspelled], over: network.parameters)
            // end snippet
        }
        let text = try String(contentsOf: Document.file("Documentation/GettingStarted.md"), encoding: .utf8)
        let sentence = try #require(error?.description)
        #expect(text.replacing("\n", with: " ").contains(sentence))
    }
}
