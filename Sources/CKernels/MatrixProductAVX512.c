#include "InstructionSet.h"

#ifdef CK_X86_64
#include <immintrin.h>

#define VARIANT(name) name##_avx512
#define TARGET __attribute__((target("avx512f"), min_vector_width(512)))
#define WIDTH 16
#define ROWS 12

#include "MatrixProductVector.inc"

/// A mask of the lanes below `count`.
TARGET static inline __mmask16 mask_first(ptrdiff_t count) { return (__mmask16)((1u << count) - 1); }

TARGET static inline Vector load_first(const float *from, ptrdiff_t count) {
    return _mm512_maskz_loadu_ps(mask_first(count), from);
}

TARGET static inline void store_first(float *to, Vector x, ptrdiff_t count) {
    _mm512_mask_storeu_ps(to, mask_first(count), x);
}

TARGET static inline Vector join(const Quad *parts) {
    typedef float Half __attribute__((vector_size(32)));
    Half low = __builtin_shufflevector(parts[0], parts[1], 0, 1, 2, 3, 4, 5, 6, 7);
    Half high = __builtin_shufflevector(parts[2], parts[3], 0, 1, 2, 3, 4, 5, 6, 7);
    return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

TARGET static inline Vector zip_low(Vector x, Vector y) {
    return __builtin_shufflevector(x, y, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
}

TARGET static inline Vector zip_high(Vector x, Vector y) {
    return __builtin_shufflevector(x, y, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
}

#include "MatrixProductTile.inc"
#include "MatrixProductPacking.inc"
#include "MatrixProductEpilogue.inc"
#include "MatrixProductBlocks.inc"
#include "PeakLoop.inc"
#endif
