import Foundation
import Regularization
import TensorFiles
import Testing

@testable import ReferenceNetwork

@Suite("The model of a table is written to a file and read back to the bit")
struct TabularModelFileTests {
    private static let flowers = """
        length,id,width,"kind, of flower"
        1.5,1,0.25,ash
        2.5,2,0.75,élm
        4.5,3,1.25,"o\"\"ak"

        """
    private static let houses = "size,price,rooms\n40,100.5,2\n60,140.25,3\n80,180,3\n"

    private static func classifier(binary: Bool = false) throws -> TabularModel {
        let text = binary ? flowers.replacing("élm", with: "ash") : flowers
        let table = try CSVTable(.text(text), classes: "kind, of flower", excluding: ["id"])
        return TabularModel(
            network: FeedForwardNetwork(
                inputs: 2, hidden: [3], outputs: binary ? 1 : 3,
                loss: binary ? .binaryCrossEntropy : .softmaxCrossEntropy),
            schema: table.schema, scaling: try .standardization(fittedTo: table.samples))
    }

    private static func regression(scaled: Bool = true) throws -> TabularModel {
        let table = try CSVTable(.text(houses), values: ["price", "rooms"])
        return TabularModel(
            network: FeedForwardNetwork(inputs: 1, hidden: [], outputs: 2, loss: .meanSquaredError),
            schema: table.schema, scaling: scaled ? try .minMax(fittedTo: table.samples) : nil,
            targetScaling: scaled ? try .standardization(fittedTo: table.samples) : nil)
    }

    @Test("Network, columns and scalings are the same to the bit")
    func roundTrips() throws {
        let folder = try TemporaryFolder()
        for model in [
            try Self.classifier(), try Self.classifier(binary: true), try Self.regression(),
            try Self.regression(scaled: false),
        ] {
            try model.write(to: folder.path("a"))
            let copy = try TabularModel(contentsOf: TensorFile(folder.path("a")))
            #expect(copy.network.parameters.bits == model.network.parameters.bits)
            #expect(NetworkDescription(of: copy.network) == NetworkDescription(of: model.network))
            #expect(copy.schema == model.schema)
            #expect(copy.scaling == model.scaling)
            #expect(copy.targetScaling == model.targetScaling)
            try copy.write(to: folder.path("b"))
            #expect(try folder.bytes("a") == folder.bytes("b"))
        }
    }

    @Test("Offsets and factors are F64 under their names, zeros with their sign")
    func scalings() throws {
        let folder = try TemporaryFolder()
        let scaling = FeatureScaling(offsets: [-0.0], factors: [.leastNonzeroMagnitude])
        let targets = TargetScaling(offsets: [1 / 3, -.greatestFiniteMagnitude], factors: [.pi, 0])
        let model = try Self.regression()
        try TabularModel(
            network: model.network, schema: model.schema, scaling: scaling, targetScaling: targets
        ).write(to: folder.path())
        let file = try TensorFile(folder.path())
        let numbers = [
            ("scaling.offsets", scaling.offsets), ("scaling.factors", scaling.factors),
            ("targets.offsets", targets.offsets), ("targets.factors", targets.factors),
        ]
        for (name, expected) in numbers {
            #expect(file[name]?.type == .float64)
            #expect(file[name]?.shape.dimensions == [expected.count])
            #expect(try file.doubles(of: name).map(\.bitPattern) == expected.map(\.bitPattern))
        }
        let copy = try TabularModel(contentsOf: file)
        #expect(copy.scaling?.offsets.map(\.bitPattern) == scaling.offsets.map(\.bitPattern))
        #expect(copy.targetScaling == targets)
    }

    @Test("The metadata are as documented")
    func metadata() throws {
        let metadata = try Draft { try Self.classifier().write(to: $0) }.metadata
        #expect(metadata.entries.map(\.key) == ["kind", "network", "scaling", "table", "version"])
        #expect(metadata["kind"] == "model")
        #expect(metadata["version"] == "1")
        #expect(metadata["scaling"] == #"{"features":true,"targets":false}"#)
        #expect(
            metadata["table"] == #"""
                {"excluded":["id"],"features":["length","width"],"format":{"decimalMark":".","separator":","},\#
                "target":{"classes":{"column":"kind, of flower","names":["ash","o\"ak","élm"]}}}
                """#)
    }

    @discardableResult
    private func refuse(
        _ kind: ModelFileError.Kind, _ sentence: String? = nil, of model: TabularModel? = nil,
        sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout Draft) throws -> Void
    ) throws -> ModelFileError? {
        let model = try model ?? Self.classifier()
        var draft = try Draft { try model.write(to: $0) }
        try change(&draft)
        let file = try draft.file()
        return expectModelFileError(kind, sentence, sourceLocation: sourceLocation) {
            _ = try TabularModel(contentsOf: file)
        }
    }

    @Test("A network without a table, weights alone, another kind and a later version")
    func otherFiles() throws {
        try refuse(
            .otherModel,
            "The file has a network without the columns of a table. Read it with FeedForwardNetwork(contentsOf:)."
        ) { $0.metadata["table"] = nil }
        try refuse(.noModel) { $0.metadata = [:] }
        try refuse(.noModel) { $0.metadata["kind"] = "checkpoint" }
        try refuse(.laterVersion) { $0.metadata["version"] = "2" }
    }

    @Test(
        "Any key that is missing, renamed or more, and any value of another type",
        arguments: [true, false])
    func mutatedJSON(_ classifies: Bool) throws {
        let model = classifies ? try Self.classifier() : try Self.regression()
        let draft = try Draft { try model.write(to: $0) }
        for key in ["network", "table", "scaling"] {
            for (change, json) in try jsonMutations(of: try #require(draft.metadata[key])) {
                var changed = draft
                changed.metadata[key] = json
                let file = try changed.file()
                let error = #expect(throws: ModelFileError.self, "\(key)\(change)") {
                    try TabularModel(contentsOf: file)
                }
                #expect(error?.kind == .metadata, "\(key)\(change)")
            }
            var changed = draft
            changed.metadata[key] = nil
            let file = try changed.file()
            #expect(throws: ModelFileError.self, "\(key)") { try TabularModel(contentsOf: file) }
        }
    }

    @Test("Columns that do not fit the network")
    func columns() throws {
        try refuse(
            .metadata, "The network has 2 inputs, but the table has 1 feature. Write the model anew."
        ) { try $0.replace(#","width"]"#, by: "]", in: "table") }
        try refuse(
            .metadata,
            """
            The loss softmaxCrossEntropy with 3 outputs does not fit a table of 2 classes. Write the model anew.
            """
        ) { try $0.replace(#"["ash","#, by: "[", in: "table") }
        try refuse(.metadata) {
            try $0.replace("softmaxCrossEntropy", by: "meanSquaredError", in: "network")
        }
        let error = try refuse(.metadata) { try $0.replace("\"width\"", by: "\"length\"", in: "table") }
        #expect(error?.reason.hasSuffix("features: The feature \"length\" is there twice.") == true)
    }

    @Test("Scalings that are not there, of another shape, rounded, or not finite")
    func brokenScalings() throws {
        try refuse(.tensors) { try $0.tensors.remove(at: $0.index(of: "scaling.factors")) }
        try refuse(.tensors) { draft in draft.tensors.removeAll { $0.name.hasPrefix("scaling.") } }
        try refuse(.tensors) { try $0.replace("true", by: "false", in: "scaling") }
        try refuse(
            .tensors,
            """
            The metadata do not fit the tensors: "targets.offsets" [3] is missing; "targets.factors" [3] is missing. \
            Write the model anew, or correct the metadata.
            """
        ) { try $0.replace("false", by: "true", in: "scaling") }
        try refuse(.tensors) { draft in
            let index = try draft.index(of: "scaling.offsets")
            draft.tensors[index] = ("scaling.offsets", [3], .doubles([1, 2, 3]))
        }
        try refuse(
            .tensors, "\"scaling.offsets\" is of the type F32, not F64. Write it as it was."
        ) { try $0.tensors[$0.index(of: "scaling.offsets")].elements = .floats([1, 2]) }
        for number in [Double.nan, .infinity] {
            try refuse(
                .notFinite,
                "\"targets.factors\" has the element \(number). Write a model whose numbers are finite.",
                of: Self.regression()
            ) { try $0.tensors[$0.index(of: "targets.factors")].elements = .doubles([1, number]) }
        }
    }

    @Test("Scaled targets where there are classes")
    func scaledClasses() throws {
        try refuse(
            .metadata,
            "Target values have no scaling with the loss softmaxCrossEntropy. Write the model anew."
        ) {
            try $0.replace("\"targets\":false", by: "\"targets\":true", in: "scaling")
            $0.tensors.append(("targets.offsets", [3], .doubles([0, 0, 0])))
            $0.tensors.append(("targets.factors", [3], .doubles([1, 1, 1])))
        }
    }
}
