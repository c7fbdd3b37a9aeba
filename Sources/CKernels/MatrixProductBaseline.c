// For every processor: vectors of four lanes, which are SSE2 on x86-64 and NEON on arm64.

#define VARIANT(name) name##_baseline
#define TARGET
#define WIDTH 4
#if defined(__aarch64__)
#define ROWS 12
#else
#define ROWS 6
#endif

#include "MatrixProductVector.inc"

static inline Vector load_first(const float *from, ptrdiff_t count) {
    Vector x = {0};
    for (ptrdiff_t i = 0; i < count; i++) x[i] = from[i];
    return x;
}

static inline void store_first(float *to, Vector x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) to[i] = x[i];
}

static inline Vector join(const Quad *parts) { return parts[0]; }

static inline Vector zip_low(Vector x, Vector y) { return __builtin_shufflevector(x, y, 0, 4, 1, 5); }

static inline Vector zip_high(Vector x, Vector y) { return __builtin_shufflevector(x, y, 2, 6, 3, 7); }

#include "MatrixProductTile.inc"
#include "MatrixProductPacking.inc"
#include "MatrixProductEpilogue.inc"
#include "MatrixProductBlocks.inc"
#include "PeakLoop.inc"
