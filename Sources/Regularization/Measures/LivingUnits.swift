/// The weights by which the units of a layer are alive, found among some parameters: its outgoing weights, or where it
/// states none, its incoming weights and biases.
package struct LivingUnits: Sendable {
    /// The name of the layer.
    package let name: String
    private let units: Int
    private let parts: [Part]

    /// A tensor whose elements are an array outer × units × inner.
    private struct Part {
        let offset: Int
        let outer: Int
        let inner: Int
    }

    /// Finds the weights; throws for tensors that the parameters do not have, or that do not fit together.
    package init(of layer: UnitLayer, in layout: Layout) throws(ViewError) {
        name = layer.name
        let axes = layer.outgoing.isEmpty ? layer.incoming + layer.biases : layer.outgoing.map(\.weights)
        units = try ParameterView(form: .axes(axes)).resolved(in: layout)[0].shape.rows
        var parts: [Part] = []
        for axis in axes {
            guard let tensor = layout.index(of: axis.tensor).map({ layout.tensors[$0] }) else { continue }
            let dimensions = tensor.shape.dimensions
            parts.append(
                Part(
                    offset: tensor.range.lowerBound,
                    outer: dimensions[..<axis.axis].reduce(axis.repeats, *),
                    inner: dimensions[(axis.axis + 1)...].reduce(axis.block, *)))
        }
        self.parts = parts
    }

    /// The number of units with a weight that is not exactly zero.
    ///
    /// - Complexity: O(weights), at the speed of memory.
    package func count(at parameters: Parameters) -> Int {
        let elements = parameters.elements
        // But for the sign's bit a zero has no bit, and all else at least one.
        var bits = [UInt32](repeating: 0, count: units)
        var found = bits.mutableSpan
        for part in parts {
            for outer in 0..<part.outer {
                let row = elements.extracting(
                    (part.offset + outer * units * part.inner)..<(part.offset + (outer + 1) * units
                        * part.inner)
                )
                if part.inner == 1 {
                    for unit in 0..<found.count {
                        found[unchecked: unit] |= row[unchecked: unit].bitPattern << 1
                    }
                } else {
                    for unit in 0..<units {
                        var any: UInt32 = 0
                        for index in unit * part.inner..<(unit + 1) * part.inner {
                            any |= row[unchecked: index].bitPattern << 1
                        }
                        found[unit] |= any
                    }
                }
            }
        }
        return bits.count { $0 != 0 }
    }
}
