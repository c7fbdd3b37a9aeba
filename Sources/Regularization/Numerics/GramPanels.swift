/// The smaller Gram matrix of W less the identity, computed one panel at a time, so that it is never stored.
///
/// The matrix is symmetric, so that only the panels on and above the diagonal are computed, and the entries above it
/// count twice. A panel is WᵢWⱼᵀ with some rows i and j of W, or WᵢᵀWⱼ with some of its columns if these are fewer.
struct GramPanels {
    /// The largest sides of a panel: high enough for efficient products, low enough to waste little below the
    /// diagonal.
    private static let most = (rows: 128, columns: scratchCount / 128)

    private let isOfRows: Bool
    private let shape: Shape
    /// The side of the whole matrix, and the largest number of rows of a panel.
    private let count, height: Int
    /// The rows and columns of the matrix that the panel covers, from the diagonal or above it; no columns before the
    /// first panel.
    private var rows, columns: Range<Int>

    init(of shape: Shape) {
        self.shape = shape
        isOfRows = shape.rows <= shape.columns
        count = min(shape.rows, shape.columns)
        let panels = max(1, (count + Self.most.rows - 1) / Self.most.rows)
        height = (count + panels - 1) / panels
        rows = 0..<min(height, count)
        columns = 0..<0
    }

    /// Computes the next panel to the right or, at the end of a row of panels, the next one on the diagonal.
    ///
    /// Returns false after the last panel.
    mutating func computeNext(of weights: Weights, into panel: inout MutableSpan<Float>) -> Bool {
        if columns.upperBound == count { rows = rows.upperBound..<min(rows.upperBound + height, count) }
        let start = columns.upperBound == count ? rows.lowerBound : columns.upperBound
        columns = start..<min(start + Self.most.columns, count)
        if rows.isEmpty { return false }
        let distance = shape.columns
        var product = panel._mutatingExtracting(0..<rows.count * columns.count)
        MatrixProduct.multiply(
            isOfRows ? .aTimesBTransposed : .aTransposedTimesB,
            rows: rows.count, columns: columns.count, inner: isOfRows ? distance : shape.rows,
            part(rows, of: weights), part(columns, of: weights), into: &product,
            rowDistances: .init(a: distance, b: distance, c: columns.count))
        for index in 0..<diagonal { product[index * (columns.count + 1)] -= 1 }
        return true
    }

    /// Multiplies the panel's entries by a factor, and returns the sum of their squares before, with those of its
    /// mirror image.
    func scale(_ panel: inout MutableSpan<Float>, by factor: Float) -> Double {
        var entries = panel._mutatingExtracting(0..<rows.count * columns.count)
        var sum = 0.0
        for row in 0..<rows.count {
            let start = row * columns.count
            let onDiagonal = entries.span.extracting(start..<start + diagonal)
            let above = entries.span.extracting(start + diagonal..<start + columns.count)
            sum += onDiagonal.sumOfSquares + 2 * above.sumOfSquares
        }
        for index in 0..<entries.count { entries[unchecked: index] *= factor }
        return sum
    }

    /// Calls a function with the row, the column and the value of each entry on the diagonal or above it.
    @inline(__always)
    func forEachEntry(_ panel: Span<Float>, _ body: (Int, Int, Float) -> Void) {
        for (index, row) in rows.enumerated() {
            for column in max(row, columns.lowerBound)..<columns.upperBound {
                body(row, column, panel[index * columns.count + column - columns.lowerBound])
            }
        }
    }

    /// Adds the product of the panel with W, and that of its mirror image, to a matrix of W's shape.
    func addProducts(_ panel: Span<Float>, with weights: Weights, to gradient: inout MutableWeights) {
        let distance = shape.columns
        let mirrored = columns.dropFirst(diagonal)
        let above = panel.extracting(min(diagonal, panel.count)...)
        let (first, second) = (part(columns, of: weights), part(rows, of: weights))
        var own = gradient.elements._mutatingExtracting(start(of: rows)...)
        if isOfRows {
            let distances = MatrixProduct.RowDistances(a: columns.count, b: distance, c: distance)
            MatrixProduct.multiply(
                .aTimesB, rows: rows.count, columns: distance, inner: columns.count, panel, first,
                into: &own, rowDistances: distances, accumulating: true)
            var others = gradient.elements._mutatingExtracting(start(of: mirrored)...)
            MatrixProduct.multiply(
                .aTransposedTimesB, rows: mirrored.count, columns: distance, inner: rows.count, above, second,
                into: &others, rowDistances: distances, accumulating: true)
        } else {
            let distances = MatrixProduct.RowDistances(a: distance, b: columns.count, c: distance)
            MatrixProduct.multiply(
                .aTimesBTransposed, rows: shape.rows, columns: rows.count, inner: columns.count, first, panel,
                into: &own, rowDistances: distances, accumulating: true)
            var others = gradient.elements._mutatingExtracting(start(of: mirrored)...)
            MatrixProduct.multiply(
                .aTimesB, rows: shape.rows, columns: mirrored.count, inner: rows.count, second, above,
                into: &others, rowDistances: distances, accumulating: true)
        }
    }

    /// The side of the square at the panel's start that lies on the matrix's diagonal; 0 if the panel lies above the
    /// diagonal.
    private var diagonal: Int { columns.lowerBound == rows.lowerBound ? rows.count : 0 }

    @_lifetime(copy weights)
    private func part(_ range: Range<Int>, of weights: Weights) -> Span<Float> {
        weights.elements.extracting(start(of: range)...)
    }

    /// The row-major index in W at which some of its rows or columns begin.
    private func start(of range: Range<Int>) -> Int {
        isOfRows ? range.lowerBound * shape.columns : range.lowerBound
    }
}
