/*
 * Keeps beside a folder what a power loss would leave of it: the bytes that a process flushed, and nothing that it only wrote.
 * Preloaded before a process: whatever it flushes under FLUSHED_FROM is copied under FLUSHED_TO; names that it moves or takes away there are
 * moved and taken away. Bytes that come between the copy and the flush may be kept too, as a disk may.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK 65536

static int beside(const char *path, char *kept) {
  const char *from = getenv("FLUSHED_FROM");
  const char *to = getenv("FLUSHED_TO");
  char whole[PATH_MAX];
  if (from == NULL || to == NULL) return 0;
  if (path[0] != '/') {
    if (getcwd(whole, sizeof whole) == NULL) return 0;
    size_t used = strlen(whole);
    if (snprintf(whole + used, sizeof whole - used, "/%s", path) >= (int) (sizeof whole - used)) return 0;
    path = whole;
  }
  size_t length = strlen(from);
  if (strncmp(path, from, length) != 0 || path[length] != '/') return 0;
  return snprintf(kept, PATH_MAX, "%s%s", to, path + length) < PATH_MAX;
}

static void folders(char *path) {
  for (char *at = strchr(path + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
    *at = 0;
    mkdir(path, 0700);
    *at = '/';
  }
}

static void keep(int file) {
  char link[64], path[PATH_MAX], kept[PATH_MAX];
  struct stat status;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return;
  path[length] = 0;
  if (!beside(path, kept) || fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_nlink == 0) return;
  folders(kept);
  int source = open(path, O_RDONLY | O_CLOEXEC);
  int copy = open(kept, O_RDWR | O_CREAT | O_CLOEXEC, status.st_mode & 0777);
  if (source >= 0 && copy >= 0) {
    flock(copy, LOCK_EX);
    char *now = malloc(2 * CHUNK), *before = now + CHUNK;
    off_t at = 0;
    for (ssize_t read; now != NULL && (read = pread(source, now, CHUNK, at)) > 0; at += read) {
      if (pread(copy, before, read, at) != read || memcmp(now, before, read) != 0) {
        if (pwrite(copy, now, read, at) != read) break;
      }
    }
    if (ftruncate(copy, at) != 0) perror(kept);
    free(now);
  }
  if (source >= 0) close(source);
  if (copy >= 0) close(copy);
}

int fsync(int file) {
  static int (*real)(int);
  if (real == NULL) real = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
  keep(file);
  return real(file);
}

int fdatasync(int file) {
  static int (*real)(int);
  if (real == NULL) real = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
  keep(file);
  return real(file);
}

int rename(const char *old, const char *new) {
  static int (*real)(const char *, const char *);
  char kept[PATH_MAX], moved[PATH_MAX];
  if (real == NULL) real = (int (*)(const char *, const char *)) dlsym(RTLD_NEXT, "rename");
  int result = real(old, new);
  int error = errno;
  if (result == 0 && beside(old, kept) && beside(new, moved)) {
    folders(moved);
    real(kept, moved);
  }
  errno = error;
  return result;
}

int unlink(const char *path) {
  static int (*real)(const char *);
  char kept[PATH_MAX];
  if (real == NULL) real = (int (*)(const char *)) dlsym(RTLD_NEXT, "unlink");
  int result = real(path);
  int error = errno;
  if (result == 0 && beside(path, kept)) real(kept);
  errno = error;
  return result;
}
