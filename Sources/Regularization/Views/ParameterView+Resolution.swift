extension ParameterView {
    /// The view among the tensors of a layout, as one `ResolvedView` for each tensor that a regularizer is given (one
    /// in all for the rows of `.eachUnit`).
    ///
    /// Throws `ViewError` if a filter cannot be resolved, if tensors do not fit together, if an element would be in one
    /// view twice, or if the view is empty.
    func resolved(in layout: Layout) throws(ViewError) -> [ResolvedView] {
        let matrices = try form.matrices(in: layout)
        if matrices.isEmpty { throw .mismatch("the view \(self) selects nothing") }
        return matrices.map { ResolvedView($0, in: layout) }
    }
}

extension ParameterView.Form {
    /// The matrices of the view; throws if one of them has an element twice.
    fileprivate func matrices(in layout: Layout) throws(ViewError) -> [ViewMatrix] {
        let matrices = try found(in: layout)
        for matrix in matrices {
            var seen: Set<Int> = []
            for block in matrix.blocks where !seen.insert(block.tensor).inserted {
                throw .mismatch(
                    "\(layout.tensors[block.tensor].name) is in one view twice; every element is in it once")
            }
        }
        return matrices
    }

    private func found(in layout: Layout) throws(ViewError) -> [ViewMatrix] {
        switch self {
        case .each(let filter):
            return try filter.found(in: layout).map { ViewMatrix($0, in: layout) }
        case .units(let filters):
            return try filters.matrices(in: layout)
        case .axes(let axes):
            return [try ViewMatrix(unitsAlong: axes, in: layout)]
        case .stacked(let parts):
            var matrices: [[ViewMatrix]] = []
            for part in parts { matrices.append(try part.asPart(in: layout)) }
            var stacks: [ViewMatrix] = []
            for index in try matrices.map({ $0.map(\.name) }).commonIndices() {
                stacks.append(try ViewMatrix(stacking: matrices.map { $0[index] }))
            }
            return stacks
        case .joined(let parts):
            var matrices: [ViewMatrix] = []
            for part in parts { matrices += try part.asPart(in: layout) }
            return matrices.isEmpty ? [] : [ViewMatrix(joining: matrices)]
        case .transposed(let part):
            return try part.asPart(in: layout).map(\.transposed)
        case .eachUnit(let part):
            return try part.asPart(in: layout).map { matrix in
                var matrix = matrix
                matrix.isEachRow = true
                return matrix
            }
        case .tooDeep:
            throw .mismatch(ParameterView.depthError)
        }
    }
}

extension ParameterView {
    fileprivate func asPart(in layout: Layout) throws(ViewError) -> [ViewMatrix] {
        if case .eachUnit = form {
            throw .mismatch("\(self) is many vectors and no part of another view; write .eachUnit last")
        }
        return try form.matrices(in: layout)
    }
}

extension ParameterFilter {
    fileprivate func found(in layout: Layout) throws(ViewError) -> [Int] {
        do {
            return try indices(in: layout)
        } catch {
            throw .filter(error)
        }
    }
}

extension UnitFilters {
    /// The filters that are given, each with its name for messages, the axis of its tensors that counts the units, and
    /// the ranks that these tensors may have.
    private var parts: [(name: String, filter: ParameterFilter, axis: Int, ranks: ClosedRange<Int>)] {
        [
            ("incoming weights", incoming, 0, 2...Int.max), ("biases", bias, 0, 1...1),
            ("outgoing weights", outgoing, 1, 2...Int.max),
        ].compactMap { name, filter, axis, ranks in filter.map { (name, $0, axis, ranks) } }
    }

    fileprivate func matrices(in layout: Layout) throws(ViewError) -> [ViewMatrix] {
        var axes: [[UnitAxis]] = []
        for part in parts {
            let indices = try part.filter.found(in: layout)
            for tensor in indices.map({ layout.tensors[$0] }) where !part.ranks.contains(tensor.shape.rank) {
                throw .mismatch(
                    """
                    \(part.name) of units have rank \(part.ranks.lowerBound)\
                    \(part.ranks.count == 1 ? "" : " or more"), unlike \(tensor.name) \(tensor.shape)
                    """)
            }
            axes.append(indices.map { UnitAxis(layout.tensors[$0].name, axis: part.axis) })
        }
        if axes.isEmpty { throw .mismatch("units are found by a filter: incoming:, bias: or outgoing:") }
        var matrices: [ViewMatrix] = []
        for index in try axes.map({ $0.map(\.tensor) }).commonIndices() {
            matrices.append(try ViewMatrix(unitsAlong: axes.map { $0[index] }, in: layout))
        }
        return matrices
    }
}

extension ViewMatrix {
    /// Makes a matrix with one row for each unit along some axes; an axis that is given twice counts once.
    ///
    /// Throws if a tensor does not exist, or is given with two different axes.
    fileprivate init(unitsAlong axes: [UnitAxis], in layout: Layout) throws(ViewError) {
        var selected: [(tensor: Int, axis: UnitAxis)] = []
        for axis in axes {
            guard let tensor = layout.index(of: axis.tensor) else {
                throw .filter(
                    .noSuchName(
                        axis.tensor, nearest: layout.names(nearestTo: axis.tensor), names: layout.names))
            }
            if let other = selected.first(where: { $0.tensor == tensor })?.axis {
                if other == axis { continue }
                throw .mismatch(
                    """
                    units are along \(other) and along \(axis), so that an element would be in one view twice; leave \
                    one of them out
                    """)
            }
            selected.append((tensor, axis))
        }
        try self.init(unitsOf: selected, in: layout)
    }
}

extension [[String]] {
    /// The range of indices of lists that are equally long; throws if they are not, or if there is no list.
    fileprivate func commonIndices() throws(ViewError) -> Range<Int> {
        guard let count = first?.count else { throw .mismatch("a view is made of a part or more") }
        guard allSatisfy({ $0.count == count }) else {
            throw .mismatch(
                """
                parts of a view select equally many parameters, paired in the order of the model, but these \(self)
                """)
        }
        return 0..<count
    }
}
