import Regularization

extension OptimizerState {
    /// Writes the state by the names of parameters, see `TensorFileContents.add(_:over:prefix:)`.
    ///
    /// - Parameters:
    ///   - path: The path, which is written whole or not at all.
    ///   - layout: The layout of the parameters that the optimizer has updated.
    /// - Throws: `TensorFileError` for what the format does not hold, and for what the system refuses.
    public func write(to path: String, over layout: Layout) throws(TensorFileError) {
        var contents = TensorFileContents()
        contents.add(self, over: layout)
        try contents.write(to: path)
    }

    /// Loads the state that a file has by the names of parameters, all or nothing.
    ///
    ///     var optimizer = Adam(learningRate: 1e-3)
    ///     try optimizer.state.load(TensorFile("training.safetensors"), over: network.parameters.layout)
    ///
    /// An optimizer that is made as the one was whose state was written then goes on to the same bits. What the file
    /// has under other names is not looked at.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - layout: The layout of the parameters that the optimizer is to update.
    ///   - prefix: What the names begin with.
    /// - Throws: `LoadingError` if the file has no state, if it is that of an optimizer with other buffers, if tensors
    ///   are missing, unexpected or misshapen, or if a number is not finite.
    public mutating func load(
        _ file: TensorFile, over layout: Layout, prefix: String = "optimizer."
    ) throws(LoadingError) {
        var staged = withoutBuffers
        staged.updates = try file.updates(prefix)
        let tensors = file.tensors.filter { $0.name.utf8.starts(with: prefix.utf8) }
        if staged.updates > 0 || !tensors.isEmpty {
            try file.requireBuffers(names, tensors, prefix)
            let targets = names.flatMap { buffer in
                layout.tensors.map {
                    LoadingPlan.Target(name: "\(prefix)\(buffer).\($0.name)", shape: $0.shape)
                }
            }
            let plan = try LoadingPlan(targets, from: file, tensors, renaming: [])
            guard plan.summary.problems == 0 else {
                throw .mismatch(LoadingMismatch(file.path, plan.summary))
            }
            staged.makeBuffers(of: layout.count)
            for step in plan.steps {
                let (buffer, tensor) = step.target.quotientAndRemainder(dividingBy: layout.tensors.count)
                try staged.read(step.tensor, from: file, buffer, layout.tensors[tensor].range)
            }
        }
        self = staged
    }

    private mutating func read(
        _ tensor: RenamedTensor, from file: TensorFile, _ buffer: Int, _ range: Range<Int>
    ) throws(LoadingError) {
        var elements = mutableElements(of: buffer, in: range)
        do throws(TensorFileError) {
            try file.read(tensor, into: &elements, exact: false, allowingNonfinite: false)
        } catch { throw .file(error) }
    }
}

extension TensorFileContents {
    /// Adds the state of an optimizer: each buffer's part of each parameter as a tensor of the parameter's shape, as
    /// `optimizer.mean.fully.0.weight`, and the number of updates as the text `optimizer.updates`.
    ///
    /// Before the first update there are no buffers, and no tensors. The learning rate and other arguments of the
    /// optimizer are not part of its state. Traps if the state belongs to parameters with another number of elements,
    /// or if a tensor has such a name already.
    public mutating func add(_ state: OptimizerState, over layout: Layout, prefix: String = "optimizer.") {
        metadata["\(prefix)updates"] = "\(state.updates)"
        if state.count == 0 { return }
        require(
            state.count == layout.count,
            "The state has \(state.count) numbers in each buffer, and the layout \(layout.count) elements.")
        for (buffer, name) in state.names.enumerated() {
            for tensor in layout.tensors {
                add("\(prefix)\(name).\(tensor.name)", tensor.shape, .buffer(state, buffer, tensor.range))
            }
        }
    }
}

extension TensorFile {
    /// The number of updates that the state of an optimizer in the file says.
    fileprivate func updates(_ prefix: String) throws(LoadingError) -> Int {
        let key = "\(prefix)updates"
        guard let text = metadata[key] else {
            throw .file(
                TensorFileError(
                    .malformed, in: path,
                    "It has no state of an optimizer, which has a number of updates as the text \(quoted(key))."
                ))
        }
        // Far from the number that no update could follow.
        guard let updates = Int(text), 0...Int.max / 2 ~= updates else {
            throw .file(
                TensorFileError(
                    .malformed, in: path,
                    "The text \(quoted(key)) is \(quoted(text)), and no number of updates from 0 to \(Int.max / 2)."
                ))
        }
        return updates
    }

    /// Throws if the names of buffers, up to their first dot, are not those of the optimizer.
    fileprivate func requireBuffers(
        _ expected: [String], _ tensors: [Tensor], _ prefix: String
    ) throws(LoadingError) {
        func buffer(_ name: Substring) -> ExactName { ExactName(String(name.prefix { $0 != "." })) }
        let found = Set(tensors.map { buffer(Substring($0.name.utf8.dropFirst(prefix.utf8.count))) })
        if found == Set(expected.map { buffer($0[...]) }) { return }
        throw .otherOptimizer(buffers: found.sorted().map(\.name), expected: expected, in: path)
    }
}
