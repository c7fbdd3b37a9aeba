#include "InstructionSet.h"

#ifdef CK_X86_64
#include <immintrin.h>

#define VARIANT(name) name##_avx2
#define TARGET __attribute__((target("avx2,fma")))
#define WIDTH 8
#define ROWS 6

#include "MatrixProductVector.inc"

/// A mask of the lanes below `count`.
TARGET static inline __m256i mask_first(ptrdiff_t count) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

TARGET static inline Vector load_first(const float *from, ptrdiff_t count) {
    return _mm256_maskload_ps(from, mask_first(count));
}

TARGET static inline void store_first(float *to, Vector x, ptrdiff_t count) {
    _mm256_maskstore_ps(to, mask_first(count), x);
}

TARGET static inline Vector join(const Quad *parts) {
    return __builtin_shufflevector(parts[0], parts[1], 0, 1, 2, 3, 4, 5, 6, 7);
}

TARGET static inline Vector zip_low(Vector x, Vector y) {
    return __builtin_shufflevector(x, y, 0, 8, 1, 9, 4, 12, 5, 13);
}

TARGET static inline Vector zip_high(Vector x, Vector y) {
    return __builtin_shufflevector(x, y, 2, 10, 3, 11, 6, 14, 7, 15);
}

#include "MatrixProductTile.inc"
#include "MatrixProductPacking.inc"
#include "MatrixProductEpilogue.inc"
#include "MatrixProductBlocks.inc"
#include "PeakLoop.inc"
#endif
