/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_PRESENT_H
#define TTA_COST_PRESENT_H
/*
 * Fixed prices and present values. An amount of one year in prices of another is
 * amount x index of the other / index of the one (Statistics Denmark). A present
 * value is amount x factor, where the factor of year 0 is 1 and that of a year is
 * that of the year before / (1 + its rate) (Finansministeriet). Every amount is
 * rounded to the øre, half away from zero.
 */
#include <stdbool.h>
#include <stdint.h>

#include "tta/error.h"

#define TTA_INDEX_YEARS 200
#define TTA_DISCOUNT_BANDS 16
#define TTA_DISCOUNT_YEARS 1000

struct tta_price_index {
    char id[64];
    unsigned char hash[32];
    bool uncertain; /* the document's confidence */
    char currency[4];
    int32_t first_year;
    int32_t count; /* years without gaps */
    int64_t micro[TTA_INDEX_YEARS];
};

/* A document of kind "index": cpi or a path. */
int tta_index_load(const char *name_or_path, struct tta_price_index *out, struct tta_error *e);

/* TTA_E_DATA: a year that is not in the index, an amount too large. Equal years change nothing. */
int tta_index_convert(const struct tta_price_index *index, int64_t ore, int32_t from, int32_t to,
                      int64_t *out, struct tta_error *e);

struct tta_discount {
    char id[64];            /* "" for a rate that was given as a number */
    unsigned char hash[32]; /* of the document */
    bool uncertain;         /* its confidence */
    int32_t count;
    int32_t to_year[TTA_DISCOUNT_BANDS]; /* the last: INT32_MAX */
    int64_t rate_micro[TTA_DISCOUNT_BANDS];
};

/* A document of kind "discount": fm2013, fm2021 or a path; or one rate as a decimal, 0.04. */
int tta_discount_load(const char *rate, struct tta_discount *out, struct tta_error *e);

/* When in its year a flow falls. */
enum tta_flow_timing { TTA_FLOW_START, TTA_FLOW_MIDDLE, TTA_FLOW_END };
extern const char *const tta_flow_timing_names[]; /* NULL at the end */

/* year 0 is the first; 0 <= year <= TTA_DISCOUNT_YEARS. */
long double tta_discount_factor(const struct tta_discount *d, int32_t year,
                                enum tta_flow_timing timing);

/* The same of the years 0 .. years - 1, at factor. */
void tta_discount_factors(const struct tta_discount *d, int32_t years, enum tta_flow_timing timing,
                          long double *factor);

/* false: too large. */
bool tta_present_value(int64_t ore, long double factor, int64_t *out);

#endif
