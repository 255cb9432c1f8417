/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* strtod_l, uselocale: the C locale whatever the caller's */
#endif
#include "tta/number.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "shortest.h"

static inline bool is_digit(char c)
{
    return (unsigned char)(c - '0') <= 9;
}

static const char too_large[] = "a number too large to hold";
static const char badly_grouped[] = "digits grouped otherwise than in threes";

/* The group that ended: three digits, but the first one to three, and not 0.125. */
static bool group_fits(const char *start, const char *end, bool first)
{
    return first ? end - start >= 1 && end - start <= 3 && *start != '0' : end - start == 3;
}

/*
 * A sign, digits (grouped in threes where the style groups), and up to scale
 * decimals, as an integer in units of 10^-scale.
 */
static const char *scan_fixed(struct tta_text t, struct tta_number_style s, int scale,
                              const char *what, int64_t *out)
{
    const char *p = t.ptr, *end = t.ptr + t.len, *group_start;
    bool negative = false, grouped = false;
    int64_t v = 0;
    int decimals = 0;

    if (p < end && (*p == '-' || *p == '+'))
        negative = *p++ == '-';
    group_start = p;
    for (; p < end; p++) {
        if (is_digit(*p)) {
            if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, *p - '0', &v))
                return too_large;
        } else if (s.group != 0 && *p == s.group) {
            if (!group_fits(group_start, p, !grouped))
                return badly_grouped;
            grouped = true;
            group_start = p + 1;
        } else {
            break;
        }
    }
    if (p == group_start && !grouped)
        return what;
    if (grouped && p - group_start != 3)
        return badly_grouped;
    if (p < end && *p == s.decimal && scale > 0) {
        const char *first = ++p;

        for (; p < end && is_digit(*p); p++) {
            /* zeros too: 3.940 may well be three thousand, grouped */
            if (decimals == scale)
                return scale == 2 ? "more than two decimals" : "more than six decimals";
            if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, *p - '0', &v))
                return too_large;
            decimals++;
        }
        if (p == first)
            return what;
    }
    if (p != end)
        return what;
    for (; decimals < scale; decimals++)
        if (__builtin_mul_overflow(v, 10, &v))
            return too_large;
    *out = negative ? -v : v;
    return NULL;
}

const char *tta_integer_parse(struct tta_text t, struct tta_number_style s, int64_t *out)
{
    /* nearly all: one to nine plain digits */
    if (t.len > 0 && t.len <= 9) {
        int64_t v = 0;
        size_t i = 0;

        while (i < t.len && is_digit(t.ptr[i]))
            v = v * 10 + (t.ptr[i++] - '0');
        if (i == t.len) {
            *out = v;
            return NULL;
        }
    }
    return scan_fixed(t, s, 0, "not a whole number", out);
}

const char *tta_money_parse(struct tta_text t, struct tta_number_style s, int64_t *ore)
{
    return scan_fixed(t, s, 2, "not an amount in kroner", ore);
}

const char *tta_decimal_parse(struct tta_text t, struct tta_number_style s, int64_t *micro)
{
    return scan_fixed(t, s, 6, "not a number", micro);
}

/*
 * Rewrites the number for the C locale: groups checked and dropped, '.' as
 * decimal mark. NULL, or why it is not a number.
 */
static const char *to_c_number(struct tta_text t, struct tta_number_style s, char *c)
{
    static const char not_number[] = "not a number";
    const char *p = t.ptr, *end = t.ptr + t.len, *group_start;
    bool grouped = false;
    int before = 0, after = 0;

    if (p < end && (*p == '-' || *p == '+'))
        *c++ = *p++;
    for (group_start = p; p < end; p++) {
        if (is_digit(*p)) {
            *c++ = *p;
            before++;
        } else if (s.group != 0 && *p == s.group) {
            if (!group_fits(group_start, p, !grouped))
                return badly_grouped;
            grouped = true;
            group_start = p + 1;
        } else {
            break;
        }
    }
    if (grouped && p - group_start != 3)
        return badly_grouped;
    if (p < end && *p == s.decimal) {
        *c++ = '.';
        for (p++; p < end && is_digit(*p); p++, after++)
            *c++ = *p;
        if (after == 0)
            return not_number;
    }
    if (before + after == 0)
        return not_number;
    if (p < end && (*p == 'e' || *p == 'E')) {
        *c++ = *p++;
        if (p < end && (*p == '-' || *p == '+'))
            *c++ = *p++;
        if (p == end)
            return not_number;
        while (p < end && is_digit(*p))
            *c++ = *p++;
    }
    *c = '\0';
    return p == end ? NULL : not_number;
}

/*
 * Up to 15 digits and 22 decimals: digits and power of ten are both exact
 * doubles, so one division rounds correctly (W. D. Clinger, PLDI 1990).
 */
static bool parse_exact(const char *c, double *out)
{
    static const double power[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    int64_t v = 0;
    int digits = 0, decimals = -1;
    bool negative = *c == '-';

    for (c += *c == '-' || *c == '+'; *c != '\0'; c++) {
        if (*c == '.') {
            decimals = 0;
            continue;
        }
        if (!is_digit(*c) || ++digits > 15)
            return false;
        v = v * 10 + (*c - '0');
        decimals += decimals >= 0;
    }
    *out = decimals > 0 ? (double)v / power[decimals] : (double)v;
    if (negative)
        *out = -*out;
    return true;
}

const char *tta_double_parse(struct tta_text t, struct tta_number_style s, double *out)
{
    char c[512];
    const char *problem;
    double v;

    if (t.len >= sizeof c - 1)
        return too_large;
    problem = to_c_number(t, s, c);
    if (problem != NULL)
        return problem;
    if (!parse_exact(c, &v)) {
        locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);

        if (plain == (locale_t)0)
            return "a number that cannot be read: out of memory";
        v = strtod_l(c, NULL, plain);
        freelocale(plain);
    }
    if (!isfinite(v))
        return too_large;
    *out = v;
    return NULL;
}

int tta_integer_write(int64_t value, char out[TTA_NUMBER_SIZE])
{
    char reverse[24];
    int n = 0, len = 0;
    uint64_t v = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do {
        reverse[n++] = (char)('0' + v % 10);
        v /= 10;
    } while (v > 0);
    if (value < 0)
        out[len++] = '-';
    while (n > 0)
        out[len++] = reverse[--n];
    out[len] = '\0';
    return len;
}

/* value in units of 10^-places with exactly that many decimals */
static int write_fixed(int64_t value, int places, int64_t unit, char decimal, char *out)
{
    int len = 0;
    uint64_t v = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    uint64_t part = v % (uint64_t)unit;

    if (value < 0)
        out[len++] = '-';
    len += tta_integer_write((int64_t)(v / (uint64_t)unit), out + len);
    out[len++] = decimal;
    for (int i = places - 1; i >= 0; i--) {
        out[len + i] = (char)('0' + part % 10);
        part /= 10;
    }
    len += places;
    out[len] = '\0';
    return len;
}

int tta_money_write(int64_t ore, char decimal, char out[TTA_NUMBER_SIZE])
{
    return write_fixed(ore, 2, 100, decimal, out);
}

int tta_decimal_write(int64_t micro, char decimal, char out[TTA_NUMBER_SIZE])
{
    int len = write_fixed(micro, 6, TTA_MICRO, decimal, out);

    while (out[len - 1] == '0')
        len--;
    if (out[len - 1] == decimal)
        len--;
    out[len] = '\0';
    return len;
}

/* The digits that are nearest to near: do they read back as value? */
static bool write_digits(double value, long double near, int digits, locale_t plain, char *out)
{
    snprintf(out, TTA_NUMBER_SIZE, "%.*Lg", digits, near);
    return strtod_l(out, NULL, plain) == value;
}

static int write_slowly(double value, char out[TTA_NUMBER_SIZE])
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = uselocale(plain);
    int digits = fabs(value) < 2.3e-308 ? 1 : 15; /* below the normal doubles fewer can do */
    int exponent;
    /*
     * What reads back as a power of two lies twice as far above it as below, so
     * that its nearest digits may not do where others do.
     */
    bool power = fabs(frexp(value, &exponent)) == 0.5;

    while (!write_digits(value, value, digits, plain, out) && digits < 17 &&
           !(power && write_digits(value, value * (1 + 0x1p-54L), digits, plain, out)))
        digits++;
    uselocale(before);
    freelocale(plain);
    return (int)strlen(out);
}

int tta_double_write(double value, char decimal, char out[TTA_NUMBER_SIZE])
{
    int len = tta_shortest(value, out);

    if (len == 0)
        len = write_slowly(value, out);
    for (int i = 0; decimal != '.' && i < len; i++)
        if (out[i] == '.')
            out[i] = decimal;
    return len;
}

bool tta_add(int64_t a, int64_t b, int64_t *out)
{
    int64_t sum;

    if (__builtin_add_overflow(a, b, &sum))
        return false;
    *out = sum;
    return true;
}

__extension__ typedef __int128 wide; /* gcc and clang on every 64-bit Debian */

bool tta_muldiv_half_up(int64_t value, int64_t mul, int64_t div, int64_t *out)
{
    wide product = (wide)value * mul;
    wide half = div / 2;
    wide rounded;

    /* half away from zero: for an odd div the half is never met exactly */
    rounded = product >= 0 ? (product + half) / div : -((-product + half) / div);
    if (rounded > INT64_MAX || rounded <= INT64_MIN)
        return false;
    *out = (int64_t)rounded;
    return true;
}
