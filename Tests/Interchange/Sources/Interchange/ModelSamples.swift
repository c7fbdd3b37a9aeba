import Foundation
import ReferenceNetwork
import Regularization
import TensorFiles

/// Models of each kind of prediction, trained for a moment so that no bias is zero.
enum ModelSamples {
    /// Writes a table and models of it, and returns what they predict for its rows.
    static func write(to folder: String) throws -> [Manifest.Model] {
        let table = "\(folder)/rows.csv"
        try Data(rows.utf8).write(to: URL(filePath: table))
        let classes = try CSVTable(.file(table), classes: "kind", excluding: ["pair", "y", "größe"])
        let pairs = try CSVTable(.file(table), classes: "pair", excluding: ["kind", "y", "größe"])
        let values = try CSVTable(.file(table), values: ["y", "größe"], excluding: ["kind", "pair"])

        var models: [(name: String, model: TabularModel)] = []
        func add(_ name: String, _ network: FeedForwardNetwork, on table: CSVTable, scaling: FeatureScaling?)
            throws
        {
            let targets =
                network.loss == .meanSquaredError
                ? try TargetScaling.standardization(fittedTo: table.samples) : nil
            var (network, samples) = (network, table.samples)
            if let scaling { samples = try scaling.scaled(samples) }
            if let targets { samples = try targets.scaled(samples) }
            var optimizer = Adam(learningRate: 0.01)
            _ = try Trainer(epochs: 30, batchSize: 16, showsProgress: false)
                .fit(&network, to: samples, with: &optimizer)
            let model = TabularModel(
                network: network, schema: table.schema, scaling: scaling, targetScaling: targets)
            models.append((name, model))
        }
        for activation in Activation.allCases {
            try add(
                "classes-\(activation)",
                FeedForwardNetwork(inputs: 3, hidden: [7, 5], outputs: 3, activation: activation),
                on: classes, scaling: .standardization(fittedTo: classes.samples))
        }
        try add(
            "pair", FeedForwardNetwork(inputs: 3, hidden: [4], outputs: 1, loss: .binaryCrossEntropy),
            on: pairs, scaling: .minMax(fittedTo: pairs.samples))
        try add(
            "values", FeedForwardNetwork(inputs: 3, hidden: [4], outputs: 2, loss: .meanSquaredError),
            on: values, scaling: .minMax(fittedTo: values.samples))
        try add(
            "linear-without-bias", FeedForwardNetwork(inputs: 3, hidden: [], outputs: 3, bias: false),
            on: classes, scaling: nil)

        return try models.map { name, model in
            let file = "\(folder)/\(name).safetensors"
            try model.write(to: file)
            return try Manifest.Model(model, in: file, predicting: table)
        }
    }

    /// A table of 200 rows with three features, one of them far from 0, and four columns that depend on them.
    private static var rows: String {
        var state: UInt64 = 1
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) * 0x1p-23 - 1
        }
        var text = "a,\"b, in mm\",kind,c\u{301},pair,y,größe\n"
        for _ in 0..<200 {
            let (a, b, c) = (next(), next(), next())
            let kind = a + b > 0.3 ? "\"tall, thin\"" : c > 0 ? "ß" : "10"
            text += "\(a),\(1e6 + 1e3 * b),\(kind),\(c),\(a * c > 0 ? "yes" : "no"),\(100 + b),\(a - 3 * c)\n"
        }
        return text
    }
}
