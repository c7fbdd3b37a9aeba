#include "MatrixProduct.h"

#include "InstructionSet.h"

#if defined(__APPLE__) && __has_include(<Accelerate/Accelerate.h>)
#define CK_ACCELERATE 1
// Selects the interface that is not deprecated, with sizes of 64 bits.
#define ACCELERATE_NEW_LAPACK
#define ACCELERATE_LAPACK_ILP64
#include <Accelerate/Accelerate.h>
#endif

static void (*const variants[CKInstructionSetCount])(const MatrixProduct *) = {
    [CKBaseline] = ck_matrix_product_baseline,
#ifdef CK_X86_64
    [CKAVX2] = ck_matrix_product_avx2,
    [CKAVX512] = ck_matrix_product_avx512,
#endif
};

void ck_matrix_product(
    CKProductForm form, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k,
    const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb, float *c, ptrdiff_t ldc,
    bool accumulate, const CKEpilogue *epilogue) {
    if (m <= 0 || n <= 0) return;
    MatrixProduct product = {form, m, n, k, a, lda, b, ldb, c, ldc, accumulate, epilogue};
#ifdef CK_ACCELERATE
    // Accelerate uses the processor's matrix unit, which no public instruction reaches.
    if (k > 0) {
        cblas_sgemm(
            CblasRowMajor, form == CKProductAtB ? CblasTrans : CblasNoTrans,
            form == CKProductABt ? CblasTrans : CblasNoTrans, m, n, k, 1, a, lda, b, ldb, accumulate, c, ldc);
        // The product is done; the call below adds nothing to it and applies the epilogue.
        product.k = 0;
        product.accumulate = true;
    }
#endif
    variants[ck_chosen_instruction_set()](&product);
}
