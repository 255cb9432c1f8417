/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Preloaded (LD_PRELOAD): lets allocations fail.
 *
 *   FAIL_AT=N      the N-th allocation since the program's main fails, from 1
 *   FAIL_FROM=1    and every later one
 *   FAIL_EACH=DIR  one run for all of them: at each allocation with a call stack
 *                  not met twice before (FAIL_ALL=1: at each) the process forks; the child's
 * allocation fails (with FAIL_FROM every later one of the child, too) and it runs to its end, which
 *                  goes to DIR/results as "N STATUS LINES": the exit status
 *                  (128 + a signal's number) and how many lines it wrote to
 *                  standard error. Its output is in DIR/out.N, DIR/err.N, kept
 *                  when it is not exit 71 with one line.
 *   FAIL_COUNT=FILE gets the number of allocations of the whole run
 *
 * Allocations before main are the loader's and the libraries' own, and those of
 * the dynamic linker later on do not come by here.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static long count, fail_at;
static int started, from_then_on, dead, all;
static const char *each, *count_file;

#define FDS 16

static void redirect(const char *kind, int fd)
{
    char path[4096];
    int to;

    snprintf(path, sizeof path, "%s/%s.%ld", each, kind, count);
    to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (to < 0 || dup2(to, fd) < 0)
        _exit(125);
    close(to);
}

static long lines_of(const char *path)
{
    char block[4096];
    long lines = 0;
    ssize_t n;
    int fd = open(path, O_RDONLY);

    while (fd >= 0 && (n = read(fd, block, sizeof block)) > 0)
        for (ssize_t i = 0; i < n; i++)
            lines += block[i] == '\n';
    close(fd);
    return lines;
}

static void record(int status)
{
    char path[4096], line[64];
    int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), fd, len;
    long lines;

    snprintf(path, sizeof path, "%s/err.%ld", each, count);
    lines = lines_of(path);
    if (code == 71 && lines == 1) {
        unlink(path);
        snprintf(path, sizeof path, "%s/out.%ld", each, count);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/results", each);
    fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    len = snprintf(line, sizeof line, "%ld %d %ld\n", count, code, lines);
    if (fd < 0 || write(fd, line, (size_t)len) != len)
        _exit(125);
    close(fd);
}

/* The child shares our files' positions: they are put back when it has ended. */
static int in_a_child(void)
{
    off_t place[FDS];
    int before = errno, status = 0;
    pid_t child;

    for (int fd = 0; fd < FDS; fd++)
        place[fd] = lseek(fd, 0, SEEK_CUR);
    child = fork();
    if (child == 0) {
        dead = 1;
        redirect("out", 1);
        redirect("err", 2);
        return 1;
    }
    if (child < 0)
        _exit(125);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    for (int fd = 0; fd < FDS; fd++)
        if (place[fd] >= 0)
            lseek(fd, place[fd], SEEK_SET);
    record(status);
    errno = before;
    return 0;
}

/* How often this call stack was here before. */
static int times_met(void)
{
    static uint64_t keys[65536];
    static unsigned char times[65536];
    void *frames[40];
    uint64_t key = 0;
    int depth;

    started = 0; /* its own allocations, the first time */
    depth = backtrace(frames, 40);
    started = 1;
    for (int i = 0; i < depth; i++)
        key = (key ^ (uintptr_t)frames[i]) * UINT64_C(0x100000001b3);
    for (uint16_t i = (uint16_t)(key >> 32);; i++)
        if (keys[i] == key || keys[i] == 0) {
            keys[i] = key;
            if (times[i] < 255)
                times[i]++;
            return times[i] - 1;
        }
}

static int fails(void)
{
    if (!started || (fail_at == 0 && each == NULL && !dead))
        return 0;
    if (dead)
        return from_then_on;
    count++;
    if (each != NULL)
        return (all || times_met() < 2) && in_a_child();
    if (count != fail_at)
        return 0;
    dead = 1;
    return 1;
}

static void *none(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t size)
{
    return fails() ? none() : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return fails() ? none() : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? none() : __libc_realloc(old, size);
}

typedef int main_function(int, char **, char **);
typedef int start_function(main_function *, int, char **, void (*)(void), void (*)(void),
                           void (*)(void), void *);
static main_function *real_main;

static int our_main(int argc, char **argv, char **envp)
{
    const char *at = getenv("FAIL_AT");

    each = getenv("FAIL_EACH");
    count_file = getenv("FAIL_COUNT");
    all = getenv("FAIL_ALL") != NULL;
    from_then_on = getenv("FAIL_FROM") != NULL;
    fail_at = at == NULL ? 0 : atol(at);
    started = 1;
    return real_main(argc, argv, envp);
}

__attribute__((destructor)) static void tell_count(void)
{
    FILE *f;

    started = 0;
    f = count_file == NULL ? NULL : fopen(count_file, "w");
    if (f != NULL) {
        fprintf(f, "%ld\n", count);
        fclose(f);
    }
}

int __libc_start_main(main_function *program, int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end);
int __libc_start_main(main_function *program, int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
    start_function *next;

    *(void **)&next = dlsym(RTLD_NEXT, "__libc_start_main");
    real_main = program;
    return next(our_main, argc, argv, init, fini, rtld_fini, stack_end);
}
