#include "Loops.h"

#include "InstructionSet.h"

static const Loops *const variants[CKInstructionSetCount] = {
    [CKBaseline] = &ck_loops_baseline,
#ifdef CK_X86_64
    [CKAVX2] = &ck_loops_avx2,
    [CKAVX512] = &ck_loops_avx512,
#endif
};

#define CALL(result, name, parameters, arguments)                       \
    result ck_##name parameters {                                       \
        return variants[ck_chosen_instruction_set()]->name arguments; \
    }

CK_LOOPS(CALL)
