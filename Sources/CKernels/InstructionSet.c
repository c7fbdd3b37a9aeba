#include "InstructionSet.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "include/CKernels.h"

static const char *const names[CKInstructionSetCount] = {"baseline", "avx2", "avx512"};

static bool supports(CKInstructionSet set) {
#ifdef CK_X86_64
    if (set == CKAVX512) return __builtin_cpu_supports("avx512f");
    if (set == CKAVX2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    return set == CKBaseline;
}

static CKInstructionSet choose(void) {
    const char *wanted = getenv("REGULARIZATION_INSTRUCTIONS");
    for (int set = 0; wanted != NULL && set < CKInstructionSetCount; set++)
        if (strcmp(wanted, names[set]) == 0 && supports(set)) return set;
    for (int set = CKInstructionSetCount - 1; set > CKBaseline; set--)
        if (supports(set)) return set;
    return CKBaseline;
}

CKInstructionSet ck_chosen_instruction_set(void) {
    // Threads that get here at the same time choose the same set.
    static atomic_int chosen = -1;
    int set = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (set < 0) {
        set = choose();
        atomic_store_explicit(&chosen, set, memory_order_relaxed);
    }
    return set;
}

const char *ck_instruction_set(void) { return names[ck_chosen_instruction_set()]; }
