#ifndef CK_WORKSPACE_H
#define CK_WORKSPACE_H

#include <stddef.h>

/// The size of a workspace in floats; a kernel that needs more works in blocks.
enum { CKWorkspaceCount = 672 * 1024 };

/// Scratch memory of the calling thread for one call of a kernel, 64-byte aligned, with any content. It is allocated
/// at the thread's first call and freed when the thread ends.
float *ck_workspace(void);

#endif
