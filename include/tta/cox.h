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
    size_t n, p; /* persons, terms */
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
 * Time O(n p^2) an iteration, memory about 8 p + 50 bytes a row, 16 p + 80 with entries.
 * Exact ties: for each time with several events, however many, O(n (p^2 + 15 p)) with n at
 * risk.
 *
 * D. R. Cox, JRSS B 34 (1972) 187-220; B. Efron, JASA 72 (1977) 557-565 (ties);
 * N. E. Breslow, Biometrics 30 (1974) 89-99; M. H. Gail, J. H. Lubin, L. V.
 * Rubinstein, Biometrika 68 (1981) 703-707 (exact; cox_exact.c); D. Y. Lin, L. J. Wei, JASA
 * 84 (1989) 1074-1078 (robust variance); T. M. Therneau, P. M. Grambsch,
 * Modeling Survival Data (Springer 2000), sections 3.3 (ties), 3.5 (infinite
 * coefficients), 7 (robust).
 */
int tta_cox(const struct tta_cox_input *in, const struct tta_cox_options *options,
            struct tta_cox_fit *fit, struct tta_error *e);
void tta_cox_release(struct tta_cox_fit *fit);

/*
 * What follows is asked of a fit, with the input and options it was made from.
 */

/*
 * Residuals of every row of the input, as R's residuals.coxph. The arrays are
 * the caller's, those not wanted NULL: n doubles each, or n x p column after
 * column. A row in no risk set has 0; Schoenfeld residuals are NaN for rows
 * without the event. dfbeta is weighted (what the coefficients change when the
 * row leaves), the others are not. Exact ties: TTA_E_USAGE.
 */
struct tta_cox_residuals {
    double *martingale, *deviance;
    double *score, *dfbeta, *schoenfeld; /* n x p */
};
int tta_cox_residuals(const struct tta_cox_input *in, const struct tta_cox_options *options,
                      const struct tta_cox_fit *fit, const struct tta_cox_residuals *out,
                      struct tta_error *e);

/*
 * Predicted survival of somebody with the covariates x (p numbers) in each stratum:
 * a row for every time of an event, by stratum, then time. As R's survfit of a
 * coxph: S = exp(-cumulative hazard), after Efron's or Breslow's ties, the standard error with
 * that of the coefficients (robust where the fit has it), log limits. x all 0: R's
 * basehaz(centered = FALSE). *rows is for the caller to free(). Exact ties: TTA_E_USAGE.
 *
 * A. A. Tsiatis, Annals of Statistics 9 (1981) 93-108.
 */
struct tta_cox_curve_row {
    int32_t stratum;
    double time, n_risk, n_event; /* persons, weighted */
    double cumhaz, survival, std_err, lower, upper;
};
int tta_cox_curve(const struct tta_cox_input *in, const struct tta_cox_options *options,
                  const struct tta_cox_fit *fit, const double *x, struct tta_cox_curve_row **rows,
                  size_t *count, struct tta_error *e);

enum tta_zph_transform {
    TTA_ZPH_KM,   /* 1 - S(t-), of all rows, unweighted: R's default */
    TTA_ZPH_RANK, /* mean rank among the times of all rows */
    TTA_ZPH_IDENTITY,
    TTA_ZPH_LOG
};

/*
 * Do the coefficients change with time? The score test of adding x g(time) to
 * the model, as R's cox.zph since survival 3.0. test_of[j] (0 .. tests-1) is the
 * test that term j takes part in: those of one factor are tested together.
 * result: tests + 1, the last of all terms at once. The model's information is
 * used also when a robust variance was asked for. A statistic that cannot be
 * told is NaN. Errors: a log of a time that is 0.
 *
 * P. M. Grambsch, T. M. Therneau, Biometrika 81 (1994) 515-526.
 */
int tta_cox_zph(const struct tta_cox_input *in, const struct tta_cox_options *options,
                const struct tta_cox_fit *fit, enum tta_zph_transform transform,
                const size_t *test_of, size_t tests, struct tta_cox_test *result,
                struct tta_error *e);

/*
 * How often, of two rows of one stratum, the one with the higher x'coef had the
 * event sooner; only pairs of which that can be told count, weighted. As R's
 * concordance of a coxph; the standard error is the infinitesimal jackknife's,
 * by cluster where there are any. NaN without pairs. O(n log n).
 *
 * F. E. Harrell et al., JAMA 247 (1982) 2543-2546; T. M. Therneau, D. A. Watson,
 * Mayo Clinic technical report 85 (2015).
 */
struct tta_concordance {
    double concordant, discordant;
    double tied_x;  /* x'coef is equal */
    double tied_y;  /* both events at one time, not counted */
    double tied_xy; /* both equal, not counted */
    double c, se;   /* (concordant + tied_x / 2) / (concordant + discordant + tied_x) */
};
int tta_cox_concordance(const struct tta_cox_input *in, const struct tta_cox_options *options,
                        const struct tta_cox_fit *fit, struct tta_concordance *out,
                        struct tta_error *e);

#endif
