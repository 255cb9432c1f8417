/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/cost_scenario.h"

#include <math.h>
#include <string.h>

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

int tta_scenario_set(struct tta_scenario *s, size_t input, int64_t value, struct tta_error *e)
{
    struct tta_scenario_input *in = &s->input[input];
    char least[TTA_NUMBER_SIZE], most[TTA_NUMBER_SIZE];

    if (value < in->least || value > in->most) {
        tta_decimal_write(in->least, '.', least);
        tta_decimal_write(in->most, '.', most);
        return tta_fail(e, TTA_E_DATA, "%s lies between %s and %s", in->id, least, most);
    }
    in->value = value;
    return 0;
}

static bool product(const struct tta_scenario_figure *f, const int64_t *term, int64_t *out)
{
    int64_t v = TTA_MICRO;

    for (size_t i = 0; i < f->count; i++)
        if (!tta_muldiv_half_up(v, i < f->first ? term[i] : TTA_MICRO,
                                i < f->first ? TTA_MICRO : term[i], &v))
            return false;
    *out = v;
    return true;
}

/* term / divisor with the sign on top, because muldiv divides by positive numbers. */
static bool fix_signs(const struct tta_scenario_figure *f, int64_t *term)
{
    for (size_t i = f->first; i < f->count; i++) {
        if (term[i] == 0)
            return false;
        if (term[i] < 0) {
            term[i] = -term[i];
            term[0] = -term[0];
        }
    }
    return true;
}

static bool sum(const struct tta_scenario_figure *f, const int64_t *term, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < f->count; i++)
        if (!tta_add(*out, i < f->first ? term[i] : -term[i], out))
            return false;
    return true;
}

static bool to_micro(long double v, int64_t *out)
{
    if (!(fabsl(v) < 9.2e18L))
        return false;
    *out = llroundl(v);
    return true;
}

/* What a krone at the end of each of that many years is worth; years need not be whole. */
static long double annuity(long double years, long double rate)
{
    return rate == 0 ? years : -expm1l(-years * log1pl(rate)) / rate;
}

static const char *present_value(const int64_t *term, int64_t *out)
{
    long double years = (long double)term[1] / TTA_MICRO, rate = (long double)term[2] / TTA_MICRO;

    if (rate <= -1 || years < 0 || years > 1000)
        return "a rate or a number of years that cannot be";
    return to_micro((long double)term[0] * annuity(years, rate), out) ? NULL : "too large to hold";
}

static const char *payback(const int64_t *term, int64_t *out)
{
    long double rate = (long double)term[2] / TTA_MICRO, years;

    *out = TTA_INTEGER_NONE;
    if (rate <= -1)
        return "a rate that cannot be";
    if (term[1] <= 0)
        return NULL;
    years = (long double)term[0] / (long double)term[1];
    if (years * rate >= 1)
        return NULL;
    if (rate != 0)
        years = -log1pl(-years * rate) / log1pl(rate);
    return to_micro(years * TTA_MICRO, out) ? NULL : "too large to hold";
}

static const char *compute(const struct tta_scenario_figure *f, int64_t *term, int64_t *out)
{
    static const char too_large[] = "too large to hold";

    for (size_t i = 0; i < f->count; i++)
        if (term[i] == TTA_INTEGER_NONE) /* which also has no opposite */
            return "rests on what is never paid back";
    switch (f->operation) {
    case TTA_PRODUCT:
        if (!fix_signs(f, term))
            return "a division by zero";
        return product(f, term, out) ? NULL : too_large;
    case TTA_SUM:
        return sum(f, term, out) ? NULL : too_large;
    case TTA_PRESENT_VALUE:
        return present_value(term, out);
    case TTA_PAYBACK:
        return payback(term, out);
    }
    return too_large;
}

static int64_t term_value(const struct tta_scenario *s, size_t term, const int64_t *value)
{
    return term < TTA_SCENARIO_INPUTS ? s->input[term].value : value[term - TTA_SCENARIO_INPUTS];
}

static int compute_needed(const struct tta_scenario *s, uint32_t needed, int64_t *value,
                          struct tta_error *e)
{
    for (size_t i = 0; i < s->figure_count; i++) {
        const struct tta_scenario_figure *f = &s->figure[i];
        int64_t term[2 * TTA_SCENARIO_TERMS];
        const char *problem;

        if ((needed >> i & 1) == 0)
            continue;
        for (size_t k = 0; k < f->count; k++)
            term[k] = term_value(s, f->term[k], value);
        problem = compute(f, term, &value[i]);
        if (problem != NULL)
            return tta_fail(e, TTA_E_DATA, "%s: %s", f->id, problem);
        if (f->least != TTA_INTEGER_NONE && value[i] < f->least && value[i] != TTA_INTEGER_NONE) {
            char least[TTA_NUMBER_SIZE];

            tta_decimal_write(f->least, '.', least);
            return tta_fail(e, TTA_E_DATA, "%s: below %s", f->id, least);
        }
    }
    return 0;
}

int tta_scenario_compute(const struct tta_scenario *s, int64_t value[TTA_SCENARIO_FIGURES],
                         struct tta_error *e)
{
    return compute_needed(s, UINT32_MAX, value, e);
}

int tta_scenario_value(const struct tta_scenario *s, size_t figure, int64_t *out,
                       struct tta_error *e)
{
    int64_t value[TTA_SCENARIO_FIGURES];
    uint32_t needed = UINT32_C(1) << figure;

    for (size_t i = figure + 1; i-- > 0;)
        for (size_t k = 0; (needed >> i & 1) != 0 && k < s->figure[i].count; k++)
            if (s->figure[i].term[k] >= TTA_SCENARIO_INPUTS)
                needed |= UINT32_C(1) << (s->figure[i].term[k] - TTA_SCENARIO_INPUTS);
    if (compute_needed(s, needed, value, e) != 0)
        return e->code;
    if (value[figure] == TTA_INTEGER_NONE)
        return tta_fail(e, TTA_E_DATA, "%s: is never paid back", s->figure[figure].id);
    *out = value[figure];
    return 0;
}

int64_t tta_scenario_round(const struct tta_scenario_claim *claim, int64_t value)
{
    int64_t steps = 0, rounded = value;

    if (tta_muldiv_half_up(value, 1, claim->round_to, &steps) &&
        !__builtin_mul_overflow(steps, claim->round_to, &rounded))
        return rounded;
    return value;
}
