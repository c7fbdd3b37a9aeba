#include "include/CKernels.h"

#include <stdint.h>
#include <string.h>

/// 2ⁿ for a whole n from −126 to 127, given n + 2²³·1.5, whose low bits are n.
static inline float power_of_two(float shifted) {
    int32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (int32_t)((uint32_t)(bits + 127) << 23);
    float result;
    memcpy(&result, &bits, sizeof result);
    return result;
}

// x = n·ln 2 + r with |r| ≤ ln 2 / 2, and a polynomial for eʳ: Cephes, `expf` (S. Moshier). Without branches, so
// that the compiler makes vectors of it.
void ck_exponentials(float *values, ptrdiff_t count) {
    const float shift = 0x1.8p23f, lowest = -87.0f;
    for (ptrdiff_t i = 0; i < count; i++) {
        const float x = values[i] < lowest ? lowest : values[i];
        const float shifted = x * 1.44269504f + shift, n = shifted - shift;
        const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
        float y = 1.9875691500e-4f;
        y = y * r + 1.3981999507e-3f;
        y = y * r + 8.3334519073e-3f;
        y = y * r + 4.1665795894e-2f;
        y = y * r + 1.6666665459e-1f;
        y = y * r + 5.0000001201e-1f;
        y = (y * r * r + r) + 1.0f;
        y *= power_of_two(shifted);
        values[i] = values[i] < lowest ? 0.0f : y;
    }
}
