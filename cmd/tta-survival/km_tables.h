/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_KM_TABLES_H
#define TTA_CMD_SURVIVAL_KM_TABLES_H
/* The tables that tta-survival km can write. */
#include "grouped.h"

struct km_args {
    struct outcome_args outcome;
    struct tta_list by, at, quantiles;
    struct parts_args parts;
    int conf_type, estimator;
    double level, tau;
    bool robust, cumhaz;
};

struct km_state {
    struct grouped g;
    double *at, *quantiles;
};

extern const struct tta_column km_curve_columns[];

/* In begin: which table, and so which columns. */
int km_tables_begin(struct tta_run *run, const struct km_args *args, struct km_state *state,
                    struct tta_error *e);
int km_tables_write(struct tta_run *run, const struct km_args *args, const struct km_state *state,
                    const struct tta_km_result *result, struct tta_error *e);

#endif
