import Regularization

/// Which tensors of a file go where.
struct LoadingPlan {
    /// A place that a tensor of that name and shape can fill.
    struct Target {
        let name: String
        let shape: Shape
        var isSelected = true
    }

    /// The index of a target, and the tensor that fills it.
    struct Step {
        let target: Int
        let tensor: RenamedTensor
    }

    /// What is to be read, in the order of the targets.
    private(set) var steps: [Step] = []
    /// The same in names, with what is not read.
    private(set) var summary = LoadingSummary()

    /// Finds the tensor for each target, by the names that rules leave.
    ///
    /// - Throws: `LoadingError` for rules that cannot be applied.
    init(
        _ targets: [Target], from file: TensorFile, _ tensors: [TensorFile.Tensor],
        renaming rules: [TensorRenaming]
    ) throws(LoadingError) {
        let (kept, leftOut) = try file.renamed(tensors, by: rules)
        summary.leftOut = leftOut
        var indices: [ExactName: Int] = [:]
        for (index, target) in targets.enumerated() { indices[ExactName(target.name)] = index }
        var found = [RenamedTensor?](repeating: nil, count: targets.count)
        for tensor in kept {
            guard let index = indices[ExactName(tensor.name)] else {
                summary.unexpected.append(tensor)
                continue
            }
            if targets[index].isSelected {
                found[index] = tensor
            } else {
                summary.leftOut.append(tensor.tensor.name)
            }
        }
        for (index, target) in targets.enumerated() where target.isSelected {
            guard let tensor = found[index] else {
                summary.missing.append(target.name)
                continue
            }
            if tensor.shape == target.shape {
                steps.append(Step(target: index, tensor: tensor))
                summary.loaded.append(tensor)
            } else {
                summary.misshapen.append(.init(tensor: tensor, expected: target.shape))
            }
        }
    }
}
