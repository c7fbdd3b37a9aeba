#include "Workspace.h"

#include "include/CKernels.h"

#include <stdint.h>
#include <stdlib.h>

static _Thread_local float *workspace;

#if __has_include(<pthread.h>)
#include <pthread.h>

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void free_workspace(void *memory) {
    free(memory);
    workspace = NULL;
}

static void make_key(void) {
    if (pthread_key_create(&key, free_workspace) != 0) abort();
}

/// Has memory freed when the thread ends: a thread-local variable has no destructor in C, but the value of a key has
/// one.
static void free_at_thread_end(void *memory) {
    pthread_once(&once, make_key);
    pthread_setspecific(key, memory);
}
#else
/// Without POSIX threads the memory stays allocated until the process ends.
static void free_at_thread_end(void *memory) { (void)memory; }
#endif

float *ck_workspace(void) {
    if (workspace == NULL) {
        // Aligned by hand, as some platforms have no `aligned_alloc`. Pages that are not touched cost nothing.
        enum { alignment = 64 };
        void *memory = malloc((CKWorkspaceCount + CKScratchCount + CKVectorScratchCount) * sizeof(float) + alignment);
        if (memory == NULL) abort();
        free_at_thread_end(memory);
        workspace = (float *)(((uintptr_t)memory + alignment - 1) / alignment * alignment);
    }
    return workspace;
}

float *ck_scratch(void) { return ck_workspace() + CKWorkspaceCount; }

float *ck_vector_scratch(void) { return ck_scratch() + CKScratchCount; }
