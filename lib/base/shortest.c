/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shortest.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide; /* gcc and clang on every 64-bit Debian */

#define MOST_DIGITS 17
#define LEAST_DIGITS 15

/* digits (count of them) with the point behind the (exponent + 1)-th; 0.000ddd below 1. */
static int place_point(uint64_t digits, int count, int exponent, bool negative, char *out)
{
    char text[24] = "";
    int len = 0;

    while (count > 1 && digits % 10 == 0) {
        digits /= 10;
        count--;
    }
    for (int i = count; i-- > 0; digits /= 10)
        text[i] = (char)('0' + digits % 10);
    if (negative)
        out[len++] = '-';
    if (exponent < 0) {
        out[len++] = '0';
        out[len++] = '.';
        for (int i = -1; i > exponent; i--)
            out[len++] = '0';
    }
    for (int i = 0; i < count; i++) {
        if (i == exponent + 1 && exponent >= 0)
            out[len++] = '.';
        out[len++] = text[i];
    }
    for (int i = count; i <= exponent; i++)
        out[len++] = '0';
    out[len] = '\0';
    return len;
}

/*
 * full, in steps of 2^-s, to the nearest multiple of unit, halves to even; how far off that is
 * goes to distance.
 */
static uint64_t nearest(wide full, int s, uint64_t unit, wide *distance)
{
    uint64_t whole = (uint64_t)(full >> s) / unit;
    wide step = (wide)unit << s, rest = full - whole * step;

    if (2 * rest > step || (2 * rest == step && whole % 2 != 0)) {
        whole++;
        rest = step - rest;
    }
    *distance = rest;
    return whole;
}

static int whole_number(double value, char *out)
{
    uint64_t digits = (uint64_t)fabs(value);
    int count = 1;

    for (uint64_t rest = digits / 10; rest > 0; rest /= 10)
        count++;
    return place_point(digits, count, count - 1, value < 0, out);
}

/*
 * value = m 2^-s exactly. With 10^k such that value 10^k has 17 digits before the point,
 * full = m 10^k is that in steps of 2^-s, and below 2^127; what reads back as value lies within
 * half of 10^k of it. So all is decided in whole numbers.
 */
int tta_shortest(double value, char *out)
{
    static const uint64_t units[] = {100, 10, 1},
                          tops[] = {UINT64_C(1000000000000000), UINT64_C(10000000000000000),
                                    UINT64_C(100000000000000000)};
    wide power = 1, full, distance;
    double a = fabs(value);
    int s, exponent = MOST_DIGITS - 1;
    uint64_t m;

    if (a < 1e15 && a == floor(a))
        return a == 0 && signbit(value) ? 0 : whole_number(value, out);
    if (!(a >= 1e-4 && a < 1e15))
        return 0;
    m = (uint64_t)ldexp(frexp(a, &s), 53);
    s = 53 - s;
    if (m == UINT64_C(1) << 52) /* half as near below as above */
        return 0;
    for (full = m; full >> s < tops[1]; full *= 10, power *= 10)
        exponent--;
    for (int i = 0; i < 3; i++) {
        uint64_t digits = nearest(full, s, units[i], &distance);
        int count = LEAST_DIGITS + i, carried = digits == tops[i];

        if (count < MOST_DIGITS && (2 * distance > power || (2 * distance == power && m % 2 != 0)))
            continue;
        return exponent + carried >= LEAST_DIGITS
                   ? 0
                   : place_point(digits, count + carried, exponent + carried, value < 0, out);
    }
    return 0;
}
