#ifndef CK_INSTRUCTION_SET_H
#define CK_INSTRUCTION_SET_H

#if defined(__x86_64__)
#define CK_X86_64 1
#endif

/// The instruction sets in rising order of width, so that a kernel can keep its variants in an array.
typedef enum { CKBaseline, CKAVX2, CKAVX512, CKInstructionSetCount } CKInstructionSet;

/// The instruction set of all kernels, the same for the life of the process, see `ck_instruction_set`.
CKInstructionSet ck_chosen_instruction_set(void);

#endif
