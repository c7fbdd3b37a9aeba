#include "MatrixProduct.h"

#include "InstructionSet.h"

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
    variants[ck_chosen_instruction_set()](&product);
}
