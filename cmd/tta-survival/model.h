/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_MODEL_H
#define TTA_CMD_SURVIVAL_MODEL_H
/* What the regressions share: outcome, covariates, strata and offset, made into arrays. */
#include "covariates.h"
#include "tta/cox.h"
#include "tta/model.h"

struct model_args {
    struct tta_list x, factor, ref, strata;
    struct tta_list by; /* cif only */
    const char *offset;
    int ties;
    bool robust;
    double level;
};

struct model {
    struct outcome outcome;
    struct covariates columns; /* of the formula, then strata and offset that are not there too */
    const char **names;        /* of columns */
    struct tta_model formula;
    size_t *strata;       /* places in columns */
    size_t *by;           /* the same */
    size_t offset, cause; /* the same, of one column */
    /* once all rows are in: */
    struct tta_design design;
    struct tta_groups groups, by_groups;
    struct tta_cox_input in;
    struct tta_cox_options options;
    bool fractional; /* weights that are not whole numbers */
};

extern const char *const model_ties[];

/* clang-format off: it takes braces in macros for blocks */
#define MODEL_OPTIONS(type)                                                                        \
    {.name = "x",                                                                                  \
     .value = "TERM,...",                                                                          \
     .kind = TTA_OPT_LIST,                                                                         \
     .needed = true,                                                                               \
     .offset = offsetof(type, model.x),                                                            \
     .help = "covariates: COLUMN, log(COLUMN), ns(COLUMN,K), or a product, COLUMN:COLUMN"},        \
        {.name = "factor",                                                                         \
         .value = "COLUMN,...",                                                                    \
         .kind = TTA_OPT_LIST,                                                                     \
         .offset = offsetof(type, model.factor),                                                   \
         .help = "covariates whose numbers are names of kinds"},                                   \
        {.name = "ref",                                                                            \
         .value = "COLUMN=VALUE,...",                                                              \
         .kind = TTA_OPT_LIST,                                                                     \
         .offset = offsetof(type, model.ref),                                                      \
         .help = "the kind the others are compared with [the first in byte order]"},               \
        {.name = "strata",                                                                         \
         .value = "COLUMN,...",                                                                    \
         .kind = TTA_OPT_LIST,                                                                     \
         .offset = offsetof(type, model.strata),                                                   \
         .help = "each combination of values has a baseline hazard of its own"},                   \
        {.name = "offset",                                                                         \
         .value = "COLUMN",                                                                        \
         .kind = TTA_OPT_TEXT,                                                                     \
         .offset = offsetof(type, model.offset),                                                   \
         .help = "added to the linear predictor"},                                                 \
    {                                                                                              \
        .name = "ties", .value = "efron|breslow|exact", .kind = TTA_OPT_CHOICE,                    \
        .choices = model_ties, .offset = offsetof(type, model.ties),                               \
        .help = "events at one time [efron]"                                                       \
    }
/* clang-format on */

/* In begin. */
int model_begin(struct tta_run *run, const struct outcome_args *outcome,
                const struct model_args *args, struct model *m, struct tta_error *e);
/* In record. */
int model_record(struct tta_run *run, struct model *m, struct tta_error *e);
/* In end: fills in and options. */
int model_finish(struct tta_run *run, const struct outcome_args *outcome,
                 const struct model_args *args, struct model *m, struct tta_error *e);
void model_release(struct model *m);

/* Of one stratum, "all" without --strata. */
const char *model_stratum(const struct model *m, int32_t stratum);

/* The coefficient table: its columns, with robust_se or without, and its rows. */
int model_set_columns(struct tta_run *run, bool robust, bool by_cause, struct tta_error *e);
int model_emit(struct tta_run *run, const struct tta_cox_fit *fit, const struct tta_design *design,
               const char *cause, struct tta_error *e);
/* The form's columns, for --help and --schema. */
extern const struct tta_column model_columns[];

#endif
