/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_GROUPED_H
#define TTA_CMD_SURVIVAL_GROUPED_H
/* An outcome in groups (--by), within strata (--strata): what km, test and rmst work on. */
#include "covariates.h"
#include "outcome.h"
#include "parts.h"
#include "tta/survival.h"

struct grouped {
    struct outcome outcome;
    struct covariates columns; /* those of --by, then those of --strata */
    const char **names;
    size_t by, strata; /* how many columns of each */
    struct tta_groups group, stratum;
    const struct parts_args *parts;
    struct tta_counts counts; /* of merged parts */
    struct tta_km_input in;   /* filled by grouped_finish */
};

struct grouped_args {
    const struct outcome_args *outcome;
    const struct tta_list *by, *strata; /* strata may be NULL */
    const struct parts_args *parts;     /* NULL: takes no parts */
};

/* In begin. */
int grouped_begin(struct tta_run *run, const struct grouped_args *args, struct grouped *g,
                  struct tta_error *e);
/* In record. */
int grouped_add(struct tta_run *run, struct grouped *g, struct tta_error *e);
/*
 * In end: the arrays of the estimators. With --partial there is nothing to estimate: the counts
 * are the output, and *done is set.
 */
int grouped_finish(struct tta_run *run, struct grouped *g, bool *done, struct tta_error *e);
/* After it: the rows of one person belong together where errors are robust. */
int grouped_robust(struct tta_run *run, struct grouped *g, bool asked, struct tta_error *e);
/* "all", or "arm=indsats, sex=M". */
const char *grouped_label(const struct grouped *g, int32_t group);
/* The same as a message may show it: no number that could be a person's. Returns out. */
const char *grouped_shown(const struct tta_groups *groups, size_t group, char *out, size_t size);
/* Was every group followed to tau, or has all of it had the event? Else an error with its name. */
int grouped_check_tau(const struct tta_km_result *km, const struct tta_groups *groups, double tau,
                      struct tta_error *e);
void grouped_release(struct grouped *g);

/* The numbers of a list option, each from least to most. */
int numbers_of(const struct tta_list *list, const char *option, double least, double most,
               double **out, struct tta_error *e);

#endif
