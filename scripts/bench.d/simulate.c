/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * simulate ROWS continuous|weekly: rows for the models of tta-survival, always the same. Times
 * of two causes that five covariates change, censored at random, with entries before them, in
 * two arms and 1000 clusters; without ties (eight decimals), or in whole weeks.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double draw(void) /* splitmix64, in (0, 1) */
{
    static uint64_t state = 2009;
    uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return ((double)((z ^ z >> 31) >> 12) + 0.5) / 0x1p52;
}

/* value x 10^decimals, as a number with decimals; faster than printf, and not rounded twice */
static char *put(char *to, long scaled, int decimals)
{
    char digits[24];
    int count = 0;

    if (scaled < 0)
        *to++ = '-';
    scaled = labs(scaled);
    do
        digits[count++] = (char)('0' + scaled % 10);
    while ((scaled /= 10) > 0 || count <= decimals);
    while (count-- > 0) {
        *to++ = digits[count];
        if (count == decimals && count > 0)
            *to++ = '.';
    }
    *to++ = ',';
    return to;
}

static void write_row(long row, bool weekly)
{
    char line[256], *at = line;
    double x[5], event, censored, time;
    long entry, end;
    int cause;

    for (int k = 0; k < 5; k++)
        x[k] = rint((draw() + draw() + draw() - 1.5) * 1e4) / 1e4;
    event = -log(draw()) * exp(-0.4 * x[0] + 0.2 * x[1]);
    censored = -2 * log(draw());
    cause = event > censored ? 0 : draw() < 0.6 ? 1 : 2;
    time = fmin(event, censored);
    end = weekly ? (long)(time * 20) + 1 : (long)(time * 1e8) + 1000;
    entry = (long)((double)end * draw() / 2);
    at = put(at, entry, weekly ? 0 : 8);
    at = put(at, end, weekly ? 0 : 8);
    at = put(at, cause > 0, 0);
    at = put(at, cause, 0);
    at = put(at, row % 2, 0);
    at = put(at, row % 1000, 0);
    for (int k = 0; k < 5; k++)
        at = put(at, lrint(x[k] * 1e4), 4);
    at[-1] = '\n';
    fwrite(line, 1, (size_t)(at - line), stdout);
}

int main(int argc, char **argv)
{
    long rows = argc > 2 ? atol(argv[1]) : 0;

    if (rows < 1) {
        fprintf(stderr, "usage: simulate ROWS continuous|weekly\n");
        return 64;
    }
    puts("start,time,event,cause,arm,cluster,x1,x2,x3,x4,x5");
    for (long i = 0; i < rows; i++)
        write_row(i, strcmp(argv[2], "weekly") == 0);
    return fflush(stdout) != 0;
}
