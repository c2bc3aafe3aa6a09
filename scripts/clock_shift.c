// Loaded before a program (LD_PRELOAD), it puts that program's clock CLOCK_SHIFT seconds ahead, and leaves the clock that
// measures spans alone. libfaketime does more, and takes a Swift program's arguments away.
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long shift(void) {
    const char *told = getenv("CLOCK_SHIFT");
    return told ? atol(told) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *at) {
    int outcome = syscall(SYS_clock_gettime, clock, at);
    if (outcome == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) at->tv_sec += shift();
    return outcome;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    int outcome = syscall(SYS_gettimeofday, at, zone);
    if (outcome == 0 && at) at->tv_sec += shift();
    return outcome;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
