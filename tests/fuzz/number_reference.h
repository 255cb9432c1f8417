/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_NUMBER_REFERENCE_H
#define TTA_TEST_NUMBER_REFERENCE_H
/*
 * Numbers and dates read slowly: first the form of the text, character by
 * character, then the value, by the C library.
 */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tta/number.h"

/* A text taken apart; the parts are NUL-terminated, groups are gone. */
struct nref {
    bool negative;
    char whole[600], decimals[600], exponent[600];
    bool has_decimals, has_exponent;
};

static inline bool nref_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline size_t nref_digits(struct tta_text t, size_t i, char *out)
{
    size_t n = 0;

    while (i + n < t.len && nref_digit(t.ptr[i + n])) {
        out[n] = t.ptr[i + n];
        n++;
    }
    out[n] = '\0';
    return n;
}

/* Digits in groups: every group behind the first has three, the first one to three, not 0. */
static inline bool nref_whole(struct tta_text t, struct tta_number_style s, size_t *i, char *out)
{
    size_t n = nref_digits(t, *i, out), first = n;

    *i += n;
    while (s.group != 0 && *i < t.len && t.ptr[*i] == s.group) {
        size_t more = nref_digits(t, *i + 1, out + n);

        if (more != 3 || first < 1 || first > 3 || out[0] == '0')
            return false;
        n += more;
        *i += 1 + more;
    }
    return true;
}

/* false: not a number, in any of the senses. */
static inline bool nref_split(struct tta_text t, struct tta_number_style s, struct nref *out)
{
    size_t i = 0, n;

    memset(out, 0, sizeof *out);
    if (t.len > 500)
        return false;
    if (i < t.len && (t.ptr[i] == '+' || t.ptr[i] == '-'))
        out->negative = t.ptr[i++] == '-';
    if (!nref_whole(t, s, &i, out->whole))
        return false;
    if (i < t.len && t.ptr[i] == s.decimal) {
        out->has_decimals = true;
        n = nref_digits(t, ++i, out->decimals);
        if (n == 0)
            return false;
        i += n;
    }
    if (out->whole[0] == '\0' && !out->has_decimals)
        return false;
    if (i < t.len && (t.ptr[i] | 0x20) == 'e') {
        char *e = out->exponent;

        out->has_exponent = true;
        i++;
        if (i < t.len && (t.ptr[i] == '+' || t.ptr[i] == '-'))
            *e++ = t.ptr[i++];
        n = nref_digits(t, i, e);
        if (n == 0)
            return false;
        i += n;
    }
    return i == t.len;
}

/* An integer in units of 10^-scale that is in the range of ±INT64_MAX. */
static inline bool nref_fixed(struct tta_text t, struct tta_number_style s, int scale, int64_t *out)
{
    struct nref r;
    char text[1300];
    size_t n;
    intmax_t v;

    if (!nref_split(t, s, &r) || r.has_exponent || r.whole[0] == '\0')
        return false;
    if (scale == 0 && r.has_decimals)
        return false;
    n = strlen(r.decimals);
    if (n > (size_t)scale)
        return false;
    snprintf(text, sizeof text, "%s%s%.*s%.*s", r.negative ? "-" : "", r.whole, scale, r.decimals,
             n < (size_t)scale ? scale - (int)n : 0, "000000");
    errno = 0;
    v = strtoimax(text, NULL, 10);
    if (errno == ERANGE || v == INT64_MIN)
        return false;
    *out = v;
    return true;
}

static inline bool nref_double(struct tta_text t, struct tta_number_style s, double *out)
{
    struct nref r;
    char text[1900];
    double v;

    if (!nref_split(t, s, &r))
        return false;
    snprintf(text, sizeof text, "%s%s%s%s%s%s", r.negative ? "-" : "", r.whole,
             r.has_decimals ? "." : "", r.decimals, r.has_exponent ? "e" : "", r.exponent);
    v = strtod(text, NULL);
    if (!isfinite(v))
        return false;
    *out = v;
    return true;
}

/* Significant digits of a written number. */
static inline int nref_significant(const char *written)
{
    int n = 0, zeros = 0;

    for (; *written != '\0' && *written != 'e'; written++) {
        if (!nref_digit(*written) || (n == 0 && *written == '0'))
            continue;
        n++;
        zeros = *written == '0' ? zeros + 1 : 0;
    }
    return n - zeros;
}

/*
 * No number with a digit less reads back as the value: of those, the two around
 * the value are tried (the nearest alone is not enough at powers of two).
 */
static inline bool nref_is_shortest(double value, const char *written, char decimal)
{
    int digits = nref_significant(written);
    char text[64];
    long long mantissa;
    int exponent;

    (void)decimal;
    if (digits < 2)
        return true;
    snprintf(text, sizeof text, "%.*e", digits - 2, fabs(value));
    exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10) - (digits - 2);
    if (text[1] == '.')
        memmove(text + 1, text + 2, strlen(text + 1));
    mantissa = strtoll(text, NULL, 10); /* stops at the e */
    for (int step = -1; step <= 1; step++) {
        snprintf(text, sizeof text, "%llde%d", mantissa + step, exponent);
        if (strtod(text, NULL) == fabs(value))
            return false;
    }
    return true;
}

/* yyyy-mm-dd, or dd-mm-yyyy, in the calendar of the years 1800 to 2199. */
static inline bool nref_date(struct tta_text t, bool dk, int *year, int *month, int *day)
{
    static const char *const forms[] = {"dddd-dd-dd", "dd-dd-dddd"};
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    char c[11];
    bool leap;

    if (t.len != 10)
        return false;
    for (size_t i = 0; i < 10; i++)
        if (forms[dk][i] == 'd' ? !nref_digit(t.ptr[i]) : t.ptr[i] != '-')
            return false;
    memcpy(c, t.ptr, 10);
    c[10] = '\0';
    *year = atoi(c + (dk ? 6 : 0));
    *month = atoi(c + (dk ? 3 : 5));
    *day = atoi(c + (dk ? 0 : 8));
    leap = *year % 400 == 0 || (*year % 4 == 0 && *year % 100 != 0);
    return *year >= 1800 && *year <= 2199 && *month >= 1 && *month <= 12 && *day >= 1 &&
           *day <= days[*month - 1] + (leap && *month == 2);
}

#endif
