#ifndef CK_MATRIX_PRODUCT_H
#define CK_MATRIX_PRODUCT_H

#include "include/CKernels.h"

/// The sizes and operands of a product, as `ck_matrix_product` takes them.
typedef struct {
    CKProductForm form;
    ptrdiff_t m, n, k;
    const float *a;
    ptrdiff_t lda;
    const float *b;
    ptrdiff_t ldb;
    float *c;
    ptrdiff_t ldc;
    bool accumulate;
    const CKEpilogue *epilogue;
} MatrixProduct;

// The variant of `ck_matrix_product` for each instruction set.
void ck_matrix_product_baseline(const MatrixProduct *product);
void ck_matrix_product_avx2(const MatrixProduct *product);
void ck_matrix_product_avx512(const MatrixProduct *product);

// The variant of `ck_multiply_in_registers` for each instruction set.
double ck_multiply_in_registers_baseline(ptrdiff_t iterations);
double ck_multiply_in_registers_avx2(ptrdiff_t iterations);
double ck_multiply_in_registers_avx512(ptrdiff_t iterations);

#endif
