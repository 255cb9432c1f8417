/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_COVARIATES_H
#define TTA_CMD_SURVIVAL_COVARIATES_H
/* Columns named on the command line that explain (--x) or divide (--by) the outcome. */
#include "outcome.h"
#include "tta/frame.h"

struct covariates {
    size_t count;
    struct tta_variable *v;
    int32_t *reference; /* by variable, a place in its levels */
    int64_t *absent;    /* rows left out, by the first column without a value */
    bool keep_absent;   /* no row is left out: COVARIATES_ABSENT stands for the value */
    int64_t of_rows;    /* above 0: how many the merged parts have read */
};

/* No cell holds this: a NUL byte makes a row bad. */
#define COVARIATES_ABSENT                                                                          \
    {                                                                                              \
        "", 1                                                                                      \
    } /* a struct tta_text */

/*
 * In begin, behind outcome_begin: declares the columns, whose values stand in the
 * record behind the struct outcome_record. flags: TTA_NULLABLE when a row without
 * a value is left out rather than bad.
 */
int covariates_begin(struct tta_run *run, const struct tta_list *names, unsigned flags,
                     struct covariates *c, struct tta_error *e);
/* Which of them are factors whatever their values look like: those of "arm", or "arm=control". */
int covariates_force(struct covariates *c, const struct tta_list *items, const char *option,
                     struct tta_error *e);

/* In record: adds the whole row, outcome and covariates, or nothing at all. */
int covariates_add(const struct tta_run *run, struct covariates *c, struct outcome *o,
                   struct tta_error *e);

/* In end: orders the levels, and finds those of --ref. */
int covariates_finish(struct covariates *c, const struct tta_list *refs, struct tta_error *e);
/* Says how many rows were left out, and why, when there were any. */
void covariates_note(const struct tta_run *run, const struct covariates *c);
void covariates_release(struct covariates *c);

#endif
