import Foundation
import TensorFiles

/// Writes tensor files and models into a folder, and what is right for each as manifest.json: Interchange FOLDER.
@main
struct Interchange {
    static func main() throws {
        let folder = CommandLine.arguments[1]
        let manifest = Manifest(
            files: try TensorSamples.write(to: folder), models: try ModelSamples.write(to: folder))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(manifest).write(to: URL(filePath: "\(folder)/manifest.json"))
    }
}

struct Manifest: Encodable {
    let files: [File]
    let models: [ModelFile]

    struct File: Encodable {
        let file: String
        let metadata: [String: String]
        let tensors: [Tensor]
    }

    struct Tensor: Encodable {
        let name: String
        let dtype: String
        let shape: [Int]
        /// The bits of the elements in hexadecimal digits, row-major.
        let bits: [String]
    }

    /// A model and its own predictions for the rows of a table.
    struct ModelFile: Encodable {
        let file: String
        let rows: String
        /// The names of the predicted classes; empty for values.
        var labels: [String] = []
        /// The probabilities or values, row-major.
        var outputs: [Float] = []
    }
}
