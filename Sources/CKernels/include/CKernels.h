#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/// What a product does to every element z of `c` at last, in this order.
typedef struct {
    /// z + bias[j], for n columns j; or NULL.
    const float *bias;
    /// What a z < 0 is multiplied by; 1 changes nothing, and 0 gives 0 for −∞ too. NaN stays NaN.
    float negative_slope;
    /// The factor depends on these instead: 1 where they are > 0, and `negative_slope` elsewhere. As large as
    /// `c` and with its row distance; or NULL.
    const float *outputs;
    /// z · factors[i][j], laid out in the same way; or NULL.
    const float *factors;
} CKEpilogue;

/// Writes a matrix product into `c`, or adds it to `c`, and then applies `epilogue` unless it is NULL.
///
/// All matrices are row-major; `lda`, `ldb` and `ldc` are the distances between the starts of rows, in
/// elements, at least the number of columns as stored. `c` must not overlap what is read; what lies between
/// its rows is left alone, and nothing outside the operands is read. Without `accumulate`, `c` is not
/// read either; with k = 0 the sums are zero.
///
/// An element of `c` is summed in an order that depends on k alone, so a product computed in
/// pieces (blocks of rows or of columns, on any threads) has the same bits as the whole. On Apple's platforms
/// the sums are Accelerate's, which does not promise that.
void ck_matrix_product(
    CKProductForm form, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k,
    const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb, float *c, ptrdiff_t ldc,
    bool accumulate, const CKEpilogue *epilogue);

/// Σ|wᵢ|; sums of element loops are kept in Double, in sixteen parts, and have the same bits with every
/// instruction set.
double ck_sum_of_magnitudes(ptrdiff_t n, const float *w);

/// Σ wᵢ².
double ck_sum_of_squares(ptrdiff_t n, const float *w);

/// Adds scale times the sign of w to g: 0 at 0, NaN at NaN.
void ck_add_signs(ptrdiff_t n, const float *w, float scale, float *g);

/// The same, and returns Σ|wᵢ|.
double ck_add_signs_summing(ptrdiff_t n, const float *w, float scale, float *g);

/// Adds scale · w to g.
void ck_add_multiple(ptrdiff_t n, const float *w, float scale, float *g);

/// The same, and returns Σ wᵢ².
double ck_add_multiple_summing(ptrdiff_t n, const float *w, float scale, float *g);

/// One proximal scale tᵢ = f·sᵢ/(1 + ρ·f·sᵢ) for each weight, with the step sizes s, the factor f and the
/// folded squared L2 ρ.
typedef struct {
    const float *sizes;
    float factor, ridge;
} CKScales;

/// Moves every weight toward 0 by the threshold, to exactly 0 where it is not larger; NaN stays NaN.
void ck_soft_threshold(ptrdiff_t n, float *w, float threshold);

/// The same with the threshold tᵢ for each weight.
void ck_soft_threshold_each(ptrdiff_t n, float *w, CKScales scales);

/// Divides every weight.
void ck_divide(ptrdiff_t n, float *w, float divisor);

/// Divides every weight by 1 + multiple · tᵢ.
void ck_divide_each(ptrdiff_t n, float *w, CKScales scales, float multiple);

/// Replaces each value by its square root, correctly rounded.
void ck_square_roots(ptrdiff_t n, float *x);

/// Multiplies each value.
void ck_scale(ptrdiff_t n, float *x, float factor);

/// Where a small number keeps a square root from 0: √(v + inside) + outside.
typedef struct {
    float inside, outside;
} CKRoot;

/// A step of Adam: w ← w − η·(m·c₁)/(√(v·c₂ + inside) + outside), c₁ and c₂ the corrections of the means; with the
/// largest v·c₃ so far in the place of v, if that is kept.
typedef struct {
    float rate, beta1, beta2;
    CKRoot root;
    float mean_correction, square_correction, largest_correction;
} CKAdam;

/// Updates the weights and both means, the largest v·c₃ unless `largest` is NULL, and writes the step sizes
/// η/(√(v·c₂ + inside) + outside) unless `sizes` is NULL.
void ck_adam(
    ptrdiff_t n, CKAdam adam, float *w, const float *g, float *m, float *v, float *largest, float *sizes);

/// Writes the step sizes rate/(√(v·correction + inside) + outside).
void ck_root_sizes(ptrdiff_t n, float rate, CKRoot root, float correction, const float *v, float *sizes);

/// A step of RMSprop: v ← αv + share·g², w ← w − η·g/(√(v + inside) + outside); of Adagrad with α = share = 1.
///
/// Centered it takes v − m² in the place of v, with m ← αm + share·g. With momentum μ it sums the quotients,
/// u ← μu + g/(…), w ← w − ηu.
typedef struct {
    float rate, decay, share, momentum;
    CKRoot root;
} CKRMSprop;

/// Updates the weights, the mean square, the mean unless `m` is NULL and the velocity unless that is, and writes the
/// step sizes η/(…), over 1 − μ with momentum, unless `sizes` is NULL.
void ck_rmsprop(
    ptrdiff_t n, CKRMSprop rmsprop, float *w, const float *g, float *v, float *m, float *velocity,
    float *sizes);

/// Writes the step sizes alone; `m` may be NULL.
void ck_rmsprop_sizes(ptrdiff_t n, CKRMSprop rmsprop, const float *v, const float *m, float *sizes);

/// A step of Lion: w ← w − η·sign(c) with c = β₁m + (1 − β₁)g, m ← β₂m + (1 − β₂)g,
/// v ← decay·v + (1 − decay)(correction·c)².
typedef struct {
    float rate, beta1, beta2, decay, correction;
} CKLion;

/// Updates the weights, the mean and the average square.
void ck_lion(ptrdiff_t n, CKLion lion, float *w, const float *g, float *m, float *v);

/// A step of SGD with momentum β: v ← βv + share·g, w ← w − ηv, or with Nesterov w ← w − η(g + βv).
typedef struct {
    float rate, momentum, share;
    bool nesterov;
} CKMomentum;

/// Updates the weights and the velocity.
void ck_momentum(ptrdiff_t n, CKMomentum momentum, float *w, const float *g, float *v);

/// Multiplies and adds in registers alone, and returns the number of floating-point operations: the rate that a
/// matrix product could reach at most on one thread.
double ck_multiply_in_registers(ptrdiff_t iterations);

/// Replaces each value x ≤ 0 by eˣ, within two units in the last place; by 0 below −87. NaN stays NaN.
void ck_exponentials(float *values, ptrdiff_t n);

/// Inverted dropout: factors 0 at the rate, else 1/(1 − rate), decided by the key, the row's number and the unit's.
typedef struct {
    uint64_t key, first_row;
    float rate;
} CKDropout;

/// Writes the factors of a contiguous matrix whose first row has the number `first_row`.
void ck_draw_factors(CKDropout dropout, ptrdiff_t rows, ptrdiff_t units, float *factors);

/// Writes the sums of the columns of a contiguous matrix.
void ck_column_sums(ptrdiff_t rows, ptrdiff_t columns, const float *w, float *sums);

/// Writes the sums of squares of the columns; `ld` is the distance between rows.
void ck_column_squares(ptrdiff_t rows, ptrdiff_t columns, const float *w, ptrdiff_t ld, double *sums);

/// Multiplies each row by its factor; 0 makes zeros of everything.
void ck_scale_rows(ptrdiff_t rows, ptrdiff_t columns, const float *factors, float *w, ptrdiff_t ld);

/// Multiplies each column by its factor; 0 makes zeros of everything.
void ck_scale_columns(ptrdiff_t rows, ptrdiff_t columns, const float *factors, float *w, ptrdiff_t ld);

/// Adds to each column of g that of w times a factor.
void ck_add_scaled_columns(
    ptrdiff_t rows, ptrdiff_t columns, const float *factors, const float *w, float *g, ptrdiff_t ld);

/// How many columns with so many rows `ck_shrink_columns` takes: 64, 32, 16 or 0.
ptrdiff_t ck_columns_at_once(ptrdiff_t rows);

/// Moves columns to the proximal points of weights[j]·‖column j‖ in the metric of the scales, which lie as w
/// does. Returns a bit for each column that it left alone, because it is too long or its numbers are below
/// 1e-30 or above 1e30.
uint64_t ck_shrink_columns(
    ptrdiff_t rows, ptrdiff_t columns, const double *weights, CKScales scales, float *w, ptrdiff_t ld);

/// Moves a row to the proximal point of weight·‖w‖, or returns false and leaves it alone, as above.
bool ck_shrink_row(ptrdiff_t n, double weight, CKScales scales, float *w);

/// Makes the calling thread treat numbers below 1.2e-38 in magnitude as zero, and returns the mode that it was
/// in. On processors that compute with them at full speed it does nothing.
unsigned ck_flush_subnormals(void);

/// The mode that the calling thread is in.
unsigned ck_subnormal_mode(void);

/// Brings the calling thread to a mode.
void ck_restore_subnormals(unsigned mode);

/// The size of `ck_scratch` in floats.
enum { CKScratchCount = 128 * 1024 };

/// Scratch memory of the calling thread, with any content, for those who call kernels; no kernel uses it.
/// Allocated at the thread's first call and freed when the thread ends.
float *ck_scratch(void);

/// The size of `ck_vector_scratch` in floats.
enum { CKVectorScratchCount = 32 * 1024 };

/// More of it, for vectors that are copied together and given to code that may use `ck_scratch`.
float *ck_vector_scratch(void);

/// The number of processors that this process may use.
int ck_processor_count(void);

/// cos x, for which Swift code would have to import a C library that is named differently on every platform.
static inline double ck_cosine(double x) { return __builtin_cos(x); }
static inline double ck_power(double x, double y) { return __builtin_pow(x, y); }

/// arccos x, likewise.
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
