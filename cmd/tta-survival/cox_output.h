/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_COX_OUTPUT_H
#define TTA_CMD_SURVIVAL_COX_OUTPUT_H
/* What tta-survival cox can write beside its table of coefficients. */
#include "model.h"

extern const struct tta_column cox_summary_columns[], cox_curve_columns[];

int cox_emit_summary(struct tta_run *run, const struct model *m, const struct tta_cox_fit *fit,
                     struct tta_error *e);

/* In begin: does each of at name a column of the formula, or of the strata columns, once? */
int cox_check_curve(const struct model *m, size_t strata, const struct tta_list *at,
                    struct tta_error *e);
/*
 * at: COLUMN=VALUE for every column of the formula; none of them: all zero, all references.
 * A column of strata in it: the curve of that stratum only.
 */
int cox_emit_curve(struct tta_run *run, const struct model *m, const struct tta_cox_fit *fit,
                   size_t strata, const struct tta_list *at, struct tta_error *e);

/* kept: of each row of the input whether it is in the model; kinds: names of residuals. */
int cox_check_residuals(const struct tta_list *kinds, struct tta_error *e);
int cox_emit_residuals(struct tta_run *run, const struct model *m, const struct tta_cox_fit *fit,
                       const struct tta_list *kinds, const struct tta_buffer *kept,
                       struct tta_error *e);

#endif
