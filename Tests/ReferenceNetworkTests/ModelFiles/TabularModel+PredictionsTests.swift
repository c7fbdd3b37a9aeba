import Foundation
import Regularization
import TensorFiles
import Testing

@testable import ReferenceNetwork

@Suite("A model predicts the rows of a table by the names of its columns")
struct TabularModelPredictionsTests {
    private static let training = """
        id,length,width,kind
        1,1.5,0.25,ash
        2,2.5,0.75,elm
        3,4.5,1.25,oak
        4,3.5,1.5,oak

        """

    private let table: CSVTable
    private let model: TabularModel

    init() throws {
        table = try CSVTable(.text(Self.training), classes: "kind", excluding: ["id"])
        model = TabularModel(
            network: FeedForwardNetwork(inputs: 2, hidden: [5], outputs: 3, activation: .tanh, seed: 1),
            schema: table.schema, scaling: try .standardization(fittedTo: table.samples))
    }

    @Test("Classes and probabilities are those of the network at features that are scaled by hand")
    func classes() throws {
        let scaling = try #require(model.scaling)
        let features = table.samples.features
        let scaled = features.indices.map { index in
            Float((Double(features[index]) - scaling.offsets[index % 2]) * scaling.factors[index % 2])
        }
        let probabilities = model.network.predictions(for: scaled)
        let classes = (0..<4).map { row in
            (0..<3).max { probabilities[row * 3 + $0] < probabilities[row * 3 + $1] }!
        }
        let expected = TablePredictions.classes(
            classes, names: ["ash", "elm", "oak"], probabilities: probabilities)
        #expect(try model.predictions(in: .text(Self.training)) == expected)
        #expect(try model.predictions(for: features) == expected)
    }

    @Test("The classes are those that the accuracy counts, with and without a scaling")
    func accuracy() throws {
        for scaling in [model.scaling, nil] {
            for outputs in [3, 1] {
                let text = outputs == 1 ? Self.training.replacing("elm", with: "ash") : Self.training
                let table = try CSVTable(.text(text), classes: "kind", excluding: ["id"])
                for seed in 0..<20 as Range<UInt64> {
                    let network = FeedForwardNetwork(
                        inputs: 2, hidden: [4], outputs: outputs,
                        loss: outputs == 1 ? .binaryCrossEntropy : .softmaxCrossEntropy, seed: seed)
                    let model = TabularModel(network: network, schema: table.schema, scaling: scaling)
                    let labels = try model.predictions(in: .text(text)).labels
                    guard case .classes(let classes, let names) = table.samples.targets else { return }
                    let right = zip(labels, classes).count { $0 == names[$1] }
                    let samples = try scaling?.scaled(table.samples) ?? table.samples
                    #expect(network.accuracy(on: samples) == Double(right) / 4)
                }
            }
        }
    }

    @Test("Of equal outputs the first is predicted, and the second of two classes only above a half")
    func ties() throws {
        var network = model.network
        network.parameters = Parameters(zeros: network.parameters.layout)
        let even = TabularModel(network: network, schema: table.schema)
        let third: Float = 1 / 3
        #expect(
            try even.predictions(for: [1, 2])
                == .classes([0], names: ["ash", "elm", "oak"], probabilities: [third, third, third]))
        #expect(network.accuracy(on: table.samples) == 0.25)

        let text = "x,y\n0,a\n1,b\n-1,b\n"
        let two = try CSVTable(.text(text), classes: "y")
        var line = FeedForwardNetwork(
            inputs: 1, hidden: [], outputs: 1, bias: false, loss: .binaryCrossEntropy)
        line.parameters["fully.0.weight"] = [1]
        let binary = TabularModel(network: line, schema: two.schema)
        guard case .classes(let classes, _, let probabilities) = try binary.predictions(in: .text(text))
        else {
            Issue.record("These are no classes.")
            return
        }
        #expect(classes == [0, 1, 0])
        #expect(line.accuracy(on: two.samples) == 2.0 / 3)
        let large = Float(1 / (1 + exp(-1.0)))
        for (number, expected) in zip(probabilities, [0.5, 0.5, 1 - large, large, large, 1 - large]) {
            #expect(abs(number - expected) < 1e-7)
        }
    }

    /// 1 − 1/(1 + e⁻ᶻ) would be 0.
    @Test("Neither of two probabilities loses its digits")
    func smallProbabilities() throws {
        let two = try CSVTable(.text("x,y\n0,a\n1,b\n"), classes: "y")
        var line = FeedForwardNetwork(
            inputs: 1, hidden: [], outputs: 1, bias: false, loss: .binaryCrossEntropy)
        line.parameters["fully.0.weight"] = [1]
        let predictions = try TabularModel(network: line, schema: two.schema).predictions(for: [
            40, -40,
        ])
        let small = exp(-40 as Float)
        #expect(
            predictions == .classes([1, 0], names: ["a", "b"], probabilities: [small, 1, 1, small]))
    }

    @Test("Values are in the unit of the target")
    func values() throws {
        let text = "size,price,rooms\n40,100.5,2\n60,140.25,2\n80,180,2\n"
        let houses = try CSVTable(.text(text), values: ["price", "rooms"])
        let scaling = try FeatureScaling.minMax(fittedTo: houses.samples)
        let targets = try TargetScaling.standardization(fittedTo: houses.samples)
        let network = FeedForwardNetwork(inputs: 1, hidden: [3], outputs: 2, loss: .meanSquaredError)
        let model = TabularModel(
            network: network, schema: houses.schema, scaling: scaling, targetScaling: targets)
        let outputs = network.predictions(for: [0, 0.5, 1])
        let expected = outputs.indices.map {
            Float(Double(outputs[$0]) * targets.factors[$0 % 2] + targets.offsets[$0 % 2])
        }
        let predictions = try model.predictions(in: .text("size\n40\n60\n80\n"))
        #expect(predictions == .values(expected, columns: ["price", "rooms"]))
        #expect([1, 3, 5].allSatisfy { expected[$0] == 2 })
        let raw = TabularModel(network: network, schema: houses.schema, scaling: scaling)
        #expect(
            try raw.predictions(in: .text("size\n40\n60\n80\n"))
                == .values(outputs, columns: ["price", "rooms"]))
    }

    @Test("Values of the binary cross-entropy are probabilities")
    func severalProbabilities() throws {
        let marks = try CSVTable(.text("x,y,z\n1,0,1\n2,1,0.5\n"), values: ["y", "z"])
        let network = FeedForwardNetwork(inputs: 1, hidden: [], outputs: 2, loss: .binaryCrossEntropy)
        #expect(
            try TabularModel(network: network, schema: marks.schema).predictions(for: [1, 2])
                == .values(network.predictions(for: [1, 2]), columns: ["y", "z"]))
    }

    @Test("Columns in another order, in another format, with labels or without")
    func otherColumns() throws {
        let expected = try model.predictions(for: [1.5, 0.25, 4.5, 1.25])
        let tables = [
            "width,length\n0.25,1.5\n1.25,4.5\n", "kind,width,length\nyew,0.25,1.5\n,1.25,4.5\n",
            "id,length,width\na,1.5,0.25\nb,4.5,1.25\n",
        ]
        for text in tables { #expect(try model.predictions(in: .text(text)) == expected, "\(text)") }
        let format = TableFormat(separator: .semicolon, decimalMark: .comma)
        #expect(
            try model.predictions(in: .text("width;length\n0,25;1,5\n1,25;4,5\n"), format: format)
                == expected
        )
    }

    @Test("Other columns are refused unless they are left out by name or by choice")
    func extraColumns() throws {
        let text = ",width,note,length,note\n0,0.25,old,1.5,\n1,1.25,,4.5,new\n"
        let expected = try model.predictions(for: [1.5, 0.25, 4.5, 1.25])
        #expect(throws: PredictionError.self) { try model.predictions(in: .text(text)) }
        #expect(try model.predictions(in: .text(text), extraColumns: .ignored) == expected)
        #expect(try model.predictions(in: .text(text), excluding: ["", "note"]) == expected)
        let place = CSVError.Place(file: "text", line: 1, column: 3, name: "note")
        #expect(throws: PredictionError.table(.extraColumn(at: place))) {
            try model.predictions(in: .text("width,length,note\n1,2,3\n"))
        }
    }

    @Test("Missing columns are all named")
    func missingColumns() throws {
        let error = CSVError.missingColumns(
            ["length", "width"], extra: ["Width"], columns: ["kind", "Width"], file: "text", line: 1)
        for extraColumns in [TableSchema.ExtraColumns.refused, .ignored] {
            #expect(throws: PredictionError.table(error)) {
                try model.predictions(in: .text("kind,Width\nash,1\n"), extraColumns: extraColumns)
            }
        }
    }

    @Test("Rows without features are counted")
    func noFeatures() throws {
        let labels = try CSVTable(.text("y\na\nb\nb\n"), classes: "y")
        let model = TabularModel(
            network: FeedForwardNetwork(inputs: 0, hidden: [], outputs: 2), schema: labels.schema)
        #expect(try model.predictions(in: .text("y\na\na\nb\n")).rows == 3)
        #expect(try model.predictions(for: []).rows == 0)
    }

    @Test("Features that cannot be scaled, and outputs that are not finite, are named")
    func notFinite() throws {
        for model in [model, TabularModel(network: model.network, schema: table.schema)] {
            #expect(
                throws: PredictionError.features(
                    .notFinite(value: .infinity, sample: 1, feature: 0, name: "length"))
            ) { try model.predictions(for: [1, 2, .infinity, 4]) }
        }
        var network = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 3, bias: false)
        network.parameters["fully.0.weight"] = [1, 1, 1e10, 1, 1, 1]
        let unscaled = TabularModel(network: network, schema: table.schema)
        #expect(throws: PredictionError.notFinite(row: 1, output: 1)) {
            try unscaled.predictions(for: [1, 2, 1e30, 4])
        }
        let values = TabularModel(
            network: FeedForwardNetwork(inputs: 1, hidden: [], outputs: 1, loss: .meanSquaredError),
            schema: try CSVTable(.text("x,y\n1,2\n"), values: ["y"]).schema,
            targetScaling: TargetScaling(offsets: [1e300], factors: [1]))
        #expect(throws: PredictionError.notFinite(row: 0, output: 0)) {
            try values.predictions(for: [1])
        }
    }

    @Test("A part of a row traps")
    func partialRows() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let schema = try CSVTable(.text("a,b,y\n1,2,3\n"), values: ["y"]).schema
            let network = FeedForwardNetwork(inputs: 2, hidden: [], outputs: 1, loss: .meanSquaredError)
            _ = try TabularModel(network: network, schema: schema).predictions(for: [1, 2, 3])
        }
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("3 features are no whole rows of the 2 of the model."))
    }

    @Test("A model that is read predicts the same to the bit")
    func readModel() throws {
        let folder = try TemporaryFolder()
        try model.write(to: folder.path())
        let copy = try TabularModel(contentsOf: TensorFile(folder.path()))
        #expect(
            try copy.predictions(in: .text(Self.training)) == model.predictions(in: .text(Self.training)))
    }

    private struct ReferencePredictions: Decodable {
        let file: String
        let table: String
        let numbers: [Double]
        let classes: [Int]
    }

    @Test("Models that Python wrote as documented predict what NumPy does")
    func documentedFiles() throws {
        let cases = try reference("tabular", as: [ReferencePredictions].self)
        #expect(cases.count == 5)
        for expected in cases {
            let model = try TabularModel(contentsOf: TensorFile(referencePath(expected.file)))
            let numbers: [Float]
            switch try model.predictions(in: .text(expected.table)) {
            case .classes(let classes, let names, let probabilities):
                #expect(classes == expected.classes)
                #expect(names == names.indices.map { "class \($0)" })
                numbers = probabilities
            case .values(let values, let columns):
                #expect(expected.classes.isEmpty)
                #expect(columns == Array(["y", "z"].prefix(model.network.outputs)))
                numbers = values
            }
            #expect(numbers.count == expected.numbers.count)
            for (number, right) in zip(numbers, expected.numbers) {
                #expect(abs(Double(number) - right) <= 3e-6 * max(1, abs(right)), "\(expected.file)")
            }
        }
    }
}
