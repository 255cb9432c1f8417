/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the quantities of an evaluation to inputs, flows and figures. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tta/cost_evaluation.h"

#define ORE_MICRO (TTA_MICRO / 100)
#define MOST (INT64_C(999999999) * TTA_MICRO) /* what the schema takes */
#define MOST_FACTOR (100 * TTA_MICRO)

struct build {
    const struct tta_evaluation_rules *rules;
    const struct tta_evaluation *ev;
    const struct tta_net *net;
    struct tta_scenario *s;
    struct tta_error *e;
    size_t rate[TTA_DISCOUNT_BANDS], rates, horizon, effect, use; /* inputs */
};

static size_t input(struct build *b, const char *prefix, const char *name, const char *unit,
                    int64_t value, int64_t least, int64_t most)
{
    struct tta_scenario_input *in = &b->s->input[b->s->input_count];

    if (value > most)
        tta_fail(b->e, TTA_E_DATA, "%s%s: too large for a scenario", prefix, name);
    *in = (struct tta_scenario_input){.value = value,
                                      .least = least,
                                      .most = most,
                                      .low = TTA_INTEGER_NONE,
                                      .high = TTA_INTEGER_NONE};
    snprintf(in->id, sizeof in->id, "%s%s", prefix, name);
    snprintf(in->unit, sizeof in->unit, "%s", unit);
    return b->s->input_count++;
}

/* A part of the last flow, all 0; the caller fills its cells. */
static int64_t *part(struct build *b, const char *id, const char *unit, size_t count,
                     const size_t *factors)
{
    struct tta_scenario *s = b->s;
    struct tta_scenario_part *p = &s->part[s->part_count++];

    *p = (struct tta_scenario_part){.count = count, .cell = s->cell_count};
    snprintf(p->id, sizeof p->id, "%s", id);
    snprintf(p->unit, sizeof p->unit, "%s", unit);
    for (size_t i = 0; i < count; i++)
        p->factor[i] = factors[i];
    s->cell_count += (size_t)b->rules->years;
    s->flow[s->flow_count - 1].count++;
    return &s->cell[p->cell];
}

static struct tta_scenario_flow *flow(struct build *b, const char *id, const char *unit)
{
    struct tta_scenario_flow *f = &b->s->flow[b->s->flow_count++];

    *f = (struct tta_scenario_flow){.years = b->rules->years, .first = b->s->part_count};
    snprintf(f->id, sizeof f->id, "%s", id);
    snprintf(f->unit, sizeof f->unit, "%s", unit);
    return f;
}

static bool any(const int64_t *value, int32_t years)
{
    for (int32_t y = 0; y < years; y++)
        if (value[y] != 0)
            return true;
    return false;
}

static void check_cells(struct build *b, const int64_t *cells, const char *what)
{
    for (int32_t y = 0; y < b->rules->years; y++)
        if (cells[y] > MOST || cells[y] < -MOST)
            tta_fail(b->e, TTA_E_DATA, "%s: a quantity too large for a scenario", what);
}

/* The control's for as many people as the intervention has, less the intervention's. */
static int64_t difference(const struct build *b, int64_t intervention, int64_t control)
{
    int64_t scaled = 0, out = 0;

    if (!tta_muldiv_half_up(control, b->net->persons[0], b->net->persons[1], &scaled) ||
        __builtin_sub_overflow(scaled, intervention, &out)) {
        tta_fail(b->e, TTA_E_DATA, "a quantity too large to hold");
        return 0;
    }
    return out;
}

/*
 * What the parts of the last flow, those at its end or the others, are short of the exact
 * amounts, in øre, as a part of its own; with the inputs as they are every factor but a
 * price is 1.
 */
static void roundings(struct build *b, const int64_t *exact_ore, bool at_end, size_t factor)
{
    struct tta_scenario *s = b->s;
    const struct tta_scenario_flow *f = &s->flow[s->flow_count - 1];
    int64_t rest[TTA_SCENARIO_YEARS] = {0}, *cells;

    for (int32_t y = 0; y < b->rules->years; y++) {
        long double sum = 0;

        for (size_t i = f->first; i < f->first + f->count; i++) {
            long double times = (long double)s->cell[s->part[i].cell + (size_t)y];

            if (s->part[i].at_end != at_end)
                continue;
            for (size_t k = 0; k < s->part[i].count; k++)
                times *= (long double)s->input[s->part[i].factor[k]].value / TTA_MICRO;
            sum += times;
        }
        if (!(fabsl(sum) < 9e18L) || exact_ore[y] > INT64_MAX / ORE_MICRO ||
            exact_ore[y] < -INT64_MAX / ORE_MICRO) {
            tta_fail(b->e, TTA_E_DATA, "an amount too large for a scenario");
            return;
        }
        rest[y] = exact_ore[y] * ORE_MICRO - llroundl(sum);
    }
    if (!any(rest, b->rules->years))
        return;
    cells = part(b, at_end ? "roundings:left" : "roundings", "kr", 1, &factor);
    s->part[s->part_count - 1].at_end = at_end;
    memcpy(cells, rest, (size_t)b->rules->years * sizeof *cells);
    check_cells(b, cells, "roundings");
}

static void take_gain(struct build *b, const int64_t *exact_ore)
{
    const struct tta_benefits *benefits = b->rules->benefits;
    int32_t years = b->rules->years;

    flow(b, "gain", "kr");
    for (size_t i = 0; i < benefits->count; i++) {
        const struct tta_benefit *benefit = &benefits->benefit[i];
        size_t factors[] = {b->effect, 0};
        int64_t *cells;

        if (!any(b->ev->weeks[0][i], years) && !any(b->ev->weeks[1][i], years))
            continue;
        factors[1] =
            input(b, "week:", benefit->id, "kr a week", benefit->weekly_ore * ORE_MICRO, 0, MOST);
        cells = part(b, benefit->id, "weeks borne", 2, factors);
        for (int32_t y = 0; y < years; y++)
            tta_muldiv_half_up(difference(b, b->ev->weeks[0][i][y], b->ev->weeks[1][i][y]), 1, 100,
                               &cells[y]);
        check_cells(b, cells, benefit->id);
    }
    roundings(b, exact_ore, false, b->effect);
}

static void take_units(struct build *b, const char *id, const int64_t *quantity,
                       const size_t *factors)
{
    int64_t *cells = part(b, id, "units", 3, factors);

    for (int32_t y = 0; y < b->rules->years; y++)
        tta_muldiv_half_up(quantity[y], 1, 100, &cells[y]);
    check_cells(b, cells, id);
}

static void take_cost(struct build *b, const int64_t *exact_ore)
{
    const struct tta_prices *prices = b->rules->costing.prices;
    char left[TTA_SCENARIO_ID];
    int32_t years = b->rules->years;
    int64_t *cells;

    flow(b, "cost", "kr");
    if (any(b->ev->costs_ore, years)) {
        cells = part(b, "costs", "kr", 1, &b->use);
        for (int32_t y = 0; y < years; y++)
            if (__builtin_mul_overflow(b->ev->costs_ore[y], ORE_MICRO, &cells[y]))
                cells[y] = INT64_MAX; /* which is too large */
        check_cells(b, cells, "--costs");
    }
    for (size_t i = 0; prices != NULL && i < prices->count; i++) {
        const struct tta_component *c = &prices->component[i];
        size_t factors[] = {b->use, 0, 0};

        if (!any(b->ev->units[i], years))
            continue;
        factors[1] = input(b, "use:", c->id, "factor", TTA_MICRO, 0, MOST_FACTOR);
        factors[2] = input(b, "price:", c->id, "kr", c->price_ore * ORE_MICRO, 0, MOST);
        take_units(b, c->id, b->ev->units[i], factors);
        if (!any(b->ev->left[i], years))
            continue;
        snprintf(left, sizeof left, "%s:left", c->id);
        take_units(b, left, b->ev->left[i], factors);
        b->s->part[b->s->part_count - 1].at_end = true;
    }
    roundings(b, exact_ore, false, b->use);
    roundings(b, b->ev->left_ore, true, b->use);
}

static struct tta_scenario_figure *figure(struct build *b, const char *id, const char *unit,
                                          enum tta_scenario_operation operation)
{
    struct tta_scenario_figure *f = &b->s->figure[b->s->figure_count++];

    *f = (struct tta_scenario_figure){.operation = operation, .least = TTA_INTEGER_NONE};
    snprintf(f->id, sizeof f->id, "%s", id);
    snprintf(f->unit, sizeof f->unit, "%s", unit);
    return f;
}

/* Returns its place. */
static size_t over_years(struct build *b, const char *id, size_t from, const struct tta_discount *r,
                         enum tta_flow_timing timing)
{
    struct tta_scenario_figure *f = figure(b, id, b->s->flow[from].unit, TTA_OVER_YEARS);

    f->flow = from;
    f->timing = timing;
    f->term[f->count++] = b->horizon;
    for (size_t i = 0; r != NULL && i < b->rates; i++) {
        f->to_year[i] = i + 1 == b->rates ? INT32_MAX : r->to_year[i];
        f->term[f->count++] = b->rate[i];
    }
    return TTA_SCENARIO_INPUTS + b->s->figure_count - 1;
}

/* Of two terms: the first less, times or divided by the second. Returns its place. */
static size_t of_two(struct build *b, const char *id, const char *unit,
                     enum tta_scenario_operation operation, size_t first, size_t term, size_t other)
{
    struct tta_scenario_figure *f = figure(b, id, unit, operation);

    f->first = first;
    f->count = 2;
    f->term[0] = term;
    f->term[1] = other;
    return TTA_SCENARIO_INPUTS + b->s->figure_count - 1;
}

/*
 * What the six decimals of in_work leave out of the additional persons: in_work x parts + rest
 * is their numerator. Where that is too large to hold they are so many that six are enough.
 */
static int64_t rest_of(const struct tta_net_people *people)
{
    int64_t numerator, whole;

    if (people->parts > MOST / TTA_MICRO ||
        __builtin_mul_overflow(people->additional, TTA_MICRO, &numerator) ||
        __builtin_mul_overflow(people->additional_micro, people->parts, &whole))
        return 0;
    return numerator - whole;
}

/* Figures of a person: of, divided by the persons. */
static void per_person(struct build *b, const char *id, size_t of, size_t parts, size_t persons)
{
    struct tta_scenario_figure *f = figure(b, id, "kr", TTA_PRODUCT);

    f->term[f->count++] = of;
    if (parts != SIZE_MAX)
        f->term[f->count++] = parts;
    f->first = f->count;
    f->term[f->count++] = persons;
}

/* More in work: in persons, and where six decimals do not hold them in parts of a person. */
static void take_persons(struct build *b, const struct tta_net_people *people, size_t cost,
                         size_t present)
{
    int64_t rest = rest_of(people);
    size_t in_work = input(b, "", "in_work", "persons", people->additional_micro, 0, MOST);
    size_t parts = SIZE_MAX, persons, terms[2];

    if (rest == 0) {
        persons = of_two(b, "persons", "persons", TTA_PRODUCT, 2, in_work, b->effect);
        b->s->figure[b->s->figure_count - 1].least = 1;
    } else {
        parts = input(b, "", "in_work_parts", "of a person", people->parts * TTA_MICRO, TTA_MICRO,
                      MOST);
        terms[0] =
            of_two(b, "in_work_rounded", "parts of a person", TTA_PRODUCT, 2, in_work, parts);
        terms[1] = input(b, "", "in_work_rest", "parts of a person", rest, -MOST, MOST);
        persons = of_two(b, "in_work_exact", "parts of a person", TTA_SUM, 2, terms[0], terms[1]);
        persons =
            of_two(b, "persons_in_parts", "parts of a person", TTA_PRODUCT, 2, persons, b->effect);
        b->s->figure[b->s->figure_count - 1].least = people->parts; /* 0.000001 person */
        of_two(b, "persons", "persons", TTA_PRODUCT, 1, persons, parts);
    }
    per_person(b, "cost_per_person", cost, parts, persons);
    per_person(b, "net_present_per_person", present, parts, persons);
}

static void take_figures(struct build *b, const struct tta_discount *rate,
                         enum tta_flow_timing timing, const struct tta_net_people *people)
{
    size_t gain = over_years(b, "gain", 0, NULL, TTA_FLOW_START);
    size_t cost = over_years(b, "cost", 1, NULL, TTA_FLOW_START), present;

    of_two(b, "net", "kr", TTA_SUM, 1, gain, cost);
    gain = over_years(b, "gain_present", 0, rate, timing);
    present = over_years(b, "cost_present", 1, rate, timing);
    present = of_two(b, "net_present", "kr", TTA_SUM, 1, gain, present);
    if (people->additional > 0)
        take_persons(b, people, cost, present);
}

/* The rates that the years of the horizon need. */
static void take_rates(struct build *b, const struct tta_discount *rate)
{
    for (int32_t i = 0; i < rate->count && (i == 0 || rate->to_year[i - 1] < b->rules->years);
         i++) {
        char name[TTA_SCENARIO_ID] = "rate";

        if (i > 0)
            snprintf(name, sizeof name, "rate_from_%d", rate->to_year[i - 1] + 1);
        b->rate[b->rates++] = input(b, "", name, "share", rate->rate_micro[i], 0, TTA_MICRO / 2);
    }
}

int tta_evaluation_scenario(const struct tta_evaluation_rules *rules,
                            const struct tta_evaluation *ev, const struct tta_net *net,
                            const struct tta_discount *rate, enum tta_flow_timing timing,
                            struct tta_scenario *out, struct tta_error *e)
{
    struct build b = {.rules = rules, .ev = ev, .net = net, .s = out, .e = e};
    int64_t gain[TTA_SCENARIO_YEARS] = {0}, cost[TTA_SCENARIO_YEARS] = {0};
    struct tta_net_row total = {0};
    struct tta_net_people people;

    memset(out, 0, sizeof *out);
    out->price_year = rules->costing.price_year;
    out->first_year = rules->costing.first_year;
    for (int32_t y = 0; y < rules->years; y++)
        for (int p = 0; p < TTA_PAYERS; p++) {
            struct tta_net_row row;

            if ((rules->payers >> p & 1) == 0)
                continue;
            if (tta_net_row(net, NULL, timing, y, p, &row, e) != 0)
                return e->code;
            if (!tta_net_row_add(&total, &row) || !tta_add(gain[y], row.gain_ore, &gain[y]) ||
                !tta_add(cost[y], row.cost_ore, &cost[y]))
                return tta_fail(e, TTA_E_DATA, "an amount too large to hold");
        }
    take_rates(&b, rate);
    b.horizon = input(&b, "", "horizon", "years", rules->years * TTA_MICRO, TTA_MICRO,
                      rules->years * TTA_MICRO);
    out->input[b.horizon].whole = true;
    b.effect = input(&b, "", "effect", "factor", TTA_MICRO, -MOST_FACTOR, MOST_FACTOR);
    b.use = input(&b, "", "resource_use", "factor", TTA_MICRO, 0, MOST_FACTOR);
    take_gain(&b, gain);
    take_cost(&b, cost);
    if (e->code == 0 && tta_net_people(net, &total, &people, e) == 0)
        take_figures(&b, rate, timing, &people);
    return e->code;
}
