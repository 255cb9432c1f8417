/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents of the kinds "index" and "discount". */
#include "load_rows.h"

#include <stdio.h>
#include <string.h>

#include "tta/cost_present.h"
#include "tta/number.h"

#define MOST_RATE (TTA_MICRO / 2) /* a year; more is 4 written for 0.04, or worse */

static int take_year(const struct tta_document *d, const json_t *row, size_t number, void *into,
                     struct tta_error *e)
{
    struct tta_price_index *out = into;
    int32_t year = (int32_t)tta_json_integer(row, "year", 0);
    char place[64];

    snprintf(place, sizeof place, "/rows/%zu/year", number);
    if (number == 0)
        out->first_year = year;
    else if (year != out->first_year + out->count)
        return tta_document_fail(d, e, place, "not the year after the one before");
    tta_json_decimal(row, "value", &out->micro[out->count++]);
    return 0;
}

int tta_index_load(const char *name_or_path, struct tta_price_index *out, struct tta_error *e)
{
    const struct tta_cost_rows to = {out->id, out->hash, out->currency, &out->uncertain, take_year};

    memset(out, 0, sizeof *out);
    return tta_cost_rows_load("index", name_or_path, &to, out, e);
}

static int take_bands(const struct tta_document *d, struct tta_discount *out, struct tta_error *e)
{
    const json_t *bands = json_object_get(d->root, "bands");
    size_t count = json_array_size(bands);

    for (size_t i = 0; i < count; i++) {
        const json_t *band = json_array_get(bands, i);
        int64_t to = tta_json_integer(band, "to_year", INT32_MAX);
        char place[64];

        snprintf(place, sizeof place, "/bands/%zu/to_year", i);
        if ((to == INT32_MAX) != (i + 1 == count))
            return tta_document_fail(d, e, place, "null in the last band, and only there");
        if (i > 0 && to <= out->to_year[i - 1])
            return tta_document_fail(d, e, place, "not later than the band before");
        out->to_year[i] = (int32_t)to;
        tta_json_decimal(band, "rate", &out->rate_micro[i]);
        out->count++;
    }
    return 0;
}

int tta_discount_load(const char *rate, struct tta_discount *out, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    struct tta_document d;
    int code;

    memset(out, 0, sizeof *out);
    if (tta_decimal_parse(tta_text_of(rate), plain, &out->rate_micro[0]) == NULL) {
        if (out->rate_micro[0] < 0 || out->rate_micro[0] > MOST_RATE)
            return tta_fail(e, TTA_E_USAGE, "--rate: a rate from 0 to 0.5, as 0.04");
        out->to_year[0] = INT32_MAX;
        out->count = 1;
        return 0;
    }
    if (tta_document_load("discount", rate, &d, e) != 0)
        return e->code;
    snprintf(out->id, sizeof out->id, "%s", d.id);
    memcpy(out->hash, d.hash, sizeof out->hash);
    out->uncertain = d.uncertain;
    code = take_bands(&d, out, e);
    tta_document_release(&d);
    return code;
}
