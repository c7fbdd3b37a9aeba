internal import CKernels

/// Multiplies and adds in registers alone, and returns the number of floating-point operations.
///
/// With its time it gives the rate that the matrix product's instruction set could reach at most on one thread.
package func multiplyInRegisters(iterations: Int) -> Double {
    ck_multiply_in_registers(iterations)
}
