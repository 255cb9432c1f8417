/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_MODEL_H
#define TTA_MODEL_H
/*
 * The right-hand side of a regression: what is made of the columns.
 *
 * An item is one or more parts with a colon between them (their product): a
 * column's name, log(COLUMN), or ns(COLUMN,K), a natural cubic spline with K
 * columns, the boundary knots at the ends of the data and the K - 1 others at
 * its quantiles, as ns(x, df = K) of R's package splines.
 *
 * A factor is one term for each level but the reference. In a product it is so
 * too when the rest of the product is an item of its own; else all levels have
 * a term (R's rule for contrasts). Of several factors the first varies fastest.
 */
#include "tta/frame.h"

enum tta_part_kind { TTA_PART_COLUMN, TTA_PART_LOG, TTA_PART_SPLINE };

struct tta_part {
    size_t column; /* place in columns */
    enum tta_part_kind kind;
    int knots; /* of a spline: K */
};

struct tta_item {
    struct tta_part *part;
    size_t count;
    char *label; /* "arm:sex" */
};

struct tta_model {
    const char **columns; /* each once, in the order of their first use */
    size_t column_count;
    struct tta_item *item;
    size_t count;
};

/*
 * From the values of an option that were split at commas: ns(x and 3) is joined
 * again. TTA_E_USAGE for anything else than above, and for an item given twice.
 */
int tta_model_parse(const char *const *texts, size_t count, struct tta_model *m,
                    struct tta_error *e);
void tta_model_release(struct tta_model *m);

/*
 * The design matrix of n rows. v: the model's columns as finished variables;
 * reference: of each, a place in its levels; count: how many equal rows a row stands for (a
 * spline's knots are quantiles of them), NULL: 1. Beside the terms item_of says which
 * item each belongs to. TTA_E_DATA for a factor with one level, a log of a number that is
 * not above 0, a log or spline of a factor, too many terms.
 */
int tta_model_design(const struct tta_model *m, const struct tta_variable *v,
                     const int32_t *reference, size_t n, const double *count,
                     struct tta_design *out, struct tta_error *e);

/*
 * The same of other rows, which are predicted from a fit: like is the design it was made
 * on, whose splines keep their knots and go on as lines behind the ends. v: as finished variables
 * with the levels of then.
 */
int tta_model_design_like(const struct tta_model *m, const struct tta_variable *v,
                          const int32_t *reference, size_t n, const struct tta_design *like,
                          struct tta_design *out, struct tta_error *e);

/* A natural cubic spline of k columns. All pointers go into knot, which is its own. */
struct tta_spline {
    int k;
    double *knot;        /* k + 7: four at either end, k - 1 between them */
    double *reflect[2];  /* k + 2 each: two Householder vectors */
    double *row, *slope; /* k + 6: work of tta_spline_basis */
};

/* Knots at the quantiles of x; count as above. TTA_E_DATA when two of them are equal. */
int tta_spline_make(const double *x, const double *count, size_t n, int k, const char *name,
                    struct tta_spline *s, struct tta_error *e);
/* The basis at x, as R's ns() and predict() of it: out is n x k, column after column. */
void tta_spline_basis(const struct tta_spline *s, const double *x, size_t n, double *out);
void tta_spline_release(struct tta_spline *s);

#endif
