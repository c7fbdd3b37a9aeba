/// A division of the elements of a tensor into groups.
///
/// For a linear layer's weights `[out, in]` a row holds the incoming weights of a unit, a column the outgoing weights
/// of an input. Tensors of higher rank are read as matrices, see `Shape`. Only `check(_:)` throws; the other functions
/// expect a shape that it accepts.
public enum Groups: Sendable, Hashable {
    /// Each row is a group: the incoming weights of a unit. Needs rank 2 or more.
    case rows
    /// Each column is a group: the outgoing weights of an input or unit. Needs rank 2 or more.
    case columns
    /// Rectangular blocks of that size, in row-major order; the size must be positive and divide the tensor.
    case blocks(rows: Int, columns: Int)
    /// The whole tensor is one group.
    case whole
    /// Sets of row-major element indices that do not overlap; an element in none of them is in no group.
    case indexSets([[Int]])

    /// The number of groups in a tensor of that shape, empty ones included.
    public func count(in shape: Shape) -> Int {
        switch self {
        case .rows: shape.rows
        case .columns: shape.columns
        case .blocks(let rows, let columns):
            rows < 1 || columns < 1 ? 0 : (shape.rows / rows) * (shape.columns / columns)
        case .whole: 1
        case .indexSets(let sets): sets.count
        }
    }

    /// The group of that index, from 0, in a tensor of that shape; traps if there is none.
    public func group(_ index: Int, in shape: Shape) -> Group {
        require(
            index >= 0 && index < count(in: shape),
            "There is no group \(index) among the \(count(in: shape)) by \(self) of \(shape).")
        switch self {
        case .rows:
            return Group(
                index: index, start: index * shape.columns, runs: 1, stride: 0, runLength: shape.columns)
        case .columns:
            return Group(index: index, start: index, runs: shape.rows, stride: shape.columns, runLength: 1)
        case .blocks(let rows, let columns):
            let across = shape.columns / columns
            let start = (index / across) * rows * shape.columns + (index % across) * columns
            return Group(index: index, start: start, runs: rows, stride: shape.columns, runLength: columns)
        case .whole:
            return Group(index: index, start: 0, runs: 1, stride: 0, runLength: shape.count)
        case .indexSets(let sets):
            return Group(index: index, elements: sets[index])
        }
    }

    /// The groups themselves; throws if no shape has such groups.
    ///
    /// Those are blocks with a side below 1, and index sets that overlap or hold a negative index. A regularizer calls
    /// it where it is made, and `check(_:)` where it gets to know a shape. O(n) for index sets, else O(1).
    public func checked() throws(ArgumentError) -> Groups {
        switch self {
        case .rows, .columns, .whole: break
        case .blocks(let rows, let columns):
            for (name, size) in [("rows", rows), ("columns", columns)] where size < 1 {
                throw ArgumentError("The sides of a block are 1 or more, not \(size).", at: name)
            }
        case .indexSets(let sets):
            var seen: Set<Int> = []
            for index in sets.joined() {
                if index < 0 { throw ArgumentError("An index is 0 or more, not \(index).") }
                guard seen.insert(index).inserted else {
                    throw ArgumentError(
                        "Index sets do not overlap, and no index is in one twice, but \(index) occurs again.")
                }
            }
        }
        return self
    }

    /// Throws a `ShapeError` if a tensor of that shape cannot be divided into these groups; O(n) for index sets, else
    /// O(1).
    public func check(_ shape: Shape) throws(ShapeError) {
        switch self {
        case .rows, .columns:
            guard shape.rank >= 2 else {
                throw ShapeError("groups by \(self) need a tensor of rank 2 or more; use .whole for \(shape)")
            }
        case .blocks(let rows, let columns):
            guard rows > 0, columns > 0, shape.rows % rows == 0, shape.columns % columns == 0 else {
                throw ShapeError(
                    """
                    blocks of \(rows) × \(columns) do not divide a tensor of \
                    \(shape.rows) × \(shape.columns)
                    """)
            }
        case .whole:
            return
        case .indexSets(let sets):
            var seen = Array(repeating: false, count: shape.count)
            for (index, set) in sets.enumerated() {
                for element in set {
                    guard seen.indices.contains(element) else {
                        throw ShapeError(
                            "group \(index) has element \(element), but the tensor has \(shape.count)")
                    }
                    guard !seen[element] else {
                        throw ShapeError("element \(element) is in group \(index) and once more")
                    }
                    seen[element] = true
                }
            }
        }
    }
}

extension Groups: CustomStringConvertible {
    /// The kind of groups, as `rows` or `blocks 2 × 3`.
    public var description: String {
        switch self {
        case .rows: "rows"
        case .columns: "columns"
        case .blocks(let rows, let columns): "blocks \(rows) × \(columns)"
        case .whole: "whole"
        case .indexSets(let sets): "\(sets.count) index sets"
        }
    }
}
