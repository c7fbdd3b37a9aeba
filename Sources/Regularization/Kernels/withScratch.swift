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

/// The most elements of a vector that `withVectors` lends without allocating it.
let vectorLimit = Int(CKVectorScratchCount) / 2

/// Lends two vectors with any content, apart from what `withScratch` lends; not again within the body.
///
/// They are memory of the calling thread, which stays allocated, unless they are longer than `vectorLimit`.
func withVectors<Result>(
    of count: Int, _ body: (inout MutableSpan<Float>, inout MutableSpan<Float>) -> Result
) -> Result {
    if count > vectorLimit {
        var (first, second) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
        var one = first.mutableSpan
        var other = second.mutableSpan
        return body(&one, &other)
    }
    var first = MutableSpan(_unsafeStart: ck_vector_scratch(), count: count)
    var second = MutableSpan(_unsafeStart: ck_vector_scratch() + count, count: count)
    return body(&first, &second)
}
