internal import CKernels

/// How many elements `withScratch` lends.
let scratchCount = Int(CKScratchCount)

/// Lends memory of the calling thread, with any content, which stays allocated; not again within the body.
func withScratch<Result>(_ body: (inout MutableSpan<Float>) -> Result) -> Result {
    var scratch = MutableSpan(_unsafeStart: ck_scratch(), count: scratchCount)
    return body(&scratch)
}
