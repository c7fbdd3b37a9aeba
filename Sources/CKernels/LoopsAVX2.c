#include "InstructionSet.h"

#ifdef CK_X86_64
#define VARIANT(name) name##_avx2
#define TARGET __attribute__((target("avx2")))

#include "LoopsVector.inc"
#include "ElementLoops.inc"
#include "UpdateLoops.inc"
#include "NetworkLoops.inc"
#include "GroupLoops.inc"
#include "GroupShrinkage.inc"
#include "LoopsTable.inc"
#endif
