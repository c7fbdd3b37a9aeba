/// Writes an array of these dimensions, two at least, row-major; its elements are given with the first index running
/// fastest.
func reorder<Element: BitwiseCopyable>(
    _ columnMajor: Span<Element>, _ dimensions: [Int], into rowMajor: inout MutableSpan<Element>
) {
    // The other dimensions of an empty array may be of any size.
    if columnMajor.isEmpty { return }
    let (rows, columns) = (dimensions[0], dimensions[dimensions.count - 1])
    // For all indices between the first and the last one there is a matrix to transpose.
    let inner = dimensions.dropFirst().dropLast()
    let matrices = inner.reduce(1, *)
    for matrix in 0..<matrices {
        var (rest, place) = (matrix, 0)
        for dimension in inner {
            place = place * dimension + rest % dimension
            rest /= dimension
        }
        // By tiles, each small enough that its lines of both sides stay in cache.
        let tile = 32
        for firstRow in stride(from: 0, to: rows, by: tile) {
            for firstColumn in stride(from: 0, to: columns, by: tile) {
                for row in firstRow..<min(firstRow + tile, rows) {
                    for column in firstColumn..<min(firstColumn + tile, columns) {
                        rowMajor[(row * matrices + place) * columns + column] =
                            columnMajor[(column * matrices + matrix) * rows + row]
                    }
                }
            }
        }
    }
}
