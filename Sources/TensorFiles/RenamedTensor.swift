import Regularization
import StrictJSON

/// A tensor of a file and what the rules of renaming made of it.
public struct RenamedTensor: Sendable, Hashable, CustomStringConvertible {
    /// The tensor as it is in the file.
    public let tensor: TensorFile.Tensor
    /// The name after all rules.
    public internal(set) var name: String
    /// Whether the matrix is transposed when it is read.
    public internal(set) var isTransposed = false

    /// The shape in which the tensor is read.
    public var shape: Shape { isTransposed ? Shape(tensor.shape.dimensions.reversed()) : tensor.shape }

    /// The name in the file, and the name after the rules where it is another one.
    public var description: String {
        let renamed = ExactName(name) == ExactName(tensor.name) ? "" : " as \(quoted(name))"
        return "\(quoted(tensor.name))\(renamed)\(isTransposed ? ", transposed" : "")"
    }
}

extension TensorFile {
    /// The tensors with their names after all rules, and the names in the file of those that a rule leaves out.
    ///
    /// - Throws: `LoadingError` for a rule that matches no tensor or cannot be applied to one, and for two tensors that
    ///   get one name.
    func renamed(
        _ tensors: [Tensor], by rules: [TensorRenaming]
    ) throws(LoadingError) -> (kept: [RenamedTensor], leftOut: [String]) {
        var kept = tensors.map { RenamedTensor(tensor: $0, name: $0.name) }
        var leftOut: [String] = []
        for rule in rules {
            let before = kept
            kept = try apply(rule, to: before, &leftOut)
        }
        var names: [ExactName: Int] = [:]
        for (index, tensor) in kept.enumerated() {
            if let other = names.updateValue(index, forKey: ExactName(tensor.name)) {
                throw .sameName(tensor.name, of: [kept[other].tensor.name, tensor.tensor.name], in: path)
            }
        }
        return (kept, leftOut)
    }

    private func apply(
        _ rule: TensorRenaming, to tensors: [RenamedTensor], _ leftOut: inout [String]
    ) throws(LoadingError) -> [RenamedTensor] {
        let outcome: (String) -> TensorRenaming.Outcome
        do { outcome = try rule.function() } catch {
            throw .renaming(rule, in: path, reason: error.reason)
        }
        var (kept, isUsed): ([RenamedTensor], Bool) = ([], false)
        for tensor in tensors {
            switch outcome(tensor.name) {
            case .unmatched: kept.append(tensor)
            case .omitted:
                leftOut.append(tensor.tensor.name)
                isUsed = true
            case .renamed(let name, let isTransposed):
                if isTransposed, tensor.shape.rank != 2 {
                    throw .renaming(
                        rule, in: path,
                        reason:
                            "\(tensor) has the shape \("\(tensor.shape)".shortened); only a matrix can be transposed."
                    )
                }
                var renamed = tensor
                renamed.name = name
                renamed.isTransposed = tensor.isTransposed != isTransposed
                kept.append(renamed)
                isUsed = true
            }
        }
        if isUsed { return kept }
        let near = rule.nearest(among: tensors.prefix(1_000).map(\.name)).map { quoted($0) }
        throw .renaming(
            rule, in: path,
            reason: """
                It matches no tensor.\(near.suggestion) \
                The names here are \(tensors.map(\.name).shown { quoted($0) }).
                """)
    }
}
