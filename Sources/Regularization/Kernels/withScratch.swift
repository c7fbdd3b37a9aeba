internal import CKernels

/// How many elements `withScratch` lends.
let scratchCount = Int(CKScratchCount)

/// Lends memory of the calling thread, with any content, which stays allocated; not again within the body.
func withScratch<Result>(_ body: (inout MutableSpan<Float>) -> Result) -> Result {
    var scratch = MutableSpan(_unsafeStart: ck_scratch(), count: scratchCount)
    return body(&scratch)
}

/// Lends the same memory as half as many Doubles; not within the body of either.
func withDoubleScratch<Result>(_ body: (inout MutableSpan<Double>) -> Result) -> Result {
    ck_scratch().withMemoryRebound(to: Double.self, capacity: scratchCount / 2) { start in
        var scratch = MutableSpan(_unsafeStart: start, count: scratchCount / 2)
        return body(&scratch)
    }
}

/// The most elements of a vector that `withVectors` lends.
let vectorLimit = Int(CKVectorScratchCount) / 2

/// Lends two vectors of the calling thread with any content, apart from what `withScratch` lends; not again within the body.
///
/// They stay allocated. Traps if they are longer than `vectorLimit`.
func withVectors<Result>(
    of count: Int, _ body: (inout MutableSpan<Float>, inout MutableSpan<Float>) -> Result
) -> Result {
    require(count <= vectorLimit, "A thread has memory for vectors of \(vectorLimit), not \(count).")
    var first = MutableSpan(_unsafeStart: ck_vector_scratch(), count: count)
    var second = MutableSpan(_unsafeStart: ck_vector_scratch() + count, count: count)
    return body(&first, &second)
}
