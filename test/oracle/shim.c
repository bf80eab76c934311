/* Owns the recording of every program bash tries to start: logs argv in hex and exits as the scenario says. Loaded by LD_PRELOAD inside the cage. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROGRAMS "/oracle-bin/"

static int log_fd = -1;
static int scenario = 0;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("ORACLE_LOG");
  const char *which = getenv("ORACLE_SCENARIO");
  if (path) {
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (fd >= 0) {
      log_fd = fcntl(fd, F_DUPFD_CLOEXEC, 900);
      close(fd);
    }
  }
  if (which) scenario = atoi(which);
  unsetenv("ORACLE_LOG");
  unsetenv("ORACLE_SCENARIO");
  unsetenv("LD_PRELOAD");
}

int execve(const char *path, char *const argv[], char *const envp[]) {
  (void)path;
  (void)envp;
  size_t size = 2;
  for (int i = 0; argv[i]; i++) size += 2 * strlen(argv[i]) + 2;
  char *line = malloc(size);
  size_t at = 0;
  unsigned hash = 5381;
  for (int i = 0; argv[i]; i++) {
    if (i > 0) line[at++] = ' ';
    line[at++] = '.';
    for (const unsigned char *c = (const unsigned char *)argv[i]; *c; c++) {
      at += (size_t)sprintf(line + at, "%02x", *c);
      hash = hash * 33 + *c;
    }
  }
  line[at++] = '\n';
  if (log_fd >= 0 && write(log_fd, line, at) < 0) _exit(99);
  _exit(scenario == 2 ? (int)((hash >> 3) & 1) : scenario);
}

/* Every name is found on the search path, so that the shell tries to start it. */
int stat(const char *path, struct stat *out) {
  if (strncmp(path, PROGRAMS, strlen(PROGRAMS)) == 0 && path[strlen(PROGRAMS)] != '\0') {
    memset(out, 0, sizeof *out);
    out->st_mode = S_IFREG | 0755;
    out->st_size = 1;
    return 0;
  }
  int (*real)(const char *, struct stat *) = (int (*)(const char *, struct stat *))dlsym(RTLD_NEXT, "stat");
  return real(path, out);
}

static int found(const char *path) { return strncmp(path, PROGRAMS, strlen(PROGRAMS)) == 0; }

int access(const char *path, int mode) {
  if (found(path)) return 0;
  int (*real)(const char *, int) = (int (*)(const char *, int))dlsym(RTLD_NEXT, "access");
  return real(path, mode);
}

int eaccess(const char *path, int mode) {
  if (found(path)) return 0;
  int (*real)(const char *, int) = (int (*)(const char *, int))dlsym(RTLD_NEXT, "eaccess");
  return real(path, mode);
}

int faccessat(int dir, const char *path, int mode, int flags) {
  if (found(path)) return 0;
  int (*real)(int, const char *, int, int) = (int (*)(int, const char *, int, int))dlsym(RTLD_NEXT, "faccessat");
  return real(dir, path, mode, flags);
}
