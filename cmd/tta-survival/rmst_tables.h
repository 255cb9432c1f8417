/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_RMST_TABLES_H
#define TTA_CMD_SURVIVAL_RMST_TABLES_H
/* The table of tta-survival rmst. */
#include "covariates.h"
#include "tta/survival.h"

struct rmst_args {
    struct outcome_args outcome;
    const char *by;
    struct tta_list x, factor, ref;
    double tau, level;
};

struct rmst_state {
    struct outcome outcome;
    struct covariates columns; /* the group, then the covariates */
    const char **names;
};

extern const struct tta_column rmst_columns[];

int rmst_write(struct tta_run *run, const struct rmst_args *args, const struct rmst_state *state,
               const struct tta_groups *groups, struct tta_error *e);

#endif
