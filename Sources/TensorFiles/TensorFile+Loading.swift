import Regularization

extension TensorFile {
    /// Reads the elements of a tensor, in the order of its shape after the rules.
    func read(
        _ tensor: RenamedTensor, into elements: inout MutableSpan<Float>, exact: Bool, allowingNonfinite: Bool
    ) throws(TensorFileError) {
        if tensor.isTransposed {
            let matrix = try floats(of: tensor.tensor.name, exact: exact)
            if !allowingNonfinite { try requireFinite(matrix.span, tensor.tensor) }
            // What is row-major is column-major with the dimensions the other way round.
            reorder(matrix.span, tensor.shape.dimensions, into: &elements)
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
