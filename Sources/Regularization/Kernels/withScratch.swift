internal import CKernels

/// The number of Floats that `withScratch` lends.
let scratchCount = Int(CKScratchCount)

/// Lends `scratchCount` Floats of memory that belongs to the calling thread and has any content.
///
/// The memory stays allocated. The body must not call this function or `withDoubleScratch`, which lend the same
/// memory.
func withScratch<Result>(_ body: (inout MutableSpan<Float>) -> Result) -> Result {
    var scratch = MutableSpan(_unsafeStart: ck_scratch(), count: scratchCount)
    return body(&scratch)
}

/// Lends the same memory as `withScratch`, as half as many Doubles; the body must call neither function.
func withDoubleScratch<Result>(_ body: (inout MutableSpan<Double>) -> Result) -> Result {
    ck_scratch().withMemoryRebound(to: Double.self, capacity: scratchCount / 2) { start in
        var scratch = MutableSpan(_unsafeStart: start, count: scratchCount / 2)
        return body(&scratch)
    }
}

/// The largest number of elements of a vector that `withVectors` lends.
let vectorLimit = Int(CKVectorScratchCount) / 2

/// Lends two vectors of memory that belongs to the calling thread and has any content.
///
/// The memory stays allocated and is apart from that of `withScratch`. The body must not call this function. Traps if
/// the vectors are longer than `vectorLimit`.
func withVectors<Result>(
    of count: Int, _ body: (inout MutableSpan<Float>, inout MutableSpan<Float>) -> Result
) -> Result {
    require(count <= vectorLimit, "A thread has memory for vectors of \(vectorLimit), not \(count).")
    var first = MutableSpan(_unsafeStart: ck_vector_scratch(), count: count)
    var second = MutableSpan(_unsafeStart: ck_vector_scratch() + count, count: count)
    return body(&first, &second)
}
