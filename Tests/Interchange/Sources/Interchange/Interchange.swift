import Foundation
import ReferenceNetwork
import TensorFiles

/// Writes tensor files and models into a folder, and as manifest.json what is in each and what the models predict.
///
/// Interchange FOLDER [MODELS TABLE]: with what the models in a folder predict for a table, too.
@main
struct Interchange {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let folder = arguments[1]
        var manifest = Manifest(
            files: try TensorSamples.write(to: folder), models: try ModelSamples.write(to: folder))
        if arguments.count > 1 {
            manifest.models += try FileManager.default.contentsOfDirectory(atPath: arguments[2])
                .map { try Manifest.Model(predicting: arguments[3], by: "\(arguments[2])/\($0)") }
        }
        try JSONEncoder().encode(manifest).write(to: URL(filePath: "\(folder)/manifest.json"))
    }
}

struct Manifest: Encodable {
    let files: [File]
    var models: [Model]

    struct File: Encodable {
        let file: String
        /// Keys and texts.
        let metadata: [[String]]
        let tensors: [Tensor]
    }

    struct Tensor: Encodable {
        let name: String
        let dtype: String
        let shape: [Int]
        /// The bits of the elements in hexadecimal digits, row-major.
        let bits: [String]
    }

    /// A model, and what it predicts for the rows of a table; both are paths.
    struct Model: Encodable {
        let file: String
        let table: String
        /// The names of the predicted classes; empty for values.
        let labels: [String]
        /// The probabilities of all classes, or the values, row-major.
        let outputs: [Float]

        init(predicting table: String, by file: String) throws {
            (self.file, self.table) = (file, table)
            let predictions = try TabularModel(contentsOf: TensorFile(file))
                .predictions(in: .file(table), extraColumns: .ignored)
            labels = predictions.labels
            switch predictions {
            case .classes(_, _, let probabilities): outputs = probabilities
            case .values(let values, _): outputs = values
            }
        }
    }
}
