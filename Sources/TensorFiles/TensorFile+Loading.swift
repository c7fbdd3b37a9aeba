import Regularization

extension TensorFile {
    /// Reads the elements of a tensor, in the order of its shape after the rules.
    func read(
        _ tensor: RenamedTensor, into elements: inout MutableSpan<Float>, exact: Bool, allowingNonfinite: Bool
    ) throws(TensorFileError) {
        if tensor.isTransposed {
            let matrix = try floats(of: tensor.tensor.name, exact: exact)
            if !allowingNonfinite { try requireFinite(matrix.span, tensor.tensor) }
            transpose(matrix.span, rows: tensor.tensor.shape.rows, into: &elements)
        } else {
            try read(tensor.tensor.name, into: &elements, exact: exact)
            if !allowingNonfinite { try requireFinite(elements.span, tensor.tensor) }
        }
    }

    private func requireFinite(_ elements: Span<Float>, _ tensor: Tensor) throws(TensorFileError) {
        if elements.isFinite { return }
        guard let index = elements.indices.first(where: { !elements[$0].isFinite }) else { return }
        var (rest, place): (Int, [Int]) = (index, [])
        for dimension in tensor.shape.dimensions.reversed() {
            place.append(rest % dimension)
            rest /= dimension
        }
        throw TensorFileError(
            .notFinite, in: path, tensor: tensor.name,
            """
            Its element \(place.reversed() as [Int]), counted from 0, is \(elements[index]). If that is meant, allow \
            it by allowingNonfinite: true.
            """)
    }
}

/// Writes a matrix with that many rows into memory as its transpose.
private func transpose(_ matrix: Span<Float>, rows: Int, into transposed: inout MutableSpan<Float>) {
    guard rows > 0 else { return }
    let columns = matrix.count / rows
    // By tiles, each small enough that its lines of both matrices stay in cache.
    let tile = 32
    for firstRow in stride(from: 0, to: rows, by: tile) {
        for firstColumn in stride(from: 0, to: columns, by: tile) {
            for column in firstColumn..<min(firstColumn + tile, columns) {
                for row in firstRow..<min(firstRow + tile, rows) {
                    transposed[column * rows + row] = matrix[row * columns + column]
                }
            }
        }
    }
}
