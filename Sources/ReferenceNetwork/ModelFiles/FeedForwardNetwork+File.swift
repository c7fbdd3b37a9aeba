import Regularization
import StrictJSON
import TensorFiles

/// A network as one file, whose formulas and metadata `TabularModel` describes.
///
///     try network.write(to: "network.safetensors")
///     let same = try FeedForwardNetwork(contentsOf: TensorFile("network.safetensors"))
///
/// The network that is read has the same logits to the bit, and the same dropout. Penalties on outputs are part of a
/// training, and no part of the file.
extension FeedForwardNetwork {
    /// Writes the network as a safetensors file, whole or not at all; the same network gives the same bytes.
    ///
    /// Traps if the parameters have been replaced by some that are not those of the layers.
    ///
    /// - Throws: `TensorFileError` if a weight is NaN or infinite, and for what the system refuses.
    /// - Complexity: O(bytes).
    public func write(to path: String) throws(TensorFileError) {
        try fileContents(at: path).write(to: path, as: .safetensors)
    }

    /// What the file of the network at a path contains.
    func fileContents(at path: String) throws(TensorFileError) -> TensorFileContents {
        let description = NetworkDescription(of: self)
        let tensors = parameters.layout.tensors
        require(
            tensors.map { ExactName($0.name) } == description.tensors.map { ExactName($0.name) }
                && tensors.map(\.shape.dimensions) == description.tensors.map(\.dimensions),
            "The parameters are not those of the network's layers, and cannot be written as such.")
        if let (name, value) = parameters.firstNonfinite {
            throw TensorFileError(
                .unwritable, in: path, tensor: name,
                """
                It has the element \(value), and no model of it could be read. Lower the learning rate, clip the \
                gradients, or scale the features.
                """)
        }
        var contents = TensorFileContents(metadata: ModelFile.metadata)
        contents.metadata["network"] = jsonText(description)
        contents.add(parameters)
        return contents
    }

    /// Reads a network from a file that `write(to:)` wrote, or that has the same tensors and metadata.
    ///
    /// Weights of other types than F32 are converted. Nothing of a size that the metadata state is allocated before the
    /// tensors are known to have it.
    ///
    /// - Throws: `ModelFileError` for a file of weights alone, for one of another kind or of a later version, for
    ///   metadata that are broken or do not fit the tensors, for a weight that is NaN or infinite, and for the file of
    ///   a `TabularModel`, whose scaling would be lost.
    /// - Complexity: O(bytes).
    public init(contentsOf file: TensorFile) throws(ModelFileError) {
        let model = try ModelFile(file)
        guard !model.has("table") else {
            throw model.error(
                .otherModel,
                """
                The file has a network with the columns of a table and their scaling, without which its predictions \
                would be wrong. Read it with TabularModel(contentsOf:), which has the network too.
                """)
        }
        self = try model.network(model.decode("network"))
    }

    /// Makes a network of the parameters of its layers.
    init(_ description: NetworkDescription, parameters: Parameters) {
        self.parameters = parameters
        inputs = description.inputs
        hidden = description.hidden
        outputs = description.outputs
        widths = hidden + [outputs]
        bias = description.bias
        activation = description.activation
        dropout = description.dropout
        loss = description.loss
        seed = description.seed
    }
}
