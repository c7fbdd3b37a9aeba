#if defined(__linux__)
#define _GNU_SOURCE
#include <sched.h>
#endif
#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

#include "include/CKernels.h"

int ck_processor_count(void) {
#if defined(__linux__)
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
#if defined(_SC_NPROCESSORS_ONLN)
    return (int)sysconf(_SC_NPROCESSORS_ONLN);
#else
    return 1;
#endif
}
