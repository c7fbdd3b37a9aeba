internal import CKernels

/// Does some work in which the calling thread treats subnormal numbers, below 1.2e-38 in magnitude, as zero.
///
/// Weights that a penalty shrinks without end become subnormal, and x86-64 takes about a hundred times longer to
/// multiply those. On processors that compute with them at full speed this does nothing.
package func flushingSubnormals<Result>(_ work: () -> Result) -> Result {
    let mode = ck_flush_subnormals()
    defer { ck_restore_subnormals(mode) }
    return work()
}
