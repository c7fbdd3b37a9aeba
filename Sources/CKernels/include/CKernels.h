#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The instruction set that the kernels run on: "avx512", "avx2" or "baseline".
///
/// The best one that the processor supports, chosen at the first use, unless the environment variable
/// REGULARIZATION_INSTRUCTIONS names another supported one. Anything else in that variable is ignored.
const char *ck_instruction_set(void);

/// Which of its operands a matrix product reads transposed.
typedef enum {
    CKProductABt,  ///< c[m×n] = a[m×k] · b[n×k]ᵀ
    CKProductAB,   ///< c[m×n] = a[m×k] · b[k×n]
    CKProductAtB   ///< c[m×n] = a[k×m]ᵀ · b[k×n]
} CKProductForm;

/// Writes a matrix product into `c`, or adds it to `c`.
///
/// All matrices are row-major; `lda`, `ldb` and `ldc` are the distances between the starts of rows, in
/// elements, at least the number of columns as stored. `c` must not overlap `a` or `b`; what lies between
/// its rows is left alone, and nothing outside the operands is read. Without `accumulate`, `c` is not
/// read either; with k = 0 it becomes zero.
///
/// An element of `c` is summed in an order that depends on k alone, so a product computed in
/// pieces (blocks of rows or of columns, on any threads) has the same bits as the whole.
void ck_matrix_product(
    CKProductForm form, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k,
    const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb, float *c, ptrdiff_t ldc,
    bool accumulate);

/// Replaces each value x ≤ 0 by eˣ, within two units in the last place; by 0 below −87. NaN stays NaN.
void ck_exponentials(float *values, ptrdiff_t count);

/// Makes the calling thread treat numbers below 1.2e-38 in magnitude as zero, and returns the mode that it was
/// in. On processors that compute with them at full speed it does nothing.
unsigned ck_flush_subnormals(void);

/// Returns the calling thread to a mode.
void ck_restore_subnormals(unsigned mode);

/// √x, correctly rounded. Swift's own `squareRoot()` keeps a loop from being vectorised on Linux; this does
/// not.
static inline float ck_square_root(float x) { return __builtin_elementwise_sqrt(x); }

/// cos x, for which Swift code would have to import a C library that is named differently on every platform.
static inline double ck_cosine(double x) { return __builtin_cos(x); }

#ifdef __cplusplus
}
#endif

#endif
