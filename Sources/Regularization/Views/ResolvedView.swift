/// A view resolved for a layout: the elements that it has, their order, and the shape of the tensors that they make up.
struct ResolvedView: Sendable {
    /// The indices in the layout of the tensors that it covers, each as a whole, in ascending order.
    let tensors: [Int]
    /// The names of these tensors, in the same order.
    let names: [String]
    /// The name in messages, as `fully.0.weight + fully.0.bias`.
    let name: String
    /// The shape of each tensor that a regularizer is given.
    let shape: Shape
    /// The number of these tensors: 1, or with `.eachUnit` the number of rows.
    let repetitions: Int
    /// The copies that gather the elements from the buffer of the layout into one vector.
    let copies: [StridedCopy]
    /// The range of the elements in the buffer if they are contiguous and in order there, so that none has to be
    /// copied; else nil.
    let range: Range<Int>?
    /// Whether the view is exactly one tensor of the layout, in the tensor's own shape.
    let isTensor: Bool
    /// Whether the elements of a few rows can be copied without those of the others, into memory that each thread has.
    let copiesRowsAlone: Bool

    /// The number of elements of the view, in all its tensors.
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
        copiesRowsAlone =
            !matrix.isEachRow && shape.columns <= vectorLimit && copies.allSatisfy(\.copiesRowsAlone)
    }

    /// Whether elements have to be copied into memory that the caller provides, because they are neither contiguous nor
    /// copied a few rows at a time.
    func needsScratch(byRows: Bool) -> Bool { range == nil && !(byRows && copiesRowsAlone) }
}

extension ResolvedView: Equatable {
    /// Whether both views have the same elements in the same order and tensors of the same shape.
    static func == (a: ResolvedView, b: ResolvedView) -> Bool {
        a.shape == b.shape && a.repetitions == b.repetitions && a.tensors == b.tensors && a.copies == b.copies
    }
}

extension StridedCopy {
    init(_ block: ViewMatrix.Block, columns: Int) {
        let rowLevels = block.levels.indices.filter { block.levels[$0].rows != 0 }
        self.init(
            source: block.start, target: block.row * columns + block.column,
            loops: block.levels.indices.map { index in
                let level = block.levels[index]
                return Loop(
                    count: level.count, source: level.distance,
                    target: level.rows * columns + level.columns,
                    isRow: block.row == 0 && rowLevels == [index] && level.rows == 1 && level.columns == 0)
            })
    }
}
