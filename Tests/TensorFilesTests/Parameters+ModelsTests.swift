import Foundation
import ReferenceNetwork
import Regularization
import TensorFiles
import Testing

/// A model of PyTorch or Keras in `Reference/models`, with what it computes.
struct ReferenceModel: Decodable {
    let hidden: [Int]
    let inputs: [[Float]]
    let logits64: [[Double]]
    let classes: [Int]

    init(_ name: String) throws {
        let data = try Data(contentsOf: URL(filePath: Manifest.path("models/\(name).json")))
        self = try JSONDecoder().decode(Self.self, from: data)
    }

    /// A network of the model's shape with weights of its own.
    var network: FeedForwardNetwork {
        FeedForwardNetwork(inputs: inputs[0].count, hidden: hidden, outputs: logits64[0].count)
    }

    /// The largest difference between the network's logits and those of the model.
    func difference(_ network: FeedForwardNetwork) -> Double {
        let logits = network.logits(for: inputs.flatMap(\.self))
        let expected = logits64.flatMap(\.self)
        guard logits.count == expected.count, logits.allSatisfy(\.isFinite) else { return .infinity }
        return zip(logits, expected).map { abs(Double($0) - $1) }.max() ?? .infinity
    }
}

@Suite("Models of PyTorch and Keras compute the same here")
struct ParametersModelsTests {
    /// What becomes of Keras' names.
    static let kerasRules: [TensorRenaming] = [
        .pattern("*/kernel", to: "*/weight", transposed: true), .prefix("first/", to: "fully.0."),
        .prefix("second/", to: "fully.1."), .prefix("last/", to: "fully.2."),
    ]

    @Test(
        "The logits are those of the library",
        arguments: [
            ("article", "article.safetensors", []),
            ("data-parallel", "data-parallel.safetensors", [.prefix("module.", to: "")]),
            (
                "sequential", "sequential.safetensors",
                [
                    .prefix("net.0.", to: "fully.0."), .prefix("net.3.", to: "fully.1."),
                    .prefix("net.6.", to: "fully.2."),
                ]
            ),
            ("keras", "keras.safetensors", kerasRules), ("keras", "keras.npz", kerasRules),
        ] as [(String, String, [TensorRenaming])])
    func logits(name: String, file: String, rules: [TensorRenaming]) throws {
        let model = try ReferenceModel(name)
        var network = model.network
        #expect(model.difference(network) > 0.01)
        let summary = try network.parameters.load(
            TensorFile(Manifest.path("models/\(file)")), renaming: rules, exact: true)
        #expect(summary.loaded.count == network.parameters.layout.tensors.count)
        #expect(model.difference(network) < 1e-5)
        let classes = (0..<model.logits64[0].count).map { "\($0)" }
        let samples = Samples(
            features: model.inputs.flatMap(\.self), inputs: model.inputs[0].count,
            targets: .classes(model.classes, names: classes))
        #expect(network.accuracy(on: samples) == 1)
    }

    @Test(
        "A strict loading without rules proposes them",
        arguments: [
            ("data-parallel", #"renaming: [.prefix("module.", to: "")]"#),
            (
                "sequential",
                """
                renaming: [.prefix("net.0.", to: "fully.0."), .prefix("net.3.", to: "fully.1."), \
                .prefix("net.6.", to: "fully.2.")]
                """
            ),
        ])
    func proposal(name: String, code: String) throws {
        let model = try ReferenceModel(name)
        let file = try TensorFile(Manifest.path("models/\(name).safetensors"))
        var network = model.network
        let error = try #require(throws: LoadingError.self) { try network.parameters.load(file) }
        #expect("\(error)".contains("All of them fit with \(code)."))
        #expect(network.parameters.bits == model.network.parameters.bits)
        guard case .mismatch(let mismatch) = error else { throw error }
        try network.parameters.load(file, renaming: mismatch.proposal)
        #expect(model.difference(network) < 1e-5)
    }

    @Test("Keras' kernels without transposing are named, and proposed to be transposed")
    func kernels() throws {
        let model = try ReferenceModel("keras")
        let file = try TensorFile(Manifest.path("models/keras.safetensors"))
        var network = model.network
        var rules = Self.kerasRules
        rules[0] = .pattern("*/kernel", to: "*/weight")
        let error = try #require(throws: LoadingError.self) {
            try network.parameters.load(file, renaming: rules)
        }
        guard case .mismatch(let mismatch) = error else { throw error }
        #expect(mismatch.summary.misshapen.count == 3)
        try network.parameters.load(file, renaming: mismatch.proposal)
        #expect(model.difference(network) < 1e-5)
    }
}
