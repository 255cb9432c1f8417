/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cost_rows.h"

static const char *const levels[] = {"component", "residual",  "payer", "total",
                                     "started",   "completed", NULL};
enum { COMPONENT, RESIDUAL, PAYER_SUM, TOTAL, STARTED, COMPLETED };
enum { LEVEL, ID, CLASS, PAYER, QUANTITY, AMOUNT, PRESENT };
const struct tta_column cost_columns[] = {
    {.name = "level",
     .type = TTA_CHOICE,
     .choices = levels,
     .help = "component, residual, payer, total, started or completed"},
    {.name = "id", .type = TTA_TEXT, .flags = TTA_NULLABLE, .help = "of the component"},
    {.name = "class", .type = TTA_TEXT, .flags = TTA_NULLABLE, .help = "of the component"},
    {.name = "payer",
     .type = TTA_CHOICE,
     .flags = TTA_NULLABLE,
     .choices = tta_payer_names,
     .help = "who pays it"},
    {.name = "quantity", .type = TTA_DECIMAL, .flags = TTA_NULLABLE, .help = "units, or courses"},
    {.name = "amount", .type = TTA_MONEY, .help = "in prices of --price-year"},
    {.name = "present_value",
     .type = TTA_MONEY,
     .flags = TTA_NULLABLE,
     .help = "discounted, where there is a --rate"},
    {.name = NULL},
};

static int emit(struct tta_run *run, bool discounts, int level, const struct tta_cost_sum *sum,
                int64_t quantity, struct tta_error *e)
{
    union tta_slot *own = tta_own(run);

    own[LEVEL].choice = level;
    own[QUANTITY].micro = quantity;
    own[AMOUNT].ore = sum->amount_ore;
    if (discounts)
        own[PRESENT].ore = sum->present_ore;
    return tta_emit(run, e);
}

static int components(struct tta_run *run, const struct tta_prices *prices,
                      const struct tta_costing *costing, bool discounts, struct tta_error *e)
{
    union tta_slot *own = tta_own(run);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < prices->count; i++) {
        const struct tta_component *c = &prices->component[i];
        const struct tta_cost_sum *sum = &costing->component[i];

        if (sum->quantity_micro == 0)
            continue;
        own[ID].text = tta_text_of(c->id);
        own[CLASS].text = tta_text_of(tta_cost_class_names[c->class]);
        own[PAYER].choice = (int32_t)c->payer;
        rc = emit(run, discounts, COMPONENT, sum, sum->quantity_micro, e);
    }
    for (int level = RESIDUAL; level <= PAYER_SUM; level++)
        for (int i = 0; rc == 0 && i < TTA_PAYERS; i++) {
            const struct tta_cost_sum *sum =
                level == RESIDUAL ? &costing->residual[i] : &costing->payer[i];

            own[PAYER].choice = i;
            if (level == PAYER_SUM || sum->amount_ore != 0)
                rc = emit(run, discounts, level, sum, TTA_INTEGER_NONE, e);
        }
    return rc;
}

int cost_rows(struct tta_run *run, const struct tta_prices *prices,
              const struct tta_costing *costing, const struct evaluation *evaluation,
              const struct courses *courses, struct tta_error *e)
{
    const int64_t each_of[] = {courses->names.count, courses->completed};
    bool discounts = evaluation->discounts;
    struct tta_cost_sum total, each;
    int rc = components(run, prices, costing, discounts, e);

    if (rc == 0)
        rc = tta_costing_total(costing, evaluation->payers, &total, e);
    if (rc == 0)
        rc = emit(run, discounts, TOTAL, &total, TTA_INTEGER_NONE, e);
    for (int i = 0; rc == 0 && i < 2; i++) {
        if (each_of[i] == 0)
            continue;
        each = tta_costing_each(&total, each_of[i]);
        rc = emit(run, discounts, STARTED + i, &each, each_of[i] * TTA_MICRO, e);
    }
    return rc;
}

const struct tta_column cost_year_columns[] = {
    {.name = "year", .type = TTA_INTEGER, .help = "calendar year"},
    {.name = "payer", .type = TTA_CHOICE, .choices = tta_payer_names, .help = "who pays it"},
    {.name = "amount", .type = TTA_MONEY, .help = "in prices of --price-year; a residual below 0"},
    {.name = NULL},
};

static int emit_year(struct tta_run *run, int year, const int64_t ore[TTA_PAYERS],
                     struct tta_error *e)
{
    union tta_slot *own = tta_own(run);
    int rc = 0;

    for (int i = 0; rc == 0 && i < TTA_PAYERS; i++) {
        if (ore[i] == 0)
            continue;
        own[0].integer = year;
        own[1].choice = i;
        own[2].ore = ore[i];
        rc = tta_emit(run, e);
    }
    return rc;
}

int cost_year_rows(struct tta_run *run, const struct tta_cost_years *years, struct tta_error *e)
{
    int rc = 0;

    for (int y = 0; rc == 0 && y < TTA_COST_YEARS; y++) {
        rc = emit_year(run, TTA_COST_FIRST_YEAR + y, years->paid_ore[y], e);
        if (rc == 0)
            rc = emit_year(run, TTA_COST_FIRST_YEAR + y, years->residual_ore[y], e);
    }
    return rc;
}
