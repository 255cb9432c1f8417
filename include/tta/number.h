/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_NUMBER_H
#define TTA_NUMBER_H
/*
 * Numbers as files write them, read exactly and written exactly.
 *
 *   whole number   int64
 *   money          int64 øre           two decimals at the most
 *   decimal        int64 millionths    six decimals at the most
 *   number         double              for statistics only, never for money
 *
 * The locale never matters. Parsers return NULL, or why the text is not such a
 * number: a sentence that does not hold the text. Spaces are not trimmed.
 */
#include <stdbool.h>
#include <stdint.h>

#include "tta/text.h"

/* How a file writes numbers. group is 0 when digits are never grouped. */
struct tta_number_style {
    char decimal; /* '.' or ',' */
    char group;   /* 0, '.', ',', ' ' or '\'' */
};

#define TTA_INTEGER_NONE INT64_MIN /* missing: whole number, money or decimal */
#define TTA_MICRO INT64_C(1000000) /* a decimal of 1 */
#define TTA_NUMBER_SIZE 40         /* room for any number written here, with its NUL */

const char *tta_integer_parse(struct tta_text t, struct tta_number_style s, int64_t *out);
const char *tta_money_parse(struct tta_text t, struct tta_number_style s, int64_t *ore);
const char *tta_decimal_parse(struct tta_text t, struct tta_number_style s, int64_t *micro);
/* Finite only; rounded correctly. */
const char *tta_double_parse(struct tta_text t, struct tta_number_style s, double *out);

/* Writers return the length; no grouping; decimal is the mark to write. */
int tta_integer_write(int64_t value, char out[TTA_NUMBER_SIZE]);
/* Always two decimals: 1234,50. */
int tta_money_write(int64_t ore, char decimal, char out[TTA_NUMBER_SIZE]);
/* As many decimals as are needed: 1.5, 44.375, 3. */
int tta_decimal_write(int64_t micro, char decimal, char out[TTA_NUMBER_SIZE]);
/* The fewest digits that read back the same. The value must be finite. */
int tta_double_write(double value, char decimal, char out[TTA_NUMBER_SIZE]);

/*
 * Arithmetic that says when it would wrap: false, and *out untouched.
 * tta_muldiv_half_up: value x mul / div, rounded half away from zero
 * (for amounts of money, which are not negative: half up); div > 0.
 */
bool tta_add(int64_t a, int64_t b, int64_t *out);
bool tta_muldiv_half_up(int64_t value, int64_t mul, int64_t div, int64_t *out);

#endif
