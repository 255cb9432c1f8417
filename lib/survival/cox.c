/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include "order.h"

#define STEPS_MAX 50
#define HALVINGS_MAX 30
#define STEPS_USUAL 8 /* more are seldom needed: look for an infinite coefficient */

/* The square of the step in standard errors below which the next step is the last one. */
#define SMALL_STEP 1e-12

/* How much of the log likelihood rounding may take away without a step counting as too long. */
#define LOGLIK_SLACK 1e-11

/* Of a covariate's information, per event, in units of its variance: less may be none at all. */
#define LITTLE 1e-6

/* The step's own error as a direction in which the likelihood grows: see tta_cox_is_infinite. */
#define TOLERANCE 1e-6

struct newton {
    const struct tta_cox_input *in;
    const struct tta_cox_options *options;
    struct tta_cox_data data;
    struct tta_cox_solver solver;
    struct tta_cox_point at, next;
    double *step;
    double *work;
    double *block; /* holds the arrays of doubles but work */
    double loglik_null, score_test;
    int steps;
};

static int newton_init(struct newton *w, struct tta_error *e)
{
    size_t p = w->data.p;
    double *b = malloc((2 * (2 * p + p * p) + 4 * p + p * p) * sizeof *b);

    w->block = b;
    w->solver.pivot = malloc(p * sizeof *w->solver.pivot);
    w->work = malloc(tta_cox_work_size(&w->data) * sizeof *w->work);
    if (b == NULL || w->solver.pivot == NULL || w->work == NULL)
        return tta_fail_memory(e);
    w->solver.p = p;
    w->at.beta = b;
    w->at.score = b += p;
    w->at.info = b += p;
    w->next.beta = b += p * p;
    w->next.score = b += p;
    w->next.info = b += p;
    w->step = b += p * p;
    w->solver.unit = b += p;
    w->solver.work = b += p;
    w->solver.factor = b + 2 * p;
    return 0;
}

static void newton_release(struct newton *w)
{
    free(w->block);
    free(w->work);
    free(w->solver.pivot);
    tta_cox_data_release(&w->data);
}

/* The first of the largest: dummies of one factor run off side by side, but for rounding. */
static size_t largest(const double *v, size_t p)
{
    size_t best = 0;

    for (size_t j = 1; j < p; j++)
        if (fabs(v[j]) > 1.01 * fabs(v[best]))
            best = j;
    return best;
}

static int fail_infinite(struct newton *w, const double *direction, struct tta_error *e)
{
    size_t term = largest(direction, w->data.p);
    char name[96];

    return tta_fail(e, TTA_E_DATA,
                    "the coefficient of %s runs to %sinfinity: together with other terms it "
                    "puts the row with the event above all rows at risk, at every event",
                    tta_cox_term(w->in, term, name), direction[term] < 0 ? "minus " : "");
}

/* Newton's method has not come to a maximum; names the coefficient that went farthest. */
static int fail_flat(struct newton *w, struct tta_error *e)
{
    char name[96];

    if (tta_cox_is_infinite(&w->data, w->step, 100 * TOLERANCE, w->work))
        return fail_infinite(w, w->step, e);
    return tta_fail(e, TTA_E_DATA,
                    "the coefficient of %s runs to infinity: the likelihood has no maximum "
                    "that can be told from it",
                    tta_cox_term(w->in, largest(w->at.beta, w->data.p), name));
}

/* A term that is constant where it counts has no information, but for rounding. */
static int check_constant(struct newton *w, struct tta_error *e)
{
    size_t p = w->data.p;
    char name[96];

    for (size_t j = 0; j < p; j++)
        if (!(w->at.info[j * p + j] > LITTLE * w->data.events) &&
            tta_cox_is_constant(&w->data, j, w->work))
            return tta_fail(
                e, TTA_E_DATA, "term %s has, at every event, the same value for all at risk%s",
                tta_cox_term(w->in, j, name), w->in->stratum != NULL ? " in the stratum" : "");
    return 0;
}

/* Has, at every time of an event, everybody at risk the event? */
static bool all_have_event(const struct tta_cox_data *d)
{
    size_t at_risk = 0;

    for (size_t i = 0; i < d->blocks; i++) {
        const struct tta_cox_block *b = &d->block[i];

        at_risk = (tta_cox_is_first(d, i) ? 0 : at_risk - b->leavers) + b->rows;
        if (at_risk != b->events)
            return false;
    }
    return true;
}

/* What can be told at 0: collinear terms, and terms that by themselves have no estimate. */
static int start(struct newton *w, struct tta_error *e)
{
    size_t p = w->data.p, term;
    char name[96];
    int sign, code;

    if (w->options->ties == TTA_TIES_EXACT && all_have_event(&w->data))
        return tta_fail(e, TTA_E_DATA,
                        "the exact likelihood does not depend on any term: at every event all "
                        "who are at risk have it");
    memset(w->at.beta, 0, p * sizeof *w->at.beta);
    code = tta_cox_evaluate(&w->data, w->options->ties, &w->at, w->work, e);
    if (code != 0 || (code = check_constant(w, e)) != 0)
        return code;
    w->loglik_null = w->at.loglik;
    for (size_t j = 0; j < p; j++)
        w->solver.unit[j] = 1 / sqrt(w->at.info[j * p + j]);
    if (tta_cox_factor(&w->solver, w->at.info) < p)
        return tta_fail(e, TTA_E_DATA, "term %s is a linear combination of the terms before it%s",
                        tta_cox_term(w->in, tta_cox_first_dependent(&w->solver, w->at.info), name),
                        w->data.whole ? "" : " in the rows that are at risk at an event");
    if (tta_cox_infinite_term(&w->data, &term, &sign, w->work))
        return tta_fail(e, TTA_E_DATA,
                        "the coefficient of %s runs to %sinfinity: at every event the row with "
                        "the event has the %s value of it among those at risk",
                        tta_cox_term(w->in, term, name), sign < 0 ? "minus " : "",
                        sign < 0 ? "smallest" : "largest");
    return 0;
}

/* Goes along the step, by halves until the likelihood grows. *grew false: it never does. */
static int advance(struct newton *w, bool last, bool *grew, struct tta_error *e)
{
    size_t p = w->data.p;
    double length = 1;

    *grew = false;
    for (int i = 0; i < HALVINGS_MAX && !*grew; i++, length /= 2) {
        for (size_t j = 0; j < p; j++)
            w->next.beta[j] = w->at.beta[j] + length * w->step[j];
        if (tta_cox_evaluate(&w->data, w->options->ties, &w->next, w->work, e) != 0)
            return e->code;
        *grew = isfinite(w->next.loglik) &&
                (last || w->next.loglik >= w->at.loglik - LOGLIK_SLACK * fabs(w->at.loglik));
    }
    if (*grew) {
        struct tta_cox_point before = w->at;

        w->at = w->next;
        w->next = before;
    }
    return 0;
}

/*
 * The step is measured in standard errors: step' info step. Near a maximum it
 * shrinks by its square each time. Where the likelihood only levels out, it
 * shrinks by a factor of about e, for ever, and the information with it.
 */
static int iterate(struct newton *w, struct tta_error *e)
{
    size_t p = w->data.p;
    double before = INFINITY;
    bool last = false, grew;

    for (w->steps = 0; !last; w->steps++) {
        double length = 0;

        tta_cox_solve(&w->solver, w->at.score, w->step);
        for (size_t j = 0; j < p; j++)
            length += w->step[j] * w->at.score[j];
        if (w->steps == 0)
            w->score_test = length;
        last = length < SMALL_STEP;
        if (last && length > before / 100)
            return fail_flat(w, e);
        if (w->steps >= STEPS_USUAL && tta_cox_is_infinite(&w->data, w->step, TOLERANCE, w->work))
            return fail_infinite(w, w->step, e);
        if (w->steps == STEPS_MAX)
            return fail_flat(w, e);
        if (advance(w, last, &grew, e) != 0)
            return e->code;
        if (!grew || tta_cox_factor(&w->solver, w->at.info) < p)
            return fail_flat(w, e);
        before = length;
    }
    return 0;
}

const struct tta_cox_options tta_cox_usual = {.level = 0.95, .timefix = true};

struct tta_cox_test tta_cox_chi_square(double statistic, size_t df)
{
    struct tta_cox_test t = {statistic, (double)df, 0};

    t.p_value = pchisq(statistic, t.df, 0, 0);
    return t;
}

/* coef, se and all that follows from them; the solver holds the factor at the estimate. */
static int fill(struct newton *w, struct tta_cox_fit *fit, struct tta_error *e)
{
    size_t p = w->data.p;
    double *b = malloc((6 * p + p * p) * sizeof *b), wald = 0;

    if (b == NULL)
        return tta_fail_memory(e);
    fit->n = 0;
    for (size_t i = 0; i < w->in->n; i++)
        fit->n += w->in->count == NULL ? 1 : (size_t)w->in->count[i];
    fit->p = p;
    fit->events = (size_t)w->data.events;
    fit->iterations = w->steps;
    fit->loglik_null = w->loglik_null;
    fit->loglik = w->at.loglik;
    fit->coef = b;
    fit->se = b + p;
    fit->z = b + 2 * p;
    fit->p_value = b + 3 * p;
    fit->lower = b + 4 * p;
    fit->upper = b + 5 * p;
    fit->covariance = b + 6 * p;
    for (size_t j = 0; j < p; j++)
        for (size_t k = 0; k < p; k++)
            wald += w->at.beta[j] * w->at.info[j * p + k] * w->at.beta[k];
    tta_cox_invert(&w->solver, fit->covariance);
    for (size_t j = 0; j < p; j++) {
        for (size_t k = 0; k < p; k++)
            fit->covariance[j * p + k] /= w->data.scale[j] * w->data.scale[k];
        fit->coef[j] = w->at.beta[j] / w->data.scale[j];
        fit->se[j] = sqrt(fit->covariance[j * p + j]);
    }
    fit->likelihood_ratio = tta_cox_chi_square(2 * (fit->loglik - fit->loglik_null), p);
    fit->wald = tta_cox_chi_square(wald, p);
    fit->score = tta_cox_chi_square(w->score_test, p);
    return 0;
}

void tta_cox_set_limits(struct tta_cox_fit *fit, double quantile)
{
    const double *se = fit->robust_se != NULL ? fit->robust_se : fit->se;

    for (size_t j = 0; j < fit->p; j++) {
        fit->z[j] = fit->coef[j] / se[j];
        fit->p_value[j] = 2 * pnorm(-fabs(fit->z[j]), 0, 1, 1, 0);
        fit->lower[j] = fit->coef[j] - quantile * se[j];
        fit->upper[j] = fit->coef[j] + quantile * se[j];
    }
}

static int check(const struct tta_cox_input *in, const struct tta_cox_options *o,
                 struct tta_error *e)
{
    if (in->p == 0 || in->terms == NULL ||
        (in->n > 0 && (in->time == NULL || in->event == NULL || in->x == NULL)))
        return tta_fail(e, TTA_E_USAGE, "a Cox regression needs times, events and a term");
    if (o->ties == TTA_TIES_EXACT && (in->weight != NULL || in->cluster != NULL || o->robust))
        return tta_fail(e, TTA_E_USAGE, "exact ties know no weights, clusters or robust variance");
    return 0;
}

int tta_cox_fit_late(const struct tta_cox_input *in, const struct tta_cox_options *o,
                     const struct tta_cox_late *late, struct tta_cox_fit *fit, struct tta_error *e)
{
    struct newton w = {.in = in, .options = o};
    double quantile;
    int code = check(in, o, e);

    memset(fit, 0, sizeof *fit);
    if (code == 0)
        code = tta_survival_quantile(o->level, &quantile, e);
    if (code != 0 || (code = tta_cox_data_make(in, o->timefix, late, &w.data, e)) != 0)
        return code;
    if ((code = newton_init(&w, e)) == 0 && (code = start(&w, e)) == 0 &&
        (code = iterate(&w, e)) == 0)
        code = fill(&w, fit, e);
    free(w.work); /* large, and not needed any more */
    w.work = NULL;
    if (code == 0 && late == NULL && (o->robust || in->cluster != NULL))
        code = tta_cox_robust(in, &w.data, o->ties, w.at.beta, fit, e);
    if (code == 0)
        tta_cox_set_limits(fit, quantile);
    else
        tta_cox_release(fit);
    newton_release(&w);
    return code;
}

int tta_cox(const struct tta_cox_input *in, const struct tta_cox_options *options,
            struct tta_cox_fit *fit, struct tta_error *e)
{
    return tta_cox_fit_late(in, options == NULL ? &tta_cox_usual : options, NULL, fit, e);
}

void tta_cox_release(struct tta_cox_fit *fit)
{
    free(fit->coef);
    free(fit->robust_se);
    memset(fit, 0, sizeof *fit);
}
