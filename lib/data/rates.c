/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/rates.h"

#include <stdio.h>

#include "tta/data.h"

static const char *const unit_names[] = {
    [TTA_RATES_KR_PER_WEEK] = "kr_per_week",
    [TTA_RATES_DAYS] = "days",
};

const char *const tta_confidence_names[] = {"seen", "derived", "uncertain", NULL};

enum tta_confidence tta_confidence_of(const char *name)
{
    int i = TTA_SEEN;

    while (i < TTA_UNCERTAIN && strcmp(tta_confidence_names[i], name) != 0)
        i++;
    return (enum tta_confidence)i;
}

static int take_row(const struct tta_document *d, const json_t *row, size_t i,
                    enum tta_rates_unit unit, struct tta_rates *out, struct tta_error *e)
{
    struct tta_rate *r = &out->row[i];
    char place[64];

    snprintf(place, sizeof place, "/rows/%zu/valid_from", i);
    r->from = tta_json_date(row, "valid_from", TTA_DATE_NONE);
    if (i == 0 ? r->from != d->valid_from : r->from <= r[-1].from)
        return tta_document_fail(d, e, place,
                                 i == 0 ? "the first row begins with the document"
                                        : "not later than the row before");
    if (d->valid_to != TTA_DATE_NONE && r->from > d->valid_to)
        return tta_document_fail(d, e, place, "after the end of the document");
    tta_json_money(row, "value", &r->value);
    r->confidence = tta_confidence_of(tta_json_text(row, "confidence", ""));
    snprintf(r->paragraph, sizeof r->paragraph, "%s", tta_json_text(row, "paragraph", ""));
    if (unit == TTA_RATES_DAYS) {
        snprintf(place, sizeof place, "/rows/%zu/value", i);
        if (r->value % 100 != 0)
            return tta_document_fail(d, e, place, "not a whole number of days");
        r->value /= 100;
    }
    return 0;
}

static int take_rows(const struct tta_document *d, enum tta_rates_unit unit, struct tta_rates *out,
                     struct tta_error *e)
{
    const json_t *rows = json_object_get(d->root, "rows");

    if (strcmp(tta_json_text(d->root, "unit", ""), unit_names[unit]) != 0)
        return tta_document_fail(d, e, "/unit", "should be %s here", unit_names[unit]);
    snprintf(out->id, sizeof out->id, "%s", d->id);
    memcpy(out->hash, d->hash, sizeof out->hash);
    out->valid_to = d->valid_to;
    out->known_to = tta_json_date(d->root, "known_to", TTA_DATE_NONE);
    out->count = json_array_size(rows);
    for (size_t i = 0; i < out->count; i++)
        if (take_row(d, json_array_get(rows, i), i, unit, out, e) != 0)
            return e->code;
    return 0;
}

int tta_rates_load(const char *name_or_path, enum tta_rates_unit unit, struct tta_rates *out,
                   struct tta_error *e)
{
    struct tta_document d;
    int code;

    memset(out, 0, sizeof *out);
    if (tta_document_load("rates", name_or_path, &d, e) != 0)
        return e->code;
    code = take_rows(&d, unit, out, e);
    tta_document_release(&d);
    return code;
}

const struct tta_rate *tta_rates_row(const struct tta_rates *rates, tta_date day)
{
    size_t low = 0, high = rates->count; /* rows before low have begun, from high on have not */

    if (rates->valid_to != TTA_DATE_NONE && day > rates->valid_to)
        return NULL;
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (rates->row[middle].from <= day)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? NULL : &rates->row[low - 1];
}

bool tta_rates_on(const struct tta_rates *rates, tta_date day, int64_t *value)
{
    const struct tta_rate *row = tta_rates_row(rates, day);

    if (row == NULL)
        return false;
    *value = row->value;
    return true;
}
