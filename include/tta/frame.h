/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_FRAME_H
#define TTA_FRAME_H
/*
 * Columns of a file as the variables of a model: numbers, or factors with
 * levels; groups of rows; the design matrix.
 *
 * Whether a column holds numbers or kinds is a property of the whole column,
 * not of a cell: when all values are numbers it is numeric, when none is it is
 * a factor, and a mix is an error, since one mistyped age would otherwise turn
 * age into a factor with eighty levels.
 */
#include "tta/names.h"
#include "tta/type.h"

struct tta_variable {
    const char *name;  /* borrowed */
    bool forced;       /* a factor whatever its values look like */
    bool is_factor;    /* settled by the first value */
    int64_t first_row; /* the first value's in the input, for messages; 0: not said */
    size_t n, cap;
    double *number; /* numeric: n values */
    int32_t *level; /* factor: n places in levels; in level order once finished */
    struct tta_names levels;
    double *level_number; /* of each of levels, as the file's dialect reads it */
    int32_t level_cap;
    int32_t *order;   /* finished: order[i] is the i-th level's number in levels */
    bool number_like; /* all levels are numbers, and are ordered as such */
};

/* Could value, not missing, be the next? TTA_E_DATA, column named, when numbers and texts mix. */
int tta_variable_check(const struct tta_variable *v, const struct tta_either *value,
                       struct tta_error *e);

/* The next row's value. Fails as the check does; a level that was added stays a level. */
int tta_variable_add(struct tta_variable *v, const struct tta_either *value, struct tta_error *e);

/*
 * All rows are in: levels are put in order (of their numbers when all are
 * numbers, else of their bytes) and v->level becomes a place in that order.
 */
int tta_variable_finish(struct tta_variable *v, struct tta_error *e);

/* The i-th level in order. */
struct tta_text tta_variable_level(const struct tta_variable *v, int32_t i);

void tta_variable_release(struct tta_variable *v);

/* Rows by the values of several finished factors. */
struct tta_groups {
    int32_t *of_row; /* n */
    int32_t count;
    char **labels; /* "arm=indsats, sex=M" */
};
int tta_groups_make(const struct tta_variable *v, size_t count, size_t n, struct tta_groups *out,
                    struct tta_error *e);
void tta_groups_release(struct tta_groups *g);

/*
 * The design matrix of finished variables: a numeric one is one term, "age"; a
 * factor one term for every level but its reference, "arm=indsats". reference
 * is the place in order, by variable. TTA_E_DATA for a factor with one level.
 */
struct tta_design {
    size_t p;
    double *x;                 /* n x p, column after column */
    char **terms;              /* p */
    char **shown;              /* p: the terms as messages may show them, "case_id=(level 7)" */
    size_t *item_of;           /* p: the item of the model (tta/model.h) that the term belongs to */
    struct tta_spline *spline; /* of the model's splines, in their order */
    size_t splines;
};
int tta_design_make(const struct tta_variable *v, const int32_t *reference, size_t count, size_t n,
                    struct tta_design *out, struct tta_error *e);
void tta_design_release(struct tta_design *d);

#endif
