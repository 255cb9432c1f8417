/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dials.h"

#include "evaluation.h"
#include "named.h"

int dials_begin(struct tta_run *run, const char *model, const struct tta_list *set,
                struct tta_scenario *out, struct tta_error *e)
{
    if (tta_scenario_load(model, out, e) != 0 ||
        tta_used_document(run, "scenario", out->id, out->hash, e) != 0 ||
        tta_assume(run, "currency", "DKK", e) != 0 ||
        evaluation_year(run, "price_year", out->price_year, e) != 0 ||
        (out->perspective[0] != '\0' && tta_assume(run, "perspective", out->perspective, e) != 0) ||
        (out->first_year != 0 && evaluation_year(run, "first_year", out->first_year, e) != 0))
        return e->code;
    for (size_t i = 0; i < set->count; i++) {
        struct tta_text name;
        int64_t value;
        size_t input;

        if (named_number(set->items[i], "set", INT64_MIN, &name, &value, e) != 0)
            return e->code;
        input = tta_scenario_input_named(out, name);
        if (input == SIZE_MAX)
            return tta_fail(e, TTA_E_USAGE, "--set: item %zu is no input of %s", i + 1, out->id);
        if (tta_scenario_set(out, input, value, e) != 0)
            return e->code;
    }
    return 0;
}

int dials_figure(const struct tta_scenario *s, const char *id, size_t *figure, struct tta_error *e)
{
    *figure = tta_scenario_figure_named(s, tta_text_of(id));
    return *figure != SIZE_MAX ? 0
                               : tta_fail(e, TTA_E_USAGE, "--figure: %s has no such figure", s->id);
}
