/* Preloaded into a process: makes one call that changes the disk under SOTTO_FAULT_FOLDER fail. The process says when by
 * asking for access to "/sotto-fault/arm/CALL/ERRNO" (CALL 0 only counts), and hears how many calls there were as the
 * size of what "/sotto-fault/count" would be: access to "/sotto-fault/at-least/N" succeeds when there were N or more. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_int armed, calls, fail_at, fail_with;

static int is_ours(const char *path) {
  const char *folder = getenv("SOTTO_FAULT_FOLDER");
  return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_our_file(int descriptor) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_ours(path);
}

static int fails(void) {
  if (!atomic_load(&armed)) return 0;
  if (atomic_fetch_add(&calls, 1) + 1 != atomic_load(&fail_at)) return 0;
  errno = atomic_load(&fail_with);
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define ON_FILE(result, name, signature, arguments) \
  result name signature {                           \
    if (atomic_load(&armed) && is_our_file(descriptor) && fails()) return -1; \
    return REAL(name) arguments;                    \
  }
#define ON_PATH(name, signature, arguments)                             \
  int name signature {                                                  \
    if (atomic_load(&armed) && is_ours(path) && fails()) return -1;     \
    return REAL(name) arguments;                                        \
  }

ON_FILE(ssize_t, write, (int descriptor, const void *bytes, size_t length), (descriptor, bytes, length))
ON_FILE(ssize_t, pwrite, (int descriptor, const void *bytes, size_t length, off_t at), (descriptor, bytes, length, at))
ON_FILE(ssize_t, pwrite64, (int descriptor, const void *bytes, size_t length, off64_t at), (descriptor, bytes, length, at))
ON_FILE(ssize_t, writev, (int descriptor, const struct iovec *parts, int count), (descriptor, parts, count))
ON_FILE(ssize_t, pwritev, (int descriptor, const struct iovec *parts, int count, off_t at), (descriptor, parts, count, at))
ON_FILE(int, fsync, (int descriptor), (descriptor))
ON_FILE(int, fdatasync, (int descriptor), (descriptor))
ON_FILE(int, ftruncate, (int descriptor, off_t length), (descriptor, length))
ON_FILE(int, ftruncate64, (int descriptor, off64_t length), (descriptor, length))
ON_FILE(int, fchmod, (int descriptor, mode_t mode), (descriptor, mode))
ON_PATH(rename, (const char *path, const char *to), (path, to))
ON_PATH(unlink, (const char *path), (path))
ON_PATH(link, (const char *path, const char *to), (path, to))
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode))

ssize_t copy_file_range(int from, off64_t *from_at, int descriptor, off64_t *at, size_t length, unsigned flags) {
  if (atomic_load(&armed) && is_our_file(descriptor) && fails()) return -1;
  return REAL(copy_file_range)(from, from_at, descriptor, at, length, flags);
}

ssize_t sendfile(int descriptor, int from, off_t *at, size_t length) {
  if (atomic_load(&armed) && is_our_file(descriptor) && fails()) return -1;
  return ((ssize_t(*)(int, int, off_t *, size_t))dlsym(RTLD_NEXT, "sendfile"))(descriptor, from, at, length);
}

int access(const char *path, int mode) {
  int call, with;
  if (sscanf(path, "/sotto-fault/arm/%d/%d", &call, &with) == 2) {
    atomic_store(&calls, 0);
    atomic_store(&fail_at, call);
    atomic_store(&fail_with, with);
    atomic_store(&armed, 1);
    return 0;
  }
  if (strcmp(path, "/sotto-fault/disarm") == 0) {
    atomic_store(&armed, 0);
    return 0;
  }
  if (sscanf(path, "/sotto-fault/at-least/%d", &call) == 1) {
    errno = ENOENT;
    return atomic_load(&calls) >= call ? 0 : -1;
  }
  return REAL(access)(path, mode);
}
