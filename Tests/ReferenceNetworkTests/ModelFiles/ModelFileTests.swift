import Foundation
import ReferenceNetwork
import Regularization
import TensorFiles
import Testing

@Suite("Files that are no network of this version are refused with the reason")
struct ModelFileTests {
    private let draft: Draft

    init() throws {
        draft = try Draft {
            try FeedForwardNetwork(inputs: 3, hidden: [4], outputs: 2, dropout: 0.5, seed: 9).write(
                to: $0)
        }
    }

    @discardableResult
    private func refuse(
        _ kind: ModelFileError.Kind, _ sentence: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout Draft) throws -> Void
    ) throws -> ModelFileError? {
        var changed = draft
        try change(&changed)
        let file = try changed.file()
        return expectModelFileError(kind, sentence, sourceLocation: sourceLocation) {
            _ = try FeedForwardNetwork(contentsOf: file)
        }
    }

    @Test("Weights alone")
    func weightsAlone() throws {
        let sentence = """
            The file has tensors, but its metadata describe no model, as those of a PyTorch state_dict. Make the \
            network in code, and load the weights into it: network.parameters.load(file).
            """
        try refuse(.noModel, sentence) { $0.metadata = [:] }
        try refuse(.noModel, sentence) { $0.metadata = ["format": "pt"] }
        try refuse(.noModel, sentence) { $0.metadata["kind"] = nil }
    }

    @Test("Another kind")
    func anotherKind() throws {
        try refuse(
            .noModel, "The file is of the kind \"checkpoint\", not a model. Pass the file of a model."
        ) {
            $0.metadata["kind"] = "checkpoint"
        }
        try refuse(.noModel) { $0.metadata["kind"] = "Model" }
    }

    @Test("A later version", arguments: ["2", "10", "99999999999999999999999"])
    func laterVersion(_ version: String) throws {
        try refuse(
            .laterVersion,
            """
            The file is of version \(version): a newer version of the library wrote it, and this one reads version 1. \
            Update the library.
            """
        ) {
            $0.metadata["version"] = version
            $0.metadata["network"] = "what a later version has here"
        }
    }

    @Test("No version", arguments: ["", "0", "01", "+1", "-1", "1.0", " 1", "one", "١", "1\u{0}"])
    func noVersion(_ version: String) throws {
        let error = try refuse(.metadata) { $0.metadata["version"] = version }
        #expect(error?.reason.contains("not a whole number from 1") == true)
        try refuse(.metadata, "The metadata have no \"version\". Write the model anew.") {
            $0.metadata["version"] = nil
        }
    }

    @Test("Broken JSON, with its place")
    func brokenJSON() throws {
        try refuse(.metadata, "The metadata have no \"network\". Write the model anew.") {
            $0.metadata["network"] = nil
        }
        let places = [
            ("{", "line 1, column 2: "), ("{}", "line 1, column 1: \"activation\" is missing."),
            (#"{"a":1,"a":2}"#, "line 1, column 8: "),
            ("[]", "line 1, column 1: An object is expected here"),
            ("{}{}", "line 1, column 3: "),
            (String(repeating: "[", count: 100_000), "line 1, column 9: "),
        ]
        for (json, place) in places {
            let error = try refuse(.metadata) { $0.metadata["network"] = json }
            #expect(
                error?.reason.hasPrefix("The JSON under \"network\" in the metadata, \(place)") == true,
                "\(json.prefix(20)): \(error?.reason ?? "")")
        }
    }

    @Test("Values that no network has")
    func impossibleValues() throws {
        let changes = [
            (
                #""dropout":0.5"#, #""dropout":1"#,
                "dropout: The dropout of FeedForwardNetwork is 0 or more and below 1"
            ),
            (#""dropout":0.5"#, #""dropout":-0.5"#, "dropout: The dropout of FeedForwardNetwork"),
            (#""dropout":0.5"#, #""dropout":1e99"#, "dropout: 1e99 is too large for Float"),
            (#""hidden":[4]"#, #""hidden":[-4]"#, "hidden: A layer's width is not negative: -4."),
            (#""inputs":3"#, #""inputs":-3"#, "inputs: A layer's width is not negative: -3."),
            (#""outputs":2"#, #""outputs":-2"#, "outputs: A layer's width is not negative: -2."),
            (#""inputs":3"#, #""inputs":3.5"#, "inputs: A whole number is expected here, not 3.5."),
            (
                #""inputs":3"#, #""inputs":9223372036854775808"#, "inputs: 9223372036854775808 does not fit"
            ),
            (#""seed":9"#, #""seed":-9"#, "seed: "),
            (
                #""activation":"relu""#, #""activation":"gelu""#,
                "activation: There is no \"gelu\" here. The names here are relu, leakyReLU, tanh, sigmoid, identity."
            ),
            (#""bias":true"#, #""bias":1"#, "bias: True or false is expected here, not a number."),
            (
                #""dropout""#, #""dropuot":0,"dropout""#,
                "dropuot: There is no \"dropuot\" here. Did you mean dropout?"
            ),
        ]
        for (old, new, sentence) in changes {
            let error = try refuse(.metadata) { try $0.replace(old, by: new, in: "network") }
            #expect(error?.reason.contains(": \(sentence)") == true, "\(new): \(error?.reason ?? "")")
        }
    }

    @Test("Any key that is missing, renamed or more, and any value of another type")
    func mutatedJSON() throws {
        let mutations = try jsonMutations(of: try #require(draft.metadata["network"]))
        #expect(mutations.count > 50)
        for (change, json) in mutations {
            var changed = draft
            changed.metadata["network"] = json
            let file = try changed.file()
            let error = #expect(throws: ModelFileError.self, "\(change)") {
                try FeedForwardNetwork(contentsOf: file)
            }
            #expect(error?.kind == .metadata, "\(change)")
        }
    }

    @Test("Tensors that the metadata do not fit are all listed")
    func tensors() throws {
        try refuse(
            .tensors,
            """
            The metadata do not fit the tensors: "fully.0.weight" has the shape [4, 3], not [5, 3]; "fully.0.bias" has \
            the shape [4], not [5]; "fully.1.weight" has the shape [2, 4], not [2, 5]; "fully.1.bias" [2] is missing; \
            "fully.2.bias" [2] is unexpected. Write the model anew, or correct the metadata.
            """
        ) {
            try $0.replace("[4]", by: "[5]", in: "network")
            try $0.tensors[$0.index(of: "fully.1.bias")].name = "fully.2.bias"
        }
        // Transposed, it has as many elements.
        try refuse(.tensors) { try $0.tensors[$0.index(of: "fully.0.weight")].shape = [3, 4] }
        try refuse(.tensors) { try $0.tensors[$0.index(of: "fully.0.bias")].shape = [1, 4] }
        try refuse(.tensors) { try $0.replace("\"bias\":true", by: "\"bias\":false", in: "network") }
        try refuse(.tensors) { try $0.replace("[4]", by: "[4,4]", in: "network") }
        let error = try refuse(.tensors) { draft in
            for index in 0..<30 { draft.tensors.append(("extra.\(index)", [1], .floats([0]))) }
        }
        #expect(error?.reason.contains(" [1] is unexpected; and 10 more. ") == true)
    }

    @Test("What the metadata state is compared before it is allocated")
    func hugeWidths() throws {
        for hidden in ["[1000000000]", "[1000000000,1000000000]", "[\(Int.max),\(Int.max)]"] {
            let clock = ContinuousClock()
            let time = try clock.measure {
                try refuse(.tensors) { try $0.replace("[4]", by: hidden, in: "network") }
            }
            #expect(time < .seconds(5))
        }
    }

    /// Empty tensors may have any shape: each sample would need memory for the outputs of such a layer.
    @Test("A width that no weight has is refused")
    func hugeEmptyLayers() throws {
        let width = 1_000_000_000_000
        let error = try refuse(.metadata) {
            try $0.replace("\"hidden\":[4],\"inputs\":3", by: "\"hidden\":[],\"inputs\":0", in: "network")
            try $0.replace("\"outputs\":2", by: "\"outputs\":\(width)", in: "network")
            try $0.replace("\"bias\":true", by: "\"bias\":false", in: "network")
            $0.tensors = [("fully.0.weight", Shape([width, 0]), .floats([]))]
        }
        #expect(
            error?.reason
                == "A layer of \(width) units without a weight is not read; leave the layer out.")
    }

    @Test("A weight that is not finite", arguments: [Float.nan, .infinity, -.infinity])
    func nonfiniteWeights(_ number: Float) throws {
        try refuse(
            .notFinite,
            "\"fully.1.bias\" has the element \(number). Write a model whose numbers are finite."
        ) { try $0.tensors[$0.index(of: "fully.1.bias")].elements = .floats([0, number]) }
    }

    @Test("A weight too large for a Float, and one of a type that is not read")
    func unreadableTensors() throws {
        let error = try refuse(.unreadable) {
            try $0.tensors[$0.index(of: "fully.1.bias")].elements = .doubles([0, 1e300])
        }
        #expect(error?.reason.hasPrefix("\"fully.1.bias\": Element 1 of the file") == true)
        let network = try #require(draft.metadata["network"]).replacing("\"", with: "\\\"")
            .replacing("[4]", with: "[]").replacing("true", with: "false")
        let file = try uncheckedFile(
            header: """
                {"__metadata__":{"kind":"model","version":"1","network":"\(network)"},\
                "fully.0.weight":{"dtype":"F8_E4M3","shape":[2,3],"data_offsets":[0,6]}}
                """, data: Array(repeating: 0, count: 6))
        let other = expectModelFileError(.unreadable) { _ = try FeedForwardNetwork(contentsOf: file) }
        #expect(
            other?.reason.hasPrefix("\"fully.0.weight\": The type F8_E4M3 is not converted") == true)
    }

    @Test("A byte of the header that is another one breaks nothing but the file")
    func changedBytes() throws {
        let folder = try TemporaryFolder()
        try FeedForwardNetwork(inputs: 3, hidden: [4], outputs: 2).write(to: folder.path())
        let bytes = try folder.bytes()
        let length = 8 + Int(bytes[0]) + Int(bytes[1]) << 8
        var refused = 0
        for index in 0..<length {
            for byte in [0x39, 0x22, bytes[index] ^ 1] {
                var changed = bytes
                changed[index] = byte
                try Data(changed).write(to: URL(filePath: folder.path("changed")))
                do {
                    let network = try FeedForwardNetwork(contentsOf: TensorFile(folder.path("changed")))
                    #expect(network.logits(for: [1, 2, 3]).count == 2)
                } catch { refused += 1 }
            }
        }
        #expect(refused > 2 * length)
    }
}
