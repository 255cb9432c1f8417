/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_MODEL_H
#define TTA_CMD_SURVIVAL_MODEL_H
/* What the regressions share: outcome, covariates, strata and offset, made into arrays. */
#include "covariates.h"
#include "parts.h"
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
    size_t *strata; /* places in columns */
    size_t *by;     /* the same */
    size_t strata_count, by_count;
    bool by_of_parts, strata_of_parts; /* merging: those the parts have, where none are named */
    size_t offset, cause;              /* the same, of one column */
    size_t weight; /* the same, where rows are counted: those of a kind weigh the same */
    size_t named;  /* of columns, without a weight that is nothing else */
    const struct parts_args *parts; /* NULL: takes no parts */
    struct tta_counts counts;       /* of merged parts */
    bool one_by_one;                /* the estimator knows no counts: equal rows stay apart */
    bool needs_rows;                /* cell_of is wanted */
    /* once all rows are in, these are cells: */
    double *count;     /* of each, how many rows it stands for; or NULL */
    uint32_t *cell_of; /* by row that was read; or NULL */
    struct tta_design design;
    struct tta_groups groups, by_groups;
    struct tta_cox_input in;
    struct tta_cox_options options;
    bool jackknife; /* the errors are robust whatever is asked */
    bool no_errors; /* none are wanted */
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
         .help = "the kind the others are compared with [the first]"},                             \
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
/* In end: fills in and options. With --partial the counts are the output: model_is_part. */
int model_finish(struct tta_run *run, const struct outcome_args *outcome,
                 const struct model_args *args, struct model *m, struct tta_error *e);
/* Says so when there are fewer events (of that cause, or NULL) than terms. */
void model_note_events(struct tta_run *run, const struct model *m, const char *cause);
bool model_is_part(const struct model *m);
void model_release(struct model *m);

/* Are rows counted: for a part, or by the parts that are merged? */
bool model_counts(const struct model *m);
/* In begin, with --partial: all columns as they stand. */
int model_counts_begin(struct tta_run *run, const struct outcome_args *outcome, struct model *m,
                       struct tta_error *e);
/* In begin, with --merge: which columns --by and --strata are, and what is not used is noted. */
void model_counts_choose(struct tta_run *run, const struct model *m, const struct model_args *args,
                         struct tta_list *by, struct tta_list *strata);
/* In end, with --partial: the counts. */
int model_counts_write(struct tta_run *run, struct model *m, const char *offset,
                       struct tta_error *e);
/* In begin, with --merge: the counts as rows. */
int model_counts_fill(struct model *m, struct tta_error *e);
/* In end, when the columns are finished: the rows, or counts, as cells. */
int model_cells_take(struct model *m, struct tta_error *e);

/* Of one stratum, "all" without --strata. */
const char *model_stratum(const struct model *m, int32_t stratum);

/* The coefficient table: its columns, with robust_se or without, and its rows. */
int model_set_columns(struct tta_run *run, bool robust, bool by_cause, struct tta_error *e);
int model_emit(struct tta_run *run, const struct tta_cox_fit *fit, const struct tta_design *design,
               const char *cause, struct tta_error *e);
/* The form's columns, for --help and --schema. */
extern const struct tta_column model_columns[];

#endif
