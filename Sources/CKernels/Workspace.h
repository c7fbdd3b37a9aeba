#ifndef CK_WORKSPACE_H
#define CK_WORKSPACE_H

#include <stddef.h>

/// The size of a workspace in floats; a kernel that needs more must work in blocks.
enum { CKWorkspaceCount = 672 * 1024 };

/// Scratch memory of the calling thread, 64-byte aligned, with any content; allocated at the thread's first
/// call and freed when the thread ends. A kernel must not keep it beyond its return.
float *ck_workspace(void);

#endif
