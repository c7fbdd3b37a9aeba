#include "InstructionSet.h"
#include "MatrixProduct.h"

static double (*const variants[CKInstructionSetCount])(ptrdiff_t) = {
    [CKBaseline] = ck_multiply_in_registers_baseline,
#ifdef CK_X86_64
    [CKAVX2] = ck_multiply_in_registers_avx2,
    [CKAVX512] = ck_multiply_in_registers_avx512,
#endif
};

double ck_multiply_in_registers(ptrdiff_t iterations) {
    return variants[ck_chosen_instruction_set()](iterations);
}
