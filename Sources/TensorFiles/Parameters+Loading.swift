import Regularization

extension Parameters {
    /// Loads tensors of a file by their names, all or none.
    ///
    ///     try network.parameters.load(TensorFile("weights.safetensors"), renaming: [.prefix("module.", to: "")])
    ///
    /// Each parameter takes the tensor of its name and shape. It is an error if a parameter has none, if a tensor has
    /// no parameter, or if the shapes differ; one error lists all. Only what is selected is read, and nothing changes
    /// if anything is wrong, also when reading fails midway.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - rules: What becomes of the names in the file, rule after rule.
    ///   - filter: The parameters to load. The tensors of others are left out.
    ///   - lenient: Whether what fits is loaded and the rest is said in the summary. It is still an error if nothing
    ///     fits, if a rule cannot be applied, and if a tensor that fits cannot be read.
    ///   - exact: Whether it is an error if a number is rounded to a Float.
    ///   - allowingNonfinite: Whether NaN and infinities are loaded, which else are errors.
    /// - Returns: What was loaded, under which name of the file, and what was not.
    /// - Throws: `LoadingError`.
    /// - Complexity: O(names + elements that are read), with memory for a copy of the parameters.
    @discardableResult
    public mutating func load(
        _ file: TensorFile, renaming rules: [TensorRenaming] = [], on filter: ParameterFilter = .all,
        lenient: Bool = false, exact: Bool = false, allowingNonfinite: Bool = false
    ) throws(LoadingError) -> LoadingSummary {
        let selected: Set<Int>
        do { selected = Set(try filter.indices(in: layout)) } catch { throw .filter(error) }
        let targets = layout.tensors.enumerated().map {
            LoadingPlan.Target(name: $1.name, shape: $1.shape, isSelected: selected.contains($0))
        }
        let plan = try LoadingPlan(targets, from: file, file.tensors, renaming: rules)
        guard plan.summary.problems == 0 || lenient && !plan.steps.isEmpty else {
            throw .mismatch(LoadingMismatch(plan, targets, from: file, renaming: rules))
        }
        var staged = self
        for step in plan.steps {
            try staged.read(step, from: file, exact: exact, allowingNonfinite: allowingNonfinite)
        }
        self = staged
        return plan.summary
    }

    private mutating func read(
        _ step: LoadingPlan.Step, from file: TensorFile, exact: Bool, allowingNonfinite: Bool
    ) throws(LoadingError) {
        var weights = mutableWeights(step.target)
        do throws(TensorFileError) {
            try file.read(
                step.tensor, into: &weights.elements, exact: exact, allowingNonfinite: allowingNonfinite)
        } catch { throw .file(error) }
    }

    /// Writes all parameters by their names; see `TensorFileContents` for files with more in them.
    ///
    /// - Parameters:
    ///   - path: The path, which is written whole or not at all.
    ///   - format: The format; by default that of the path's suffix, `.safetensors`, `.npy` or `.npz`.
    ///   - metadata: Texts to write beside the tensors.
    /// - Throws: `TensorFileError` for what the format does not hold, and for what the system refuses.
    /// - Complexity: O(count), without a copy.
    public func write(
        to path: String, as format: TensorFile.Format? = nil, metadata: TensorMetadata = [:]
    ) throws(TensorFileError) {
        var contents = TensorFileContents(metadata: metadata)
        contents.add(self)
        try contents.write(to: path, as: format)
    }
}
