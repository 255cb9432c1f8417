/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dials.h"

#include <stdio.h>

#include "evaluation.h"
#include "named.h"

/* Of the first figure that is a present value of flows: over which years, at what rates. */
static int assume_years(struct tta_run *run, const struct tta_scenario *s, struct tta_error *e)
{
    const struct tta_scenario_figure *f = s->figure;
    char number[TTA_NUMBER_SIZE], rates[200] = "";

    while (f < s->figure + s->figure_count && !(f->operation == TTA_OVER_YEARS && f->count > 1))
        f++;
    if (f == s->figure + s->figure_count)
        return 0;
    for (size_t i = 1; i < f->count; i++) {
        size_t len = strlen(rates);

        tta_decimal_write(s->input[f->term[i]].value, '.', number);
        snprintf(rates + len, sizeof rates - len, "%s%s", i == 1 ? "" : ", ", number);
    }
    tta_decimal_write(s->input[f->term[0]].value, '.', number);
    if (tta_assume(run, "horizon", number, e) != 0 ||
        tta_assume(run, "discount_rate", rates, e) != 0)
        return e->code;
    return tta_assume(run, "timing", tta_flow_timing_names[f->timing], e);
}

int dials_begin(struct tta_run *run, const char *model, const struct tta_list *set,
                struct tta_scenario *out, struct tta_error *e)
{
    bool given[TTA_SCENARIO_INPUTS] = {false};

    if (tta_scenario_load(model, out, e) != 0 ||
        tta_used_document(run, "scenario", out->id, out->hash, e) != 0 ||
        tta_assume(run, "currency", "DKK", e) != 0 ||
        evaluation_year(run, "price_year", out->price_year, e) != 0 ||
        (out->perspective[0] != '\0' && tta_assume(run, "perspective", out->perspective, e) != 0) ||
        (out->first_year != 0 && evaluation_year(run, "first_year", out->first_year, e) != 0))
        return e->code;
    for (size_t i = 0; i < set->count; i++) {
        struct tta_text name;
        struct tta_error bad = {0};
        int64_t value;
        size_t input;

        if (named_number(set->items[i], "set", INT64_MIN, &name, &value, e) != 0)
            return e->code;
        input = tta_scenario_input_named(out, name);
        if (input == SIZE_MAX)
            return tta_fail(e, TTA_E_USAGE, "--set: item %zu is no input of %s", i + 1, out->id);
        if (given[input])
            return tta_fail(e, TTA_E_USAGE, "--set: item %zu gives an input a second value", i + 1);
        given[input] = true;
        if (tta_scenario_set(out, input, value, &bad) != 0)
            return tta_fail(e, bad.code, "--set: item %zu: %s", i + 1, bad.text);
    }
    return assume_years(run, out, e);
}

int dials_figure(const struct tta_scenario *s, const char *id, size_t *figure, struct tta_error *e)
{
    *figure = tta_scenario_figure_named(s, tta_text_of(id));
    return *figure != SIZE_MAX ? 0
                               : tta_fail(e, TTA_E_USAGE, "--figure: %s has no such figure", s->id);
}
