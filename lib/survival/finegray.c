/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cox.h"
#include "order.h"
#include "tta/competing.h"

struct finegray {
    struct tta_cox_input in; /* with the event of the cause */
    const int32_t *cause;
    int32_t of;
    enum tta_finegray_kind kind;
    struct tta_cox_options options;
    size_t strata;
    struct tta_time_order order;
    size_t *start; /* of each stratum in seq */
    uint32_t *seq;
    uint8_t *event;
    double *factor;        /* by row */
    double *time, *g;      /* distinct times by stratum, and G before them */
    size_t *start_of_time; /* of each stratum in time and g */
    uint32_t *place;       /* by row, in the data */
};

static bool is_late(const struct finegray *f, uint32_t row)
{
    return f->cause[row] != 0 && f->cause[row] != f->of;
}

/* The rows of one time begin at first; returns where they end. */
static size_t count_time(const struct finegray *f, size_t first, size_t end, double *events,
                         double *censored)
{
    size_t i = first;

    *events = *censored = 0;
    for (; i < end && f->order.time[f->seq[i]] == f->order.time[f->seq[first]]; i++) {
        if (f->cause[f->order.row[f->seq[i]]] == 0)
            ++*censored;
        else
            ++*events;
    }
    return i;
}

/* How many could be censored at a time. */
static double could_leave(const struct finegray *f, double n, double events)
{
    return f->kind == TTA_FINEGRAY_CMPRSK ? n : n - events;
}

/* G, the share not yet censored, at the times of a stratum. Returns how many there are. */
static size_t find_weights(struct finegray *f, size_t first, size_t end, size_t to)
{
    double g = 1, n = (double)(end - first), events, censored;
    size_t times = 0;

    for (size_t i = first, next; i < end; i = next, times++) {
        next = count_time(f, i, end, &events, &censored);
        f->time[to + times] = f->order.time[f->seq[i]];
        f->g[to + times] = g;
        for (size_t k = i; k < next; k++) {
            uint32_t row = f->order.row[f->seq[k]];

            f->factor[row] = is_late(f, row) ? 1 / g : 0;
        }
        if (censored > 0)
            g *= 1 - censored / could_leave(f, n, events);
        n -= (double)(next - i);
    }
    return times;
}

static int prepare(struct finegray *f, struct tta_error *e)
{
    size_t n = f->in.n, times = 0;
    int code = tta_time_order_spans(NULL, f->in.time, NULL, n, f->options.timefix, &f->order, e);

    if (code != 0)
        return code;
    f->start = malloc(2 * (f->strata + 1) * sizeof *f->start);
    f->seq = malloc(2 * n * sizeof *f->seq);
    f->event = malloc(n);
    f->factor = malloc(3 * n * sizeof *f->factor);
    if (f->start == NULL || f->seq == NULL || f->event == NULL || f->factor == NULL)
        return tta_fail_memory(e);
    f->start_of_time = f->start + f->strata + 1;
    f->place = f->seq + n;
    f->time = f->factor + n;
    f->g = f->time + n;
    for (size_t i = 0; i < n; i++)
        f->event[i] = f->cause[i] == f->of;
    f->in.event = f->event;
    tta_order_by_stratum(f->in.stratum, f->strata, f->order.row, n, f->start, f->seq);
    for (size_t s = 0; s < f->strata; s++) {
        f->start_of_time[s] = times;
        times += find_weights(f, f->start[s], f->start[s + 1], times);
    }
    f->start_of_time[f->strata] = times;
    return 0;
}

/*
 * What the estimation of G brings: psi of each row is the integral of q / n over
 * its censoring martingale; q(u) is the sum, over those with a competing event
 * before u, of their weighted residuals from u on: x A - B times their risk, where A and
 * B are the integrals of share and of share times the mean of x over the hazard.
 */
struct censoring {
    size_t p;
    double s0, *s1; /* of late risk: 1 and x, so far */
    double a, *b;   /* from the time on */
    double *past;   /* integral of q / n over the hazard of censoring, so far */
    double *q;
};

/* A block's part of A and B is over, or (sign 1) to come. */
static void add_block(struct censoring *c, const struct tta_cox_data *d,
                      const struct tta_cox_steps *s, size_t block, double sign)
{
    bool last = block + 1 == d->blocks || tta_cox_is_first(d, block + 1);
    double share = sign * d->share[block];

    c->a += share * (s->hazard[block] - (last ? 0 : s->hazard[block + 1]));
    for (size_t j = 0; j < c->p; j++)
        c->b[j] +=
            share * (s->mean[block * c->p + j] - (last ? 0 : s->mean[(block + 1) * c->p + j]));
}

static void add_late(struct censoring *c, const struct tta_cox_data *d,
                     const struct tta_cox_steps *s, size_t place)
{
    double risk = d->late[place] * exp(s->eta[place]);

    c->s0 += risk;
    for (size_t j = 0; j < c->p; j++)
        c->s1[j] += risk * d->x[place * c->p + j];
}

/* One stratum, whose blocks are first_block .. end_block - 1, latest first. */
static void add_psi(const struct finegray *f, struct censoring *c, const struct tta_cox_data *d,
                    const struct tta_cox_steps *s, size_t stratum, size_t first_block,
                    size_t end_block, double *score)
{
    size_t p = c->p, end = f->start[stratum + 1], block = end_block;
    double n = (double)(end - f->start[stratum]), events, censored;

    memset(&c->s1[0], 0, 4 * p * sizeof *c->s1);
    c->s0 = c->a = 0;
    for (size_t b = first_block; b < end_block; b++)
        add_block(c, d, s, b, 1);
    for (size_t i = f->start[stratum], next; i < end; i = next) {
        double time = f->order.time[f->seq[i]];

        next = count_time(f, i, end, &events, &censored);
        for (; block > first_block && d->block[block - 1].time < time; block--)
            add_block(c, d, s, block - 1, -1);
        for (size_t j = 0; j < p; j++) {
            c->q[j] = (c->s1[j] * c->a - c->s0 * c->b[j]) / n;
            c->past[j] += c->q[j] * censored / n;
        }
        for (size_t k = i; k < next; k++) {
            uint32_t row = f->order.row[f->seq[k]];

            for (size_t j = 0; j < p; j++)
                score[row * p + j] += (f->cause[row] == 0 ? c->q[j] : 0) - c->past[j];
        }
        for (size_t k = i; k < next; k++)
            if (is_late(f, f->order.row[f->seq[k]]))
                add_late(c, d, s, f->place[f->order.row[f->seq[k]]]);
        n -= (double)(next - i);
    }
}

static int add_psis(const struct finegray *f, const struct tta_cox_data *d,
                    const struct tta_cox_steps *s, double *score, struct tta_error *e)
{
    size_t p = d->p;
    struct censoring c = {.p = p, .s1 = malloc(4 * p * sizeof *c.s1)};

    if (c.s1 == NULL)
        return tta_fail_memory(e);
    c.b = c.s1 + p;
    c.past = c.b + p;
    c.q = c.past + p;
    for (size_t block = 0, end; block < d->blocks; block = end) {
        for (end = block + 1; end < d->blocks && !tta_cox_is_first(d, end);)
            end++;
        add_psi(f, &c, d, s, (size_t)d->block[block].stratum, block, end, score);
    }
    free(c.s1);
    return 0;
}

/* Sum over clusters, or rows, of the outer products of the scores, which are per scaled x. */
static int make_meat(const struct finegray *f, const struct tta_cox_data *d, double *score,
                     double *meat, struct tta_error *e)
{
    const int32_t *cluster = f->in.cluster;
    size_t n = f->in.n, p = d->p, units = cluster == NULL ? n : (size_t)f->in.clusters;
    double *sum = cluster == NULL ? score : calloc(units * p, sizeof *sum);

    if (sum == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; cluster != NULL && i < n; i++)
        for (size_t j = 0; j < p; j++)
            sum[(size_t)cluster[i] * p + j] += score[i * p + j];
    for (size_t i = 0; i < units; i++)
        for (size_t j = 0; j < p; j++)
            for (size_t k = 0; k <= j; k++)
                meat[j * p + k] += sum[i * p + j] * d->scale[j] * sum[i * p + k] * d->scale[k];
    if (sum != score)
        free(sum);
    return 0;
}

static int find_scores(struct finegray *f, const struct tta_cox_data *d,
                       const struct tta_cox_steps *s, double *score, struct tta_error *e)
{
    size_t place = 0, p = d->p;

    for (size_t b = 0; b < d->blocks; b++)
        for (size_t i = 0; i < d->block[b].rows; i++, place++) {
            f->place[d->row[place]] = (uint32_t)place;
            tta_cox_score_residual(d, s, b, place, i >= d->block[b].rows - d->block[b].events,
                                   score + d->row[place] * p);
        }
    return f->kind == TTA_FINEGRAY_CMPRSK ? add_psis(f, d, s, score, e) : 0;
}

/* The sandwich takes the place of the model's own variance. */
static int add_variance(struct finegray *f, const struct tta_cox_late *late,
                        struct tta_cox_fit *fit, struct tta_error *e)
{
    size_t p = f->in.p, n = f->in.n;
    double *score = calloc(n * p + p * p + p, sizeof *score), quantile;
    struct tta_cox_data d = {0};
    struct tta_cox_steps s = {0};
    int code = score == NULL ? tta_fail_memory(e)
                             : tta_cox_data_make(&f->in, f->options.timefix, late, &d, e);

    if (code == 0) {
        double *meat = score + n * p, *beta = meat + p * p;

        tta_cox_scale_coef(&d, fit->coef, beta);
        code = tta_cox_steps_make(&d, f->options.ties, beta, &s, e);
        if (code == 0)
            code = find_scores(f, &d, &s, score, e);
        if (code == 0)
            code = make_meat(f, &d, score, meat, e);
        if (code == 0)
            code = tta_cox_sandwich(meat, fit, e);
        if (code == 0)
            code = tta_survival_quantile(f->options.level, &quantile, e);
    }
    if (code == 0) {
        memcpy(fit->covariance, fit->robust, p * p * sizeof *fit->covariance);
        memcpy(fit->se, fit->robust_se, p * sizeof *fit->se);
        free(fit->robust_se);
        fit->robust_se = fit->robust = NULL;
        tta_cox_set_limits(fit, quantile);
    }
    tta_cox_steps_release(&s);
    tta_cox_data_release(&d);
    free(score);
    return code;
}

static int check(const struct finegray *f, struct tta_error *e)
{
    const struct tta_cox_input *in = &f->in;

    if (tta_survival_check_size(in->n, e) != 0)
        return e->code;
    if (in->p == 0 || in->terms == NULL || (in->n > 0 && (in->x == NULL || f->cause == NULL)))
        return tta_fail(e, TTA_E_USAGE, "Fine and Gray's regression needs causes and a term");
    if (in->entry != NULL || in->weight != NULL || in->count != NULL)
        return tta_fail(e, TTA_E_USAGE,
                        "Fine and Gray's regression knows no late entries and no weights");
    if (f->options.ties == TTA_TIES_EXACT)
        return tta_fail(e, TTA_E_USAGE, "Fine and Gray's regression knows no exact ties");
    for (size_t i = 0; in->stratum != NULL && i < in->n; i++)
        if (in->stratum[i] < 0 || in->stratum[i] >= in->strata)
            return tta_survival_fail_row(e, i, "the stratum is out of range");
    for (size_t i = 0; i < in->n; i++)
        if (f->cause[i] < 0)
            return tta_survival_fail_row(e, i, "the cause is below 0");
    return 0;
}

int tta_finegray(const struct tta_cox_input *in, const int32_t *cause, int32_t of,
                 enum tta_finegray_kind kind, const struct tta_cox_options *options,
                 struct tta_cox_fit *fit, struct tta_error *e)
{
    struct finegray f = {.in = *in,
                         .cause = cause,
                         .of = of,
                         .kind = kind,
                         .options = options == NULL ? tta_cox_usual : *options,
                         .strata = in->stratum == NULL ? 1 : (size_t)in->strata};
    int code = check(&f, e);

    memset(fit, 0, sizeof *fit);
    f.options.robust = false;
    if (kind == TTA_FINEGRAY_CMPRSK)
        f.options.ties = TTA_TIES_BRESLOW;
    if (code == 0)
        code = prepare(&f, e);
    if (code == 0) {
        struct tta_cox_late late = {f.factor, f.start_of_time, f.time, f.g};

        code = tta_cox_fit_late(&f.in, &f.options, &late, fit, e);
        if (code == 0)
            code = add_variance(&f, &late, fit, e);
        if (code != 0)
            tta_cox_release(fit);
    }
    tta_time_order_release(&f.order);
    free(f.start);
    free(f.seq);
    free(f.event);
    free(f.factor);
    return code;
}
