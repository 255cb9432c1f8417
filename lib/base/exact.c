/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/exact.h"

#include <math.h>
#include <string.h>

#define STEP_BITS 104 /* the lowest bit is 2^-104 */

bool tta_exact_add_sum(struct tta_exact *sum, const struct tta_exact *other)
{
    struct tta_exact result;
    uint64_t carry = 0;

    for (int i = 0; i < 3; i++) {
        uint64_t a = sum->part[i], b = other->part[i], s = a + b;
        uint64_t out = s < a;

        result.part[i] = s + carry;
        carry = out | (result.part[i] < s);
    }
    if (carry != 0 || result.part[2] >> 63 != 0)
        return false;
    *sum = result;
    return true;
}

void tta_exact_subtract(struct tta_exact *sum, const struct tta_exact *other)
{
    uint64_t borrow = 0;

    for (int i = 0; i < 3; i++) {
        uint64_t a = sum->part[i], b = other->part[i], d = a - b;
        uint64_t out = a < b;

        sum->part[i] = d - borrow;
        borrow = out | (d < borrow);
    }
}

bool tta_exact_add(struct tta_exact *sum, double value)
{
    struct tta_exact term = {{0, 0, 0}};
    uint64_t mantissa;
    int exponent, shift;

    if (value == 0)
        return true;
    if (!(value >= TTA_EXACT_LEAST && value <= TTA_EXACT_MOST))
        return false;
    mantissa = (uint64_t)ldexp(frexp(value, &exponent), 53);
    shift = exponent - 53 + STEP_BITS;
    term.part[shift / 64] = mantissa << shift % 64;
    if (shift % 64 > 11 && shift / 64 < 2)
        term.part[shift / 64 + 1] = mantissa >> (64 - shift % 64);
    return tta_exact_add_sum(sum, &term);
}

double tta_exact_value(const struct tta_exact *sum)
{
    uint64_t high, low;
    int place = 2, shift;

    while (place > 0 && sum->part[place] == 0)
        place--;
    high = sum->part[place];
    if (high == 0)
        return 0;
    low = place > 0 ? sum->part[place - 1] : 0;
    shift = __builtin_clzll(high);
    if (shift > 0) {
        high = high << shift | low >> (64 - shift);
        low <<= shift;
    }
    /* the 11 bits that a double has no room for, and whether anything follows them */
    if (place > 1 && sum->part[0] != 0)
        low |= 1;
    if (low != 0)
        high |= 1;
    return ldexp((double)high, 64 * place - shift - STEP_BITS);
}

void tta_exact_write(const struct tta_exact *sum, char text[TTA_EXACT_TEXT])
{
    for (int i = 0; i < 48; i++)
        text[i] = "0123456789abcdef"[sum->part[2 - i / 16] >> (60 - i % 16 * 4) & 15];
    text[48] = '\0';
}

bool tta_exact_read(const char *text, struct tta_exact *sum)
{
    static const char digits[] = "0123456789abcdef";

    memset(sum, 0, sizeof *sum);
    if (strlen(text) != 48)
        return false;
    for (int i = 0; i < 48; i++) {
        const char *digit = strchr(digits, text[i]);

        if (digit == NULL)
            return false;
        sum->part[2 - i / 16] |= (uint64_t)(digit - digits) << (60 - i % 16 * 4);
    }
    return sum->part[2] >> 63 == 0;
}
