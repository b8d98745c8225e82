/* Loaded into a program before the C library (LD_PRELOAD): its wall clock, and how long the laptop
   has been running, are off by what the file in $WRONG_CLOCK says, which may change at any time.

   faketime(1) does not do: it changes the environment, after which Swift does not find its
   arguments, and timers that were set by a clock it moves never ring. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>

#define TIMERS 1024

/* Seconds to be added; as wrong_clock.py writes them. */
struct offsets { volatile int64_t wall, uptime; };

static const struct offsets *offsets;
static clockid_t clock_of_timer[TIMERS];

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("WRONG_CLOCK");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *mapped = mmap(NULL, sizeof *offsets, PROT_READ, MAP_SHARED, file, 0);
  if (mapped != MAP_FAILED) offsets = mapped;
}

static int64_t offset(clockid_t clock) {
  if (!offsets) return 0;
  switch (clock) {
    case CLOCK_REALTIME: case CLOCK_REALTIME_COARSE: return offsets->wall;
    case CLOCK_BOOTTIME: return offsets->uptime;
    default: return 0;
  }
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  static int (*next)(clockid_t, struct timespec *);
  if (!next) next = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int result = next(clock, time);
  if (result == 0) time->tv_sec += offset(clock);
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  (void)zone;
  struct timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) *result = now.tv_sec;
  return now.tv_sec;
}

int timerfd_create(int clock, int flags) {
  static int (*next)(int, int);
  if (!next) next = (int (*)(int, int))dlsym(RTLD_NEXT, "timerfd_create");
  int timer = next(clock, flags);
  if (timer >= 0 && timer < TIMERS) clock_of_timer[timer] = clock;
  return timer;
}

/* The kernel's clocks are right: a moment that was taken from ours is moved to theirs. */
int timerfd_settime(int timer, int flags, const struct itimerspec *value, struct itimerspec *old) {
  typedef int (*setter)(int, int, const struct itimerspec *, struct itimerspec *);
  static setter next;
  if (!next) next = (setter)dlsym(RTLD_NEXT, "timerfd_settime");
  struct itimerspec moved = *value;
  int is_set = value->it_value.tv_sec != 0 || value->it_value.tv_nsec != 0;
  if (is_set && (flags & TFD_TIMER_ABSTIME) && timer >= 0 && timer < TIMERS) {
    moved.it_value.tv_sec -= offset(clock_of_timer[timer]);
    if (moved.it_value.tv_sec < 0) moved.it_value.tv_sec = 0;
    if (moved.it_value.tv_sec == 0) moved.it_value.tv_nsec |= 1;
  }
  return next(timer, flags, &moved, old);
}
