/* Owns the cage: runs each command of a list in real bash, in an empty chroot, without network, under its own uid and limits. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CAGED_UID 64777
#define SCENARIOS 3
#define SECONDS 3

static void must(int result, const char *what) {
  if (result < 0) {
    fprintf(stderr, "cage: %s: %s\n", what, strerror(errno));
    exit(70);
  }
}

static void put(const char *path, const char *text) {
  int fd = open(path, O_WRONLY);
  must(fd, path);
  must((int)write(fd, text, strlen(text)), path);
  close(fd);
}

static void limit(int what, rlim_t value) {
  struct rlimit limits = {value, value};
  must(setrlimit(what, &limits), "setrlimit");
}

/* Removes what a command left behind, so that it cannot change what the next one does. */
static void empty(const char *folder) {
  DIR *entries = opendir(folder);
  if (!entries) return;
  for (struct dirent *entry; (entry = readdir(entries));) {
    char path[4096];
    struct stat status;
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
      empty(path);
      rmdir(path);
    } else
      unlink(path);
  }
  closedir(entries);
}

static void run_one(const char *command, int index, int scenario) {
  pid_t child = fork();
  must(child, "fork");
  if (child == 0) {
    char log[64], which[32];
    snprintf(log, sizeof log, "ORACLE_LOG=/log/%d.%d", index, scenario);
    snprintf(which, sizeof which, "ORACLE_SCENARIO=%d", scenario);
    char *environment[] = {"LD_PRELOAD=/shim.so", log, which, "PATH=/oracle-bin", "HOME=/home/dev", "TMPDIR=/tmp", "USER=dev", "LOGNAME=dev", "SHELL=/bin/bash", "LC_ALL=C", NULL};
    setsid();
    int null = open("/dev/null", O_RDWR);
    if (null >= 0) {
      dup2(null, 0);
      dup2(null, 1);
      dup2(null, 2);
    }
    limit(RLIMIT_CPU, 2);
    limit(RLIMIT_FSIZE, 1 << 20);
    limit(RLIMIT_AS, 512u << 20);
    limit(RLIMIT_NOFILE, 1024);
    if (getuid() == 0 && setresgid(CAGED_UID, CAGED_UID, CAGED_UID) == 0 && setresuid(CAGED_UID, CAGED_UID, CAGED_UID) == 0) limit(RLIMIT_NPROC, 64);
    if (chdir("/work") < 0) _exit(71);
    char *arguments[] = {"bash", "-c", (char *)command, NULL};
    execve("/bin/bash", arguments, environment);
    _exit(72);
  }
  struct timespec pause = {0, 1000000};
  int status;
  for (int waited = 0; waitpid(child, &status, WNOHANG) == 0; waited++) {
    if (waited > SECONDS * 1000) break;
    nanosleep(&pause, NULL);
  }
  kill(-1, SIGKILL); /* everything else in this process namespace */
  while (waitpid(-1, &status, 0) > 0) {
  }
  empty("/work");
  empty("/tmp");
  empty("/home/dev");
}

/* cage ROOT < commands, each ended by a NUL byte */
int main(int count, char **arguments) {
  if (count != 2) return 64;
  uid_t uid = getuid();
  gid_t gid = getgid();
  if (uid == 0) must(unshare(CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWIPC), "unshare");
  else {
    char map[64];
    must(unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWIPC), "unshare");
    put("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "0 %d 1", uid);
    put("/proc/self/uid_map", map);
    snprintf(map, sizeof map, "0 %d 1", gid);
    put("/proc/self/gid_map", map);
  }
  pid_t init = fork();
  must(init, "fork");
  if (init > 0) {
    int status;
    must(waitpid(init, &status, 0), "waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 73;
  }
  size_t room = 1 << 20, size = 0;
  char *input = malloc(room);
  for (ssize_t got; (got = read(0, input + size, room - size)) > 0;) {
    size += (size_t)got;
    if (size == room) input = realloc(input, room *= 2);
  }
  must(chroot(arguments[1]), "chroot");
  must(chdir("/"), "chdir");
  int index = 0;
  for (size_t at = 0; at < size; at += strlen(input + at) + 1, index++)
    for (int scenario = 0; scenario < SCENARIOS; scenario++) run_one(input + at, index, scenario);
  return 0;
}
