extension Parameters {
    /// Calls a function with each tensor that a regularizer on a view is given, and returns the results in order.
    ///
    ///     let sums = try network.parameters.withViews(on: network.units[0]) { L1().value(at: $0) }
    ///
    /// Elements that are not contiguous are copied into temporary memory. Throws `ViewError` if the view cannot be
    /// resolved, and rethrows the function's errors.
    public func withViews<Result>(
        on view: some WeightsView, _ body: (Weights) throws -> Result
    ) throws -> [Result] {
        let views = try view.view.resolved(in: layout)
        var scratch = ViewScratch(for: views)
        var results: [Result] = []
        for view in views { try view.forEach(in: elements, &scratch) { results.append(try body($0)) } }
        return results
    }

    /// Calls a function with each tensor that a regularizer on a view is given, to read and to write.
    ///
    /// Elements that are not contiguous are copied into temporary memory and back. Throws if the view cannot be
    /// resolved.
    public mutating func withMutableViews(
        on view: some WeightsView, _ body: (inout MutableWeights) -> Void
    ) throws(ViewError) {
        let views = try view.view.resolved(in: layout)
        var scratch = ViewScratch(for: views)
        var elements = mutableElements
        for view in views {
            view.change(&elements, beside: Span(), &scratch) { weights, _ in body(&weights) }
        }
    }
}

extension Gradients {
    /// Calls a function with each tensor of gradients that belongs to a tensor that a regularizer on a view is given,
    /// and returns the results in order.
    ///
    ///     try gradients.withViews(on: network.units[0]) {
    ///         try GroupLasso(.rows).smallestZeroingStrength(gradient: $0)
    ///     }
    ///
    /// Elements that are not contiguous are copied into temporary memory. Throws `ViewError` if the view cannot be
    /// resolved, and rethrows the function's errors.
    public func withViews<Result>(
        on view: some WeightsView, _ body: (Weights) throws -> Result
    ) throws -> [Result] {
        try tensors.withViews(on: view, body)
    }

    /// Calls a function with each tensor of gradients that belongs to a tensor that a regularizer on a view is given,
    /// to read and to write.
    ///
    /// Elements that are not contiguous are copied into temporary memory and back. Throws if the view cannot be
    /// resolved.
    public mutating func withMutableViews(
        on view: some WeightsView, _ body: (inout MutableWeights) -> Void
    ) throws(ViewError) {
        try tensors.withMutableViews(on: view, body)
    }
}
