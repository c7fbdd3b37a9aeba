internal import CKernels

/// Does some work with numbers below 1.2e-38 in magnitude treated as zero, where that is faster.
///
/// Weights that a penalty shrinks without end become subnormal numbers, and x86-64 takes about a hundred times
/// longer to multiply those.
package func flushingSubnormals<Result>(_ work: () -> Result) -> Result {
    let mode = ck_flush_subnormals()
    defer { ck_restore_subnormals(mode) }
    return work()
}
