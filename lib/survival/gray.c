/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cox.h"
#include "order.h"
#include "tta/competing.h"

/*
 * Gray's statistic of one stratum, with the small-sample corrections for ties of
 * his program (R's cmprsk). By group k: r[k] at risk, s[k] the share without any event,
 * f[k] the cumulative incidence just before; f and total for all groups pooled
 * with r[k] / s[k]. c[i][k] is the covariance's integrand so far.
 */
struct gray {
    const struct tta_cif_input *in;
    struct tta_time_order order;
    size_t *start;
    uint32_t *seq;
    int32_t cause;
    double rho;
    size_t g;          /* groups */
    double *score;     /* g */
    double *v, *c, *a; /* g x g */
    double *v2;        /* g x g */
    double *v3;        /* g */
    double *r, *s, *f; /* g, before the time */
    double *s_after;   /* g */
    double *of_cause, *others,
        *gone;                 /* g: events of the cause, of others, and all rows, at the time */
    double pooled;             /* f of all groups */
    double *sum_score, *sum_v; /* over strata */
};

static void count(struct gray *w, size_t first, size_t end)
{
    memset(w->of_cause, 0, 3 * w->g * sizeof *w->of_cause);
    for (size_t i = first; i < end; i++) {
        uint32_t row = w->order.row[w->seq[i]];
        size_t k = w->in->group == NULL ? 0 : (size_t)w->in->group[row];

        w->gone[k]++;
        if (w->in->cause[row] == w->cause)
            w->of_cause[k]++;
        else if (w->in->cause[row] > 0)
            w->others[k]++;
    }
}

static double sum(const double *v, size_t g)
{
    double total = 0;

    for (size_t k = 0; k < g; k++)
        total += v[k];
    return total;
}

/* c and a at the time; tr: sum of r / s. */
static void add_covariance(struct gray *w, double tr, double events)
{
    double fb = pow(1 - w->pooled, w->rho);

    memset(w->a, 0, w->g * w->g * sizeof *w->a);
    for (size_t i = 0; i < w->g; i++) {
        double ri = w->r[i] > 0 ? w->r[i] / w->s[i] : 0;

        for (size_t j = 0; j < w->g && ri > 0; j++) {
            double rj = w->r[j] > 0 ? w->r[j] / w->s[j] : 0;

            w->a[i * w->g + j] = fb * ri * ((i == j) - rj / tr);
            w->c[i * w->g + j] += w->a[i * w->g + j] * events / (tr * (1 - w->pooled));
        }
    }
}

static void add_variance(struct gray *w, size_t k, double t4, double t3, bool of_cause)
{
    for (size_t i = 0; i < w->g; i++) {
        double part = (of_cause ? w->a[i * w->g + k] : 0) - t4 * w->c[i * w->g + k];

        w->v2[i * w->g + k] += part * t4 * t3;
        for (size_t j = 0; j < w->g; j++)
            w->v[i * w->g + j] +=
                part * ((of_cause ? w->a[j * w->g + k] : 0) - t4 * w->c[j * w->g + k]) * t3;
    }
    w->v3[k] += t4 * t4 * t3;
}

static void pass_events(struct gray *w)
{
    double events = sum(w->of_cause, w->g), others = sum(w->others, w->g), tr = 0, tq = 0, after,
           fb = pow(1 - w->pooled, w->rho);

    for (size_t k = 0; k < w->g; k++) {
        w->s_after[k] = w->s[k];
        if (!(w->r[k] > 0))
            continue;
        w->s_after[k] *= (w->r[k] - w->of_cause[k] - w->others[k]) / w->r[k];
        tr += w->r[k] / w->s[k];
        tq += w->r[k] * (1 - w->f[k]) / w->s[k];
    }
    after = w->pooled + events / tr;
    add_covariance(w, tr, events);
    for (size_t k = 0; k < w->g; k++) {
        double left = w->s_after[k] > 0 ? (1 - after) / w->s_after[k] : 0;

        if (!(w->r[k] > 0))
            continue;
        w->score[k] += fb * (w->of_cause[k] - events * w->r[k] * (1 - w->f[k]) / (w->s[k] * tq));
        if (events > 0)
            add_variance(w, k, 1 - left,
                         (events > 1 ? 1 - (events - 1) / (tr * w->s[k] - 1) : 1) * w->s[k] *
                             events / (tr * w->r[k]),
                         true);
        if (others > 0 && w->s_after[k] > 0 && w->others[k] > 0)
            add_variance(w, k, left,
                         (w->others[k] > 1 ? 1 - (w->others[k] - 1) / (w->r[k] - 1) : 1) * w->s[k] *
                             w->s[k] * w->others[k] / (w->r[k] * w->r[k]),
                         false);
        w->f[k] += w->s[k] * w->of_cause[k] / w->r[k];
    }
    memcpy(w->s, w->s_after, w->g * sizeof *w->s);
    w->pooled = after;
}

static void pass_stratum(struct gray *w, size_t first, size_t end)
{
    size_t g = w->g;

    memset(w->score, 0, (2 * g + 4 * g * g) * sizeof *w->score);
    memset(w->f, 0, g * sizeof *w->f);
    memset(w->r, 0, g * sizeof *w->r);
    w->pooled = 0;
    for (size_t k = 0; k < g; k++)
        w->s[k] = 1;
    for (size_t i = first; i < end; i++)
        w->r[w->in->group == NULL ? 0 : (size_t)w->in->group[w->order.row[w->seq[i]]]]++;
    for (size_t i = first, next; i < end; i = next) {
        for (next = i; next < end && w->order.time[w->seq[next]] == w->order.time[w->seq[i]];)
            next++;
        count(w, i, next);
        if (sum(w->of_cause, 2 * g) > 0)
            pass_events(w);
        for (size_t k = 0; k < g; k++)
            w->r[k] -= w->gone[k];
    }
    for (size_t i = 0; i < g; i++) {
        w->sum_score[i] += w->score[i];
        for (size_t j = 0; j < g; j++) {
            w->sum_v[i * g + j] += w->v[i * g + j];
            for (size_t k = 0; k < g; k++)
                w->sum_v[i * g + j] += w->c[i * g + k] * w->c[j * g + k] * w->v3[k] +
                                       w->c[i * g + k] * w->v2[j * g + k] +
                                       w->c[j * g + k] * w->v2[i * g + k];
        }
    }
}

static int init(struct gray *w, size_t strata, struct tta_error *e)
{
    size_t g = w->g;
    double *b = calloc(11 * g + 5 * g * g, sizeof *b);

    w->score = b;
    w->start = malloc((strata + 1) * sizeof *w->start);
    w->seq = malloc(w->in->n * sizeof *w->seq);
    if (b == NULL || w->start == NULL || w->seq == NULL)
        return tta_fail_memory(e);
    w->v3 = b += g; /* from score on, cleared for each stratum */
    w->v = b += g;
    w->c = b += g * g;
    w->a = b += g * g;
    w->v2 = b += g * g;
    w->r = b += g * g;
    w->s = b += g;
    w->f = b += g;
    w->s_after = b += g;
    w->of_cause = b += g; /* others and gone behind it */
    w->others = b += g;
    w->gone = b += g;
    w->sum_score = b += g;
    w->sum_v = b + g;
    return 0;
}

/* The quadratic form of all groups but the last. */
static int finish(const struct gray *w, struct tta_cox_test *result, struct tta_error *e)
{
    size_t m = w->g - 1;
    double *v = malloc((m * m + 1) * sizeof *v), chisq;
    int code;

    if (v == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++)
            v[i * m + j] = w->sum_v[i * w->g + j];
    code = tta_cox_quadratic(v, w->sum_score, m, &chisq, e);
    free(v);
    if (code == 0)
        *result = tta_cox_chi_square(chisq, m);
    return code;
}

int tta_gray(const struct tta_cif_input *in, const int32_t *stratum, int32_t strata, int32_t cause,
             double rho, bool timefix, struct tta_cox_test *result, struct tta_error *e)
{
    size_t count_strata = stratum == NULL ? 1 : (size_t)strata;
    struct gray w = {.in = in, .cause = cause, .rho = rho, .g = (size_t)in->groups};
    int code;

    if (in->group == NULL || in->groups < 2)
        return tta_fail(e, TTA_E_DATA, "a test needs two groups");
    code = tta_time_order_spans(NULL, in->time, NULL, in->n, timefix, &w.order, e);
    if (code == 0)
        code = init(&w, count_strata, e);
    if (code == 0) {
        tta_order_by_stratum(stratum, count_strata, w.order.row, in->n, w.start, w.seq);
        for (size_t s = 0; s < count_strata; s++)
            pass_stratum(&w, w.start[s], w.start[s + 1]);
        code = finish(&w, result, e);
    }
    tta_time_order_release(&w.order);
    free(w.start);
    free(w.seq);
    free(w.score);
    return code;
}
