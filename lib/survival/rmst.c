/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "km.h"

#define MATHLIB_STANDALONE 1
#include <Rmath.h>

/* survRM2: no row counts more than a thousandfold */
#define LEAST_CENSORING 0.001
#define ITERATIONS 50

static struct tta_rmst_estimate limits(double estimate, double se, double z, bool ratio)
{
    struct tta_rmst_estimate r = {estimate, se, estimate - z * se, estimate + z * se,
                                  2 * pnorm(-fabs(estimate / se), 0, 1, 1, 0)};

    if (ratio) {
        r.estimate = exp(r.estimate);
        r.lower = exp(r.lower);
        r.upper = exp(r.upper);
    }
    return r;
}

static double relative(double se, double of)
{
    return se / of * (se / of);
}

struct tta_rmst_contrast tta_rmst_compare(const struct tta_km_group *one,
                                          const struct tta_km_group *other, double tau,
                                          double level)
{
    double z = qnorm(1 - (1 - level) / 2, 0, 1, 1, 0), a = one->mean, b = other->mean;
    double sa = one->mean_std_err, sb = other->mean_std_err;
    struct tta_rmst_contrast c = {
        .difference = limits(a - b, sqrt(sa * sa + sb * sb), z, false),
        .ratio = limits(log(a) - log(b), sqrt(relative(sa, a) + relative(sb, b)), z, true),
        .lost_ratio = limits(log(tau - a) - log(tau - b),
                             sqrt(relative(sa, tau - a) + relative(sb, tau - b)), z, true)};

    return c;
}

struct tta_rmst_estimate tta_rmst_lost(const struct tta_km_group *g, double tau)
{
    struct tta_rmst_estimate r = {tau - g->mean, g->mean_std_err, tau - g->mean_upper,
                                  tau - g->mean_lower, NAN};

    return r;
}

bool tta_rmst_known(const struct tta_km_result *r, size_t group, double tau)
{
    const struct tta_km_group *g = &r->groups[group];

    return g->count > 0 && (g->last >= tau || r->rows[g->first + g->count - 1].survival <= 0);
}

/* One regression. Rows are taken in order of time, group by group. */
struct fit {
    const struct tta_rmst_input *in;
    enum tta_rmst_link link;
    struct km km;  /* the order; event: censored before tau */
    double *y;     /* min(time, tau), or what is lost of tau */
    double *w;     /* 1 / G where y is known, else 0 */
    double *score; /* n x p, row after row */
    double *beta, *a, *u;
};

/* The mean of row i, given beta, before (eta) and behind the link. */
static double mean_of(const struct fit *f, size_t row)
{
    double eta = 0;

    for (size_t j = 0; j < f->in->p; j++)
        eta += f->in->x[j * f->in->n + row] * f->beta[j];
    return f->link == TTA_RMST_DIFFERENCE ? eta : exp(eta);
}

/* Inverts a in place by Cholesky's factors. The first term that adds nothing, or p. */
static size_t invert(double *a, size_t p)
{
    for (size_t j = 0; j < p; j++) {
        double pivot = a[j * p + j];

        for (size_t k = 0; k < j; k++)
            pivot -= a[j * p + k] * a[j * p + k];
        if (!(pivot > 1e-10 * a[j * p + j]))
            return j;
        a[j * p + j] = sqrt(pivot);
        for (size_t i = j + 1; i < p; i++) {
            for (size_t k = 0; k < j; k++)
                a[i * p + j] -= a[i * p + k] * a[j * p + k];
            a[i * p + j] /= a[j * p + j];
        }
    }
    for (size_t j = 0; j < p; j++) { /* the factor's inverse, below the diagonal */
        a[j * p + j] = 1 / a[j * p + j];
        for (size_t i = j + 1; i < p; i++) {
            double sum = 0;

            for (size_t k = j; k < i; k++)
                sum -= a[i * p + k] * a[k * p + j];
            a[i * p + j] = sum / a[i * p + i];
        }
    }
    for (size_t i = 0; i < p; i++) /* its product with itself */
        for (size_t j = i; j < p; j++) {
            double sum = 0;

            for (size_t k = j; k < p; k++)
                sum += a[k * p + i] * a[k * p + j];
            a[i * p + j] = sum;
        }
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < i; j++)
            a[i * p + j] = a[j * p + i];
    return p;
}

/* a: sum of v x x', where v is the weight (of the fit) or 1 (of the variance) times the slope. */
static void information(struct fit *f, bool weighted)
{
    size_t n = f->in->n, p = f->in->p;

    memset(f->a, 0, p * p * sizeof *f->a);
    for (size_t i = 0; i < n; i++) {
        double v = weighted ? f->w[i] : 1;

        if (f->link != TTA_RMST_DIFFERENCE)
            v *= mean_of(f, i);
        for (size_t j = 0; v > 0 && j < p; j++)
            for (size_t k = 0; k <= j; k++)
                f->a[j * p + k] += v * f->in->x[j * n + i] * f->in->x[k * n + i];
    }
}

static int collinear(const struct fit *f, size_t term, struct tta_error *e)
{
    return tta_fail(e, TTA_E_DATA, "term %s is a linear combination of the terms before it",
                    f->in->terms[term]);
}

/* Newton steps; one, and done, without a link. */
static int estimate(struct fit *f, struct tta_error *e)
{
    size_t n = f->in->n, p = f->in->p;

    for (int step = 0; step < ITERATIONS; step++) {
        double size = 0;
        size_t term;

        information(f, true);
        memset(f->u, 0, p * sizeof *f->u);
        for (size_t i = 0; i < n; i++) {
            double r = f->w[i] * (f->y[i] - mean_of(f, i));

            for (size_t j = 0; j < p; j++)
                f->u[j] += f->in->x[j * n + i] * r;
        }
        if ((term = invert(f->a, p)) < p)
            return collinear(f, term, e);
        for (size_t j = 0; j < p; j++) {
            double d = 0;

            for (size_t k = 0; k < p; k++)
                d += f->a[j * p + k] * f->u[k];
            f->beta[j] += d;
            size = fmax(size, fabs(d) / (fabs(f->beta[j]) + 1e-8));
        }
        if (f->link == TTA_RMST_DIFFERENCE ? step == 1 : size < 1e-13)
            return 0;
        if (!isfinite(size))
            break;
    }
    /* rounding may keep the last digits moving */
    return isfinite(f->beta[0]) ? 0 : tta_fail(e, TTA_E_DATA, "the regression does not converge");
}

/*
 * Row i adds its score, and, as censoring is estimated too, the mean score of those behind
 * it where it is censored, less the sum of such terms until it.
 */
static void influences(struct fit *f, size_t group, double *tail, double *past)
{
    const struct km *km = &f->km;
    size_t n = f->in->n, p = f->in->p, first = km->start[group], last = km->start[group + 1];
    double at_risk = (double)(last - first);

    memset(tail, 0, p * sizeof *tail);
    memset(past, 0, p * sizeof *past);
    for (size_t i = first; i < last; i++) {
        uint32_t row = km->order.row[km->place[i]];
        double r = f->w[row] * (f->y[row] - mean_of(f, row));

        for (size_t j = 0; j < p; j++) {
            f->score[row * p + j] = f->in->x[j * n + row] * r;
            tail[j] += f->score[row * p + j];
        }
    }
    while (first < last) {
        double time = km->order.time[km->place[first]], censored = 0;
        size_t end = first;

        for (; end < last && km->order.time[km->place[end]] == time; end++)
            censored += km->event[km->place[end]];
        for (size_t j = 0; j < p; j++)
            past[j] += tail[j] * censored / (at_risk * at_risk);
        for (size_t i = first; i < end; i++) {
            uint32_t row = km->order.row[km->place[i]];
            bool is_censored = km->in->event[row];

            for (size_t j = 0; j < p; j++) {
                double own = f->score[row * p + j];

                f->score[row * p + j] += (is_censored ? tail[j] / at_risk : 0) - past[j];
                f->u[j] += own;
            }
        }
        for (size_t j = 0; j < p; j++) {
            tail[j] -= f->u[j];
            f->u[j] = 0;
        }
        at_risk -= (double)(end - first);
        first = end;
    }
}

static int variance(struct fit *f, double *covariance, struct tta_error *e)
{
    size_t n = f->in->n, p = f->in->p, term;
    double *gamma = calloc(p * p + 2 * p, sizeof *gamma), *tail;

    if (gamma == NULL)
        return tta_fail_memory(e);
    tail = gamma + p * p;
    memset(f->u, 0, p * sizeof *f->u);
    for (size_t g = 0; g < f->km.groups; g++)
        influences(f, g, tail, tail + p);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < p; j++)
            for (size_t k = 0; k < p; k++)
                gamma[j * p + k] += f->score[i * p + j] * f->score[i * p + k];
    information(f, false);
    if ((term = invert(f->a, p)) < p) {
        free(gamma);
        return collinear(f, term, e);
    }
    for (size_t j = 0; j < p; j++)
        for (size_t k = 0; k < p; k++) {
            double sum = 0;

            for (size_t l = 0; l < p; l++)
                for (size_t m = 0; m < p; m++)
                    sum += f->a[j * p + l] * gamma[l * p + m] * f->a[m * p + k];
            covariance[j * p + k] = sum;
        }
    free(gamma);
    return 0;
}

/* The weights 1 / G of those whose time until tau is known. */
static void weigh(struct fit *f)
{
    const struct km *km = &f->km;

    for (size_t g = 0; g < km->groups; g++) {
        size_t i = km->start[g], last = km->start[g + 1];
        double at_risk = (double)(last - i), curve = 1;

        while (i < last) {
            double time = km->order.time[km->place[i]], censored = 0;
            size_t end = i;

            for (; end < last && km->order.time[km->place[end]] == time; end++)
                censored += km->event[km->place[end]];
            curve *= (at_risk - censored) / at_risk;
            at_risk -= (double)(end - i);
            for (; i < end; i++) {
                uint32_t row = km->order.row[km->place[i]];

                f->w[row] = km->in->event[row] ? 0 : 1 / fmax(curve, LEAST_CENSORING);
            }
        }
    }
}

static int allocate(struct fit *f, struct tta_error *e)
{
    size_t n = f->in->n, p = f->in->p;

    f->y = malloc(n * sizeof *f->y);
    f->w = calloc(n, sizeof *f->w);
    f->score = malloc(n * p * sizeof *f->score);
    f->beta = calloc(p, sizeof *f->beta);
    f->a = malloc(p * p * sizeof *f->a);
    f->u = malloc(p * sizeof *f->u);
    return f->y == NULL || f->w == NULL || f->score == NULL || f->beta == NULL || f->a == NULL ||
                   f->u == NULL
               ? tta_fail_memory(e)
               : 0;
}

/* Nothing is lost in a group without events before tau: its mean is tau, whatever the terms. */
static int check_events(const struct tta_rmst_input *in, double tau, struct tta_error *e)
{
    bool *seen = calloc((size_t)in->groups + 1, sizeof *seen);

    if (seen == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < in->n; i++)
        if (in->group[i] >= 0 && in->group[i] < in->groups && in->event[i] && in->time[i] < tau)
            seen[in->group[i]] = true;
    for (int32_t g = 0; g < in->groups && e->code == 0; g++)
        if (!seen[g])
            tta_fail(e, TTA_E_DATA, "group %d has no events before tau: there is no adjusting it",
                     g + 1);
    free(seen);
    return e->code;
}

int tta_rmst_adjusted(const struct tta_rmst_input *in, double tau, enum tta_rmst_link link,
                      bool timefix, double level, struct tta_rmst_estimate *out,
                      struct tta_error *e)
{
    const struct tta_km_options o = {.level = 0.95, .timefix = timefix};
    struct fit f = {.in = in, .link = link};
    bool fits = tta_survival_check_size(in->n, e) == 0;
    double *cut = fits ? malloc((in->n + 1) * sizeof *cut) : NULL, *covariance = NULL, z = 0;
    uint8_t *censored = fits ? malloc(in->n + 1) : NULL;
    struct tta_km_input km = {
        .n = in->n, .time = cut, .event = censored, .group = in->group, .groups = in->groups};
    int rc = cut == NULL || censored == NULL ? tta_fail_memory(e) : 0;

    for (size_t i = 0; rc == 0 && i < in->n; i++) {
        cut[i] = fmin(in->time[i], tau);
        censored[i] = !in->event[i] && in->time[i] < tau;
    }
    if (rc == 0)
        rc = check_events(in, tau, e);
    if (rc == 0)
        rc = tta_survival_quantile(level, &z, e);
    if (rc == 0)
        rc = tta_km_prepare(&km, &o, &f.km, e);
    if (rc == 0)
        rc = allocate(&f, e);
    if (rc == 0) {
        weigh(&f);
        for (size_t i = 0; i < in->n; i++)
            f.y[i] = link == TTA_RMST_LOST_RATIO ? tau - cut[i] : cut[i];
        if (link != TTA_RMST_DIFFERENCE) /* start where all means are tau / 2 */
            f.beta[0] = log(tau / 2);
        rc = estimate(&f, e);
    }
    if (rc == 0 && (covariance = malloc(in->p * in->p * sizeof *covariance)) == NULL)
        rc = tta_fail_memory(e);
    if (rc == 0)
        rc = variance(&f, covariance, e);
    for (size_t j = 0; rc == 0 && j < in->p; j++)
        out[j] = limits(f.beta[j], sqrt(covariance[j * in->p + j]), z, link != TTA_RMST_DIFFERENCE);
    free(covariance);
    tta_km_finish(&f.km);
    free(f.y);
    free(f.w);
    free(f.score);
    free(f.beta);
    free(f.a);
    free(f.u);
    free(cut);
    free(censored);
    return rc;
}
