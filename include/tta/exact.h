/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_EXACT_H
#define TTA_EXACT_H
/*
 * Sums of doubles without rounding: the sum of a million weights is the same
 * number in any order and from any division into parts. A fixed point number of
 * 192 bits, in steps of 2^-104, from 0 up to 2^88.
 *
 * The idea of a long accumulator: U. Kulisch, W. L. Miranker, SIAM Review 28
 * (1986) 1-40; only as long as weights need it.
 */
#include <stdbool.h>
#include <stdint.h>

struct tta_exact {
    uint64_t part[3]; /* the lowest first */
};

/* The smallest and largest value that tta_exact_add takes with all its digits. */
#define TTA_EXACT_LEAST 0x1p-52
#define TTA_EXACT_MOST 0x1p86

/*
 * Adds value, 0 or between the limits above. false, and the sum as it was, for
 * another value or a sum that has no room.
 */
bool tta_exact_add(struct tta_exact *sum, double value);
/* The same for a sum. */
bool tta_exact_add_sum(struct tta_exact *sum, const struct tta_exact *other);
/* Takes off a sum that is not larger. */
void tta_exact_subtract(struct tta_exact *sum, const struct tta_exact *other);
/* The nearest double, halves to even. */
double tta_exact_value(const struct tta_exact *sum);

/* 48 hexadecimal digits and a NUL, and back; false when the text is no such number. */
#define TTA_EXACT_TEXT 49
void tta_exact_write(const struct tta_exact *sum, char text[TTA_EXACT_TEXT]);
bool tta_exact_read(const char *text, struct tta_exact *sum);

#endif
