import Regularization
import StrictJSON
import TensorFiles

/// The file of a model, for readers in any language.
///
/// It is a safetensors file; matrices are row-major. A network with n hidden layers has these tensors:
///
///     tensor               type  shape              meaning
///     fully.N.weight       F32   [units, inputs]    W of layer N = 0, …, n
///     fully.N.bias         F32   [units]            b of layer N; there is none if "bias" is false, and b is 0
///     scaling.offsets      F64   [features]         as below; both or none
///     scaling.factors      F64   [features]
///     targets.offsets      F64   [target columns]   as below; both or none
///     targets.factors      F64   [target columns]
///
/// The metadata, each a text:
///
///     kind      model
///     version   1
///     network   JSON: {"activation", "bias", "dropout", "hidden", "inputs", "loss", "outputs", "seed"}
///     table     JSON: {"features": [names in the order of the inputs],
///                      "target": {"classes": {"column", "names": [in the order of the outputs]}}
///                            or {"values": {"columns": [in the order of the outputs]}},
///                      "excluded": [columns left out], "format": {"separator", "decimalMark"}}
///     scaling   JSON: {"features": whether there are scaling.…, "targets": whether there are targets.…}
///
/// A `FeedForwardNetwork` without a table has the tensors `fully.…` and the first three metadata alone.
///
/// The prediction for the features x of a row:
///
///     1. x ← (x − scaling.offsets) · scaling.factors, computed in 64 bits from x as F32, then rounded to F32
///     2. for N = 0, …, n: x ← W·x + b, and for N < n then x ← activation(x):
///            relu max(0, x); leakyReLU x if x ≥ 0, else 0.01·x; tanh; sigmoid 1/(1 + e⁻ˣ); identity x
///     3. by the "loss", for the outputs z of the last layer:
///            softmaxCrossEntropy   probabilities e^zⱼ / Σₖ e^zₖ; the class of the largest z is predicted, the first of
///                                  equal ones
///            binaryCrossEntropy    probabilities 1/(1 + e⁻ᶻ); with two classes that of the second one, which is
///                                  predicted if z > 0
///            meanSquaredError      values z · targets.factors + targets.offsets, computed in 64 bits, then rounded to
///                                  F32; z without them
///
/// Dropout and the seed are those of a training that goes on, and change no prediction.
extension TabularModel {
    /// Writes the model as a safetensors file, whole or not at all; the same model gives the same bytes.
    ///
    /// - Throws: `TensorFileError` if a weight is NaN or infinite, and for what the system refuses.
    /// - Complexity: O(bytes).
    public func write(to path: String) throws(TensorFileError) {
        var contents = try network.fileContents(at: path)
        contents.metadata["table"] = jsonText(schema)
        contents.metadata["scaling"] = jsonText(
            Scalings(features: scaling != nil, targets: targetScaling != nil))
        if let scaling {
            contents.add("scaling.offsets", [scaling.offsets.count], doubles: scaling.offsets)
            contents.add("scaling.factors", [scaling.factors.count], doubles: scaling.factors)
        }
        if let targetScaling {
            contents.add("targets.offsets", [targetScaling.offsets.count], doubles: targetScaling.offsets)
            contents.add("targets.factors", [targetScaling.factors.count], doubles: targetScaling.factors)
        }
        try contents.write(to: path, as: .safetensors)
    }

    /// Reads a model from a file that `write(to:)` wrote, or that has the same tensors and metadata.
    ///
    /// Weights of other types than F32 are converted; the numbers of scalings are F64. Nothing of a size that the
    /// metadata state is allocated before the tensors are known to have it.
    ///
    /// - Throws: `ModelFileError` for a file of weights or of a network alone, for one of another kind or of a later
    ///   version, for metadata that are broken or do not fit the tensors or each other, and for a number that is NaN
    ///   or infinite.
    /// - Complexity: O(bytes).
    public init(contentsOf file: TensorFile) throws(ModelFileError) {
        let model = try ModelFile(file)
        guard model.has("table") else {
            throw model.error(
                .otherModel,
                """
                The file has a network without the columns of a table. Read it with FeedForwardNetwork(contentsOf:).
                """)
        }
        let description = try model.decode("network", as: NetworkDescription.self)
        let schema = try model.decode("table", as: TableSchema.self)
        let scalings = try model.decode("scaling", as: Scalings.self)
        let network = try model.network(description, beside: scalings.tensors(of: description))
        let features = scalings.features ? try model.scaling("scaling") : nil
        let targets = scalings.targets ? try model.scaling("targets") : nil
        do throws(ArgumentError) {
            try self.init(
                checking: network, schema: schema,
                scaling: features.map { FeatureScaling(offsets: $0.offsets, factors: $0.factors) },
                targetScaling: targets.map { TargetScaling(offsets: $0.offsets, factors: $0.factors) })
        } catch {
            throw model.error(.metadata, "\(error.description) Write the model anew.")
        }
    }
}

/// Which scalings a file has.
private struct Scalings: Codable {
    let features: Bool
    let targets: Bool

    /// The names and dimensions of their tensors beside a network.
    func tensors(of network: NetworkDescription) -> [(name: String, dimensions: [Int])] {
        var tensors: [(name: String, dimensions: [Int])] = []
        if features {
            tensors += ["scaling.offsets", "scaling.factors"].map { ($0, [network.inputs]) }
        }
        if targets {
            tensors += ["targets.offsets", "targets.factors"].map { ($0, [network.outputs]) }
        }
        return tensors
    }
}
