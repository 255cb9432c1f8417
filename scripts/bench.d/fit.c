/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fit TIMES FILE: reads the columns time, event and x1 .. x5 that simulate has written, fits
 * Cox's regression so often, and prints the median of the seconds that tta_cox took, then the
 * coefficients.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tta/cox.h"

#define P 5

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

/* Returns the number of rows; the columns are for the caller to free. */
static size_t read_rows(const char *path, double **time, uint8_t **event, double **x)
{
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t size = 0, n = 0, row = 0;

    while (f != NULL && getline(&line, &size, f) > 0)
        n++;
    if (n < 2 || fseek(f, 0, SEEK_SET) != 0 || getline(&line, &size, f) < 0)
        return 0;
    n--;
    *time = malloc(n * sizeof **time);
    *event = malloc(n);
    *x = malloc(n * P * sizeof **x);
    if (*time == NULL || *event == NULL || *x == NULL)
        return 0;
    for (; row < n && getline(&line, &size, f) > 0; row++) {
        char *at = line;

        for (int column = 0; column < 6 + P; column++, at++) {
            double value = strtod(at, &at);

            if (column == 1)
                (*time)[row] = value;
            else if (column == 2)
                (*event)[row] = value > 0;
            else if (column >= 6)
                (*x)[(size_t)(column - 6) * n + row] = value;
        }
    }
    free(line);
    fclose(f);
    return row;
}

int main(int argc, char **argv)
{
    static const char *const terms[P] = {"x1", "x2", "x3", "x4", "x5"};
    int times = argc > 2 ? atoi(argv[1]) : 0;
    struct tta_cox_input in = {.p = P, .terms = terms};
    struct tta_error e = {0};
    double *time = NULL, *x = NULL, seconds[99], coef[P];
    uint8_t *event = NULL;

    if (times < 1 || times > 99 || (in.n = read_rows(argv[2], &time, &event, &x)) == 0) {
        fprintf(stderr, "usage: fit TIMES FILE\n");
        return 64;
    }
    in.time = time;
    in.event = event;
    in.x = x;
    for (int i = 0; i < times; i++) {
        double start = now();
        struct tta_cox_fit fit;

        if (tta_cox(&in, NULL, &fit, &e) != 0) {
            fprintf(stderr, "fit: %s\n", e.text);
            return 65;
        }
        seconds[i] = now() - start;
        for (int j = 0; j < P; j++)
            coef[j] = fit.coef[j];
        tta_cox_release(&fit);
    }
    qsort(seconds, (size_t)times, sizeof *seconds, by_size);
    printf("%.5f\n", seconds[times / 2]);
    for (int j = 0; j < P; j++)
        printf("%.17g\n", coef[j]);
    free(time);
    free(event);
    free(x);
    return 0;
}
