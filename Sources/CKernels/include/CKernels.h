#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The name of the instruction set that the kernels use: "avx512", "avx2" or "baseline".
///
/// It is the best one that the processor supports, chosen at the first use, unless the environment variable
/// REGULARIZATION_INSTRUCTIONS names another supported one. Any other content of the variable ends the process, with a
/// sentence on standard error.
const char *ck_instruction_set(void);

/// The operand of a matrix product that is read transposed.
typedef enum {
    CKProductABt,  ///< c[m×n] = a[m×k] · b[n×k]ᵀ
    CKProductAB,   ///< c[m×n] = a[m×k] · b[k×n]
    CKProductAtB   ///< c[m×n] = a[k×m]ᵀ · b[k×n]
} CKProductForm;

/// The operations that a product applies to every element z of `c` after the sum, in this order.
typedef struct {
    /// Adds bias[j] in column j of n columns; or NULL.
    const float *bias;
    /// The factor of a z < 0; 1 changes nothing, and 0 gives 0 for −∞ too. NaN stays NaN.
    float negative_slope;
    /// If not NULL, these decide instead of z: the factor is 1 where they are > 0, and `negative_slope` elsewhere.
    /// They are as large as `c` and have its row distance.
    const float *outputs;
    /// Multiplies z by factors[i][j], which are laid out in the same way; or NULL.
    const float *factors;
} CKEpilogue;

/// Writes a matrix product into `c`, or adds it to `c`, and then applies `epilogue` unless it is NULL.
///
/// All matrices are row-major; `lda`, `ldb` and `ldc` are the distances between the starts of rows, in elements, at
/// least the number of columns as stored. `c` must not overlap what is read; the elements between its rows are left
/// alone, and nothing outside the operands is read. Without `accumulate`, `c` is not read either; with k = 0 the sums
/// are zero.
///
/// An element of `c` is summed in an order that depends on k alone, so that a product computed in parts (blocks of
/// rows or of columns, on any threads) has the same bits as the whole. On Apple's platforms the sums are
/// Accelerate's, which does not promise that.
void ck_matrix_product(
    CKProductForm form, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k,
    const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb, float *c, ptrdiff_t ldc,
    bool accumulate, const CKEpilogue *epilogue);

/// The sum Σ|wᵢ|.
///
/// The sums of element loops are kept in Double, in sixteen lanes, and have the same bits with every instruction set.
double ck_sum_of_magnitudes(ptrdiff_t n, const float *w);

/// The sum Σ wᵢ².
double ck_sum_of_squares(ptrdiff_t n, const float *w);

/// Whether no element is NaN or infinite.
bool ck_all_finite(ptrdiff_t n, const float *x);

/// Adds scale times the sign of each weight to g; the sign is 0 at 0 and NaN at NaN.
void ck_add_signs(ptrdiff_t n, const float *w, float scale, float *g);

/// Does the same as `ck_add_signs`, and returns Σ|wᵢ|.
double ck_add_signs_summing(ptrdiff_t n, const float *w, float scale, float *g);

/// Adds scale · w to g.
void ck_add_multiple(ptrdiff_t n, const float *w, float scale, float *g);

/// Does the same as `ck_add_multiple`, and returns Σ wᵢ².
double ck_add_multiple_summing(ptrdiff_t n, const float *w, float scale, float *g);

/// A proximal scale for each weight, tᵢ = f·sᵢ/(1 + ρ·f·sᵢ), with the step sizes s, the factor f and the strength ρ
/// of a folded squared L2.
typedef struct {
    const float *sizes;
    float factor, ridge;
} CKScales;

/// Moves every weight toward 0 by a threshold, to exactly 0 where its magnitude is not larger; NaN stays NaN.
void ck_soft_threshold(ptrdiff_t n, float *w, float threshold);

/// Does the same with the threshold tᵢ for each weight.
void ck_soft_threshold_each(ptrdiff_t n, float *w, CKScales scales);

/// Divides every weight by a divisor.
void ck_divide(ptrdiff_t n, float *w, float divisor);

/// Divides every weight by 1 + multiple · tᵢ.
void ck_divide_each(ptrdiff_t n, float *w, CKScales scales, float multiple);

/// Replaces each value by its square root, correctly rounded.
void ck_square_roots(ptrdiff_t n, float *x);

/// Multiplies every element by a factor.
void ck_scale(ptrdiff_t n, float *x, float factor);

/// The small numbers that keep a divisor √(v + inside) + outside from 0.
typedef struct {
    float inside, outside;
} CKRoot;

// All updates return whether the weights and the buffers are finite afterwards, corrected squares included.

/// The numbers of an Adam update: w ← w − η·(m·c₁)/(√(v·c₂ + inside) + outside), with the bias corrections c₁ and c₂
/// of the averages. If the largest v·c₃ so far is kept, it takes the place of v.
typedef struct {
    float rate, beta1, beta2;
    CKRoot root;
    float mean_correction, square_correction, largest_correction;
} CKAdam;

/// Updates the weights and both averages; the largest v·c₃ too, unless `largest` is NULL. Writes the step sizes
/// η/(√(v·c₂ + inside) + outside) unless `sizes` is NULL.
bool ck_adam(
    ptrdiff_t n, CKAdam adam, float *w, const float *g, float *m, float *v, float *largest, float *sizes);

/// Writes the step sizes rate/(√(v·correction + inside) + outside).
void ck_root_sizes(ptrdiff_t n, float rate, CKRoot root, float correction, const float *v, float *sizes);

/// The numbers of an RMSprop update, v ← αv + share·g², w ← w − η·g/(√(v + inside) + outside), and with α = share = 1
/// of an Adagrad update.
///
/// If centered, v − m² takes the place of v, with m ← αm + share·g. With momentum μ the quotients are summed,
/// u ← μu + g/(…), w ← w − ηu.
typedef struct {
    float rate, decay, share, momentum;
    CKRoot root;
} CKRMSprop;

/// Updates the weights and the average square v; the average m unless it is NULL, and the velocity u unless that is
/// NULL. Writes the step sizes η/(…), with momentum divided by 1 − μ, unless `sizes` is NULL.
bool ck_rmsprop(
    ptrdiff_t n, CKRMSprop rmsprop, float *w, const float *g, float *v, float *m, float *velocity,
    float *sizes);

/// Writes the step sizes alone, after an update; `m` is NULL if not centered.
void ck_rmsprop_sizes(ptrdiff_t n, CKRMSprop rmsprop, const float *v, const float *m, float *sizes);

/// The numbers of a Lion update:
///
///     c = β₁m + (1 − β₁)g,  w ← w − η·sign(c),  m ← β₂m + (1 − β₂)g,  v ← decay·v + (1 − decay)(correction·c)²
typedef struct {
    float rate, beta1, beta2, decay, correction;
} CKLion;

/// Updates the weights, the average gradient m and the average square v.
bool ck_lion(ptrdiff_t n, CKLion lion, float *w, const float *g, float *m, float *v);

/// The numbers of an SGD update with momentum β: v ← βv + share·g, w ← w − ηv, or with Nesterov w ← w − η(g + βv).
typedef struct {
    float rate, momentum, share;
    bool nesterov;
} CKMomentum;

/// Updates the weights and the velocity v.
bool ck_momentum(ptrdiff_t n, CKMomentum momentum, float *w, const float *g, float *v);

/// Updates the weights, w ← w − rate · g.
bool ck_descend(ptrdiff_t n, float rate, const float *g, float *w);

/// Multiplies and adds in registers alone, and returns the number of floating-point operations: with the time that
/// this takes, it gives the rate that a matrix product can reach at most on one thread.
double ck_multiply_in_registers(ptrdiff_t iterations);

/// Replaces each value x ≤ 0 by eˣ, within two units in the last place, and by 0 below −87; NaN stays NaN.
void ck_exponentials(float *values, ptrdiff_t n);

/// The numbers of an inverted dropout: a factor is 0 with the probability `rate`, else 1/(1 − rate), as the key, the
/// number of the row and that of the unit decide.
typedef struct {
    uint64_t key, first_row;
    float rate;
} CKDropout;

/// Writes the factors of a contiguous matrix whose first row has the number `first_row`.
void ck_draw_factors(CKDropout dropout, ptrdiff_t rows, ptrdiff_t units, float *factors);

/// Writes the sums of the columns of a contiguous matrix, added in Float row by row.
void ck_column_sums(ptrdiff_t rows, ptrdiff_t columns, const float *w, float *sums);

/// Writes the sums of squares of the columns, in Double; `ld` is the distance between the starts of rows.
void ck_column_squares(ptrdiff_t rows, ptrdiff_t columns, const float *w, ptrdiff_t ld, double *sums);

/// Multiplies each row by its factor; a factor of 0 sets all elements to 0, also infinite ones.
void ck_scale_rows(ptrdiff_t rows, ptrdiff_t columns, const float *factors, float *w, ptrdiff_t ld);

/// Multiplies each column by its factor; a factor of 0 sets all elements to 0, also infinite ones.
void ck_scale_columns(ptrdiff_t rows, ptrdiff_t columns, const float *factors, float *w, ptrdiff_t ld);

/// Adds to each column of g the same column of w times its factor.
void ck_add_scaled_columns(
    ptrdiff_t rows, ptrdiff_t columns, const float *factors, const float *w, float *g, ptrdiff_t ld);

/// The number of columns with so many rows that `ck_shrink_columns` takes at once: 64, 32, 16 or 0.
ptrdiff_t ck_columns_at_once(ptrdiff_t rows);

/// Moves each column j to the proximal point of weights[j]·‖column j‖ in the metric of the scales, which are laid out
/// as w. Returns a bit for each column that it leaves alone, because the column is too long or its numbers are below
/// 1e-30 or above 1e30.
uint64_t ck_shrink_columns(
    ptrdiff_t rows, ptrdiff_t columns, const double *weights, CKScales scales, float *w, ptrdiff_t ld);

/// Moves a row to the proximal point of weight·‖w‖; returns false and leaves the row alone for the same reasons.
bool ck_shrink_row(ptrdiff_t n, double weight, CKScales scales, float *w);

/// Makes the calling thread treat numbers below 1.2e-38 in magnitude as zero, and returns its mode before. On
/// processors that compute with such numbers at full speed it does nothing.
unsigned ck_flush_subnormals(void);

/// The mode of the calling thread for subnormal numbers.
unsigned ck_subnormal_mode(void);

/// Sets the mode of the calling thread for subnormal numbers.
void ck_restore_subnormals(unsigned mode);

/// The size of `ck_scratch` in floats.
enum { CKScratchCount = 128 * 1024 };

/// Scratch memory of the calling thread, with any content, for the callers of kernels; no kernel uses it. It is
/// allocated at the thread's first call and freed when the thread ends.
float *ck_scratch(void);

/// The size of `ck_vector_scratch` in floats.
enum { CKVectorScratchCount = 32 * 1024 };

/// Further scratch memory of the calling thread, for vectors that are copied together and lent to code that may use
/// `ck_scratch`.
float *ck_vector_scratch(void);

/// The number of processors that this process may use.
int ck_processor_count(void);

/// cos x. These functions are here because Swift code would have to import a C library that is named differently on
/// every platform.
static inline double ck_cosine(double x) { return __builtin_cos(x); }
/// xʸ.
static inline double ck_power(double x, double y) { return __builtin_pow(x, y); }

/// arccos x.
static inline double ck_arccosine(double x) { return __builtin_acos(x); }

/// eˣ.
static inline double ck_exp(double x) { return __builtin_exp(x); }

/// eˣ − 1, accurate for small x.
static inline double ck_expm1(double x) { return __builtin_expm1(x); }

/// log(1 + x), accurate for small x.
static inline double ck_log1p(double x) { return __builtin_log1p(x); }

#ifdef __cplusplus
}
#endif

#endif
