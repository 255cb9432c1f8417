/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_RATES_H
#define TTA_RATES_H
/*
 * A value that changes with the calendar, read from a document of kind "rates"
 * (lib/data/rates): the maximum weekly benefit, the employer period.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tta/date.h"
#include "tta/error.h"

enum tta_rates_unit {
    TTA_RATES_KR_PER_WEEK, /* values in øre a week */
    TTA_RATES_DAYS         /* values in whole calendar days */
};

/* How sure a document is of what it says: the larger, the less sure. */
enum tta_confidence { TTA_SEEN, TTA_DERIVED, TTA_UNCERTAIN };

/* "seen", "derived", "uncertain", NULL at the end. */
extern const char *const tta_confidence_names[];
/* A name that is none of them is uncertain. */
enum tta_confidence tta_confidence_of(const char *name);

#define TTA_RATES_ROWS 64
#define TTA_PARAGRAPH_SIZE 64 /* room for "LBK 1152/2011 § 62, stk. 3" and its NUL */

struct tta_rate {
    tta_date from;
    int64_t value;
    enum tta_confidence confidence;
    char paragraph[TTA_PARAGRAPH_SIZE]; /* may be empty */
};

/* Plain: copied and dropped at will. Rows in order of date. */
struct tta_rates {
    char id[64];
    unsigned char hash[32]; /* of the document, for manifests */
    tta_date valid_to;      /* TTA_DATE_NONE: the last row has no end */
    tta_date known_to;      /* the last row was set up to that day, and is taken beyond; or NONE */
    size_t count;
    struct tta_rate row[TTA_RATES_ROWS];
};

/* TTA_E_CONFIG when the document holds another unit, or rows out of order. */
int tta_rates_load(const char *name_or_path, enum tta_rates_unit unit, struct tta_rates *out,
                   struct tta_error *e);

/* The row of that day, borrowed; NULL before the first row and after the end. */
const struct tta_rate *tta_rates_row(const struct tta_rates *rates, tta_date day);

/* The value of that day; false, and *value untouched, before the first row and after the end. */
bool tta_rates_on(const struct tta_rates *rates, tta_date day, int64_t *value);

#endif
