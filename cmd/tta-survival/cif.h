/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_CIF_H
#define TTA_CMD_SURVIVAL_CIF_H
/* tta-survival cif: its options (cif.c) and its three tables (cif_output.c). */
#include "grouped.h"
#include "model.h"
#include "tta/competing.h"

struct cif_args {
    struct outcome_args outcome;
    struct model_args model;
    struct parts_args parts;
    struct tta_list causes, at;
    bool test;
    double rho;
    int regression, convention; /* -1: not said, the first */
    int std_err;
};
enum { CIF_FINEGRAY, CIF_CAUSE_SPECIFIC };
enum { CIF_JACKKNIFE, CIF_AALEN };

struct cif {
    struct model model;
    int32_t *cause;        /* by row, 0 censored */
    struct tta_text *name; /* of each cause, from 0 */
    int32_t causes;
    uint8_t *event; /* of one cause */
    double *at;     /* as many as --at names */
};

extern const struct tta_column cif_columns[], cif_test_columns[];

/* In begin: do the options go together? One that would change nothing is an error. */
int cif_check_options(const struct cif_args *args, struct tta_error *e);

/* In begin, with --merge: what was counted. */
int cif_check_counts(const struct cif_args *args, const struct tta_counts_of *of,
                     struct tta_error *e);

/* In record: is the cell a cause that differs from one before only in how it is written? */
int cif_check_new_cause(const struct cif_args *args, const struct cif *c,
                        const struct tta_either *cell, struct tta_error *e);

/* In record: is the event one of --causes, or a censoring? */
int cif_check_cause(const struct cif_args *args, const struct outcome_record *r,
                    struct tta_error *e);
/* In end, before the others: cause, name and causes. */
int cif_number_causes(const struct cif_args *args, struct cif *c, struct tta_error *e);

int cif_emit_curves(struct tta_run *run, const struct cif_args *args, const struct cif *c,
                    struct tta_error *e);
int cif_emit_tests(struct tta_run *run, const struct cif_args *args, const struct cif *c,
                   struct tta_error *e);
int cif_emit_regressions(struct tta_run *run, const struct cif_args *args, struct cif *c,
                         struct tta_error *e);

#endif
