#include "InstructionSet.h"

#ifdef CK_X86_64
#define VARIANT(name) name##_avx512
#define TARGET __attribute__((target("avx512f"), min_vector_width(512)))

#include "LoopsVector.inc"
#include "ElementLoops.inc"
#include "UpdateLoops.inc"
#include "NetworkLoops.inc"
#include "GroupLoops.inc"
#include "GroupShrinkage.inc"
#include "LoopsTable.inc"
#endif
