internal import CKernels

/// Replaces each value x ≤ 0 by eˣ, within two units in the last place.
///
/// Below −87 it is 0. NaN stays NaN.
package func replaceByExponentials(_ values: inout MutableSpan<Float>) {
    values.withUnsafeMutableBufferPointer { buffer in
        if let start = buffer.baseAddress { ck_exponentials(start, buffer.count) }
    }
}
