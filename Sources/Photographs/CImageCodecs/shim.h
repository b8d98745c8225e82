// libjpeg-turbo's, libpng's and libwebp's own headers, from Debian's libturbojpeg0-dev,
// libpng-dev and libwebp-dev.
#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>
#include <webp/encode.h>

#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>

// Of glibc (2.9 and 2.34), whose headers show them only to who asks for GNU's own.
int pipe2(int ends[2], int flags);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

// Swift cannot call prctl(2), which takes any number of arguments.
//
// Takes from this process what a decoder does not need: it ends with the one that made it, cannot
// become more than it is, opens no file, writes none, leaves no core, and has so many seconds and
// bytes. Nought where all of that holds.
static inline int ashar_confine(unsigned long seconds, unsigned long bytes) {
    const struct rlimit none = {0, 0};
    const struct rlimit files = {3, 3};
    const struct rlimit cpu = {seconds, seconds};
    const struct rlimit data = {bytes, bytes};
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return -1;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    if (setrlimit(RLIMIT_CORE, &none) != 0 || setrlimit(RLIMIT_FSIZE, &none) != 0) return -1;
    if (setrlimit(RLIMIT_NOFILE, &files) != 0 || setrlimit(RLIMIT_CPU, &cpu) != 0) return -1;
    return setrlimit(RLIMIT_DATA, &data);
}
