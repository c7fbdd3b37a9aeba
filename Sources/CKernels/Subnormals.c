#include "include/CKernels.h"
#include "InstructionSet.h"

#ifdef CK_X86_64
#include <xmmintrin.h>
#endif

unsigned ck_flush_subnormals(void) {
#ifdef CK_X86_64
    const unsigned mode = ck_subnormal_mode(), flush_to_zero = 0x8000, denormals_are_zero = 0x0040;
    _mm_setcsr(mode | flush_to_zero | denormals_are_zero);
    return mode;
#else
    return 0;
#endif
}

unsigned ck_subnormal_mode(void) {
#ifdef CK_X86_64
    return _mm_getcsr();
#else
    return 0;
#endif
}

void ck_restore_subnormals(unsigned mode) {
#ifdef CK_X86_64
    _mm_setcsr(mode);
#else
    (void)mode;
#endif
}
