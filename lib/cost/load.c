/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the document of kind "cost" to struct tta_cost_model: the cost table is
 * added up line by line, and must come to what the source prints.
 */
#include <stdio.h>

#include "tta/cost.h"
#include "tta/data.h"
#include "tta/number.h"

/*
 * ore x share / cases to the nearest multiple of step, halves up, in one
 * rounding. false when a number does not fit.
 */
static bool round_to(int64_t ore, int64_t share_micro, int64_t cases, int64_t step, int64_t *out)
{
    int64_t div, steps;

    return !__builtin_mul_overflow(cases, step, &div) &&
           !__builtin_mul_overflow(div, TTA_MICRO, &div) &&
           tta_muldiv_half_up(ore, share_micro, div, &steps) &&
           !__builtin_mul_overflow(steps, step, out);
}

static int check_printed(const struct tta_document *d, const json_t *object, const char *key,
                         int64_t ore, const char *place, struct tta_error *e)
{
    char ours[TTA_NUMBER_SIZE];
    int64_t printed = 0;

    tta_json_money(object, key, &printed);
    if (printed == ore)
        return 0;
    tta_money_write(ore, '.', ours);
    return tta_document_fail(d, e, place, "the lines and their roundings give %s kr here", ours);
}

static int add_amounts(const struct tta_document *d, const json_t *line, size_t number,
                       int64_t *sum, struct tta_error *e)
{
    const json_t *amounts = json_object_get(line, "amounts");

    for (size_t i = 0; i < json_array_size(amounts); i++) {
        const json_t *amount = json_array_get(amounts, i);
        int64_t ore = 0, quantity, price, product = -1;
        bool has_quantity = tta_json_decimal(amount, "quantity", &quantity);
        bool has_price = tta_json_money(amount, "price", &price);
        char place[64];

        snprintf(place, sizeof place, "/lines/%zu/amounts/%zu", number, i);
        tta_json_money(amount, "kroner", &ore);
        if (has_quantity != has_price)
            return tta_document_fail(d, e, place, "quantity and price stand together");
        if (has_quantity &&
            (!tta_muldiv_half_up(quantity, price, TTA_MICRO, &product) || product != ore))
            return tta_document_fail(d, e, place, "quantity x price is not kroner");
        *sum += ore;
    }
    return 0;
}

#define NANO_AN_ORE INT64_C(10000000)

/* A line of the table, per category-2 case, as rounded, and added to what is exact. */
static int take_line(const struct tta_document *d, const json_t *line, size_t number, int64_t *ore,
                     int64_t *exact, struct tta_error *e)
{
    int64_t nano;
    int64_t sum = 0, step = 1, cases = tta_json_integer(line, "per_cases", 1);
    char place[64];

    if (add_amounts(d, line, number, &sum, e) != 0)
        return e->code;
    tta_json_money(line, "round_to", &step);
    snprintf(place, sizeof place, "/lines/%zu", number);
    if (!round_to(sum, TTA_MICRO, cases, step, ore) ||
        !tta_muldiv_half_up(sum, NANO_AN_ORE, cases, &nano) || !tta_add(*exact, nano, exact))
        return tta_document_fail(d, e, place, "numbers too large to hold");
    snprintf(place, sizeof place, "/lines/%zu/printed", number);
    return check_printed(d, line, "printed", *ore, place, e);
}

/* The lines as rounded, then the administration, a share of their sum, as rounded. */
static int add_lines(const struct tta_document *d, struct tta_cost_model *out, struct tta_error *e)
{
    int64_t *per_case = &out->per_case_ore, with_share;
    const json_t *lines = json_object_get(d->root, "lines");
    const json_t *administration = json_object_get(d->root, "administration");
    int64_t share = 0, step = 1, part = 0;

    for (size_t i = 0; i < json_array_size(lines); i++) {
        if (take_line(d, json_array_get(lines, i), i, &part, &out->exact_nano, e) != 0)
            return e->code;
        *per_case += part;
    }
    tta_json_decimal(administration, "share", &share);
    tta_json_money(administration, "round_to", &step);
    with_share = TTA_MICRO + share;
    if (!round_to(*per_case, share, 1, step, &part) ||
        !tta_muldiv_half_up(out->exact_nano, with_share, TTA_MICRO, &out->exact_nano) ||
        !tta_muldiv_half_up(*per_case, with_share * (NANO_AN_ORE / TTA_MICRO), 1,
                            &out->share_exact_nano))
        return tta_document_fail(d, e, "/administration", "numbers too large to hold");
    if (check_printed(d, administration, "printed", part, "/administration/printed", e) != 0)
        return e->code;
    *per_case += part;
    return check_printed(d, d->root, "printed_total", *per_case, "/printed_total", e);
}

static int take_model(const struct tta_document *d, struct tta_cost_model *out, struct tta_error *e)
{
    int64_t team = 0, clinic = 0;

    snprintf(out->id, sizeof out->id, "%s", d->id);
    memcpy(out->hash, d->hash, sizeof out->hash);
    out->price_year = (int32_t)tta_json_integer(d->root, "price_year", 0);
    tta_json_decimal(d->root, "category2_share", &out->category2_micro);
    tta_json_decimal(d->root, "staffing_step", &out->step_micro);
    tta_json_decimal(d->root, "team_share", &team);
    tta_json_decimal(d->root, "clinic_share_of_team", &clinic);
    out->team_micro = team;
    tta_muldiv_half_up(team, clinic, TTA_MICRO, &out->clinic_micro);
    out->capacity_cases = tta_json_integer(d->root, "capacity_cases", 1);
    out->minimum_incoming_cases = tta_json_integer(d->root, "minimum_incoming_cases", 0);
    return add_lines(d, out, e);
}

int tta_cost_model_load(const char *name_or_path, struct tta_cost_model *out, struct tta_error *e)
{
    struct tta_document d;
    int code;

    memset(out, 0, sizeof *out);
    if (tta_document_load("cost", name_or_path, &d, e) != 0)
        return e->code;
    code = take_model(&d, out, e);
    tta_document_release(&d);
    return code;
}
