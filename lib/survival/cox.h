/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_SURVIVAL_COX_H
#define TTA_SURVIVAL_COX_H
/*
 * The parts of a Cox regression: rows made ready (cox_data.c, cox_arrange.c), the sweep over
 * the risk sets (cox_sweep.c), the likelihood and its derivatives
 * (cox_likelihood.c, cox_exact.c), the linear algebra (cox_solve.c), the search
 * for infinite coefficients (cox_infinite.c), and Newton's method around them
 * (cox.c). After it: the baseline hazard (cox_steps.c), robust variance
 * (cox_robust.c), residuals (cox_residuals.c), the test of proportional hazards
 * (cox_zph.c), curves (cox_curves.c), concordance (concordance.c). Coefficients are per standard
 * deviation of the covariate here.
 */
#include "tta/cox.h"

/*
 * The rows of a stratum between two event times, the earlier included: the same
 * risk sets gain them all. The events, all at the earlier time, stand last.
 */
struct tta_cox_block {
    uint32_t rows, events;
    uint32_t leavers; /* rows of later blocks that had not entered at this time */
    int32_t stratum;  /* the first block of each is the one at its last event */
    double time;      /* of the events */
    double tied;      /* how many events: rows, or their counts */
    double weight;    /* of the events, in all */
};

#define TTA_COX_STAYS UINT32_MAX

struct tta_cox_data {
    size_t p;
    size_t rows; /* in some risk set */
    size_t blocks;
    struct tta_cox_block *block; /* stratum after stratum, latest first */
    double *x;                   /* rows x p, row after row; centred and scaled */
    double *scale, *centre;      /* p; the covariate is scale * x + centre */
    double *offset;              /* rows, or NULL */
    double *weight;              /* rows, times the count; or NULL */
    uint32_t *row;               /* rows: number of the input row */
    uint32_t *until;  /* rows: the first block that the row is not in any more; NULL: none is */
    uint32_t *leaver; /* the rows that leave, in the order of the blocks they leave before */
    size_t leavers;
    double
        *leaver_x; /* of each what x, offset and weight hold: they would be looked for all over */
    double *leaver_offset, *leaver_weight;
    uint32_t *heap; /* rows, of work for cox_infinite.c; NULL when none leaves */
    double events;  /* with their counts */
    /* after a competing event: Fine and Gray's regression only, else NULL */
    double *late;  /* rows: 1 / G at its time; 0 without a competing event */
    double *share; /* blocks: G at the time */
    bool whole;    /* all rows of the input are there */
};

/*
 * For Fine and Gray's regression: who had a competing event stays in the risk sets
 * behind it, with the weight G(t-) / G(time-), G the share not yet censored.
 */
struct tta_cox_late {
    const double *factor; /* by input row: 1 / G(time-) after a competing event, else 0 */
    const size_t *start;  /* of each stratum in time and g, which are in order of time */
    const double *time;
    const double *g; /* G(time-) */
};

/* Checks and arranges the input; late may be NULL. Errors as tta_cox. */
int tta_cox_data_make(const struct tta_cox_input *in, bool timefix, const struct tta_cox_late *late,
                      struct tta_cox_data *d, struct tta_error *e);
void tta_cox_data_release(struct tta_cox_data *d);

/*
 * Of it the blocks, and which rows are in them: row, until and leaver. late: rows may stay
 * behind their time. order: of the input with its entries.
 */
struct tta_time_order;
int tta_cox_arrange(const struct tta_cox_input *in, bool late, const struct tta_time_order *order,
                    struct tta_cox_data *d, struct tta_error *e);

static inline bool tta_cox_is_first(const struct tta_cox_data *d, size_t block)
{
    return block == 0 || d->block[block].stratum != d->block[block - 1].stratum;
}

/* Sums over rows of w, w x and (lower triangle) w x x', where w = weight exp(x'beta - base). */
struct tta_cox_sums {
    double s0;
    double *s1; /* p */
    double *s2; /* p x p, behind s1; not there in a sweep without it */
};

/*
 * All risk sets, one block after the other. base follows the largest x'beta of
 * the rows so far, so that whatever beta is, no exp() overflows and no risk
 * set's sum is 0: where time and covariate go hand in hand, early and late risk
 * sets are thousands apart in x'beta.
 */
struct tta_cox_sweep {
    const struct tta_cox_data *d;
    const double *beta;
    bool second;    /* with s2 */
    size_t block;   /* of the risk set that the last call made; counts from 0 */
    size_t places;  /* rows so far: the events are the last of them */
    size_t first;   /* of the stratum */
    size_t left;    /* leavers so far */
    size_t at_risk; /* rows */
    double base, peak;
    double *eta;              /* rows: x'beta + offset */
    struct tta_cox_sums all;  /* the risk set */
    struct tta_cox_sums tied; /* the events of its time, where there are several */
    struct tta_cox_sums here; /* of all, those whose own time has not come */
    struct tta_cox_sums gone; /* those after a competing event, times late */
    bool begun;
};

/* How many doubles of work a sweep wants. */
size_t tta_cox_work_size(const struct tta_cox_data *d);
struct tta_cox_sweep tta_cox_sweep(const struct tta_cox_data *d, const double *beta, bool second,
                                   double *work);
/* The next risk set. false: there was none. */
bool tta_cox_sweep_next(struct tta_cox_sweep *s);

/* The log partial likelihood at beta, its gradient and minus its second derivative. */
struct tta_cox_point {
    double *beta;  /* p */
    double *score; /* p */
    double *info;  /* p x p, symmetric */
    double loglik; /* -INFINITY where it cannot be told from it */
};

/* What one risk set adds to them, to the lower triangle of info only. */
void tta_cox_point_clear(struct tta_cox_point *at, size_t p);
int tta_cox_add_block(const struct tta_cox_sweep *s, enum tta_ties ties, struct tta_cox_point *at,
                      struct tta_error *e);
int tta_cox_evaluate(const struct tta_cox_data *d, enum tta_ties ties, struct tta_cox_point *at,
                     double *work, struct tta_error *e);

/*
 * The exact part of several events at one time: the log of the sum over all
 * choices of as many of the risk set, its gradient and second derivative, are
 * taken from at.
 */
int tta_cox_add_exact(const struct tta_cox_sweep *s, struct tta_cox_point *at, struct tta_error *e);

/* info = scale^-1 P L L' P' scale^-1, pivoted Cholesky */
struct tta_cox_solver {
    size_t p;
    double *unit;   /* p, one over the root of the diagonal of info at 0 */
    double *factor; /* p x p, L in the lower triangle */
    double *work;   /* 2 p */
    int *pivot;     /* p, from 1 */
};

/* Factors info. Returns the rank; below p the matrix counts as singular. */
size_t tta_cox_factor(struct tta_cox_solver *s, const double *info);
/* step = info^-1 score, and the inverse itself (destroys the factor). Rank p only. */
void tta_cox_solve(struct tta_cox_solver *s, const double *score, double *step);
void tta_cox_invert(struct tta_cox_solver *s, double *inverse);
/* v' matrix^-1 v; NaN where the matrix is singular. */
int tta_cox_quadratic(const double *matrix, const double *v, size_t p, double *result,
                      struct tta_error *e);
/* The first term that is a linear combination of those before it. */
size_t tta_cox_first_dependent(struct tta_cox_solver *s, const double *info);

/*
 * Whether at every event direction'x of the row with the event is the largest
 * of all at risk, but for tolerance x sum |direction|: then the likelihood grows
 * for ever in that direction. work: as many doubles as there are rows.
 */
bool tta_cox_is_infinite(const struct tta_cox_data *d, const double *direction, double tolerance,
                         double *work);
/* The same, exactly, for each term alone, up and down. false: none; else *term and *sign. */
bool tta_cox_infinite_term(const struct tta_cox_data *d, size_t *term, int *sign, double *work);
/* Whether the term has one value among all at risk, at every event. */
bool tta_cox_is_constant(const struct tta_cox_data *d, size_t term, double *work);

/* fit's coefficients for x as scaled; beta: p. */
static inline void tta_cox_scale_coef(const struct tta_cox_data *d, const double *coef,
                                      double *beta)
{
    for (size_t j = 0; j < d->p; j++)
        beta[j] = coef[j] * d->scale[j];
}

/* What options NULL stands for. */
extern const struct tta_cox_options tta_cox_usual;
struct tta_cox_test tta_cox_chi_square(double statistic, size_t df);

/*
 * The cumulative baseline hazard at the covariates' centre, and the integral of
 * the mean of x (scaled) over it: block b's entry holds its own events and those
 * of all blocks behind it in the stratum, which are earlier. So a row that is at
 * risk from block a up to, but without, block u has the cumulative hazard
 * exp(eta) (hazard[a] - hazard[u]), u of none being 0.
 */
struct tta_cox_steps {
    size_t p, blocks;
    double *hazard;    /* blocks */
    double *mean;      /* blocks x p: integral of the mean of x */
    double *centre;    /* blocks x p: mean of x over the risk sets of this block's events */
    uint32_t *own_at;  /* blocks: place in own; NULL where nothing is tied, after Efron */
    double *own;       /* 1 + p for each block with ties, the first for all others, of zeros: what
                          tied events do not bear of the hazard of their time, and of the mean */
    double *late;      /* blocks: the hazard times share of all later blocks; NULL as d->late */
    double *late_mean; /* blocks x p: the same of the mean */
    double *variance;  /* blocks: of hazard, were the coefficients known; NULL unless for a curve */
    double *n_risk;    /* blocks: rows at risk; the same */
    double *eta;       /* rows */
    double *work;      /* what holds eta */
};
int tta_cox_steps_make(const struct tta_cox_data *d, enum tta_ties ties, const double *beta,
                       struct tta_cox_steps *s, struct tta_error *e);
int tta_cox_steps_curve(const struct tta_cox_data *d, enum tta_ties ties, const double *beta,
                        struct tta_cox_steps *s, struct tta_error *e);
void tta_cox_steps_release(struct tta_cox_steps *s);

/* The baseline hazard that a row of the block bore; event: whether it is one of its events. */
double tta_cox_exposure(const struct tta_cox_data *d, const struct tta_cox_steps *s, size_t block,
                        size_t place, double event);
/* Its score residual, by p, for x as scaled. */
void tta_cox_score_residual(const struct tta_cox_data *d, const struct tta_cox_steps *s,
                            size_t block, size_t place, double event, double *score);

/* tta_cox with late rows; a sandwich variance is left to the caller then. */
int tta_cox_fit_late(const struct tta_cox_input *in, const struct tta_cox_options *options,
                     const struct tta_cox_late *late, struct tta_cox_fit *fit, struct tta_error *e);
/* z, p and limits from robust_se, or se. */
void tta_cox_set_limits(struct tta_cox_fit *fit, double quantile);
/* robust = covariance meat covariance (meat: lower triangle), and what follows from it. */
int tta_cox_sandwich(const double *meat, struct tta_cox_fit *fit, struct tta_error *e);

/* Fills robust and robust_se, and wald by them. */
int tta_cox_robust(const struct tta_cox_input *in, const struct tta_cox_data *d, enum tta_ties ties,
                   const double *beta, struct tta_cox_fit *fit, struct tta_error *e);

/* A copy of the term's name that is fit for a message. Returns out. */
const char *tta_cox_term(const struct tta_cox_input *in, size_t term, char out[96]);

#endif
