/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the document of kind "refusion" to struct tta_refusion_scheme. */
#include <stdio.h>

#include "tta/data.h"
#include "tta/refusion.h"

static int take_band(const struct tta_document *d, const json_t *band, size_t i, bool last,
                     struct tta_refusion_scheme *out, struct tta_error *e)
{
    struct tta_refusion_band *b = &out->band[i];
    int64_t next = i == 0 ? 1 : (int64_t)b[-1].to_week + 1;
    char place[64];

    b->from_week = (int32_t)tta_json_integer(band, "from_week", 0);
    b->to_week = (int32_t)tta_json_integer(band, "to_week", TTA_WEEK_NO_END);
    tta_json_decimal(band, "state_share", &b->state_micro);
    b->active_micro = b->state_micro;
    tta_json_decimal(band, "state_share_active", &b->active_micro);
    snprintf(place, sizeof place, "/bands/%zu/from_week", i);
    if (b->from_week != next)
        return tta_document_fail(d, e, place, "should be week %lld: bands have no gaps",
                                 (long long)next);
    snprintf(place, sizeof place, "/bands/%zu/to_week", i);
    if (last != (b->to_week == TTA_WEEK_NO_END))
        return tta_document_fail(d, e, place,
                                 last ? "the last band has no end (null)"
                                      : "only the last band has no end");
    if (b->to_week < b->from_week)
        return tta_document_fail(d, e, place, "before from_week");
    return 0;
}

static int take_scheme(const struct tta_document *d, struct tta_refusion_scheme *out,
                       struct tta_error *e)
{
    const json_t *bands = json_object_get(d->root, "bands");

    snprintf(out->id, sizeof out->id, "%s", d->id);
    memcpy(out->hash, d->hash, sizeof out->hash);
    out->valid_from = d->valid_from;
    out->valid_to = d->valid_to;
    out->counted = strcmp(tta_json_text(d->root, "weeks_counted", ""), "benefit") == 0
                       ? TTA_WEEKS_OF_BENEFIT
                       : TTA_WEEKS_OF_ABSENCE;
    out->count = json_array_size(bands);
    for (size_t i = 0; i < out->count; i++)
        if (take_band(d, json_array_get(bands, i), i, i + 1 == out->count, out, e) != 0)
            return e->code;
    return 0;
}

int tta_refusion_scheme_load(const char *name_or_path, struct tta_refusion_scheme *out,
                             struct tta_error *e)
{
    struct tta_document d;
    int code;

    memset(out, 0, sizeof *out);
    if (tta_document_load("refusion", name_or_path, &d, e) != 0)
        return e->code;
    code = take_scheme(&d, out, e);
    tta_document_release(&d);
    return code;
}

int tta_employer_periods_load(const char *name_or_path, struct tta_rates *out, struct tta_error *e)
{
    return tta_rates_load(name_or_path, TTA_RATES_DAYS, out, e);
}
