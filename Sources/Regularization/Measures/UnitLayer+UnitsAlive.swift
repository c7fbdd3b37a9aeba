extension UnitLayer {
    /// The number of units with an outgoing weight that is not exactly zero, or of a layer that states no outgoing
    /// weights, with an incoming weight or a bias.
    ///
    /// - Throws: `ViewError` for tensors that the parameters do not have, or that do not fit together.
    package func unitsAlive(at parameters: Parameters) throws -> Int {
        let own = outgoing.isEmpty ? view : UnitLayer(name, outgoing: outgoing).view
        return try parameters.withViews(on: own) { $0.shape.rows - $0.deadGroups(.rows) }.reduce(0, +)
    }
}
