internal import CKernels

/// A matrix product, or a part of one: some of its rows or columns.
struct ProductPart {
    let form: MatrixProduct.Form
    var rows, columns: Int
    let inner: Int
    var a, b: UnsafePointer<Float>?
    var c: UnsafeMutablePointer<Float>
    let distances: MatrixProduct.RowDistances
    let accumulating: Bool
    var epilogue: CKEpilogue?

    /// Computes the product, with its longer side split among threads where each of them has enough to do.
    func multiplyConcurrently() {
        #if canImport(Darwin)
            // Accelerate has threads of its own.
            multiply()
        #else
            let byColumns = columns >= rows
            let extent = byColumns ? columns : rows
            // For each thread some 50 microseconds of work at least, and whole tiles.
            let threads = min(Parallelism.threads, rows * columns * inner / 4_000_000)
            guard threads > 1 else { return multiply() }
            let grain = ((extent + threads - 1) / threads + 95) / 96 * 96
            concurrently(over: extent, grain: grain) { range in
                (byColumns ? part(columns: range) : part(rows: range)).multiply()
            }
        #endif
    }

    /// The part of the product with some of its rows.
    private func part(rows range: Range<Int>) -> ProductPart {
        var part = self
        part.rows = range.count
        let offset = range.lowerBound * distances.c
        part.c += offset
        part.a? += form == .aTransposedTimesB ? range.lowerBound : range.lowerBound * distances.a
        part.epilogue?.outputs? += offset
        part.epilogue?.factors? += offset
        return part
    }

    /// The part of the product with some of its columns.
    private func part(columns range: Range<Int>) -> ProductPart {
        var part = self
        part.columns = range.count
        part.c += range.lowerBound
        part.b? += form == .aTimesBTransposed ? range.lowerBound * distances.b : range.lowerBound
        part.epilogue?.bias? += range.lowerBound
        part.epilogue?.outputs? += range.lowerBound
        part.epilogue?.factors? += range.lowerBound
        return part
    }

    /// Computes the product on the calling thread.
    private func multiply() {
        func multiply(_ epilogue: UnsafePointer<CKEpilogue>?) {
            ck_matrix_product(
                form.kernel, rows, columns, inner, a, distances.a, b, distances.b, c, distances.c,
                accumulating, epilogue)
        }
        guard let epilogue else { return multiply(nil) }
        withUnsafePointer(to: epilogue) { multiply($0) }
    }
}

extension MatrixProduct.Form {
    fileprivate var kernel: CKProductForm {
        switch self {
        case .aTimesBTransposed: CKProductABt
        case .aTimesB: CKProductAB
        case .aTransposedTimesB: CKProductAtB
        }
    }
}
