/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_GRANT_MORE_H
#define TTA_CMD_BUDGET_GRANT_MORE_H
/* Columns that tta-budget grant adds when it is asked: --exact, --renegotiate, --years. */
#include "tta/cost.h"
#include "tta/names.h"
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
/* Who has applied: each municipality once, and a consortium with one arm. */
struct applicants {
    struct tta_names names;
    int32_t *arm; /* by consortium */
    int32_t count, cap;
};
/* consortium: its number, or -1; arm: -1 where none is read. TTA_E_DATA, and nothing is taken. */
int applicants_take(struct applicants *a, struct tta_text name, int32_t consortium, int32_t arm,
                    struct tta_error *e);
void applicants_release(struct applicants *a);
void grant_more_put(const struct grant_more_args *args, const struct grant_more *more,
                    union tta_slot *own);

#endif
