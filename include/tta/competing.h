/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COMPETING_H
#define TTA_COMPETING_H
/*
 * Several causes that exclude each other (a job, education, a pension):
 * cumulative incidence, tests between groups, regression on it.
 *
 * Arrays in, structs out, with the rules of tta/survival.h for times, near ties
 * and errors. cause is 0 for a row that is censored, else 1 .. causes. At equal times
 * events come before censorings.
 */
#include "tta/cox.h"

/* All arrays have n elements and are borrowed. */
struct tta_cif_input {
    size_t n;
    const double *time;
    const int32_t *cause;
    int32_t causes;
    const double *entry;  /* at risk from behind it; NULL: from the start */
    const double *weight; /* above 0; NULL: 1 */
    const double *count;  /* how many equal rows the row stands for; NULL: 1 */
    const int32_t *group; /* 0 .. groups-1; NULL: one group */
    int32_t groups;
    const int32_t *cluster; /* 0 .. clusters-1; NULL: every row is by itself */
    int32_t clusters;
};

struct tta_cif_options {
    double level; /* of the limits, above 0 and below 1 */
    bool timefix; /* join near ties */
};

struct tta_cif_row {
    int32_t group, cause;
    double time, n_risk, n_event; /* persons, or their weights */
    double cif, std_err, lower, upper;
};

/*
 * The Aalen-Johansen estimate: the share that has had each cause by each time
 * somebody had an event or was last seen, by group, cause and time. As R's
 * survfit(Surv(time, factor(cause)) ~ group): the standard error is the
 * infinitesimal jackknife's, by cluster where there are any; log limits, NaN
 * where cif is 0. Time O(n log n + T causes), T distinct times; R needs O(n T). It is a sum of
 * squares carried along: where they cancel (one cluster is all there is), 1e-8 of cif
 * or so is left instead of 0.
 *
 * Errors for a row: a cause, group or cluster out of range, a weight or count not above 0.
 * *rows is for the caller to free().
 *
 * O. O. Aalen, S. Johansen, Scandinavian J. Statistics 5 (1978) 141-150.
 */
int tta_cif(const struct tta_cif_input *in, const struct tta_cif_options *options,
            struct tta_cif_row **rows, size_t *count, struct tta_error *e);

/*
 * Puts another standard error in the place of the jackknife's, with limits from it: Aalen's, of
 * tied events hypergeometric, as R's cmprsk::cuminc. rows: what tta_cif has made of persons,
 * without weights and clusters.
 *
 * O. O. Aalen, Annals of Statistics 6 (1978) 534-545.
 */
int tta_cif_aalen(struct tta_cif_row *rows, size_t count, double level, struct tta_error *e);

/*
 * Gray's test that the cumulative incidence of a cause is the same in all
 * groups, as R's cmprsk::cuminc; rho = 0 is the usual one. stratum NULL: one.
 * Weights, counts, entries and clusters are not looked at. NaN when it cannot be told.
 *
 * R. J. Gray, Annals of Statistics 16 (1988) 1141-1154.
 */
int tta_gray(const struct tta_cif_input *in, const int32_t *stratum, int32_t strata, int32_t cause,
             double rho, bool timefix, struct tta_cox_test *result, struct tta_error *e);

/* How censorings at the time of events are taken in Fine and Gray's weights. */
enum tta_finegray_kind {
    TTA_FINEGRAY_CMPRSK,  /* R's cmprsk::crr: who has an event could still be censored then */
    TTA_FINEGRAY_SURVIVAL /* R's survival::finegray: events leave before the censorings */
};

/*
 * Fine and Gray's regression on the cumulative incidence of one cause: who had
 * another cause stays at risk, weighted with the share not yet censored, which is
 * estimated by stratum. in->event is not looked at; in->entry and in->weight must be NULL.
 *
 * CMPRSK: Breslow's ties, and the variance that knows the weights are estimated
 * (R: cmprsk::crr; with strata and clusters crrSC). SURVIVAL: ties as the options
 * say, and the robust variance by person or cluster, weights taken as known (R:
 * finegray, then coxph with the person as cluster). se and covariance are these
 * sandwich variances, robust NULL. Linear after the sort; R expands the rows.
 *
 * J. P. Fine, R. J. Gray, JASA 94 (1999) 496-509; B. Zhou et al., Biometrics 67
 * (2011) 661-670 (strata), Biostatistics 13 (2012) 371-383 (clusters).
 */
int tta_finegray(const struct tta_cox_input *in, const int32_t *cause, int32_t of,
                 enum tta_finegray_kind kind, const struct tta_cox_options *options,
                 struct tta_cox_fit *fit, struct tta_error *e);

#endif
