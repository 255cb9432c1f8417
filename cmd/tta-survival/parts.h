/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_PARTS_H
#define TTA_CMD_SURVIVAL_PARTS_H
/* --partial, whose output is counts instead of an estimate, and --merge, which reads them. */
#include "covariates.h"
#include "tta/counts.h"

struct parts_args {
    const char *partial; /* NULL, "", or "I/N" */
    bool merge;
};

#define PARTS_OPTIONS(type)                                                                        \
    {.name = "partial",                                                                            \
     .value = "I/N",                                                                               \
     .kind = TTA_OPT_MAYBE,                                                                        \
     .offset = offsetof(type, parts.partial),                                                      \
     .help = "writes counts to merge: of the --shard, or of part I of N"},                         \
    {                                                                                              \
        .name = "merge", .kind = TTA_OPT_FLAG, .offset = offsetof(type, parts.merge),              \
        .help = "the FILEs are such counts, all parts of one input"                                \
    }

/* In begin, first: with --partial, no option of the form that only the estimation has. */
int parts_check_options(struct tta_run *run, const struct tta_tool *form,
                        const struct parts_args *args, struct tta_error *e);
/* In begin, with --partial: which part, and whether it can be one. */
int parts_begin(struct tta_run *run, const struct parts_args *args,
                const struct outcome_args *outcome, struct tta_error *e);

struct parts_columns {
    const struct covariates *columns; /* by, then strata, then others */
    size_t by, strata;                /* how many of each */
    const char *offset;               /* one of the others, or NULL */
};

/* What has been read, written as counts. */
int parts_write(struct tta_run *run, const struct parts_args *args, const struct outcome *o,
                const struct parts_columns *what, struct tta_error *e);

/* In begin, with --merge: all parts as one. */
int parts_read(struct tta_run *run, const struct outcome_args *outcome, struct tta_counts *out,
               struct tta_error *e);
/*
 * Which columns, of --by or --strata: those given, or none (--by=), or, where the option is not
 * there, the count columns that the parts were made with.
 */
void parts_choose(const struct tta_list *given, char *const *made, size_t count,
                  struct tta_list *out);
/*
 * The counts as rows of outcome and columns; place[i] is the column of the counts that is the
 * i-th of columns. expand: as many rows as there were, instead of a tally for each. Rows
 * without a value for one of the columns are left out, and counted there.
 */
int parts_fill(const struct tta_counts *c, const size_t *place, bool expand, struct outcome *o,
               struct covariates *columns, struct tta_error *e);
/* Where a column of the command line stands among those of the counts. */
int parts_find(const struct tta_counts *c, const char *name, size_t *place, struct tta_error *e);

#endif
