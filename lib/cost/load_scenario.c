/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the document of kind "scenario" to struct tta_scenario. */
#include <stdio.h>
#include <string.h>

#include "load_scenario.h"

/* What the schema lets a number be, so that sums and differences of inputs cannot wrap. */
#define INPUT_MOST (INT64_C(1000000000000) * TTA_MICRO)

void tta_scenario_take_names(const json_t *item, char id[TTA_SCENARIO_ID],
                             char unit[TTA_SCENARIO_ID])
{
    snprintf(id, TTA_SCENARIO_ID, "%s", tta_json_text(item, "id", ""));
    snprintf(unit, TTA_SCENARIO_ID, "%s", tta_json_text(item, "unit", ""));
}

static double number(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

/* A document's distribution, or why it is none. */
static const char *take_distribution(const json_t *item, struct tta_distribution *d)
{
    static const struct {
        const char *a, *b, *c;
    } keys[] = {[TTA_UNIFORM] = {"from", "to", NULL}, [TTA_TRIANGULAR] = {"from", "to", "mode"},
                [TTA_NORMAL] = {"mean", "sd", NULL},  [TTA_LOGNORMAL] = {"mean", "sd", NULL},
                [TTA_GAMMA] = {"mean", "sd", NULL},   [TTA_BETA] = {"successes", "failures", NULL}};
    const char *kind = tta_json_text(item, "kind", "");
    size_t given = json_object_size(item) - 1;
    int k = TTA_UNIFORM;

    while (strcmp(tta_distribution_names[k], kind) != 0)
        k++;
    d->kind = (enum tta_distribution_kind)k;
    if (json_object_get(item, keys[k].a) == NULL || json_object_get(item, keys[k].b) == NULL ||
        (keys[k].c != NULL && json_object_get(item, keys[k].c) == NULL) ||
        given != (keys[k].c == NULL ? 2u : 3u))
        return "does not have the numbers of its kind";
    d->a = number(item, keys[k].a);
    d->b = number(item, keys[k].b);
    d->c = keys[k].c == NULL ? 0 : number(item, keys[k].c);
    return NULL;
}

static int take_input(const struct tta_document *d, const json_t *item, const char *place,
                      struct tta_scenario *s, struct tta_error *e)
{
    struct tta_scenario_input *in = &s->input[s->input_count];
    const json_t *distribution = json_object_get(item, "distribution");
    struct tta_error bad = {0};
    const char *problem;
    int64_t value = 0;

    tta_scenario_take_names(item, in->id, in->unit);
    in->least = 0;
    in->most = INPUT_MOST;
    in->low = in->high = TTA_INTEGER_NONE;
    in->whole = tta_json_boolean(item, "whole", false);
    tta_json_decimal(item, "least", &in->least);
    tta_json_decimal(item, "most", &in->most);
    tta_json_decimal(item, "low", &in->low);
    tta_json_decimal(item, "high", &in->high);
    tta_json_decimal(item, "value", &value);
    if (tta_scenario_input_named(s, tta_text_of(in->id)) != SIZE_MAX)
        return tta_document_fail(d, e, place, "its id stands twice");
    if (tta_scenario_set(s, s->input_count, value, &bad) != 0)
        return tta_document_fail(d, e, place, "%s", bad.text);
    if (in->whole && (in->least % TTA_MICRO != 0 || in->most % TTA_MICRO != 0))
        return tta_document_fail(d, e, place, "least and most are not whole numbers");
    problem = tta_scenario_range_problem(in);
    if (problem != NULL)
        return tta_document_fail(d, e, place, "low and high %s", problem);
    problem = distribution == NULL ? NULL : take_distribution(distribution, &in->distribution);
    if (problem == NULL)
        problem = tta_scenario_distribution_problem(in);
    if (problem != NULL)
        return tta_document_fail(d, e, place, "its distribution %s", problem);
    s->input_count++;
    return 0;
}

/* Adds one name to the terms of a figure. */
static int take_term(const struct tta_document *d, const char *name, const char *place,
                     const struct tta_scenario *s, struct tta_scenario_figure *f,
                     struct tta_error *e)
{
    size_t at = tta_scenario_input_named(s, tta_text_of(name));

    if (at == SIZE_MAX) {
        at = tta_scenario_figure_named(s, tta_text_of(name));
        if (at == SIZE_MAX)
            return tta_document_fail(d, e, place, "names neither an input nor a figure before it");
        at += TTA_SCENARIO_INPUTS;
    }
    f->term[f->count++] = at;
    return 0;
}

static int take_terms(const struct tta_document *d, const json_t *names, const char *place,
                      const struct tta_scenario *s, struct tta_scenario_figure *f,
                      struct tta_error *e)
{
    for (size_t i = 0; i < json_array_size(names); i++)
        if (take_term(d, json_string_value(json_array_get(names, i)), place, s, f, e) != 0)
            return e->code;
    return 0;
}

static int take_figure(const struct tta_document *d, const json_t *item, const char *place,
                       struct tta_scenario *s, struct tta_error *e)
{
    static const struct {
        const char *first, *rest;
        const char *named[3];
    } operations[] = {[TTA_PRODUCT] = {"multiply", "divide", {NULL}},
                      [TTA_SUM] = {"add", "subtract", {NULL}},
                      [TTA_PRESENT_VALUE] = {"present_value", NULL, {"flow", "years", "rate"}},
                      [TTA_PAYBACK] = {"payback", NULL, {"cost", "flow", "rate"}},
                      [TTA_OVER_YEARS] = {"over_years", NULL, {NULL}}};
    struct tta_scenario_figure *f = &s->figure[s->figure_count];
    int found = 0;

    tta_scenario_take_names(item, f->id, f->unit);
    f->least = TTA_INTEGER_NONE;
    tta_json_decimal(item, "least", &f->least);
    if (tta_scenario_figure_named(s, tta_text_of(f->id)) != SIZE_MAX ||
        tta_scenario_input_named(s, tta_text_of(f->id)) != SIZE_MAX)
        return tta_document_fail(d, e, place, "its id stands twice");
    for (int k = 0; k <= TTA_OVER_YEARS; k++) {
        const json_t *first = json_object_get(item, operations[k].first);
        const json_t *rest =
            operations[k].rest == NULL ? NULL : json_object_get(item, operations[k].rest);

        if (first == NULL && rest != NULL)
            found += 2;
        if (first == NULL)
            continue;
        found++;
        f->operation = (enum tta_scenario_operation)k;
        for (int i = 0; i < 3 && operations[k].named[i] != NULL; i++)
            if (take_term(d, tta_json_text(first, operations[k].named[i], ""), place, s, f, e) != 0)
                return e->code;
        if (k == TTA_OVER_YEARS && tta_scenario_take_over_years(d, first, place, s, f, e) != 0)
            return e->code;
        if (k > TTA_SUM)
            continue;
        if (take_terms(d, first, place, s, f, e) != 0)
            return e->code;
        f->first = f->count;
        if (take_terms(d, rest, place, s, f, e) != 0)
            return e->code;
    }
    if (found != 1)
        return tta_document_fail(d, e, place, "should have one way to be computed");
    s->figure_count++;
    return 0;
}

static int take_claim(const struct tta_document *d, const json_t *item, const char *place,
                      struct tta_scenario *s, struct tta_error *e)
{
    struct tta_scenario_claim *c = &s->claim[s->claim_count++];
    const char *figure = tta_json_text(item, "figure", NULL);

    tta_scenario_take_names(item, c->id, c->unit);
    tta_json_decimal(item, "printed", &c->printed);
    tta_json_decimal(item, "round_to", &c->round_to);
    snprintf(c->why, sizeof c->why, "%s", tta_json_text(item, "why", ""));
    c->implied = tta_json_boolean(item, "implied", false);
    c->figure = SIZE_MAX;
    if (figure == NULL)
        return 0;
    c->figure = tta_scenario_figure_named(s, tta_text_of(figure));
    return c->figure != SIZE_MAX ? 0 : tta_document_fail(d, e, place, "names no figure");
}

static int take_list(const struct tta_document *d, const char *key,
                     int (*take)(const struct tta_document *, const json_t *, const char *,
                                 struct tta_scenario *, struct tta_error *),
                     struct tta_scenario *s, struct tta_error *e)
{
    const json_t *list = json_object_get(d->root, key);

    for (size_t i = 0; i < json_array_size(list); i++) {
        char place[64];

        snprintf(place, sizeof place, "/%s/%zu", key, i);
        if (take(d, json_array_get(list, i), place, s, e) != 0)
            return e->code;
    }
    return 0;
}

int tta_scenario_load(const char *name_or_path, struct tta_scenario *out, struct tta_error *e)
{
    struct tta_document d;
    int code;

    memset(out, 0, sizeof *out);
    if (tta_document_load("scenario", name_or_path, &d, e) != 0)
        return e->code;
    snprintf(out->id, sizeof out->id, "%s", d.id);
    memcpy(out->hash, d.hash, sizeof out->hash);
    out->price_year = (int32_t)tta_json_integer(d.root, "price_year", 0);
    out->first_year = (int32_t)tta_json_integer(d.root, "first_year", 0);
    snprintf(out->perspective, sizeof out->perspective, "%s",
             tta_json_text(d.root, "perspective", ""));
    code = take_list(&d, "inputs", take_input, out, e);
    if (code == 0)
        code = take_list(&d, "flows", tta_scenario_take_flow, out, e);
    if (code == 0)
        code = take_list(&d, "figures", take_figure, out, e);
    if (code == 0)
        code = take_list(&d, "claims", take_claim, out, e);
    tta_document_release(&d);
    return code;
}
