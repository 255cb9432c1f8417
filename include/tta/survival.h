/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_SURVIVAL_H
#define TTA_SURVIVAL_H
/*
 * Time to an event, right censored: Kaplan-Meier curves and Cox regression.
 *
 * Arrays in, structs out; the results are those of R's survival package
 * (survfit, coxph with ties="efron"). A row is one person: `time` is how long
 * the person was followed (any unit, the same for all), `event` is 1 when the
 * event happened at that time and 0 when the follow-up ended without it.
 * At equal times events come before censorings.
 *
 * Near ties: two neighbours among the distinct times, taken over all rows, are
 * one time (the smaller) when they differ by 2^-26 at the most, absolutely or
 * in units of the mean distinct time. 0.1 + 0.2 and 0.3 are then one time, as
 * in R (aeqSurv). timefix = false compares the bits.
 *
 * Errors. Every function returns 0 or a negative code and fills the error.
 * TTA_E_DATA for input that holds no answer; where one row is to blame, its
 * 1-based number is in e->record: a time that is negative, infinite or NaN, an
 * event that is neither 0 nor 1, and what the functions below add. No rows at
 * all is TTA_E_DATA too. TTA_E_USAGE for an option out of range, TTA_E_MEMORY.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tta/error.h"

/* More are refused (TTA_E_DATA): rows are numbered in 32 bits. */
#define TTA_SURVIVAL_ROWS_MAX ((size_t)UINT32_MAX)

/*
 * The rows of persons (id: any numbers; entry NULL: all from 0) must not overlap:
 * TTA_E_DATA and the row, from 0, in *row (SIZE_MAX when something else failed). goes_on, where not
 * NULL, gets n flags: the person's next row begins where this one ends, so that no event
 * there is no censoring. Time O(n log n).
 */
int tta_survival_persons(size_t n, const double *entry, const double *time, const int32_t *id,
                         uint8_t *goes_on, size_t *row, struct tta_error *e);

enum tta_conf_type {
    TTA_CONF_LOG,     /* limits from log S, R's default */
    TTA_CONF_LOG_LOG, /* from log(-log S); NaN while S is 1 */
    TTA_CONF_PLAIN    /* S +/- z se, cut at 0 and 1 */
};

struct tta_km_options {
    enum tta_conf_type conf_type;
    double level; /* of the limits, above 0 and below 1 */
    bool timefix; /* join near ties */
};

/* All arrays have n elements and are borrowed. */
struct tta_km_input {
    size_t n;
    const double *time;
    const uint8_t *event;
    const double *weight; /* how many persons the row stands for; NULL: one each */
    const int32_t *group; /* 0 .. groups-1; NULL: one group, number 0 */
    int32_t groups;       /* not used when group is NULL */
};

/* One distinct time, of an event or a censoring, in one group. */
struct tta_km_row {
    int32_t group;
    double time;
    double n_risk, n_event, n_censor; /* persons; n_risk just before the time */
    double survival;                  /* S(time) */
    double std_err;                   /* of S, Greenwood */
    double lower, upper;              /* of S, pointwise */
};

/*
 * Kaplan-Meier curves, as R's summary(survfit(Surv(time, event) ~ group),
 * censored = TRUE): by group, then time. Once S has come down to 0, std_err
 * and the limits are NaN (R: NaN, NA). A group without rows has no rows in the
 * result. options NULL: log limits, level 0.95, near ties joined.
 *
 * Errors for a row: a weight that is not a whole number above 0 (weights are
 * counts; other weights need another standard error) or that takes the sum of
 * the weights above 2^53, a group out of range.
 *
 * *rows is one block for the caller to free(); NULL after an error.
 * Time O(n), memory about 50 bytes a row beside the result.
 *
 * E. L. Kaplan, P. Meier, JASA 53 (1958) 457-481; M. Greenwood, Reports on
 * Public Health and Medical Subjects 33 (1926) 1-26 (variance); limits: R's
 * help page survfit.formula, conf.type.
 */
int tta_km(const struct tta_km_input *in, const struct tta_km_options *options,
           struct tta_km_row **rows, size_t *count, struct tta_error *e);

struct tta_cox_options {
    double level; /* of the limits, above 0 and below 1 */
    bool timefix; /* join near ties */
};

/* All arrays are borrowed. */
struct tta_cox_input {
    size_t n, p; /* rows, terms */
    const double *time;
    const uint8_t *event;
    const double *x;          /* n x p, column after column */
    const char *const *terms; /* p names, for messages: "age", "sex=M" */
};

/* A test that all p coefficients are 0: chi-square with df degrees of freedom. */
struct tta_cox_test {
    double statistic;
    double df;
    double p_value;
};

struct tta_cox_fit {
    size_t n, p;
    size_t events;
    int iterations;        /* Newton steps taken */
    double loglik_null;    /* log partial likelihood at 0 */
    double loglik;         /* and at coef */
    double *coef;          /* p log hazard ratios, each per unit of its covariate */
    double *se;            /* p */
    double *z;             /* p, coef / se */
    double *p_value;       /* p, two-sided, normal */
    double *lower, *upper; /* p, limits of coef; exp() of them limits the hazard ratio */
    double *covariance;    /* p x p, of coef: the inverse of the information at coef */
    struct tta_cox_test likelihood_ratio, wald, score;
};

/*
 * Cox's proportional hazards regression, Efron's handling of ties, as R's
 * coxph. Covariates are centred and scaled inside, so a calendar year does as
 * well as a 0/1 arm. options NULL: level 0.95, near ties joined.
 *
 * Newton-Raphson until the step is below a millionth of a standard error, then
 * one step more, so the coefficients hold some ten digits (R stops earlier).
 *
 * Errors (TTA_E_DATA), beside those at the top:
 * - a covariate that is infinite or NaN: row in e->record, the term in the text
 * - no events
 * - a term that is constant, or a linear combination of the terms before it,
 *   among the rows still at risk when the first event happens (the others say
 *   nothing about the coefficients): the term, the later one, in the text
 * - monotone likelihood: some term, or combination of terms, had its largest
 *   value of all at risk at every event, so that its coefficient has no finite
 *   estimate. Of a combination, the term that runs fastest is named.
 * p = 0 or a missing array: TTA_E_USAGE.
 *
 * tta_cox_release frees the arrays; after an error there is nothing to free.
 * Time O(n p^2) an iteration, memory about 8 p + 50 bytes a row.
 *
 * D. R. Cox, JRSS B 34 (1972) 187-220; B. Efron, JASA 72 (1977) 557-565 (ties);
 * T. M. Therneau, P. M. Grambsch, Modeling Survival Data (Springer 2000),
 * sections 3.3 (ties) and 3.5 (infinite coefficients).
 */
int tta_cox(const struct tta_cox_input *in, const struct tta_cox_options *options,
            struct tta_cox_fit *fit, struct tta_error *e);
void tta_cox_release(struct tta_cox_fit *fit);

#endif
