/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_COST_ROWS_H
#define TTA_CMD_BUDGET_COST_ROWS_H
/* What tta-budget cost writes. */
#include "courses.h"
#include "evaluation.h"

extern const struct tta_column cost_columns[];

int cost_rows(struct tta_run *run, const struct tta_prices *prices,
              const struct tta_costing *costing, const struct evaluation *evaluation,
              const struct courses *courses, struct tta_error *e);

/* With --by=year, as net --costs reads them. */
extern const struct tta_column cost_year_columns[];
int cost_year_rows(struct tta_run *run, const struct tta_cost_years *years, struct tta_error *e);

#endif
