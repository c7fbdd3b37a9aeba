import Foundation
import ReferenceNetwork

/// A model of PyTorch or Keras beside the tests of tensor files, with what it computes.
struct ReferenceModel: Decodable {
    let hidden: [Int]
    let inputs: [[Float]]
    let logits64: [[Double]]
    let softmax64: [[Double]]
    /// The path of its weights.
    var weights = ""

    private enum CodingKeys: CodingKey { case hidden, inputs, logits64, softmax64 }

    init(_ name: String) throws {
        let file = Document.file("Tests/TensorFilesTests/Reference/models/\(name)")
        let data = try Data(contentsOf: file.appendingPathExtension("json"))
        self = try JSONDecoder().decode(Self.self, from: data)
        weights = file.appendingPathExtension("safetensors").path
    }

    /// A network of the model's shape with weights of its own.
    var network: FeedForwardNetwork {
        FeedForwardNetwork(inputs: inputs[0].count, hidden: hidden, outputs: logits64[0].count)
    }

    /// The largest difference between the network's logits and those of the model.
    func difference(_ network: FeedForwardNetwork) -> Double {
        let logits = network.logits(for: inputs.flatMap(\.self))
        return zip(logits, logits64.flatMap(\.self)).map { abs(Double($0) - $1) }.reduce(0, max)
    }
}

/// The path of a new file.
func temporaryPath(_ name: String) -> String {
    FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)-\(name)").path
}
