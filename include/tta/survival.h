/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_SURVIVAL_H
#define TTA_SURVIVAL_H
/*
 * Time to an event, right censored: survival curves, tests between them, restricted
 * means and Cox regression.
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
#include "tta/exact.h"

/* More are refused (TTA_E_DATA): rows are numbered in 32 bits. */
#define TTA_SURVIVAL_ROWS_MAX ((size_t)UINT32_MAX)
/* Every function here asks it first, before it looks at a row. */
int tta_survival_check_size(size_t rows, struct tta_error *e);

/*
 * The rows of persons (id: any numbers; entry NULL: all from 0) must not overlap:
 * TTA_E_DATA and the row, from 0, in *row (SIZE_MAX when something else failed). Where not NULL,
 * goes_on gets n flags: the person's next row begins where this one ends, in the same group
 * (NULL: there is one), so that no event there is no censoring; and again gets n flags: an earlier
 * row of the person is in the group. Time O(n log n), of again times a person's groups.
 */
int tta_survival_persons(size_t n, const double *entry, const double *time, const int32_t *id,
                         const int32_t *group, uint8_t *goes_on, uint8_t *again, size_t *row,
                         struct tta_error *e);

/*
 * Cells: a cell stands for many rows that are equal in all but their weight, and holds
 * what the estimators need of them. The sums are exact, so that the cells of the parts
 * of an input add up to those of the whole, whatever the order.
 */
struct tta_tally {
    int64_t rows;
    struct tta_exact weight;  /* sum of the weights; not used without weights */
    struct tta_exact weight2; /* sum of their squares, each rounded to a double */
};

void tta_tally_add(struct tta_tally *sum, const struct tta_tally *other);

/* A weight is one between these. */
#define TTA_WEIGHT_LEAST 1e-7
#define TTA_WEIGHT_MOST 1e12

enum tta_conf_type {
    TTA_CONF_LOG,     /* limits from log S, R's default */
    TTA_CONF_LOG_LOG, /* from log(-log S); NaN while S is 1 */
    TTA_CONF_PLAIN,   /* S +/- z se, cut at 0 and 1 */
    TTA_CONF_LOGIT,   /* from log(S / (1 - S)); NaN while S is 1 */
    TTA_CONF_ARCSIN   /* from asin(sqrt(S)) */
};

enum tta_km_estimator {
    TTA_KM_KAPLAN_MEIER,       /* S: product of 1 - d/n. R: stype = 1, ctype = 1 */
    TTA_KM_NELSON_AALEN,       /* S: exp(-sum of d/n). R: stype = 2, ctype = 1 */
    TTA_KM_FLEMING_HARRINGTON, /* d tied events counted one after the other: ctype = 2 */
};

struct tta_km_options {
    enum tta_conf_type conf_type;
    double level; /* of the limits, above 0 and below 1 */
    bool timefix; /* join near ties */
    enum tta_km_estimator estimator;
    bool robust; /* infinitesimal jackknife, also without clusters and fractional weights */
    double tau;  /* of the restricted mean; 0: none wanted */
};

/* Arrays have n elements, are borrowed, and may be NULL but for time and event. */
struct tta_km_input {
    size_t n;
    const double *time;
    const uint8_t *event;
    const double *weight;          /* how many persons the row stands for; NULL: one each */
    const int32_t *group;          /* 0 .. groups-1; NULL: one group, number 0 */
    int32_t groups;                /* not used when group is NULL */
    const double *entry;           /* at risk after it; NULL: from the start */
    const uint8_t *goes_on;        /* no censoring at its end (tta_survival_persons) */
    const uint8_t *again;          /* not one more person of the group (the same) */
    const int32_t *cluster;        /* 0 .. clusters-1: the robust variance adds within each */
    int32_t clusters;              /* not used when cluster is NULL */
    const struct tta_tally *tally; /* the rows are cells, and weight is not used */
    bool weighted, fractional;     /* of cells: were there weights, and any that was not whole? */
};

/* One distinct time, of an event or a censoring, in one group. */
struct tta_km_row {
    int32_t group;
    double time;
    double n_risk, n_event, n_censor; /* persons; n_risk just before the time */
    double survival;                  /* S(time) */
    double std_err;                   /* of S: Greenwood, or robust */
    double lower, upper;              /* of S, pointwise */
    double cumhaz, cumhaz_std_err;    /* cumulative hazard (Nelson-Aalen) */
};

/* One group as a whole. */
struct tta_km_group {
    int64_t rows;      /* of the input */
    double n, n_event; /* persons, of them with the event */
    double mean;       /* area under S from 0 to tau; NaN when none was wanted */
    double mean_std_err, mean_lower, mean_upper;
    double last;         /* the last time; beyond it the curve is taken as flat */
    size_t first, count; /* its rows of the result */
};

struct tta_km_result {
    struct tta_km_row *rows; /* by group, then time */
    size_t count;
    struct tta_km_group *groups;
    size_t group_count;
};

/*
 * Survival curves, as R's summary(survfit(Surv(entry, time, event) ~ group),
 * censored = TRUE). Greenwood's variance; the infinitesimal jackknife's with
 * clusters or weights that are not whole numbers, as R does unasked. Once S has
 * come down to 0, the limits are NaN, and std_err NaN (Greenwood) or 0 (robust).
 * A group without rows has no rows in the result, and neither has a time at which rows only go on.
 * options NULL: Kaplan-Meier, log limits, level 0.95, near ties joined.
 *
 * The restricted mean is R's print(survfit, rmean = tau); its robust error is the
 * infinitesimal jackknife's, where R still prints Greenwood's with the weights as counts.
 *
 * Errors for a row: an entry that is not before its time, a weight out of
 * TTA_WEIGHT_LEAST .. TTA_WEIGHT_MOST, a group or cluster out of range. TTA_E_USAGE:
 * Fleming-Harrington with fractional weights; clusters, or entries with
 * fractional weights, in cells (their robust variance needs the rows).
 *
 * Sums of persons are exact and rounded once, so that the order of the rows and their
 * division into cells do not change a bit of the result (but of a robust error with
 * clusters or entries).
 *
 * tta_km_release frees the result, which is empty after an error.
 * Time O(n), memory about 50 bytes a row beside the result.
 *
 * E. L. Kaplan, P. Meier, JASA 53 (1958) 457-481; M. Greenwood, Reports on
 * Public Health and Medical Subjects 33 (1926) 1-26 (variance); O. Aalen, Ann.
 * Statist. 6 (1978) 701-726; T. R. Fleming, D. P. Harrington, Comm. Statist. 13 (1984)
 * 2469-2486; infinitesimal jackknife: T. M. Therneau, vignette "methods" of R's
 * package survival; limits: R's help page survfit.formula, conf.type.
 */
int tta_km(const struct tta_km_input *in, const struct tta_km_options *options,
           struct tta_km_result *out, struct tta_error *e);
void tta_km_release(struct tta_km_result *r);

/* A time with its limits; NaN where the curve, or its limit, does not come down so far. */
struct tta_km_quantile {
    double time, lower, upper;
};

/*
 * The time at which a share p (0 .. 1) has had the event: the first at which S is at or
 * below 1 - p, halfway to the next when S equals 1 - p, and the same for the limits of
 * S, as R's quantile(survfit). rows: those of one group.
 */
struct tta_km_quantile tta_km_quantile(const struct tta_km_row *rows, size_t count, double p);

/*
 * The curve at a time, as R's summary(survfit, times, extend = TRUE): n_risk just before
 * it, events and censorings after `from` and until it, S and its limits as they stand.
 * rows: those of one group, with that many persons in it; from below 0 for the first.
 */
struct tta_km_row tta_km_at(const struct tta_km_row *rows, size_t count, double from, double time);

enum tta_logrank_weight {
    TTA_LOGRANK_FH,          /* S(t-)^rho (1 - S(t-))^gamma; rho = gamma = 0: log-rank */
    TTA_LOGRANK_GEHAN,       /* number at risk (Gehan, Breslow) */
    TTA_LOGRANK_TARONE_WARE, /* its square root */
    TTA_LOGRANK_PETO         /* product until t, with t, of 1 - d/(n + 1) (Peto, Peto, Prentice) */
};

struct tta_logrank_options {
    enum tta_logrank_weight weight;
    double rho, gamma;   /* of TTA_LOGRANK_FH */
    const double *score; /* by group: a test for trend; NULL: that all groups are alike */
    bool timefix;
};

struct tta_logrank {
    int32_t groups;
    double *n;        /* persons */
    double *observed; /* weighted events */
    double *expected; /* and those expected were the groups alike */
    double *variance; /* groups x groups, of observed - expected */
    double chisq, df, p_value;
};

/*
 * Are the groups alike? R's survdiff(Surv(time, event) ~ group + strata(stratum), rho),
 * with the other weights of the family, entries, and a test for trend (sum of score x
 * (observed - expected), squared, over its variance). Weights of rows are counts of
 * persons. stratum: 0 .. strata-1, or NULL. A group that no event could have come
 * from (expected 0) is left out of the test, and df is one less, as in R.
 *
 * Errors beside those of tta_km: one group only, no events, a weight that is not whole, a
 * test without variance (the groups never at risk together): TTA_E_DATA. What the
 * input has of clusters and goes_on is not looked at. options NULL: log-rank.
 *
 * N. Mantel, Cancer Chemother. Rep. 50 (1966) 163-170; R. Peto, J. Peto, JRSS A 135
 * (1972) 185-207; D. P. Harrington, T. R. Fleming, Biometrika 69 (1982) 553-566; E. A.
 * Gehan, Biometrika 52 (1965) 203-223; R. E. Tarone, J. Ware, Biometrika 64 (1977)
 * 156-160; R. E. Tarone, Biometrika 62 (1975) 679-682 (trend).
 */
int tta_logrank(const struct tta_km_input *in, const int32_t *stratum, int32_t strata,
                const struct tta_logrank_options *options, struct tta_logrank *out,
                struct tta_error *e);
void tta_logrank_release(struct tta_logrank *t);

/* An estimate with its limits; std_err and p of a ratio are those of its logarithm. */
struct tta_rmst_estimate {
    double estimate, std_err, lower, upper, p_value;
};

/* Restricted means of two groups against each other; lost: tau less the mean. */
struct tta_rmst_contrast {
    struct tta_rmst_estimate difference, ratio, lost_ratio;
};

/*
 * The means are those of tta_km; the contrasts those of survRM2::rmst2 without covariates:
 * the delta method for the ratios. level: of the limits.
 */
struct tta_rmst_contrast tta_rmst_compare(const struct tta_km_group *one,
                                          const struct tta_km_group *other, double tau,
                                          double level);

/* What is lost until tau: tau less the mean. */
struct tta_rmst_estimate tta_rmst_lost(const struct tta_km_group *g, double tau);

/* Is the group's curve known until tau: followed so far, or come to 0? */
bool tta_rmst_known(const struct tta_km_result *r, size_t group, double tau);

enum tta_rmst_link {
    TTA_RMST_DIFFERENCE, /* mean = x beta */
    TTA_RMST_RATIO,      /* mean = exp(x beta) */
    TTA_RMST_LOST_RATIO  /* tau - mean = exp(x beta) */
};

struct tta_rmst_input {
    size_t n, p; /* rows, terms with the intercept */
    const double *time;
    const uint8_t *event;
    const int32_t *group; /* within which censoring is estimated: 0 .. groups-1 */
    int32_t groups;
    const double *x; /* n x p, column after column */
    const char *const *terms;
};

/*
 * Restricted mean regression as survRM2::rmst2(covariates =): rows whose time until tau is
 * known count with 1 / G(time), G the Kaplan-Meier curve of censoring in their
 * group (not below 0.001). out has room for p: of the links with exp, estimates and limits are
 * ratios. timefix as everywhere.
 * TTA_E_DATA: a group without events before tau, a term that is a combination of those before
 * it, no convergence.
 *
 * L. Tian, L. Zhao, L. J. Wei, Biostatistics 15 (2014) 222-233.
 */
int tta_rmst_adjusted(const struct tta_rmst_input *in, double tau, enum tta_rmst_link link,
                      bool timefix, double level, struct tta_rmst_estimate *out,
                      struct tta_error *e);

enum tta_pseudo_kind {
    TTA_PSEUDO_JACKKNIFE,    /* n theta - (n - 1) theta(without row i) */
    TTA_PSEUDO_INFINITESIMAL /* theta + n x the derivative of theta in the weight of row i */
};

/*
 * Pseudo-values, where theta is S at each of count times, or, for a time list of none, the
 * mean until tau. out has n x max(count, 1) places, row after row. Within groups, n being the
 * rows of the group. The two kinds differ by O(1/n). Rows only: no weights, entries, clusters
 * or tallies (TTA_E_USAGE). Time O(n + n count).
 *
 * P. K. Andersen, J. P. Klein, S. Rosthøj, Biometrika 90 (2003) 15-27. Infinitesimal: R's
 * survival::pseudo; E. T. Parner, P. K. Andersen, M. Overgaard, Lifetime Data Analysis 29
 * (2023) 654-671.
 */
int tta_pseudo(const struct tta_km_input *in, enum tta_pseudo_kind kind, bool timefix,
               const double *at, size_t count, double tau, double *out, struct tta_error *e);

#endif
