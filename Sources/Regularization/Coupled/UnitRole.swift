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

    /// The elements of a unit: runs of neighbours, at equal distances.
    func runs(of unit: Int, in shape: Shape) -> (start: Int, count: Int, distance: Int, length: Int) {
        switch self {
        case .incoming: return (unit * shape.columns, 1, 0, shape.columns)
        case .bias: return (unit, 1, 0, 1)
        case .outgoing:
            let length = shape.columns / shape.secondDimension
            return (unit * length, shape.rows, shape.columns, length)
        }
    }
}

/// What is wrong with the roles of tensors; nil if nothing is.
func rolesFlaw(_ roles: [UnitRole]) -> String? {
    roles.isEmpty ? "Units are in a tensor or more, each with a role." : nil
}

/// Memory for the elements of one unit, one after the other.
struct UnitVector {
    private var inline = Piece.Scratch(repeating: 0)
    /// In place of the former if a unit has more elements.
    private var long: [Float]
    private let shape: Shape

    init(of weights: CoupledWeights, _ units: Int) {
        var count = 0
        for tensor in 0..<weights.count { count += weights.shape(of: tensor).count }
        shape = Shape(vector: units == 0 ? 0 : count / units)
        long = shape.count > Piece.limit ? Array(repeating: 0, count: shape.count) : []
    }

    var weights: Weights {
        @_lifetime(borrow self)
        get {
            Weights(
                shape: shape,
                long.isEmpty ? inline.span.extracting(0..<shape.count) : long.span)
        }
    }

    var mutableWeights: MutableWeights {
        @_lifetime(&self)
        mutating get {
            long.isEmpty
                ? MutableWeights(shape: shape, inline.mutableSpan.part(0..<shape.count))
                : MutableWeights(shape: shape, long.mutableSpan)
        }
    }

    /// Copies a unit's elements from the tensors.
    mutating func gather(_ unit: Int, of tensors: CoupledWeights, _ roles: [UnitRole]) {
        var vector = mutableWeights
        var place = 0
        for tensor in 0..<tensors.count {
            let weights = tensors[tensor]
            let runs = roles[tensor].runs(of: unit, in: weights.shape)
            for run in 0..<runs.count {
                let start = runs.start + run * runs.distance
                for index in start..<start + runs.length {
                    vector[place] = weights[index]
                    place += 1
                }
            }
        }
    }

    /// Copies a unit's elements to the tensors.
    func scatter(_ unit: Int, to tensors: inout MutableCoupledWeights, _ roles: [UnitRole]) {
        let vector = weights.elements
        var place = 0
        for tensor in 0..<tensors.count {
            let runs = roles[tensor].runs(of: unit, in: tensors.shape(of: tensor))
            for run in 0..<runs.count {
                let start = runs.start + run * runs.distance
                for index in start..<start + runs.length {
                    tensors[tensor, index] = vector[place]
                    place += 1
                }
            }
        }
    }
}
