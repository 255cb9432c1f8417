/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * timed RUNS INPUT COMMAND [ARG]...: runs the command so often with the input on
 * its standard input and its output thrown away; prints the median of the
 * elapsed seconds, the largest peak memory in kB, and the least seconds.
 */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double run(char **argv, const char *input, long *peak)
{
    double start = now();
    struct rusage usage;
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        int in = open(input, O_RDONLY), out = open("/dev/null", O_WRONLY);

        if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0)
            _exit(126);
        execvp(argv[0], argv);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &usage) < 0 || status != 0) {
        fprintf(stderr, "timed: %s failed (status %d)\n", argv[0], status);
        exit(1);
    }
    if (usage.ru_maxrss > *peak)
        *peak = usage.ru_maxrss;
    return now() - start;
}

int main(int argc, char **argv)
{
    int runs = argc > 3 ? atoi(argv[1]) : 0;
    double seconds[99];
    long peak = 0;

    if (runs < 1 || runs > 99) {
        fprintf(stderr, "usage: timed RUNS INPUT COMMAND [ARG]...\n");
        return 64;
    }
    for (int i = 0; i < runs; i++)
        seconds[i] = run(argv + 3, argv[2], &peak);
    qsort(seconds, (size_t)runs, sizeof *seconds, by_size);
    printf("%.5f %ld %.5f\n", seconds[runs / 2], peak, seconds[0]);
    return 0;
}
