internal import CKernels

/// Multiplies and adds in registers alone, and returns the number of floating-point operations.
///
/// Divided by the time that this takes, the number is the most that a matrix product with this instruction set can
/// reach on one thread, which benchmarks compare with.
package func multiplyInRegisters(iterations: Int) -> Double {
    ck_multiply_in_registers(iterations)
}
