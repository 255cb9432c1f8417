/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a figure of a scenario moves with its inputs. */
#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <math.h>
#include <stdlib.h>

#include "scenario_compute.h"

const char *const tta_distribution_names[] = {"fixed",     "uniform", "triangular", "normal",
                                              "lognormal", "gamma",   "beta",       NULL};

double tta_distribution_quantile(const struct tta_distribution *d, double u)
{
    double below = d->kind == TTA_TRIANGULAR ? (d->c - d->a) / (d->b - d->a) : 0;

    switch (d->kind) {
    case TTA_UNIFORM:
        return d->a + u * (d->b - d->a);
    case TTA_TRIANGULAR:
        return u < below ? d->a + sqrt(u * (d->b - d->a) * (d->c - d->a))
                         : d->b - sqrt((1 - u) * (d->b - d->a) * (d->b - d->c));
    case TTA_NORMAL:
        return qnorm5(u, d->a, d->b, 1, 0);
    case TTA_LOGNORMAL:
        return qlnorm(u, d->a, d->b, 1, 0);
    case TTA_GAMMA: /* mean a and standard deviation b: shape (a/b)^2, scale b^2/a */
        return qgamma(u, d->a / d->b * (d->a / d->b), d->b / d->a * d->b, 1, 0);
    case TTA_BETA:
        return qbeta(u, d->a, d->b, 1, 0);
    case TTA_FIXED:
        break;
    }
    return 0;
}

const char *tta_distribution_problem(const struct tta_distribution *d)
{
    if (d->kind == TTA_FIXED)
        return NULL;
    if (d->kind <= TTA_TRIANGULAR && d->a >= d->b)
        return "has a from that is not below its to";
    if (d->kind == TTA_TRIANGULAR && (d->c < d->a || d->c > d->b))
        return "has a mode outside its from and to";
    if (d->kind == TTA_BETA && (d->a <= 0 || d->b <= 0))
        return "has successes or failures that are not above 0";
    if (d->kind == TTA_GAMMA && d->a <= 0)
        return "has a mean that is not above 0";
    return d->kind > TTA_TRIANGULAR && d->b <= 0 ? "has a deviation that is not above 0" : NULL;
}

/* The share of the distribution that lies below x. */
static double share_below(const struct tta_distribution *d, double x)
{
    double wide = d->b - d->a;

    switch (d->kind) {
    case TTA_UNIFORM:
        return punif(x, d->a, d->b, 1, 0);
    case TTA_TRIANGULAR:
        if (x <= d->a || x >= d->b)
            return x >= d->b;
        return x < d->c ? (x - d->a) * (x - d->a) / (wide * (d->c - d->a))
                        : 1 - (d->b - x) * (d->b - x) / (wide * (d->b - d->c));
    case TTA_NORMAL:
        return pnorm5(x, d->a, d->b, 1, 0);
    case TTA_LOGNORMAL:
        return plnorm(x, d->a, d->b, 1, 0);
    case TTA_GAMMA:
        return pgamma(x, d->a / d->b * (d->a / d->b), d->b / d->a * d->b, 1, 0);
    case TTA_BETA:
        return pbeta(x, d->a, d->b, 1, 0);
    case TTA_FIXED:
        break;
    }
    return 0;
}

const char *tta_scenario_distribution_problem(const struct tta_scenario_input *in)
{
    double around = in->whole ? 0.5 : 0; /* what goes to the nearest whole number */
    double least = (double)in->least / (double)TTA_MICRO - around;
    double most = (double)in->most / (double)TTA_MICRO + around;
    const char *problem = tta_distribution_problem(&in->distribution);

    if (problem != NULL || in->distribution.kind == TTA_FIXED)
        return problem;
    return share_below(&in->distribution, least) + 1 - share_below(&in->distribution, most) > 0.5
               ? "lies for more than half outside what it can be"
               : NULL;
}

static int figure_at(const struct tta_scenario *s, int64_t *given, size_t figure, size_t input,
                     int64_t value, int64_t *out, struct tta_error *e)
{
    int64_t before = given[input];
    int rc = tta_scenario_allows(s, input, value, e);

    given[input] = value;
    if (rc == 0)
        rc = tta_scenario_value_at(s, given, figure, out, e);
    given[input] = before;
    return rc;
}

static int by_swing(const void *a, const void *b)
{
    const struct tta_tornado_row *x = a, *y = b;

    if (x->swing != y->swing)
        return x->swing > y->swing ? -1 : 1;
    return x->input < y->input ? -1 : 1;
}

int tta_scenario_one_way(const struct tta_scenario *s, size_t figure,
                         struct tta_tornado_row rows[TTA_SCENARIO_INPUTS], size_t *count,
                         struct tta_error *e)
{
    int64_t given[TTA_SCENARIO_INPUTS];
    bool rests[TTA_SCENARIO_INPUTS];

    *count = 0;
    tta_scenario_inputs_of(s, figure, rests);
    tta_scenario_given(s, given);
    for (size_t i = 0; i < s->input_count; i++) {
        struct tta_tornado_row *row = &rows[*count];

        if (!rests[i] || s->input[i].low == TTA_INTEGER_NONE)
            continue;
        row->input = i;
        if (figure_at(s, given, figure, i, s->input[i].low, &row->at_low, e) != 0 ||
            figure_at(s, given, figure, i, s->input[i].high, &row->at_high, e) != 0)
            return e->code;
        if (__builtin_sub_overflow(row->at_high, row->at_low, &row->swing))
            return tta_fail(e, TTA_E_DATA, "a swing too large to hold");
        row->swing = row->swing < 0 ? -row->swing : row->swing;
        ++*count;
    }
    qsort(rows, *count, sizeof *rows, by_swing);
    return 0;
}

bool tta_scenario_between(int64_t from, int64_t to, int64_t step, int64_t steps, int64_t *out)
{
    int64_t all, part;

    return !__builtin_sub_overflow(to, from, &all) && tta_muldiv_half_up(all, step, steps, &part) &&
           tta_add(from, part, out);
}

/* The quantile in millionths, as the input can have it; *moved counts those outside. */
static int64_t drawn(const struct tta_scenario_input *in, double u, int64_t *moved)
{
    int64_t unit = in->whole ? TTA_MICRO : 1;
    double x = tta_distribution_quantile(&in->distribution, u) * (double)(TTA_MICRO / unit);
    double rounded = round(x) * (double)unit;

    if (rounded >= (double)in->least && rounded <= (double)in->most)
        return llround(x) * unit;
    ++*moved;
    return rounded < (double)in->least ? in->least : in->most;
}

int tta_scenario_draw(const struct tta_scenario *s, size_t figure, struct tta_stream *stream,
                      int64_t *value, int64_t moved[TTA_SCENARIO_INPUTS], struct tta_error *e)
{
    int64_t given[TTA_SCENARIO_INPUTS];

    tta_scenario_given(s, given);
    for (size_t i = 0; i < s->input_count; i++)
        if (s->input[i].distribution.kind != TTA_FIXED)
            given[i] = drawn(&s->input[i],
                             ((double)(tta_stream_next(stream) >> 11) + 0.5) * 0x1p-53, &moved[i]);
    return tta_scenario_or_never(s, given, figure, value, e);
}

static int by_value(const void *a, const void *b)
{
    /* one less, as never, the smallest there is, comes last then */
    uint64_t x = (uint64_t) * (const int64_t *)a - 1, y = (uint64_t) * (const int64_t *)b - 1;

    return ((int64_t)x > (int64_t)y) - ((int64_t)x < (int64_t)y);
}

/* R's type 7 of sorted values. */
static double quantile(const int64_t *sorted, size_t n, double p)
{
    double at = (double)(n - 1) * p, whole = floor(at);
    size_t i = (size_t)whole;
    size_t next = i + 1 < n && at > whole ? i + 1 : i;
    double low = (double)sorted[i], high = (double)sorted[next];

    if (sorted[next] == TTA_INTEGER_NONE)
        return NAN;
    return (low + (at - whole) * (high - low)) / (double)TTA_MICRO;
}

void tta_scenario_summarize(int64_t *values, size_t n, double level, int64_t threshold,
                            struct tta_scenario_spread *out)
{
    double mean = 0, squares = 0;
    size_t above = 0, never = n;

    qsort(values, n, sizeof *values, by_value);
    while (never > 0 && values[never - 1] == TTA_INTEGER_NONE)
        never--;
    for (size_t i = 0; i < never; i++) {
        double x = (double)values[i] / (double)TTA_MICRO, from = x - mean;

        mean += from / (double)(i + 1);
        squares += from * (x - mean);
        above += values[i] > threshold;
    }
    out->mean = never < n ? NAN : mean;
    out->deviation = never < n ? NAN : n > 1 ? sqrt(squares / (double)(n - 1)) : 0;
    out->lower = quantile(values, n, (1 - level) / 2);
    out->median = quantile(values, n, 0.5);
    out->upper = quantile(values, n, (1 + level) / 2);
    out->above = (double)(above + n - never) / (double)n;
    out->never = (double)(n - never) / (double)n;
}
