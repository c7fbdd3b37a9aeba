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
