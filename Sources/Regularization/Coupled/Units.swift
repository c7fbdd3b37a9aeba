/// The units in several tensors, and where each one's elements are.
struct Units {
    let roles: [UnitRole]
    let count: Int
    /// The number of elements of a unit.
    let size: Int
    /// That of a vector of one unit's elements.
    let shape: Shape
    /// How many units are copied at once: a column is a step through memory, several neighbours are hardly more.
    let blockSize: Int

    init(_ roles: [UnitRole], in weights: CoupledWeights) {
        self.roles = roles
        count = roles[0].units(in: weights.shape(of: 0))
        var elements = 0
        for tensor in 0..<weights.count { elements += weights.shape(of: tensor).count }
        size = count == 0 ? 0 : elements / count
        shape = Shape(vector: size)
        require(
            weights.count == roles.count, "Units by \(roles) are in as many tensors, not \(weights.count).")
        blockSize = max(1, min(16, size == 0 ? 1 : vectorLimit / size))
    }

    /// The number of elements of a block.
    var blockCount: Int { blockSize * size }

    /// Calls a function with each block of units.
    func forEachBlock(_ body: (Range<Int>) -> Void) {
        for start in stride(from: 0, to: count, by: blockSize) {
            body(start..<min(start + blockSize, count))
        }
    }

    /// Where a unit is in a block.
    func place(of unit: Int, in block: Range<Int>) -> Range<Int> {
        let start = (unit - block.lowerBound) * size
        return start..<start + size
    }

    /// Copies the elements of a block's units from the tensors, one unit after the other.
    func gather(_ block: Range<Int>, of tensors: CoupledWeights, into vectors: inout MutableSpan<Float>) {
        require(vectors.count >= block.count * size, "A block has \(block.count * size) elements.")
        var place = 0
        for tensor in 0..<tensors.count {
            let runs = roles[tensor].runs(in: tensors.shape(of: tensor))
            let elements = tensors[tensor].elements
            for run in 0..<runs.count {
                let part = elements.extracting(runs.range(run, of: block))
                var (source, target) = (0, place)
                for _ in block {
                    for index in 0..<runs.length {
                        vectors[unchecked: target &+ index] = part[unchecked: source &+ index]
                    }
                    source &+= runs.length
                    target &+= size
                }
                place &+= runs.length
            }
        }
    }

    /// Copies the elements of a block's units to the tensors.
    func scatter(_ block: Range<Int>, from vectors: Span<Float>, to tensors: inout MutableCoupledWeights) {
        require(vectors.count >= block.count * size, "A block has \(block.count * size) elements.")
        var place = 0
        for tensor in 0..<tensors.count {
            let runs = roles[tensor].runs(in: tensors.shape(of: tensor))
            var elements = tensors.elements._mutatingExtracting(tensors.slots[tensor].range)
            for run in 0..<runs.count {
                var part = elements._mutatingExtracting(runs.range(run, of: block))
                var (source, target) = (place, 0)
                for _ in block {
                    for index in 0..<runs.length {
                        part[unchecked: target &+ index] = vectors[unchecked: source &+ index]
                    }
                    source &+= size
                    target &+= runs.length
                }
                place &+= runs.length
            }
        }
    }
}
