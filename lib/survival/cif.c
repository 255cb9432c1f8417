/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "order.h"
#include "tta/competing.h"
#include "tta/exact.h"

/*
 * The infinitesimal jackknife of the Aalen-Johansen estimate, in one pass.
 *
 * Let S be the share without an event, F_k that with cause k, U a unit's (a
 * cluster's or a row's) influence on each, w its weight at risk. A time with
 * hazards h_k (h in all) among n at risk takes, like S and F themselves,
 *   U_k to U_k + h_k U_S,  U_S to (1 - h) U_S,
 * adds w f to it, f_S = S h / n and f_k = -S h_k / n, and, for the unit's own
 * events of weight v, -v S / n to U_S and v S / n to U_k. Nothing in this but w
 * and the events is the unit's own. So the variance, the sum of U_k^2 over all
 * units, follows from sums of squares and products that are carried along in
 * O(causes) a time; a unit is looked at only when one of its rows comes or
 * goes: what happened since the last look is that to a unit of weight 1.
 */
struct moments {
    double ss, vs, ww;    /* sums of U_S^2, w U_S, w^2 */
    double *sk, *kk, *vk; /* by cause: of U_S U_k, U_k^2, w U_k */
};

struct unit {
    double w;
    size_t seen; /* number of the time of the last look */
};

struct curve {
    const struct tta_cif_input *in;
    struct tta_time_order order;
    size_t *start;
    uint32_t *seq, *entry_seq;
    size_t causes, width; /* 2 + 2 causes */
    double z;
    struct unit *unit;
    double *influence; /* units x (1 + causes): U at the last look */
    double *history;   /* by time: S, F_k, then u_S, u_k of a unit of weight 1 always at risk */
    double *doubles;   /* holds the moments, n_event, and a unit's U */
    struct moments m;
    double *events; /* by cause */
    double *u;      /* 1 + causes */
    double n_risk;
    struct tta_exact at_risk; /* n_risk, so that it has no traces of those who have left */
    bool rounded;             /* but a weight was too small or too large for it */
    size_t now;               /* place in history */
};

static size_t unit_of(const struct curve *c, uint32_t row)
{
    return c->in->cluster == NULL ? row : (size_t)c->in->cluster[row];
}

/* So many units like that of the row there are: a sum over units has each of them. */
static double units_of(const struct curve *c, uint32_t row)
{
    return c->in->count == NULL || c->in->cluster != NULL ? 1 : c->in->count[row];
}

/* In its unit: equal rows of one cluster add up. */
static double weight_of(const struct curve *c, uint32_t row)
{
    double weight = c->in->weight == NULL ? 1 : c->in->weight[row];

    return c->in->count == NULL || c->in->cluster == NULL ? weight : weight * c->in->count[row];
}

/* Brings the unit's influence up to now, and leaves it in c->u. */
static void look(struct curve *c, size_t unit)
{
    struct unit *u = &c->unit[unit];
    double *kept = c->influence + unit * (1 + c->causes);
    const double *then = c->history + u->seen * c->width, *now = c->history + c->now * c->width;
    size_t k = c->causes;
    double lost = then[0] > 0 ? (kept[0] - u->w * then[1 + k]) / then[0] : 0;

    c->u[0] = lost * now[0] + u->w * now[1 + k];
    for (size_t i = 1; i <= k; i++)
        c->u[i] =
            kept[i] - u->w * then[1 + k + i] + lost * (now[i] - then[i]) + u->w * now[1 + k + i];
    memcpy(kept, c->u, (1 + k) * sizeof *kept);
    u->seen = c->now;
}

static void change_risk(struct curve *c, double dw)
{
    struct tta_exact part = {{0}};

    c->rounded = c->rounded || !tta_exact_add(&part, fabs(dw)) ||
                 (dw > 0 && !tta_exact_add_sum(&c->at_risk, &part));
    if (!c->rounded && dw < 0)
        tta_exact_subtract(&c->at_risk, &part);
    c->n_risk = c->rounded ? c->n_risk + dw : tta_exact_value(&c->at_risk);
}

/* The unit's weight at risk changes by dw. */
static void change_weight(struct curve *c, uint32_t row, double dw)
{
    size_t unit = unit_of(c, row);
    struct moments *m = &c->m;
    double all = units_of(c, row) * dw;

    look(c, unit);
    m->ww += all * (2 * c->unit[unit].w + dw);
    m->vs += all * c->u[0];
    for (size_t i = 0; i < c->causes; i++)
        m->vk[i] += all * c->u[1 + i];
    c->unit[unit].w += dw;
    change_risk(c, all);
}

/* The row has an event of weight v at a time when S was before; v_n is v S / n. */
static void add_event(struct curve *c, uint32_t row, double v_n)
{
    size_t unit = unit_of(c, row), cause = (size_t)c->in->cause[row] - 1;
    double w = c->unit[unit].w, *kept = c->influence + unit * (1 + c->causes);
    double all = units_of(c, row) * v_n;
    struct moments *m = &c->m;

    look(c, unit);
    m->ss += all * (v_n - 2 * c->u[0]);
    m->vs -= w * all;
    for (size_t i = 0; i < c->causes; i++)
        m->sk[i] -= all * c->u[1 + i];
    m->sk[cause] += all * (c->u[0] - v_n);
    m->kk[cause] += all * (v_n + 2 * c->u[1 + cause]);
    m->vk[cause] += w * all;
    kept[0] -= v_n;
    kept[1 + cause] += v_n;
}

/* What a time does to all units, and to S, F and the unit of weight 1. */
static void pass_hazards(struct curve *c)
{
    struct moments *m = &c->m;
    size_t causes = c->causes;
    double *before = c->history + c->now * c->width, *after = before + c->width;
    double h = 0, s = before[0], n = c->n_risk, fs;

    for (size_t i = 0; i < causes; i++)
        h += c->events[i] / n;
    h = fmin(h, 1);
    fs = s * h / n;
    for (size_t i = 0; i < causes; i++) {
        double hk = c->events[i] / n, fk = -s * hk / n;

        m->kk[i] += hk * (2 * m->sk[i] + hk * m->ss);
        m->sk[i] = (1 - h) * (m->sk[i] + hk * m->ss);
        m->vk[i] += hk * m->vs;
        m->kk[i] += fk * (2 * m->vk[i] + fk * m->ww);
        m->sk[i] += fs * m->vk[i] + fk * ((1 - h) * m->vs + fs * m->ww);
        m->vk[i] += fk * m->ww;
        after[1 + i] = before[1 + i] + s * hk;
        after[2 + causes + i] = before[2 + causes + i] + hk * before[1 + causes] + fk;
    }
    m->ss *= (1 - h) * (1 - h);
    m->vs *= 1 - h;
    m->ss += fs * (2 * m->vs + fs * m->ww);
    m->vs += fs * m->ww;
    after[0] = s * (1 - h);
    after[1 + causes] = (1 - h) * before[1 + causes] + fs;
    c->now++;
}

static void put_rows(const struct curve *c, int32_t group, double time, double n_risk,
                     struct tta_cif_row *row, size_t times)
{
    const double *now = c->history + c->now * c->width;

    for (size_t i = 0; i < c->causes; i++, row += times) {
        double p = now[1 + i], se = sqrt(fmax(c->m.kk[i], 0)), width = c->z * se / p;

        *row = (struct tta_cif_row){group, (int32_t)i + 1, time, n_risk, c->events[i], p, se, NAN,
                                    NAN};
        if (p > 0) {
            row->lower = p * exp(-width);
            row->upper = fmin(1, p * exp(width));
        }
    }
}

/* The rows of one time, seq[first..end-1]. */
static void pass_time(struct curve *c, size_t first, size_t end)
{
    const struct tta_cif_input *in = c->in;
    double share = c->history[c->now * c->width] / c->n_risk; /* S / n */

    memset(c->events, 0, c->causes * sizeof *c->events);
    for (size_t i = first; i < end; i++) {
        uint32_t row = c->order.row[c->seq[i]];

        if (in->cause[row] > 0)
            c->events[in->cause[row] - 1] += units_of(c, row) * weight_of(c, row);
    }
    pass_hazards(c);
    for (size_t i = first; i < end; i++) {
        uint32_t row = c->order.row[c->seq[i]];

        if (in->cause[row] > 0)
            add_event(c, row, weight_of(c, row) * share);
    }
    for (size_t i = first; i < end; i++) {
        uint32_t row = c->order.row[c->seq[i]];

        change_weight(c, row, -weight_of(c, row));
    }
}

static size_t end_of_time(const struct curve *c, size_t first, size_t last)
{
    double time = c->order.time[c->seq[first]];

    while (first < last && c->order.time[c->seq[first]] == time)
        first++;
    return first;
}

static void start_group(struct curve *c, size_t first, size_t end)
{
    struct moments *m = &c->m;

    m->ss = m->vs = m->ww = 0;
    memset(m->sk, 0, 3 * c->causes * sizeof *m->sk);
    memset(c->history, 0, c->width * sizeof *c->history);
    c->history[0] = 1;
    c->now = 0;
    c->n_risk = 0;
    c->at_risk = (struct tta_exact){{0}};
    c->rounded = false;
    for (size_t i = first; i < end; i++) {
        size_t unit = unit_of(c, c->order.row[c->seq[i]]);

        c->unit[unit] = (struct unit){0, 0};
        memset(c->influence + unit * (1 + c->causes), 0, (1 + c->causes) * sizeof *c->influence);
    }
    for (size_t i = first; c->entry_seq == NULL && i < end; i++) {
        uint32_t row = c->order.row[c->seq[i]];

        change_weight(c, row, weight_of(c, row));
    }
}

/* Returns the row after the last one written. */
static struct tta_cif_row *pass_group(struct curve *c, int32_t group, size_t first, size_t end,
                                      struct tta_cif_row *rows)
{
    size_t times = 0, entered = first, at = 0;

    for (size_t i = first; i < end; i = end_of_time(c, i, end))
        times++;
    start_group(c, first, end);
    for (size_t i = first, next; i < end; i = next, at++) {
        double time = c->order.time[c->seq[i]], n_risk;

        next = end_of_time(c, i, end);
        for (;
             c->entry_seq != NULL && entered < end && c->order.entry[c->entry_seq[entered]] < time;
             entered++) {
            uint32_t row = c->order.entry_row[c->entry_seq[entered]];

            change_weight(c, row, weight_of(c, row));
        }
        n_risk = c->n_risk;
        pass_time(c, i, next);
        put_rows(c, group, time, n_risk, rows + at, times);
    }
    return rows + times * c->causes;
}

static int check(const struct tta_cif_input *in, struct tta_error *e)
{
    bool fractional;

    if (tta_survival_check_size(in->n, e) != 0)
        return e->code;
    if (in->n > 0 && (in->time == NULL || in->cause == NULL || in->causes < 1))
        return tta_fail(e, TTA_E_USAGE, "cumulative incidence needs times and causes");
    for (size_t i = 0; i < in->n; i++) {
        if (in->cause[i] < 0 || in->cause[i] > in->causes)
            return tta_survival_fail_row(e, i, "the cause is out of range");
        if (in->group != NULL && (in->group[i] < 0 || in->group[i] >= in->groups))
            return tta_survival_fail_row(e, i, "the group is out of range");
        if (in->cluster != NULL && (in->cluster[i] < 0 || in->cluster[i] >= in->clusters))
            return tta_survival_fail_row(e, i, "the cluster is out of range");
        if (in->count != NULL && !(in->count[i] >= 1))
            return tta_survival_fail_row(e, i, "the count is not above 0");
    }
    return tta_survival_check_weights(in->weight, in->n, &fractional, e);
}

static int init(struct curve *c, size_t groups, struct tta_error *e)
{
    const struct tta_cif_input *in = c->in;
    size_t units = in->cluster == NULL ? in->n : (size_t)in->clusters, k = (size_t)in->causes;

    c->causes = k;
    c->width = 2 + 2 * k;
    c->start = malloc((groups + 1) * sizeof *c->start);
    c->seq = malloc(2 * in->n * sizeof *c->seq);
    c->unit = malloc(units * sizeof *c->unit);
    c->influence = malloc(units * (1 + k) * sizeof *c->influence);
    c->history = malloc((in->n + 1) * c->width * sizeof *c->history);
    c->doubles = malloc((5 * k + 1) * sizeof *c->doubles);
    if (c->start == NULL || c->seq == NULL || c->unit == NULL || c->influence == NULL ||
        c->history == NULL || c->doubles == NULL)
        return tta_fail_memory(e);
    c->m.sk = c->doubles;
    c->m.kk = c->doubles + k;
    c->m.vk = c->doubles + 2 * k;
    c->events = c->doubles + 3 * k;
    c->u = c->doubles + 4 * k;
    if (in->entry != NULL) {
        c->entry_seq = c->seq + in->n;
        tta_order_by_stratum(in->group, groups, c->order.entry_row, in->n, c->start, c->entry_seq);
    }
    tta_order_by_stratum(in->group, groups, c->order.row, in->n, c->start, c->seq);
    return 0;
}

static size_t count_times(const struct curve *c, size_t groups)
{
    size_t count = 0;

    for (size_t g = 0; g < groups; g++)
        for (size_t i = c->start[g]; i < c->start[g + 1]; i = end_of_time(c, i, c->start[g + 1]))
            count++;
    return count;
}

int tta_cif(const struct tta_cif_input *in, const struct tta_cif_options *options,
            struct tta_cif_row **rows, size_t *count, struct tta_error *e)
{
    static const struct tta_cif_options usual = {0.95, true};
    const struct tta_cif_options *o = options == NULL ? &usual : options;
    size_t groups = in->group == NULL ? 1 : (size_t)in->groups;
    struct curve c = {.in = in};
    struct tta_cif_row *next;
    int code = check(in, e);

    *rows = NULL;
    *count = 0;
    if (code == 0)
        code = tta_survival_quantile(o->level, &c.z, e);
    if (code == 0)
        code = tta_time_order_spans(in->entry, in->time, NULL, in->n, o->timefix, &c.order, e);
    if (code == 0)
        code = init(&c, groups, e);
    if (code == 0) {
        size_t all = count_times(&c, groups) * c.causes;

        *rows = next = malloc(all * sizeof **rows);
        code = next == NULL ? tta_fail_memory(e) : 0;
        *count = code == 0 ? all : 0;
        for (size_t g = 0; code == 0 && g < groups; g++)
            next = pass_group(&c, (int32_t)g, c.start[g], c.start[g + 1], next);
    }
    tta_time_order_release(&c.order);
    free(c.start);
    free(c.seq);
    free(c.unit);
    free(c.influence);
    free(c.history);
    free(c.doubles);
    return code;
}
