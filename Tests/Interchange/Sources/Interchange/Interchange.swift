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
            for name in try FileManager.default.contentsOfDirectory(atPath: arguments[2]) {
                let file = "\(arguments[2])/\(name)"
                let model = try TabularModel(contentsOf: TensorFile(file))
                manifest.models.append(try Manifest.Model(model, in: file, predicting: arguments[3]))
            }
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

        init(_ model: TabularModel, in file: String, predicting table: String) throws {
            (self.file, self.table) = (file, table)
            let predictions = try model.predictions(in: .file(table), extraColumns: .ignored)
            labels = predictions.labels
            switch predictions {
            case .classes(_, _, let probabilities): outputs = probabilities
            case .values(let values, _): outputs = values
            }
        }
    }
}
