#include "InstructionSet.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
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

/// Says which values the environment variable can have, and ends the process: a wrong one would be ignored in silence,
/// and what is then measured or compared would be something else.
static _Noreturn void refuse(const char *wanted) {
    fprintf(stderr, "REGULARIZATION_INSTRUCTIONS is \"%.40s\", but this processor has", wanted);
    for (int set = 0; set < CKInstructionSetCount; set++)
        if (supports(set)) fprintf(stderr, " %s", names[set]);
    fprintf(stderr, "; name one of these, or unset the variable for the best one.\n");
    // Without a report of a crash, since it is a mistake of whoever set the variable.
    _Exit(1);
}

static CKInstructionSet choose(void) {
    const char *wanted = getenv("REGULARIZATION_INSTRUCTIONS");
    if (wanted != NULL && wanted[0] != 0) {
        for (int set = 0; set < CKInstructionSetCount; set++)
            if (strcmp(wanted, names[set]) == 0 && supports(set)) return set;
        refuse(wanted);
    }
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
