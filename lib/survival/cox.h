/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_SURVIVAL_COX_H
#define TTA_SURVIVAL_COX_H
/*
 * The parts of a Cox regression: rows made ready (cox_data.c), the likelihood
 * and its derivatives (cox_likelihood.c), the linear algebra (cox_solve.c), the
 * search for infinite coefficients (cox_infinite.c), and Newton's method around
 * them (cox.c). Coefficients are per standard deviation of the covariate here.
 */
#include "tta/survival.h"

/*
 * The rows between two event times, the earlier included: the same risk sets
 * hold them all. The events, all at the earlier time, stand last.
 */
struct tta_cox_block {
    size_t rows, events;
};

struct tta_cox_data {
    size_t p;
    size_t rows; /* in some risk set: those at or after the first event */
    size_t blocks;
    struct tta_cox_block *block; /* latest first */
    double *x;                   /* rows x p, row after row; centred and scaled */
    double *scale;               /* p; the covariate is scale * x + a constant */
};

/* Checks and arranges the input. Errors as tta_cox. */
int tta_cox_data_make(const struct tta_cox_input *in, bool timefix, struct tta_cox_data *d,
                      struct tta_error *e);
void tta_cox_data_release(struct tta_cox_data *d);

/* The log partial likelihood at beta, its gradient and minus its second derivative. */
struct tta_cox_point {
    double *beta;  /* p */
    double *score; /* p */
    double *info;  /* p x p, symmetric */
    double loglik; /* -INFINITY where it cannot be told from it */
};

/* How many doubles of work tta_cox_evaluate wants. */
size_t tta_cox_work_size(const struct tta_cox_data *d);
void tta_cox_evaluate(const struct tta_cox_data *d, struct tta_cox_point *at, double *work);

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
/* The first term that is a linear combination of those before it. */
size_t tta_cox_first_dependent(struct tta_cox_solver *s, const double *info);

/*
 * Whether at every event direction'x of the row with the event is the largest
 * of all at risk, but for tolerance x sum |direction|: then the likelihood grows
 * for ever in that direction.
 */
bool tta_cox_is_infinite(const struct tta_cox_data *d, const double *direction, double tolerance);
/* The same, exactly, for each term alone, up and down. false: none; else *term and *sign. */
bool tta_cox_infinite_term(const struct tta_cox_data *d, size_t *term, int *sign);

/* A copy of the term's name that is fit for a message. Returns out. */
const char *tta_cox_term(const struct tta_cox_input *in, size_t term, char out[96]);

#endif
