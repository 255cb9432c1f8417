/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Let every row of the risk set be chosen by itself, row i with probability
 * p_i = r_i rho / (1 + r_i rho), r_i = exp(x_i'beta), rho such that d rows are
 * expected. Then P(d chosen) is rho^d / prod(1 + r_i rho) times the sum over all
 * choices of d rows of their r's product, which is the denominator that is
 * wanted. Row by row, for k = 0..d, the recursion keeps
 *   b[k] = P(k chosen), s[k] = E(sum of x; k chosen), q[k] = E(sum of x times itself; k chosen),
 * all of them sums of products of probabilities: nothing overflows, and what is
 * as small as NOTHING can add nothing to the result, which is near 1/sqrt(d).
 */
#define NOTHING 1e-100

struct choice {
    size_t n, d, p, size; /* size: of a state */
    const double **x;     /* of the rows at risk */
    double *z;            /* their x'beta - base; then the p_i */
    double *mean;         /* of x, by p */
    double *state;        /* d + 1 states of b, s, q */
    double *row;          /* x - mean */
};

static int collect(const struct tta_cox_sweep *s, struct choice *c, struct tta_error *e)
{
    const struct tta_cox_data *d = s->d;
    size_t p = d->p;

    c->p = p;
    c->d = d->block[s->block].events;
    c->size = 1 + p + p * (p + 1) / 2;
    c->x = malloc(s->at_risk * sizeof *c->x);
    c->z = malloc((s->at_risk + 2 * p) * sizeof *c->z);
    c->state = calloc((c->d + 1) * c->size, sizeof *c->state);
    if (c->x == NULL || c->z == NULL || c->state == NULL)
        return tta_fail_memory(e);
    c->mean = c->z + s->at_risk;
    c->row = c->mean + p;
    for (size_t i = s->first; i < s->places; i++)
        if (d->until == NULL || d->until[i] > s->block) {
            c->x[c->n] = d->x + i * p;
            c->z[c->n++] = s->eta[i] - s->base;
        }
    return 0;
}

static double logistic(double z)
{
    return 1 / (1 + exp(-z));
}

/* log rho, near enough: Newton's method between bounds */
static double find_log_rho(const struct choice *c)
{
    double low = -1e4, high = 1e4, u = log((double)c->d / (double)(c->n - c->d));

    for (int i = 0; i < 200; i++) {
        double sum = -(double)c->d, slope = 0;

        for (size_t k = 0; k < c->n; k++) {
            double p = logistic(c->z[k] + u);

            sum += p;
            slope += p * (1 - p);
        }
        if (fabs(sum) < 1e-3)
            break;
        if (sum > 0)
            high = u;
        else
            low = u;
        u -= sum / slope;
        if (!(u > low && u < high))
            u = (low + high) / 2;
    }
    return u;
}

/* States lowest..highest take in a row that is chosen with probability p. */
static void take_in(struct choice *c, double p, size_t lowest, size_t highest)
{
    double q = 1 - p;

    for (size_t k = highest + 1; k-- > lowest;) {
        double *to = c->state + k * c->size;
        const double *from = to - c->size;
        double *to2 = to + 1 + c->p;
        const double *from2 = from + 1 + c->p;

        if (k == 0) { /* nobody chosen: s and q are 0 */
            to[0] *= q;
            continue;
        }
        for (size_t i = 0; i < c->p; i++) {
            double x = c->row[i], xb = p * (x * from[0] + from[1 + i]), xp = p * x;

            for (size_t j = 0; j <= i; j++, to2++, from2++)
                *to2 = q * *to2 + p * *from2 + xp * from[1 + j] + c->row[j] * xb;
        }
        for (size_t i = 0; i < c->p; i++)
            to[1 + i] = q * to[1 + i] + p * (from[1 + i] + c->row[i] * from[0]);
        to[0] = q * to[0] + p * from[0];
    }
}

static void recur(struct choice *c)
{
    size_t lowest = 0, highest = 0;

    c->state[0] = 1;
    for (size_t i = 0; i < c->n; i++) {
        size_t left = c->n - i - 1, needed = c->d > left ? c->d - left : 0;

        for (size_t j = 0; j < c->p; j++)
            c->row[j] = c->x[i][j] - c->mean[j];
        while (lowest < highest && c->state[lowest * c->size] < NOTHING)
            memset(c->state + lowest++ * c->size, 0, c->size * sizeof *c->state);
        if (highest < c->d && c->state[highest * c->size] > NOTHING)
            highest++;
        take_in(c, c->z[i], needed > lowest ? needed : lowest, highest);
    }
}

/* All rows have the event: there is one choice, and nothing to estimate from it. */
static void add_all(const struct choice *c, struct tta_cox_point *at)
{
    for (size_t i = 0; i < c->n; i++) {
        at->loglik -= c->z[i];
        for (size_t j = 0; j < c->p; j++)
            at->score[j] -= c->x[i][j];
    }
}

static void add_choices(struct choice *c, struct tta_cox_point *at)
{
    double u = find_log_rho(c), total = 0, b;
    const double *s, *q;

    memset(c->mean, 0, c->p * sizeof *c->mean);
    at->loglik += (double)c->d * u;
    for (size_t i = 0; i < c->n; i++) {
        double z = c->z[i] + u;

        at->loglik -= z > 0 ? z + log1p(exp(-z)) : log1p(exp(z));
        c->z[i] = logistic(z);
        total += c->z[i];
        for (size_t j = 0; j < c->p; j++)
            c->mean[j] += c->z[i] * c->x[i][j];
    }
    for (size_t j = 0; j < c->p; j++)
        c->mean[j] /= total;
    recur(c);
    b = c->state[c->d * c->size];
    s = c->state + c->d * c->size + 1;
    q = s + c->p;
    at->loglik -= log(b);
    for (size_t j = 0; j < c->p; j++) {
        at->score[j] -= s[j] / b + (double)c->d * c->mean[j];
        for (size_t k = 0; k <= j; k++)
            at->info[j * c->p + k] += *q++ / b - s[j] / b * (s[k] / b);
    }
}

int tta_cox_add_exact(const struct tta_cox_sweep *s, struct tta_cox_point *at, struct tta_error *e)
{
    struct choice c = {0};
    int code = collect(s, &c, e);

    if (code == 0 && c.d == c.n)
        add_all(&c, at);
    else if (code == 0)
        add_choices(&c, at);
    free(c.x);
    free(c.z);
    free(c.state);
    return code;
}
