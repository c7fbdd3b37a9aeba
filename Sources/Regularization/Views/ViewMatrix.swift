/// A matrix of a view, not yet as copies: blocks of elements, each with its row and column in the matrix.
struct ViewMatrix {
    /// Elements of one tensor, reached by three nested levels of steps.
    struct Block {
        let tensor: Int
        var start: Int
        var row = 0
        var column = 0
        /// The levels of steps, outermost first.
        var levels: [Level]
    }

    /// A number of equal steps, each so many elements farther in the tensor and so many rows and columns farther in the
    /// matrix.
    struct Level {
        let count: Int
        let distance: Int
        var rows = 0
        var columns = 0
    }

    var name: String
    var shape: Shape
    var blocks: [Block]
    var isEachRow = false

    var rows: Int { shape.rows }
    var columns: Int { shape.columns }

    /// Makes the matrix of one tensor of a layout in its own shape.
    init(_ index: Int, in layout: Layout) {
        let tensor = layout.tensors[index]
        name = tensor.name
        shape = tensor.shape
        blocks = [
            Block(
                tensor: index, start: tensor.range.lowerBound,
                levels: [
                    Level(count: shape.rows, distance: shape.columns, rows: 1),
                    Level(count: shape.columns, distance: 1, columns: 1),
                ])
        ]
    }

    private init(name: String, shape: Shape, blocks: [Block]) {
        self.name = name
        self.shape = shape
        self.blocks = blocks
    }

    /// Makes a matrix with a row for each unit, in which the tensors' elements are side by side.
    ///
    /// Throws if an axis does not exist or is not a multiple of `repeats` and `block`, or if the tensors differ in
    /// units.
    init(unitsOf axes: [(tensor: Int, axis: UnitAxis)], in layout: Layout) throws(ViewError) {
        if axes.isEmpty { throw .mismatch("units are found by the axis of a tensor or more") }
        var units: Int?
        var blocks: [Block] = []
        var column = 0
        for (index, axis) in axes {
            let tensor = layout.tensors[index]
            let dimensions = tensor.shape.dimensions
            guard axis.axis < dimensions.count, dimensions[axis.axis].isMultiple(of: axis.repeats),
                (dimensions[axis.axis] / axis.repeats).isMultiple(of: axis.block)
            else {
                throw .mismatch("\(tensor.name) \(tensor.shape) has no units along \(axis.inWords)")
            }
            let found = dimensions[axis.axis] / axis.repeats / axis.block
            guard units ?? found == found else {
                throw .mismatch(
                    """
                    \(tensor.name) \(tensor.shape) has \(found) units, but \
                    \(axes[0].axis.tensor) has \(units ?? 0)
                    """)
            }
            units = found
            let outer = dimensions[..<axis.axis].reduce(1, *) * axis.repeats
            let inner = axis.block * dimensions[(axis.axis + 1)...].reduce(1, *)
            blocks.append(
                Block(
                    tensor: index, start: tensor.range.lowerBound, column: column,
                    levels: [
                        Level(count: outer, distance: found * inner, columns: inner),
                        Level(count: found, distance: inner, rows: 1),
                        Level(count: inner, distance: 1, columns: 1),
                    ]))
            column += outer * inner
        }
        self.init(
            name: axes.map { layout.tensors[$0.tensor].name }.joined(separator: " + "),
            shape: [units ?? 0, column], blocks: blocks)
    }

    /// Makes a matrix of several matrices on top of each other; throws unless all have the same numbers of rows and
    /// columns.
    init(stacking parts: [ViewMatrix]) throws(ViewError) {
        var blocks: [Block] = []
        var rows = 0
        for part in parts {
            guard (part.rows, part.columns) == (parts[0].rows, parts[0].columns) else {
                throw .mismatch(
                    """
                    matrices of one shape are stacked, but \(parts[0].name) is \(parts[0].rows) × \
                    \(parts[0].columns) and \(part.name) \(part.rows) × \(part.columns)
                    """)
            }
            blocks += part.blocks.map { block in
                var block = block
                block.row += rows
                return block
            }
            rows += part.rows
        }
        self.init(
            name: parts.map(\.name).joined(separator: " + "), shape: [rows, parts.first?.columns ?? 0],
            blocks: blocks)
    }

    /// Makes one vector of all elements of several matrices, each row by row.
    init(joining parts: [ViewMatrix]) {
        var blocks: [Block] = []
        var count = 0
        for part in parts {
            blocks += part.blocks.map { block in
                var block = block
                block.column += count + block.row * part.columns
                block.row = 0
                block.levels = block.levels.map { level in
                    Level(
                        count: level.count, distance: level.distance,
                        columns: level.rows * part.columns + level.columns)
                }
                return block
            }
            count += part.shape.count
        }
        self.init(name: parts.map(\.name).joined(separator: " + "), shape: [count], blocks: blocks)
    }

    /// The matrix with rows and columns exchanged.
    var transposed: ViewMatrix {
        ViewMatrix(
            name: name, shape: [columns, rows],
            blocks: blocks.map { block in
                var block = block
                (block.row, block.column) = (block.column, block.row)
                block.levels = block.levels.map { level in
                    Level(
                        count: level.count, distance: level.distance, rows: level.columns, columns: level.rows
                    )
                }
                return block
            })
    }
}
