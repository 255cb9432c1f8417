/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COX_H
#define TTA_COX_H
/*
 * Cox's proportional hazards regression, and what is asked of a fitted one:
 * robust variance, residuals, the test of proportional hazards, concordance,
 * baseline hazard and curves.
 *
 * Arrays in, structs out, as in tta/survival.h, whose rules for times, events,
 * near ties and errors hold here too.
 */
#include "tta/survival.h"

enum tta_ties {
    TTA_TIES_EFRON,   /* R's default */
    TTA_TIES_BRESLOW, /* Stata's and SAS's default */
    TTA_TIES_EXACT    /* the conditional likelihood, time is discrete; no weights */
};

struct tta_cox_options {
    double level; /* of the limits, above 0 and below 1 */
    bool timefix; /* join near ties */
    enum tta_ties ties;
    bool robust; /* sandwich variance; taken for granted when there are clusters */
};

/* All arrays are borrowed; those that may be NULL mean what stands there. */
struct tta_cox_input {
    size_t n, p; /* rows, terms */
    const double *time;
    const uint8_t *event;
    const double *x;          /* n x p, column after column */
    const char *const *terms; /* p names, for messages: "age", "sex=M" */
    const double *entry;      /* at risk from behind it; NULL: from the start. A person with
                                 changing covariates has one row for each span */
    const double *weight;     /* above 0; NULL: 1 */
    const double *count;      /* how many equal persons the row stands for; NULL: 1 */
    const double *offset;     /* added to x'beta; NULL: 0 */
    const int32_t *stratum;   /* 0 .. strata-1, a baseline hazard for each; NULL: one stratum */
    int32_t strata;
    const int32_t *cluster; /* 0 .. clusters-1, rows that are not independent; NULL: none */
    int32_t clusters;
};

/* A test that coefficients are 0: chi-square with df degrees of freedom. */
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
    double *z;             /* p, coef / se, or / robust_se when that was asked for */
    double *p_value;       /* p, two-sided, normal */
    double *lower, *upper; /* p, limits of coef; exp() of them limits the hazard ratio */
    double *covariance;    /* p x p, of coef: the inverse of the information at coef */
    double *robust_se;     /* p; NULL when not asked for */
    double *robust;        /* p x p, the sandwich; NULL when not asked for */
    struct tta_cox_test likelihood_ratio, wald, score; /* wald from robust where there is one */
};

/*
 * Fits the model, as R's coxph. Covariates are centred and scaled inside, so a
 * calendar year does as well as a 0/1 arm. options NULL: level 0.95, near ties
 * joined, Efron.
 *
 * Newton-Raphson until the step is below a millionth of a standard error, then
 * one step more, so the coefficients hold some ten digits (R stops earlier).
 *
 * A weight multiplies the row's part of the likelihood (R's weights); among tied
 * events Efron's method gives each their mean weight. A count is the same as
 * writing the row so many times. The robust variance is the sum over clusters
 * (rows, when there are none) of the outer products of weighted dfbetas.
 *
 * Errors (TTA_E_DATA), beside those of tta/survival.h:
 * - a covariate or offset that is infinite or NaN, a weight or count that is
 *   not above 0, a stratum or cluster out of range: row in e->record
 * - no events
 * - a term that is constant, or a linear combination of the terms before it,
 *   among the rows at risk when an event happens (the others say nothing about
 *   the coefficients): the term, the later one, in the text
 * - monotone likelihood: some term, or combination of terms, had its largest
 *   value of all at risk at every event, so that its coefficient has no finite
 *   estimate. Of a combination, the term that runs fastest is named.
 * p = 0, a missing array, or exact ties with weights or robust: TTA_E_USAGE.
 *
 * tta_cox_release frees the arrays; after an error there is nothing to free.
 * Time O(n p^2) an iteration, memory about 8 p + 50 bytes a row. Exact ties:
 * O(n d p^2) for each time with d > 1 events and n at risk.
 *
 * D. R. Cox, JRSS B 34 (1972) 187-220; B. Efron, JASA 72 (1977) 557-565 (ties);
 * N. E. Breslow, Biometrics 30 (1974) 89-99; M. H. Gail, J. H. Lubin, L. V.
 * Rubinstein, Biometrika 68 (1981) 703-707 (exact); D. Y. Lin, L. J. Wei, JASA
 * 84 (1989) 1074-1078 (robust variance); T. M. Therneau, P. M. Grambsch,
 * Modeling Survival Data (Springer 2000), sections 3.3 (ties), 3.5 (infinite
 * coefficients), 7 (robust).
 */
int tta_cox(const struct tta_cox_input *in, const struct tta_cox_options *options,
            struct tta_cox_fit *fit, struct tta_error *e);
void tta_cox_release(struct tta_cox_fit *fit);

#endif
