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

#define TTA_RATES_ROWS 64

/* Plain: copied and dropped at will. Rows in order of date. */
struct tta_rates {
    char id[64];
    unsigned char hash[32]; /* of the document, for manifests */
    tta_date valid_to;      /* TTA_DATE_NONE: the last row has no end */
    size_t count;
    struct tta_rate {
        tta_date from;
        int64_t value;
    } row[TTA_RATES_ROWS];
};

/* TTA_E_CONFIG when the document holds another unit, or rows out of order. */
int tta_rates_load(const char *name_or_path, enum tta_rates_unit unit, struct tta_rates *out,
                   struct tta_error *e);

/* The value of that day; false, and *value untouched, before the first row and after the end. */
bool tta_rates_on(const struct tta_rates *rates, tta_date day, int64_t *value);

#endif
