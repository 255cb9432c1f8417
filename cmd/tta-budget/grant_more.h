/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_GRANT_MORE_H
#define TTA_CMD_BUDGET_GRANT_MORE_H
/* Columns that tta-budget grant adds when it is asked: --exact, --renegotiate, --years. */
#include "tta/cost.h"
#include "tta/tool.h"

struct grant_more_args {
    bool exact, renegotiate;
    int64_t years;
};

struct grant_more_record {
    int64_t actual_category2;
    int32_t arm;
};

struct grant_more {
    struct tta_grant_exact exact;
    struct tta_renegotiation difference;
    struct tta_grant_phase phase;
};

/* offset: of the grant_more_record in the record. */
int grant_more_begin(struct tta_run *run, const struct grant_more_args *args, size_t offset,
                     struct tta_error *e);
int grant_more_compute(const struct grant_more_args *args, const struct grant_more_record *r,
                       const struct tta_cost_model *model, const struct tta_grant *grant,
                       struct grant_more *out, struct tta_error *e);
void grant_more_put(const struct grant_more_args *args, const struct grant_more *more,
                    union tta_slot *own);

#endif
