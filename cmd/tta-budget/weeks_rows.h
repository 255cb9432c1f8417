/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_WEEKS_ROWS_H
#define TTA_CMD_BUDGET_WEEKS_ROWS_H
/* What tta-budget weeks writes of a case: rows by year and benefit, or one; or of the arms. */
#include "tta/cost_dream.h"
#include "tta/tool.h"

extern const struct tta_column weeks_columns[];
extern const struct tta_column weeks_arm_columns[];
extern const struct tta_column weeks_case_columns[];

int weeks_rows(struct tta_run *run, struct tta_text id, struct tta_dream_walk *walk,
               struct tta_error *e);
/* A row for each benefit that somebody was on, and arm. */
int weeks_arms(struct tta_run *run, const struct tta_dream_codes *codes,
               const struct tta_dream_sums *sums, struct tta_error *e);
int weeks_case(struct tta_run *run, struct tta_text id, int32_t arm,
               const struct tta_dream_work *work, struct tta_error *e);

#endif
