extension Parameters {
    /// Lends each tensor that a regularizer on a view would see, and returns what the function makes of them.
    ///
    ///     let sums = try network.parameters.withViews(on: network.units[0]) { L1().value(at: $0) }
    ///
    /// Weights that lie apart are copied. Throws `ViewError` where the view is not found, and what the function throws.
    public func withViews<Result>(
        on view: some WeightsView, _ body: (Weights) throws -> Result
    ) throws -> [Result] {
        let views = try view.view.resolved(in: layout)
        var scratch = ViewScratch(for: views)
        var results: [Result] = []
        for view in views { try view.forEach(in: elements, &scratch) { results.append(try body($0)) } }
        return results
    }

    /// Lends each tensor that a regularizer on a view would see, to change; throws where the view is not found.
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
    /// Lends each tensor of the gradient that belongs to what a regularizer on a view would see, and returns what the
    /// function makes of them.
    ///
    ///     try gradients.withViews(on: network.units[0]) { try GroupLasso(.rows).smallestZeroingStrength(gradient: $0) }
    public func withViews<Result>(
        on view: some WeightsView, _ body: (Weights) throws -> Result
    ) throws -> [Result] {
        try tensors.withViews(on: view, body)
    }

    /// Lends each tensor of the gradient that belongs to what a regularizer on a view would see, to change.
    public mutating func withMutableViews(
        on view: some WeightsView, _ body: (inout MutableWeights) -> Void
    ) throws(ViewError) {
        try tensors.withMutableViews(on: view, body)
    }
}
