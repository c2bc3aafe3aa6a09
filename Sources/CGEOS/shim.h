/* Only the reentrant calls: each takes its context, so nothing is shared between threads by accident. */
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
