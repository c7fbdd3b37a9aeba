import Regularization
import StrictJSON
import TensorFiles

/// A tensor file whose metadata say that it is a model of a version that can be read.
struct ModelFile {
    private let file: TensorFile

    /// The version that is written.
    private static let version = "1"

    /// The metadata of every model, to which those of its parts are added.
    static var metadata: TensorMetadata { ["kind": "model", "version": version] }

    /// Checks the kind and the version.
    init(_ file: TensorFile) throws(ModelFileError) {
        self.file = file
        guard let kind = file.metadata["kind"] else {
            throw error(
                .noModel,
                """
                The file has tensors, but its metadata describe no model, as those of a PyTorch state_dict. Make the \
                network in code, and load the weights into it: network.parameters.load(file).
                """)
        }
        guard kind == "model" else {
            throw error(
                .noModel, "The file is of the kind \(quoted(kind)), not a model. Pass the file of a model.")
        }
        guard let version = file.metadata["version"] else {
            throw error(.metadata, "The metadata have no \"version\". Write the model anew.")
        }
        if version == Self.version { return }
        // Digits of any length.
        guard version.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let first = version.utf8.first,
            first != 0x30
        else {
            throw error(
                .metadata,
                "The version in the metadata is \(quoted(version)), not a whole number from 1. Write the model anew."
            )
        }
        throw error(
            .laterVersion,
            """
            The file is of version \(version.shortened): a newer version of the library wrote it, and this one reads \
            version \(Self.version). Update the library.
            """)
    }

    /// Whether there are metadata under a key.
    func has(_ key: String) -> Bool { file.metadata[key] != nil }

    /// An error about the file.
    func error(_ kind: ModelFileError.Kind, _ reason: String) -> ModelFileError {
        ModelFileError(kind, in: file, reason)
    }

    /// The value that the JSON under a key of the metadata describes.
    func decode<Value: Codable>(
        _ key: String, as type: Value.Type = Value.self
    ) throws(ModelFileError) -> Value {
        guard let text = file.metadata[key] else {
            throw error(.metadata, "The metadata have no \"\(key)\". Write the model anew.")
        }
        do {
            return try JSONDocument(Array(text.utf8), levels: 8).decode(Strict<Value>.self).value
        } catch {
            throw self.error(.metadata, "The JSON under \"\(key)\" in the metadata, \(error)")
        }
    }
}

/// A value whose JSON may have no other keys than those that it writes.
private struct Strict<Value: Codable>: Decodable {
    let value: Value

    init(from decoder: any Decoder) throws {
        value = try Value(from: decoder)
        try decoder.refuseKeys(notEncodedBy: value)
    }
}

extension ModelFile {
    /// The network that the metadata describe, once they fit the tensors: those of the network, and others of these
    /// names and dimensions.
    ///
    /// Nothing is allocated that has not its size in the file.
    func network(
        _ description: NetworkDescription, beside others: [(name: String, dimensions: [Int])] = []
    ) throws(ModelFileError) -> FeedForwardNetwork {
        try checkTensors(description.tensors + others)
        let layout = Layout(description.tensors.map { ($0.name, Shape($0.dimensions)) })
        // A layer whose weights are empty may be of any width, for which each sample would need memory.
        let largest = max(layout.count, 1 << 16)
        if let width = (description.hidden + [description.outputs]).first(where: { $0 > largest }) {
            throw error(
                .metadata, "A layer of \(width) units without a weight is not read; leave the layer out.")
        }
        return FeedForwardNetwork(description, parameters: try parameters(layout))
    }

    /// Checks that the file has these tensors and no others.
    private func checkTensors(_ expected: [(name: String, dimensions: [Int])]) throws(ModelFileError) {
        var faults: [String] = []
        for (name, dimensions) in expected {
            let shape = "\(dimensions)".shortened
            guard let tensor = file[name] else {
                faults.append("\(quoted(name)) \(shape) is missing")
                continue
            }
            if tensor.shape.dimensions != dimensions {
                faults.append("\(quoted(name)) has the shape \("\(tensor.shape)".shortened), not \(shape)")
            }
        }
        let names = Set(expected.map { ExactName($0.name) })
        for tensor in file.tensors where !names.contains(ExactName(tensor.name)) {
            faults.append("\(quoted(tensor.name)) \("\(tensor.shape)".shortened) is unexpected")
        }
        if faults.isEmpty { return }
        let limit = 20
        let rest = faults.count > limit ? "; and \(faults.count - limit) more" : ""
        throw error(
            .tensors,
            """
            The metadata do not fit the tensors: \(faults.prefix(limit).joined(separator: "; "))\(rest). Write the \
            model anew, or correct the metadata.
            """)
    }

    /// The tensors of a layout, which are there and of these shapes.
    private func parameters(_ layout: Layout) throws(ModelFileError) -> Parameters {
        var parameters = Parameters(zeros: layout)
        for (index, tensor) in layout.tensors.enumerated() {
            do { try read(tensor.name, into: &parameters, index) } catch { throw unreadable(error) }
        }
        if let (name, value) = parameters.firstNonfinite { throw notFinite(name, value) }
        return parameters
    }

    private func read(
        _ name: String, into parameters: inout Parameters, _ index: Int
    ) throws(TensorFileError) {
        var weights = parameters.mutableWeights(index)
        try file.read(name, into: &weights.elements)
    }

    /// The offsets and factors of a scaling, which are there.
    func scaling(_ name: String) throws(ModelFileError) -> (offsets: [Double], factors: [Double]) {
        (try doubles(of: "\(name).offsets"), try doubles(of: "\(name).factors"))
    }

    private func doubles(of name: String) throws(ModelFileError) -> [Double] {
        if let type = file[name]?.type, type != .float64 {
            throw error(.tensors, "\(quoted(name)) is of the type \(type.name), not F64. Write it as it was.")
        }
        let numbers: [Double]
        do { numbers = try file.doubles(of: name) } catch { throw unreadable(error) }
        if let number = numbers.first(where: { !$0.isFinite }) { throw notFinite(name, number) }
        return numbers
    }

    private func notFinite(_ name: String, _ value: Double) -> ModelFileError {
        error(.notFinite, "\(quoted(name)) has the element \(value). Write a model whose numbers are finite.")
    }

    private func unreadable(_ error: TensorFileError) -> ModelFileError {
        let place = error.tensor.map { "\(quoted($0)): " } ?? ""
        return self.error(.unreadable, place + error.reason)
    }
}
