/// The smaller Gram matrix of W less the identity, one tile at a time, on the stack.
///
/// It is symmetric, so only the tiles on and above the diagonal are computed, and those above it count twice. A
/// tile is WᵢWⱼᵀ with some rows i and j of W, or WᵢᵀWⱼ with some of its columns where these are fewer.
struct GramTiles: ~Copyable {
    /// Large enough for the products to be efficient, small enough for the stack and a nearby cache.
    private static let largestSide = 128

    private let isOfRows: Bool
    /// The side of the whole matrix, and of a tile.
    private let count, side: Int
    /// What the tile covers; before the first, nothing.
    private var rows, columns: Range<Int>
    private var entries = InlineArray<16384, Float>(repeating: 0)

    init(of shape: Shape) {
        isOfRows = shape.rows <= shape.columns
        count = min(shape.rows, shape.columns)
        let tiles = max(1, (count + Self.largestSide - 1) / Self.largestSide)
        side = (count + tiles - 1) / tiles
        rows = 0..<min(side, count)
        columns = 0..<0
    }

    /// Goes on to the next tile to the right or, from the end of a row, to the next one on the diagonal; false
    /// after the last.
    mutating func computeNext(of weights: Weights) -> Bool {
        if columns.upperBound == count {
            rows = rows.upperBound..<min(rows.upperBound + side, count)
            columns = rows
        } else {
            columns = columns.upperBound..<min(columns.upperBound + side, count)
        }
        if rows.isEmpty { return false }
        let distance = weights.shape.columns
        let first = weights.elements.extracting(start(of: rows, distance)...)
        let second = weights.elements.extracting(start(of: columns, distance)...)
        var tile = entries.mutableSpan
        MatrixProduct.multiply(
            isOfRows ? .aTimesBTransposed : .aTransposedTimesB,
            rows: rows.count, columns: columns.count, inner: isOfRows ? distance : weights.shape.rows,
            first, second, into: &tile, rowDistances: .init(a: distance, b: distance, c: columns.count))
        if rows == columns {
            for index in 0..<rows.count { tile[index * (columns.count + 1)] -= 1 }
        }
        return true
    }

    /// Multiplies the tile's entries, and returns the sum of their squares before, the mirror image included.
    mutating func scale(by factor: Float) -> Double {
        var tile = entries.mutableSpan
        let used = rows.count * columns.count
        let squares = tile.span.extracting(0..<used).sumOfSquares
        for index in 0..<used { tile[unchecked: index] *= factor }
        return rows == columns ? squares : 2 * squares
    }

    /// Adds the tile's product with W, and that of its mirror image, to a matrix like W.
    func addProducts(with weights: Weights, to gradient: inout MutableWeights) {
        if isOfRows {
            addProduct(.aTimesB, weights, columns, to: &gradient, rows)
            if rows != columns { addProduct(.aTransposedTimesB, weights, rows, to: &gradient, columns) }
        } else {
            addProduct(.aTimesBTransposed, weights, columns, to: &gradient, rows)
            if rows != columns { addProduct(.aTimesB, weights, rows, to: &gradient, columns) }
        }
    }

    /// Adds the product of the tile and a part of W, the tile first if it is of rows, to another part of a matrix.
    private func addProduct(
        _ form: MatrixProduct.Form, _ weights: Weights, _ inner: Range<Int>,
        to gradient: inout MutableWeights, _ outer: Range<Int>
    ) {
        let distance = weights.shape.columns
        let part = weights.elements.extracting(start(of: inner, distance)...)
        var sum = gradient.elements._mutatingExtracting(start(of: outer, distance)...)
        if isOfRows {
            MatrixProduct.multiply(
                form, rows: outer.count, columns: distance, inner: inner.count, entries.span, part,
                into: &sum, rowDistances: .init(a: columns.count, b: distance, c: distance),
                accumulating: true)
        } else {
            MatrixProduct.multiply(
                form, rows: weights.shape.rows, columns: outer.count, inner: inner.count, part, entries.span,
                into: &sum, rowDistances: .init(a: distance, b: columns.count, c: distance),
                accumulating: true)
        }
    }

    /// Where a part of W begins.
    private func start(of range: Range<Int>, _ distance: Int) -> Int {
        isOfRows ? range.lowerBound * distance : range.lowerBound
    }
}
