/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the document of kind "refusion" to struct tta_refusion_scheme. */
#include <stdio.h>

#include "tta/data.h"
#include "tta/refusion.h"

const char *const tta_activity_kind_names[] = {"gradual_return", "lab_32_1_1", "lab_10",
                                               "lab_11",         "lab_12",     NULL};

/* What explains a number: its paragraph, and how sure it is. */
static void take_reason(const json_t *o, char *paragraph, enum tta_confidence *confidence)
{
    snprintf(paragraph, TTA_PARAGRAPH_SIZE, "%s", tta_json_text(o, "paragraph", ""));
    if (confidence != NULL)
        *confidence = tta_confidence_of(tta_json_text(o, "confidence", ""));
}

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
    take_reason(band, b->paragraph, &b->confidence);
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

/* The schema knows the kinds. */
static int kind_of(const char *name)
{
    int kind = 0;

    while (kind < TTA_ACTIVE_STATED && strcmp(tta_activity_kind_names[kind], name) != 0)
        kind++;
    return kind;
}

static int take_active(const struct tta_document *d, struct tta_refusion_scheme *out,
                       struct tta_error *e)
{
    const json_t *active = json_object_get(d->root, "active");
    struct tta_refusion_activity *stated = &out->active[TTA_ACTIVE_STATED];

    for (size_t i = 0; i < json_array_size(active); i++) {
        const json_t *item = json_array_get(active, i);
        struct tta_refusion_activity *a = &out->active[kind_of(tta_json_text(item, "kind", ""))];
        char place[64];

        snprintf(place, sizeof place, "/active/%zu/kind", i);
        if (a->counts)
            return tta_document_fail(d, e, place, "stands twice");
        a->counts = true;
        a->hours_over_micro = TTA_INTEGER_NONE;
        tta_json_decimal(item, "hours_over", &a->hours_over_micro);
        take_reason(item, a->paragraph, &a->confidence);
        out->knows_active = true;
    }
    /* stated by the caller: no kind, so no paragraph of one */
    stated->counts = out->knows_active;
    stated->hours_over_micro = TTA_INTEGER_NONE;
    return 0;
}

/* How the weeks of benefit are counted. */
static int take_counting(const struct tta_document *d, struct tta_refusion_scheme *out,
                         struct tta_error *e)
{
    const json_t *since = json_object_get(d->root, "counted_since");
    const json_t *restart = json_object_get(d->root, "restart");
    const json_t *shift = json_object_get(d->root, "transition");

    out->counted = strcmp(tta_json_text(d->root, "weeks_counted", ""), "benefit") == 0
                       ? TTA_WEEKS_OF_BENEFIT
                       : TTA_WEEKS_OF_ABSENCE;
    out->counted_since = tta_json_date(since, "date", TTA_DATE_NONE);
    out->restart_weeks = (int32_t)tta_json_integer(restart, "self_support_weeks", 0);
    out->restart_within = (int32_t)tta_json_integer(restart, "within_weeks", 0);
    out->restart_at_benefit = strcmp(tta_json_text(restart, "measured", ""), "benefit") == 0;
    take_reason(restart, out->restart_paragraph, &out->restart_confidence);
    out->shift_from = tta_json_date(shift, "from", TTA_DATE_NONE);
    out->shift_to = tta_json_date(shift, "to", TTA_DATE_NONE);
    out->shift_as = tta_json_date(shift, "as_on", TTA_DATE_NONE);
    take_reason(shift, out->shift_paragraph, NULL);
    if (out->restart_weeks > out->restart_within)
        return tta_document_fail(d, e, "/restart/self_support_weeks", "more than within_weeks");
    if (out->shift_from > out->shift_to)
        return tta_document_fail(d, e, "/transition/to", "before from");
    if (out->shift_as != TTA_DATE_NONE && out->shift_as <= out->shift_to)
        return tta_document_fail(d, e, "/transition/as_on", "not after to");
    return 0;
}

/* A reading that was asked for: its keys take the place of the document's. */
static int apply_reading(const struct tta_document *d, json_t *reading, json_t *changed,
                         struct tta_refusion_scheme *out, struct tta_error *e)
{
    static const char *const keys[] = {"valid_from", "bands", "active", "restart"};
    size_t len = strlen(out->readings);

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_t *value = json_object_get(reading, keys[i]);

        if (value == NULL)
            continue;
        if (json_object_get(changed, keys[i]) != NULL)
            return tta_document_fail(d, e, "/readings", "two of those asked for both change %s",
                                     keys[i]);
        if (json_object_set(changed, keys[i], value) != 0 ||
            json_object_set(d->root, keys[i], value) != 0)
            return tta_fail_memory(e);
    }
    snprintf(out->readings + len, sizeof out->readings - len, "%s%s", len > 0 ? "+" : "",
             tta_json_text(reading, "id", ""));
    return 0;
}

/* Other schemes can have it too. */
static void note_known(struct tta_refusion_readings *asked, const char *id)
{
    char item[40];
    size_t len = strlen(asked->known);

    snprintf(item, sizeof item, " %s,", id);
    if (strstr(asked->known, item) == NULL)
        snprintf(asked->known + len, sizeof asked->known - len, "%s", item);
}

static int apply_readings(const struct tta_document *d, struct tta_refusion_readings *asked,
                          struct tta_refusion_scheme *out, struct tta_error *e)
{
    const json_t *readings = json_object_get(d->root, "readings");
    json_t *changed = json_object();
    int rc = changed == NULL ? tta_fail_memory(e) : 0;

    for (size_t i = 0; rc == 0 && asked != NULL && i < json_array_size(readings); i++) {
        json_t *reading = json_array_get(readings, i);
        const char *id = tta_json_text(reading, "id", "");

        note_known(asked, id);
        for (size_t j = 0; rc == 0 && j < asked->count; j++)
            if (strcmp(id, asked->ids[j]) == 0) {
                asked->used[j] = true;
                rc = apply_reading(d, reading, changed, out, e);
            }
    }
    json_decref(changed);
    return rc;
}

static int take_scheme(const struct tta_document *d, struct tta_refusion_readings *readings,
                       struct tta_refusion_scheme *out, struct tta_error *e)
{
    const json_t *bands;

    snprintf(out->id, sizeof out->id, "%s", d->id);
    memcpy(out->hash, d->hash, sizeof out->hash);
    if (apply_readings(d, readings, out, e) != 0)
        return e->code;
    out->confidence = tta_confidence_of(tta_json_text(d->root, "confidence", ""));
    out->valid_from = tta_json_date(d->root, "valid_from", d->valid_from);
    out->valid_to = d->valid_to;
    if (out->valid_to != TTA_DATE_NONE && out->valid_from > out->valid_to)
        return tta_document_fail(d, e, "/valid_to", "before valid_from");
    bands = json_object_get(d->root, "bands");
    out->count = json_array_size(bands);
    for (size_t i = 0; i < out->count; i++)
        if (take_band(d, json_array_get(bands, i), i, i + 1 == out->count, out, e) != 0)
            return e->code;
    return take_active(d, out, e) != 0 ? e->code : take_counting(d, out, e);
}

int tta_refusion_scheme_load(const char *name_or_path, struct tta_refusion_readings *readings,
                             struct tta_refusion_scheme *out, struct tta_error *e)
{
    struct tta_document d;
    int code;

    memset(out, 0, sizeof *out);
    if (tta_document_load("refusion", name_or_path, &d, e) != 0)
        return e->code;
    code = take_scheme(&d, readings, out, e);
    tta_document_release(&d);
    return code;
}

int tta_employer_periods_load(const char *name_or_path, struct tta_rates *out, struct tta_error *e)
{
    if (tta_rates_load(name_or_path, TTA_RATES_DAYS, out, e) != 0)
        return e->code;
    for (size_t i = 0; i < out->count; i++)
        if (out->row[i].value > 365) {
            tta_fail(e, TTA_E_CONFIG, "/rows/%zu/value: more than 365 days", i);
            return tta_error_place(e, name_or_path, 0);
        }
    return 0;
}
