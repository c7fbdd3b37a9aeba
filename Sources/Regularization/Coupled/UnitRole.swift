/// What a tensor is to the units of a layer.
public enum UnitRole: String, Sendable, Hashable, Codable, CaseIterable {
    /// The layer's weights `[units, in, …]`: row j belongs to unit j.
    case incoming
    /// The layer's biases `[units]`.
    case bias
    /// The next layer's weights `[out, units, …]`: what the second index picks belongs to a unit.
    case outgoing

    /// The number of units.
    func units(in shape: Shape) -> Int {
        switch self {
        case .incoming: shape.rows
        case .bias: shape.count
        case .outgoing: shape.secondDimension
        }
    }

    /// Throws if a tensor of that shape cannot have the role.
    func check(_ shape: Shape) throws(ShapeError) {
        if self != .bias && shape.rank < 2 {
            throw ShapeError("\(rawValue) weights of units have rank 2 or more, unlike \(shape)")
        }
        if self == .bias && shape.rank > 1 {
            throw ShapeError("biases of units have rank 1, unlike \(shape)")
        }
    }

    /// Where the elements of units are.
    func runs(in shape: Shape) -> UnitRuns {
        switch self {
        case .incoming: return UnitRuns(count: 1, distance: 0, length: shape.columns)
        case .bias: return UnitRuns(count: 1, distance: 0, length: 1)
        case .outgoing:
            let length = shape.columns / shape.secondDimension
            return UnitRuns(count: shape.rows, distance: shape.columns, length: length)
        }
    }
}

/// The elements of each unit: runs of neighbours, at equal distances; those of the next unit follow each run.
struct UnitRuns {
    let count: Int
    /// From a run to the next of the same unit.
    let distance: Int
    let length: Int

    /// One run of several units.
    func range(_ run: Int, of units: Range<Int>) -> Range<Int> {
        let first = run * distance
        return first + units.lowerBound * length..<first + units.upperBound * length
    }
}

/// What is wrong with the roles of tensors; nil if nothing is.
func rolesFlaw(_ roles: [UnitRole]) -> String? {
    roles.isEmpty ? "Units are in a tensor or more, each with a role." : nil
}
