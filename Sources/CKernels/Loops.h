#ifndef CK_LOOPS_H
#define CK_LOOPS_H

#include "include/CKernels.h"

// Every loop that exists once for each instruction set, as LOOP(result, name, parameters, arguments). The public
// function `ck_<name>` calls the variant for this processor.
#define CK_LOOPS(LOOP)                                                                                      \
    LOOP(double, sum_of_magnitudes, (ptrdiff_t n, const float *w), (n, w))                                  \
    LOOP(double, sum_of_squares, (ptrdiff_t n, const float *w), (n, w))                                     \
    LOOP(bool, all_finite, (ptrdiff_t n, const float *x), (n, x))                                           \
    LOOP(void, add_signs, (ptrdiff_t n, const float *w, float scale, float *g), (n, w, scale, g))           \
    LOOP(double, add_signs_summing, (ptrdiff_t n, const float *w, float scale, float *g), (n, w, scale, g)) \
    LOOP(void, add_multiple, (ptrdiff_t n, const float *w, float scale, float *g), (n, w, scale, g))        \
    LOOP(double, add_multiple_summing, (ptrdiff_t n, const float *w, float scale, float *g),                \
         (n, w, scale, g))                                                                                  \
    LOOP(void, soft_threshold, (ptrdiff_t n, float *w, float threshold), (n, w, threshold))                 \
    LOOP(void, soft_threshold_each, (ptrdiff_t n, float *w, CKScales scales), (n, w, scales))               \
    LOOP(void, divide, (ptrdiff_t n, float *w, float divisor), (n, w, divisor))                             \
    LOOP(void, divide_each, (ptrdiff_t n, float *w, CKScales scales, float multiple),                       \
         (n, w, scales, multiple))                                                                          \
    LOOP(void, square_roots, (ptrdiff_t n, float *x), (n, x))                                               \
    LOOP(void, scale, (ptrdiff_t n, float *x, float factor), (n, x, factor))                                \
    LOOP(bool, adam,                                                                                        \
         (ptrdiff_t n, CKAdam adam, float *w, const float *g, float *m, float *v, float *largest, float *sizes), \
         (n, adam, w, g, m, v, largest, sizes))                                                             \
    LOOP(void, root_sizes,                                                                                  \
         (ptrdiff_t n, float rate, CKRoot root, float correction, const float *v, float *sizes),            \
         (n, rate, root, correction, v, sizes))                                                             \
    LOOP(bool, rmsprop,                                                                                     \
         (ptrdiff_t n, CKRMSprop rmsprop, float *w, const float *g, float *v, float *m, float *velocity,    \
          float *sizes),                                                                                    \
         (n, rmsprop, w, g, v, m, velocity, sizes))                                                         \
    LOOP(void, rmsprop_sizes,                                                                               \
         (ptrdiff_t n, CKRMSprop rmsprop, const float *v, const float *m, float *sizes),                    \
         (n, rmsprop, v, m, sizes))                                                                         \
    LOOP(bool, lion, (ptrdiff_t n, CKLion lion, float *w, const float *g, float *m, float *v),              \
         (n, lion, w, g, m, v))                                                                             \
    LOOP(bool, momentum, (ptrdiff_t n, CKMomentum momentum, float *w, const float *g, float *v),            \
         (n, momentum, w, g, v))                                                                            \
    LOOP(bool, descend, (ptrdiff_t n, float rate, const float *g, float *w), (n, rate, g, w))               \
    LOOP(void, exponentials, (float *values, ptrdiff_t n), (values, n))                                     \
    LOOP(void, draw_factors, (CKDropout dropout, ptrdiff_t rows, ptrdiff_t units, float *factors),          \
         (dropout, rows, units, factors))                                                                   \
    LOOP(void, column_sums, (ptrdiff_t rows, ptrdiff_t columns, const float *w, float *sums),               \
         (rows, columns, w, sums))                                                                          \
    LOOP(void, column_squares, (ptrdiff_t rows, ptrdiff_t columns, const float *w, ptrdiff_t ld, double *sums), \
         (rows, columns, w, ld, sums))                                                                      \
    LOOP(void, scale_rows,                                                                                  \
         (ptrdiff_t rows, ptrdiff_t columns, const float *factors, float *w, ptrdiff_t ld),                 \
         (rows, columns, factors, w, ld))                                                                   \
    LOOP(void, scale_columns,                                                                               \
         (ptrdiff_t rows, ptrdiff_t columns, const float *factors, float *w, ptrdiff_t ld),                 \
         (rows, columns, factors, w, ld))                                                                   \
    LOOP(void, add_scaled_columns,                                                                          \
         (ptrdiff_t rows, ptrdiff_t columns, const float *factors, const float *w, float *g, ptrdiff_t ld), \
         (rows, columns, factors, w, g, ld))                                                                \
    LOOP(uint64_t, shrink_columns,                                                                          \
         (ptrdiff_t rows, ptrdiff_t columns, const double *weights, CKScales scales, float *w, ptrdiff_t ld), \
         (rows, columns, weights, scales, w, ld))                                                           \
    LOOP(bool, shrink_row, (ptrdiff_t n, double weight, CKScales scales, float *w), (n, weight, scales, w))

#define CK_FIELD(result, name, parameters, arguments) result(*name) parameters;

/// The loops of one instruction set.
typedef struct {
    CK_LOOPS(CK_FIELD)
} Loops;

extern const Loops ck_loops_baseline, ck_loops_avx2, ck_loops_avx512;

#endif
