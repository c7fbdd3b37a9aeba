#include "Loops.h"

#include "InstructionSet.h"
#include "Workspace.h"

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

ptrdiff_t ck_columns_at_once(ptrdiff_t rows) {
    // A column needs room for its packed weights and scales; four vectors from each row share the cost of reaching
    // its page.
    for (ptrdiff_t columns = 64; columns >= 16; columns /= 2)
        if (rows * columns * 2 <= CKWorkspaceCount) return columns;
    return 0;
}
