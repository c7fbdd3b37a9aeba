import Foundation
import ReferenceNetwork
import Regularization
import RegularizationJSON
import Testing

/// Everything that a file can name, trained for some steps: nothing crashes, and what is reported is a number.
@Suite("Every regularizer of the registry trains from a file")
struct TrainerCatalogTests {
    /// How the regularizers that have parameters are written, for a tensor [2, 3]; the others by their names alone.
    static let parameters = [
        "Box": #"{"lower": -0.4, "upper": 0.4}"#,
        "GroupL0Ball": #"{"groups": "rows", "count": 1}"#,
        "GroupLInfinity": #"{"groups": "columns"}"#,
        "GroupLasso": #"{"groups": "rows"}"#,
        "GroupMCP": #"{"groups": "rows", "threshold": 0.8, "concavity": 1.5}"#,
        "GroupSCAD": #"{"groups": "columns", "threshold": 0.6, "concavity": 2.5}"#,
        "Huber": #"{"delta": 0.5}"#,
        "L0Ball": #"{"groups": "whole", "count": 3}"#,
        "L1Ball": #"{"groups": "rows", "radius": 0.75}"#,
        "L2Ball": #"{"groups": "rows", "radius": 0.6}"#,
        "L2Sphere": #"{"groups": "columns", "radius": 0.45}"#,
        "LogSum": #"{"epsilon": 0.5}"#,
        "MCP": #"{"threshold": 0.8, "concavity": 1.5}"#,
        "NestedGroupLasso": #"{"levels": [{"groups": "rows"}, {"groups": "whole"}]}"#,
        "RankBall": #"{"rank": 1}"#,
        "SCAD": #"{"threshold": 0.6, "concavity": 2.5}"#,
        "Simplex": #"{"groups": "rows", "total": 0.8}"#,
        "SortedL1": #"{"factors": [1, 0.8, 0.8, 0.5, 0.2, 0]}"#,
        "SquaredDistance": #"{"center": [1, -1, 0.5, 0, 2, -0.5]}"#,
        "TotalVariation": #"{"axis": "rows"}"#,
        "WeightedL1": #"{"factors": [0.5, 1, 0, 2, 0.25, 1.5]}"#,
    ]

    static let samples = Samples(
        features: (0..<24).map { Float($0 % 7) / 4 - 0.75 }, inputs: 3,
        targets: .classes([0, 1, 1, 0, 1, 0, 0, 1], names: ["a", "b"]))

    @Test(arguments: RegularizerRegistry.builtIn.names)
    func trains(name: String) throws {
        let details = Self.parameters[name].map { "{\"\(name)\": \($0)}" } ?? "\"\(name)\""
        let regularizer: any Regularizer
        do {
            regularizer = try RegularizerRegistry.builtIn.decode(
                CodableRegularizer.self, from: Data(details.utf8)
            ).regularizer
        } catch {
            Issue.record("Add how \(name) is written to `parameters` of this test. \(error)")
            return
        }
        if regularizer is any DifferentiableRegularizer {
            for base in [SGD(learningRate: 0.1), Adam()] as [any Optimizer] {
                try train(details, .lossTerm, nil, base)
            }
        }
        if regularizer is any ProximalRegularizer {
            try train(details, .proximalStep, .optimizer, SGD(learningRate: 0.1))
            try train(details, .proximalStep, .optimizer, SGD(learningRate: 0.02, momentum: 0.9))
            try train(details, .proximalStep, .euclidean, Adam())
        }
        if let metric = regularizer as? any MetricProximalRegularizer, metric.metricRefusal == nil {
            try train(details, .proximalStep, .optimizer, Adam())
        }
    }

    private func train(
        _ regularizer: String, _ stage: Penalty.Stage, _ metric: ProximalMetric?, _ base: some Optimizer
    ) throws {
        let metric = metric.map { ", \"metric\": \"\($0.rawValue)\"" } ?? ""
        let text = """
            [{"stage": "\(stage.rawValue)", "regularizer": \(regularizer), "strength": 0.01\(metric)}]
            """
        let penalties = try RegularizerRegistry.builtIn.decode([Penalty].self, from: Data(text.utf8))
        var network = FeedForwardNetwork(inputs: 3, hidden: [], outputs: 2, seed: 1)
        if stage == .lossTerm, let differentiable = penalties[0].regularizer as? any DifferentiableRegularizer
        {
            let activity = ActivityPenalty(differentiable, strength: 0.01, on: "fully.0")
            // Some are for as many elements as the weights have, not the outputs.
            if (try? differentiable.check([4, 2])) != nil { try network.regularizeActivity(by: [activity]) }
        }
        var optimizer = try base.regularized(by: penalties, over: network.parameters)
        let history = try Trainer(epochs: 3, batchSize: 4, showsProgress: false)
            .fit(&network, to: Self.samples, with: &optimizer)
        let elements = network.parameters.elements
        #expect(elements.indices.allSatisfy { elements[$0].isFinite }, "\(text)")
        let contributions = try #require(history.epochs.last).contributions
        #expect(contributions.count == 1 + network.contributions.count, "\(text)")
        for contribution in contributions {
            #expect(!contribution.value.isNaN && contribution.strength == 0.01, "\(text)")
            #expect(contribution.deadGroups ?? 0 >= 0 && contribution.count > 0, "\(text)")
        }
        #expect(!"\(optimizer)".isEmpty)
    }
}
