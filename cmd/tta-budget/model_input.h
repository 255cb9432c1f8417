/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_MODEL_INPUT_H
#define TTA_CMD_BUDGET_MODEL_INPUT_H
/* What tta-budget model reads, and the head of the document that it writes. */
#include "evaluation.h"
#include "net_input.h"
#include "tta/cost_evaluation.h"

struct model_args {
    const char *cases, *costs, *activity, *prices, *benefits, *id;
    struct evaluation_args evaluation;
    bool gross;
    struct tta_list persons, range, distribution;
};

struct model_input {
    struct study study;
    struct evaluation evaluation;
    struct tta_benefits benefits;
    struct tta_prices prices;
    struct tta_evaluation_rules rules;
    struct tta_evaluation quantities;
    struct tta_scenario scenario;
    unsigned char activity_hash[32];
};

/* Reads all but the weeks. */
int model_begin(struct tta_run *run, const struct model_args *args, struct model_input *m,
                struct tta_error *e);
int model_take(struct tta_run *run, const struct net_weeks *r, struct model_input *m,
               struct tta_error *e);
/* The document: where it comes from, with the hashes of all that it rests on. */
int model_write(struct tta_run *run, const struct model_args *args, struct model_input *m,
                struct tta_buffer *out, struct tta_error *e);

#endif
