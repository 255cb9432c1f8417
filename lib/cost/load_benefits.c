/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "load_rows.h"

#include <stdio.h>
#include <string.h>

#include "tta/cost_net.h"

/* The number of the scheme among those that benefits rest on, new or old; -1: too many. */
static int scheme_number(struct tta_benefits *out, const struct tta_refusion_scheme *s)
{
    size_t i = 0;
    struct tta_benefit_scheme *scheme;

    while (i < out->schemes && memcmp(out->scheme[i].hash, s->hash, sizeof s->hash) != 0)
        i++;
    if (i == TTA_REFUSION_SCHEMES)
        return -1;
    scheme = &out->scheme[i];
    if (i < out->schemes)
        return (int)i;
    *scheme = (struct tta_benefit_scheme){.valid_from = s->valid_from,
                                          .valid_to = s->valid_to,
                                          .counts_benefit = s->counted == TTA_WEEKS_OF_BENEFIT};
    snprintf(scheme->id, sizeof scheme->id, "%s", s->id);
    memcpy(scheme->hash, s->hash, sizeof s->hash);
    return (int)out->schemes++;
}

/* The passive shares of the scheme, or one share for all weeks. */
static int take_shares(const json_t *row, struct tta_benefits *out, struct tta_benefit *b,
                       struct tta_error *e)
{
    const char *scheme = tta_json_text(row, "refusion", NULL);
    struct tta_refusion_scheme s;

    b->scheme = -1;
    b->bands = 1;
    b->to_week[0] = INT32_MAX;
    tta_json_decimal(row, "state_share", &b->state_micro[0]);
    if (scheme == NULL)
        return 0;
    if (tta_refusion_scheme_load(scheme, NULL, &s, e) != 0)
        return e->code;
    b->scheme = scheme_number(out, &s);
    if (b->scheme < 0)
        return tta_fail(e, TTA_E_CONFIG, "benefits of more than %d documents of refusion",
                        TTA_REFUSION_SCHEMES);
    b->bands = s.count;
    for (size_t i = 0; i < s.count; i++) {
        b->to_week[i] = s.band[i].to_week;
        b->state_micro[i] = s.band[i].state_micro;
    }
    return 0;
}

static int take_row(const struct tta_document *d, const json_t *row, size_t number, void *into,
                    struct tta_error *e)
{
    struct tta_benefits *out = into;
    struct tta_benefit *b = &out->benefit[out->count];
    char place[64];

    snprintf(place, sizeof place, "/rows/%zu", number);
    snprintf(b->id, sizeof b->id, "%s", tta_json_text(row, "id", ""));
    tta_json_money(row, "weekly", &b->weekly_ore);
    b->price_year = (int32_t)tta_json_integer(row, "price_year", 0);
    b->income = tta_json_boolean(row, "income", false);
    b->alongside = tta_json_boolean(row, "alongside", false);
    tta_json_decimal(row, "tax_kommune", &b->tax_micro[TTA_KOMMUNE]);
    tta_json_decimal(row, "tax_stat", &b->tax_micro[TTA_STAT]);
    if (b->tax_micro[TTA_KOMMUNE] + b->tax_micro[TTA_STAT] > TTA_MICRO)
        return tta_document_fail(d, e, place, "taxes above 1 together");
    if (json_is_string(json_object_get(row, "refusion")) &&
        json_object_get(row, "state_share") != NULL)
        return tta_document_fail(d, e, place, "refusion or state_share, not both");
    for (size_t i = 0; i < out->count; i++)
        if (strcmp(out->benefit[i].id, b->id) == 0)
            return tta_document_fail(d, e, place, "its id stands twice");
    out->count++;
    return take_shares(row, out, b, e);
}

int tta_benefits_load(const char *name_or_path, struct tta_benefits *out, struct tta_error *e)
{
    const struct tta_cost_rows to = {out->id, out->hash, out->currency, &out->uncertain, take_row};

    memset(out, 0, sizeof *out);
    return tta_cost_rows_load("benefits", name_or_path, &to, out, e);
}

const struct tta_benefit *tta_benefit_named(const struct tta_benefits *benefits, struct tta_text id)
{
    for (size_t i = 0; i < benefits->count; i++)
        if (tta_text_is(id, benefits->benefit[i].id))
            return &benefits->benefit[i];
    return NULL;
}
