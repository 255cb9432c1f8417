/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From four checked documents to the figures of struct tta_sim. */
#include <stdio.h>
#include <string.h>

#include "internal.h"
#include "tta/data.h"

static int read_share(const struct tta_document *d, const json_t *parent, const char *place,
                      struct tta_sim_share *out, struct tta_error *e)
{
    const json_t *json = json_object_get(parent, strrchr(place, '/') + 1);

    out->count = (uint64_t)tta_json_integer(json, "count", 0);
    out->of = (uint64_t)tta_json_integer(json, "of", 1);
    return out->count <= out->of ? 0 : tta_document_fail(d, e, place, "count is above of");
}

static int read_shares(struct tta_sim *sim, const struct tta_document *d, struct tta_error *e)
{
    const json_t *category2 = json_object_get(d->root, "category2");
    const json_t *benefit = json_object_get(d->root, "weekly_benefit");

    if (read_share(d, d->root, "/able_to_participate", &sim->able, e) != 0 ||
        read_share(d, d->root, "/employed", &sim->employed, e) != 0 ||
        read_share(d, category2, "/category2/to_team", &sim->to_team, e) != 0 ||
        read_share(d, category2, "/category2/team_to_clinic", &sim->to_clinic, e) != 0 ||
        read_share(d, benefit, "/weekly_benefit/at_maximum", &sim->at_maximum, e) != 0)
        return e->code;
    return read_share(d, benefit, "/weekly_benefit/lowest", &sim->lowest, e);
}

static int read_risk(struct tta_sim *sim, const struct tta_document *d, struct tta_error *e)
{
    const json_t *cut = json_object_get(d->root, "short_weeks");
    static const char *const places[] = {"/risk/short", "/risk/long"};
    static const char *const keys[] = {"health_only", "capacity_only", "both", "of"};

    sim->short_weeks = tta_json_integer(cut, "weeks", 0);
    for (int k = 0; k < 2; k++) {
        const json_t *json = json_object_get(json_object_get(d->root, "risk"), places[k] + 6);

        for (int i = 0; i < 4; i++)
            sim->risk[k][i] = (uint64_t)tta_json_integer(json, keys[i], 1);
        if (sim->risk[k][0] + sim->risk[k][1] + sim->risk[k][2] > sim->risk[k][3])
            return tta_document_fail(d, e, places[k], "the three together are above of");
    }
    return 0;
}

static int read_ages(struct tta_sim *sim, const struct tta_document *d, struct tta_error *e)
{
    const json_t *json = json_object_get(d->root, "age");
    int64_t first = tta_json_integer(json, "minimum", 0),
            last = tta_json_integer(json, "maximum", 0);

    if (last < first)
        return tta_document_fail(d, e, "/age", "the maximum is below the minimum");
    sim->age_first = (uint64_t)first;
    sim->ages = (uint64_t)(last - first) + 1;
    return 0;
}

/*
 * Who is absent after `week` whole weeks and no longer after the next row's
 * ends on one of the days between, each day as likely.
 */
static int read_durations(struct tta_sim *sim, const struct tta_document *d, struct tta_error *e)
{
    const json_t *curve = json_object_get(json_object_get(d->root, "durations"), "curve");
    size_t rows = json_array_size(curve);
    char place[64];

    for (size_t i = 0; i + 1 < rows; i++) {
        const json_t *row = json_array_get(curve, i), *next = json_array_get(curve, i + 1);
        int64_t week = tta_json_integer(row, "week", 0), until = tta_json_integer(next, "week", 0);
        int64_t leave =
            tta_json_integer(row, "remaining", 0) - tta_json_integer(next, "remaining", 0);

        snprintf(place, sizeof place, "/durations/curve/%zu", i + 1);
        if (until <= week)
            return tta_document_fail(d, e, place, "the week is not later than the one before");
        if (leave <= 0)
            return tta_document_fail(d, e, place, "no fewer remain than before");
        sim->step_first[i] = (uint32_t)(7 * week + 1);
        sim->step_days[i] = (uint32_t)(7 * (until - week));
        if (!tta_sim_pick_add(&sim->duration, (uint64_t)leave))
            return tta_document_fail(d, e, place, "more than %d rows", PICK_MAX + 1);
    }
    if (tta_json_integer(json_array_get(curve, rows - 1), "remaining", 0) != 0)
        return tta_document_fail(d, e, "/durations/curve", "the last row must have 0 remaining");
    tta_sim_pick_ready(&sim->duration);
    return 0;
}

/* The rates that count on the absence days, in order of their days. */
static int read_rates(struct tta_sim *sim, const struct tta_document *d, struct tta_error *e)
{
    const json_t *rows = json_object_get(d->root, "rows");
    tta_date last = sim->from + (tta_date)sim->days - 1, before = TTA_DATE_NONE;

    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        struct tta_sim_rate r = {tta_json_date(row, "valid_from", TTA_DATE_NONE), 0, 0};
        int64_t ore = 0;

        if (r.from <= before)
            return tta_document_fail(d, e, "/rows", "not in order of valid_from");
        before = r.from;
        if (r.from > last || !tta_json_money(row, "value", &ore))
            continue;
        if (r.from <= sim->from)
            sim->rate_count = 0;
        if (sim->rate_count == RATES_MAX)
            return tta_document_fail(d, e, "/rows", "more than %d rates", RATES_MAX);
        r.kroner = (uint64_t)ore / 100;
        r.lowest = (r.kroner * sim->lowest.count + sim->lowest.of - 1) / sim->lowest.of;
        sim->rates[sim->rate_count++] = r;
    }
    return 0;
}

static int read_first_absence(struct tta_sim *sim, const struct tta_document *d,
                              struct tta_error *e)
{
    const json_t *json = json_object_get(d->root, "first_absence");
    tta_date to = tta_json_date(json, "to", TTA_DATE_NONE);

    sim->from = tta_json_date(json, "from", TTA_DATE_NONE);
    if (to < sim->from)
        return tta_document_fail(d, e, "/first_absence", "to is before from");
    sim->days = (uint64_t)(to - sim->from) + 1;
    return 0;
}

static int read_municipality_figures(struct tta_sim *sim, const struct tta_document *d,
                                     struct tta_error *e)
{
    const json_t *json = json_object_get(d->root, "municipality");

    sim->incoming_minimum = tta_json_integer(json, "incoming_cases_minimum", 0);
    sim->incoming_maximum = tta_json_integer(json, "incoming_cases_maximum", 0);
    sim->consortium_size = tta_json_integer(json, "consortium_size", 1);
    if (sim->incoming_maximum < sim->incoming_minimum)
        return tta_document_fail(d, e, "/municipality", "the maximum is below the minimum");
    return 0;
}

/* A code without a region (Christiansø) is no municipality. */
static int read_municipalities(struct tta_sim *sim, const struct tta_document *d,
                               struct tta_error *e)
{
    const json_t *list = json_object_get(d->root, "municipalities");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *json = json_array_get(list, i);
        const char *region = tta_json_text(json, "region", NULL);
        struct tta_sim_municipality *m = &sim->municipalities[sim->municipality_count];

        if (region == NULL)
            continue;
        if (sim->municipality_count == MUNICIPALITIES_MAX)
            return tta_document_fail(d, e, "/municipalities", "more than %d", MUNICIPALITIES_MAX);
        m->code = tta_json_integer(json, "code", 0);
        snprintf(m->name, sizeof m->name, "%s", tta_json_text(json, "name", ""));
        snprintf(m->region, sizeof m->region, "%s", region);
        sim->municipality_count++;
    }
    return 0;
}

/* The three documents that the figures lean on. */
static int load_others(struct tta_sim *sim, struct tta_error *e)
{
    struct tta_document d;
    int code = tta_document_load("rates", "sygedagpenge-max", &d, e);

    if (code != 0)
        return code;
    code = read_rates(sim, &d, e);
    tta_document_release(&d);
    if (code != 0 || (code = tta_document_load("codes", "municipalities", &d, e)) != 0)
        return code;
    code = read_municipalities(sim, &d, e);
    tta_document_release(&d);
    if (code != 0 || (code = tta_document_load("cost", "tta-2009", &d, e)) != 0)
        return code;
    sim->consortium_cases = tta_json_integer(d.root, "minimum_incoming_cases", 0);
    tta_document_release(&d);
    return 0;
}

int tta_sim_load(struct tta_sim *sim, const char *document, struct tta_error *e)
{
    struct tta_document d;
    int code = tta_document_load("simulation", document, &d, e);

    if (code != 0)
        return code;
    code = read_shares(sim, &d, e);
    if (code == 0)
        code = read_risk(sim, &d, e);
    if (code == 0)
        code = read_ages(sim, &d, e);
    if (code == 0)
        code = read_durations(sim, &d, e);
    if (code == 0)
        code = read_first_absence(sim, &d, e);
    if (code == 0)
        code = read_municipality_figures(sim, &d, e);
    if (code == 0)
        code = load_others(sim, e);
    if (code == 0 && (sim->rate_count == 0 || sim->rates[0].from > sim->from))
        code = tta_document_fail(&d, e, "/first_absence/from",
                                 "rates/sygedagpenge-max has no rate on that day");
    tta_document_release(&d);
    return code;
}
