// For every processor: the loops as the compiler translates them without further instruction sets.

#define VARIANT(name) name##_baseline
#define TARGET

#include "LoopsVector.inc"
#include "ElementLoops.inc"
#include "UpdateLoops.inc"
#include "NetworkLoops.inc"
#include "GroupLoops.inc"
#include "GroupShrinkage.inc"
#include "LoopsTable.inc"
