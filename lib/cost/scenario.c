/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenario_compute.h"

#include <stdio.h>

size_t tta_scenario_input_named(const struct tta_scenario *s, struct tta_text id)
{
    for (size_t i = 0; i < s->input_count; i++)
        if (tta_text_is(id, s->input[i].id))
            return i;
    return SIZE_MAX;
}

size_t tta_scenario_figure_named(const struct tta_scenario *s, struct tta_text id)
{
    for (size_t i = 0; i < s->figure_count; i++)
        if (tta_text_is(id, s->figure[i].id))
            return i;
    return SIZE_MAX;
}

const char *tta_scenario_range_problem(const struct tta_scenario_input *in)
{
    if ((in->low == TTA_INTEGER_NONE) != (in->high == TTA_INTEGER_NONE))
        return "stand together";
    if (in->low == TTA_INTEGER_NONE)
        return NULL;
    if (in->low < in->least || in->low > in->high || in->high > in->most)
        return "are not a range it can have";
    if (in->whole && (in->low % TTA_MICRO != 0 || in->high % TTA_MICRO != 0))
        return "are not whole numbers";
    return in->value < in->low || in->value > in->high ? "do not hold its value" : NULL;
}

int tta_scenario_allows(const struct tta_scenario *s, size_t input, int64_t value,
                        struct tta_error *e)
{
    const struct tta_scenario_input *in = &s->input[input];
    char least[TTA_NUMBER_SIZE], most[TTA_NUMBER_SIZE];

    if (value < in->least || value > in->most) {
        tta_decimal_write(in->least, '.', least);
        tta_decimal_write(in->most, '.', most);
        return tta_fail(e, TTA_E_DATA, "%s lies between %s and %s", in->id, least, most);
    }
    if (in->whole && value % TTA_MICRO != 0)
        return tta_fail(e, TTA_E_DATA, "%s is a whole number", in->id);
    return 0;
}

int tta_scenario_set(struct tta_scenario *s, size_t input, int64_t value, struct tta_error *e)
{
    if (tta_scenario_allows(s, input, value, e) != 0)
        return e->code;
    s->input[input].value = value;
    return 0;
}

void tta_scenario_given(const struct tta_scenario *s, int64_t given[TTA_SCENARIO_INPUTS])
{
    for (size_t i = 0; i < s->input_count; i++)
        given[i] = s->input[i].value;
}

static bool rests_on(const struct tta_scenario_figure *f, uint64_t figures)
{
    for (size_t k = 0; k < f->count; k++)
        if (f->term[k] >= TTA_SCENARIO_INPUTS &&
            (figures >> (f->term[k] - TTA_SCENARIO_INPUTS) & 1) != 0)
            return true;
    return false;
}

/* below: NULL, or the figures below their least, a bit each, instead of an error. */
static int compute_needed(const struct tta_scenario *s, const int64_t *given, uint64_t needed,
                          int64_t *value, uint64_t *below, struct tta_error *e)
{
    uint64_t cannot = 0;

    for (size_t i = 0; i < s->figure_count; i++) {
        const struct tta_scenario_figure *f = &s->figure[i];
        const char *problem;

        if ((needed >> i & 1) == 0)
            continue;
        if (rests_on(f, cannot)) {
            cannot |= UINT64_C(1) << i;
            value[i] = TTA_INTEGER_NONE;
            continue;
        }
        problem = tta_scenario_operate(s, f, given, value, &value[i]);
        if (problem != NULL)
            return tta_fail(e, TTA_E_DATA, "%s: %s", f->id, problem);
        if (f->least == TTA_INTEGER_NONE || value[i] >= f->least || value[i] == TTA_INTEGER_NONE)
            continue;
        if (below == NULL) {
            char least[TTA_NUMBER_SIZE];

            tta_decimal_write(f->least, '.', least);
            return tta_fail(e, TTA_E_DATA, "%s: below %s", f->id, least);
        }
        value[i] = TTA_INTEGER_NONE;
        cannot |= UINT64_C(1) << i;
        *below |= UINT64_C(1) << i;
    }
    return 0;
}

int tta_scenario_compute(const struct tta_scenario *s, int64_t value[TTA_SCENARIO_FIGURES],
                         struct tta_error *e)
{
    int64_t given[TTA_SCENARIO_INPUTS];

    tta_scenario_given(s, given);
    return compute_needed(s, given, UINT64_MAX, value, NULL, e);
}

int tta_scenario_compute_possible(const struct tta_scenario *s, int64_t value[TTA_SCENARIO_FIGURES],
                                  uint64_t *below, struct tta_error *e)
{
    int64_t given[TTA_SCENARIO_INPUTS];

    *below = 0;
    tta_scenario_given(s, given);
    return compute_needed(s, given, UINT64_MAX, value, below, e);
}

/* The figure and those that it rests on, a bit each. */
static uint64_t figures_of(const struct tta_scenario *s, size_t figure)
{
    uint64_t needed = UINT64_C(1) << figure;

    for (size_t i = figure + 1; i-- > 0;)
        for (size_t k = 0; (needed >> i & 1) != 0 && k < s->figure[i].count; k++)
            if (s->figure[i].term[k] >= TTA_SCENARIO_INPUTS)
                needed |= UINT64_C(1) << (s->figure[i].term[k] - TTA_SCENARIO_INPUTS);
    return needed;
}

/* The error says which inputs that the figure rests on have another value than the scenario's. */
static void name_moved(const struct tta_scenario *s, const int64_t *given, size_t figure,
                       struct tta_error *e)
{
    bool rests[TTA_SCENARIO_INPUTS];
    const char *before = " with";

    tta_scenario_inputs_of(s, figure, rests);
    for (size_t i = 0; i < s->input_count; i++) {
        char number[TTA_NUMBER_SIZE];
        size_t len = strlen(e->text);

        if (!rests[i] || given[i] == s->input[i].value)
            continue;
        tta_decimal_write(given[i], '.', number);
        snprintf(e->text + len, sizeof e->text - len, "%s %s %s", before, s->input[i].id, number);
        before = ",";
    }
}

int tta_scenario_or_never(const struct tta_scenario *s, const int64_t *given, size_t figure,
                          int64_t *out, struct tta_error *e)
{
    int64_t value[TTA_SCENARIO_FIGURES];

    if (compute_needed(s, given, figures_of(s, figure), value, NULL, e) != 0) {
        name_moved(s, given, figure, e);
        return e->code;
    }
    *out = value[figure];
    return 0;
}

int tta_scenario_value_at(const struct tta_scenario *s, const int64_t *given, size_t figure,
                          int64_t *out, struct tta_error *e)
{
    if (tta_scenario_or_never(s, given, figure, out, e) != 0)
        return e->code;
    if (*out != TTA_INTEGER_NONE)
        return 0;
    tta_fail(e, TTA_E_DATA, "%s: is never paid back", s->figure[figure].id);
    name_moved(s, given, figure, e);
    return e->code;
}

int tta_scenario_value(const struct tta_scenario *s, size_t figure, int64_t *out,
                       struct tta_error *e)
{
    int64_t given[TTA_SCENARIO_INPUTS];

    tta_scenario_given(s, given);
    return tta_scenario_value_at(s, given, figure, out, e);
}

static void inputs_of_flow(const struct tta_scenario *s, const struct tta_scenario_flow *flow,
                           bool *input)
{
    for (size_t i = flow->first; i < flow->first + flow->count; i++)
        for (size_t k = 0; k < s->part[i].count; k++)
            input[s->part[i].factor[k]] = true;
}

void tta_scenario_inputs_of(const struct tta_scenario *s, size_t figure,
                            bool input[TTA_SCENARIO_INPUTS])
{
    uint64_t needed = figures_of(s, figure);

    memset(input, 0, TTA_SCENARIO_INPUTS * sizeof *input);
    for (size_t i = 0; i < s->figure_count; i++) {
        const struct tta_scenario_figure *f = &s->figure[i];

        if ((needed >> i & 1) == 0)
            continue;
        for (size_t k = 0; k < f->count; k++)
            if (f->term[k] < TTA_SCENARIO_INPUTS)
                input[f->term[k]] = true;
        if (f->operation == TTA_OVER_YEARS)
            inputs_of_flow(s, &s->flow[f->flow], input);
    }
}

int64_t tta_scenario_round(const struct tta_scenario_claim *claim, int64_t value)
{
    int64_t steps = 0, rounded = value;

    if (tta_muldiv_half_up(value, 1, claim->round_to, &steps) &&
        !__builtin_mul_overflow(steps, claim->round_to, &rounded))
        return rounded;
    return value;
}
