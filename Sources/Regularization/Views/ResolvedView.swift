/// A view found among the parameters: which elements, in which order, as tensors of which shape.
struct ResolvedView: Sendable {
    /// The tensors that it covers, each whole, in the order of the layout.
    let tensors: [Int]
    /// Their names.
    let names: [String]
    /// What messages call it, as `fully.0.weight + fully.0.bias`.
    let name: String
    /// What a regularizer sees.
    let shape: Shape
    /// How many of these there are: 1, or each row by itself.
    let repetitions: Int
    /// Where the elements are copied from, one after the other.
    let copies: [StridedCopy]
    /// Where the elements lie in their order, if they do, so that none needs to be copied.
    let range: Range<Int>?
    /// Whether it is one tensor as it is.
    let isTensor: Bool
    /// Whether some rows can be copied alone.
    let goesByRows: Bool

    /// The number of elements.
    var count: Int { shape.count * repetitions }

    init(_ matrix: ViewMatrix, in layout: Layout) {
        tensors = Set(matrix.blocks.map(\.tensor)).sorted()
        names = tensors.map { layout.tensors[$0].name }
        name = matrix.name
        shape = matrix.isEachRow ? Shape(vector: matrix.columns) : matrix.shape
        repetitions = matrix.isEachRow ? matrix.rows : 1
        copies = matrix.blocks.map { StridedCopy($0, columns: matrix.columns) }
        range = StridedCopy.commonRange(of: copies)
        isTensor =
            tensors.count == 1 && range != nil && !matrix.isEachRow
            && shape == layout.tensors[tensors[0]].shape
        goesByRows = !matrix.isEachRow && shape.columns <= vectorLimit && copies.allSatisfy(\.goesByRows)
    }

    /// Whether elements are copied to somewhere else than the thread's own memory.
    func needsScratch(byRows: Bool) -> Bool { range == nil && !(byRows && goesByRows) }
}

extension ResolvedView: Equatable {
    /// Whether a regularizer sees the same.
    static func == (a: ResolvedView, b: ResolvedView) -> Bool {
        a.shape == b.shape && a.repetitions == b.repetitions && a.tensors == b.tensors && a.copies == b.copies
    }
}

/// A matrix of a view before it is laid out: blocks of elements, each with its position in the matrix.
struct ViewMatrix {
    /// Elements of a tensor: three levels of steps within each other.
    struct Block {
        let tensor: Int
        var start: Int
        var row = 0
        var column = 0
        /// From the outermost to the innermost.
        var levels: [Level]
    }

    /// `count` steps of so many elements of the tensor, rows and columns.
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

    /// One tensor, as it is.
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

    /// A row for each unit, the tensors' elements side by side.
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

    /// Matrices on top of each other.
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

    /// Everything as one vector, row by row.
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

    /// Rows and columns exchanged.
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

extension UnitAxis {
    fileprivate var inWords: String {
        "axis \(axis)" + (repeats == 1 ? "" : ", \(repeats) times")
            + (block == 1 ? "" : ", in blocks of \(block)")
    }
}

extension StridedCopy {
    init(_ block: ViewMatrix.Block, columns: Int) {
        let rowLevels = block.levels.indices.filter { block.levels[$0].rows != 0 }
        self.init(
            source: block.start, target: block.row * columns + block.column,
            steps: block.levels.indices.map { index in
                let level = block.levels[index]
                return Step(
                    count: level.count, source: level.distance,
                    target: level.rows * columns + level.columns,
                    isRow: block.row == 0 && rowLevels == [index] && level.rows == 1 && level.columns == 0)
            })
    }
}
