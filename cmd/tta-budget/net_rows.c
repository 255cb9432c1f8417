/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "net_rows.h"

static const char *const levels[] = {"year", "all_payers", "payer", "total", "in_work", NULL};
enum { YEAR_PAYER, YEAR_ALL, PAYER_SUM, TOTAL, EACH_IN_WORK };
enum {
    LEVEL,
    YEAR,
    PAYER,
    GAIN,
    COST,
    NET,
    PRESENT,
    CUMULATIVE,
    BREAK_EVEN,
    PERSONS,
    MONTHS,
    NEEDED
};
const struct tta_column net_columns[] = {
    {.name = "level", .type = TTA_CHOICE, .choices = levels, .help = "year, all_payers ..."},
    {.name = "year", .type = TTA_INTEGER, .flags = TTA_NULLABLE, .help = "calendar year"},
    {.name = "payer",
     .type = TTA_CHOICE,
     .flags = TTA_NULLABLE,
     .choices = tta_payer_names,
     .help = "whose money"},
    {.name = "gain",
     .type = TTA_MONEY,
     .flags = TTA_NULLABLE,
     .help = "benefits at the control's averages less its own"},
    {.name = "cost", .type = TTA_MONEY, .flags = TTA_NULLABLE, .help = "of the effort"},
    {.name = "net", .type = TTA_MONEY, .flags = TTA_NULLABLE, .help = "gain - cost"},
    {.name = "present_value", .type = TTA_MONEY, .flags = TTA_NULLABLE, .help = "of net"},
    {.name = "cumulative",
     .type = TTA_MONEY,
     .flags = TTA_NULLABLE,
     .help = "of the present values, of the perspective"},
    {.name = "break_even",
     .type = TTA_INTEGER,
     .flags = TTA_NULLABLE,
     .help = "year from which that stays at 0 or above"},
    {.name = "persons",
     .type = TTA_DECIMAL,
     .flags = TTA_NULLABLE,
     .help = "more in work at the end than the control's"},
    {.name = "months",
     .type = TTA_DECIMAL,
     .flags = TTA_NULLABLE,
     .help = "fewer on benefits, of all persons together"},
    {.name = "break_even_months",
     .type = TTA_DECIMAL,
     .flags = TTA_NULLABLE,
     .help = "so many of them would have paid for the effort"},
    {.name = NULL},
};

static int emit(struct tta_run *run, int level, const struct tta_net_row *row, struct tta_error *e)
{
    union tta_slot *own = tta_own(run);

    own[LEVEL].choice = level;
    own[GAIN].ore = row->gain_ore;
    own[COST].ore = row->cost_ore;
    own[NET].ore = row->net_ore;
    own[PRESENT].ore = row->present_ore;
    return tta_emit(run, e);
}

/* What is added up over the years, of each payer and of the perspective. */
struct sums {
    struct tta_net_row payer[TTA_PAYERS], total;
    int64_t break_even;
};

static int emit_year(struct tta_run *run, const struct tta_net *net,
                     const struct evaluation *evaluation, enum tta_flow_timing timing, int32_t y,
                     struct sums *sums, struct tta_error *e)
{
    struct tta_net_row row, year = {0};
    union tta_slot *own = tta_own(run);
    int rc = 0;

    for (int i = 0; rc == 0 && i < TTA_PAYERS; i++) {
        rc = tta_net_row(net, &evaluation->rate, timing, y, i, &row, e);
        if (rc == 0 && (!tta_net_row_add(&sums->payer[i], &row) ||
                        ((evaluation->payers >> i & 1) != 0 &&
                         (!tta_net_row_add(&year, &row) || !tta_net_row_add(&sums->total, &row)))))
            rc = tta_fail(e, TTA_E_DATA, "an amount too large to hold");
        own[YEAR].integer = net->first_year + y;
        own[PAYER].choice = i;
        if (rc == 0)
            rc = emit(run, YEAR_PAYER, &row, e);
    }
    if (sums->total.present_ore < 0)
        sums->break_even = TTA_INTEGER_NONE;
    else if (sums->break_even == TTA_INTEGER_NONE)
        sums->break_even = net->first_year + y;
    own[YEAR].integer = net->first_year + y;
    own[CUMULATIVE].ore = sums->total.present_ore;
    return rc != 0 ? rc : emit(run, YEAR_ALL, &year, e);
}

/* The total, and of it for each person more who is in work at the end. */
static int emit_total(struct tta_run *run, const struct tta_net *net, const struct sums *sums,
                      struct tta_error *e)
{
    union tta_slot *own = tta_own(run);
    struct tta_net_people people;
    struct tta_net_row each;
    int rc = tta_net_people(net, &sums->total, &people, e);

    own[BREAK_EVEN].integer = sums->break_even;
    own[MONTHS].micro = people.months_micro;
    own[NEEDED].micro = people.break_even_micro;
    if (rc == 0)
        rc = emit(run, TOTAL, &sums->total, e);
    if (rc != 0 || people.additional_micro == TTA_INTEGER_NONE)
        return rc;
    own[PERSONS].micro = people.additional_micro;
    if (people.additional > 0)
        return tta_net_each(&sums->total, &people, &each, e) != 0
                   ? e->code
                   : emit(run, EACH_IN_WORK, &each, e);
    own[LEVEL].choice = EACH_IN_WORK;
    return tta_emit(run, e);
}

int net_rows(struct tta_run *run, const struct tta_net *net, const struct evaluation *evaluation,
             enum tta_flow_timing timing, struct tta_error *e)
{
    struct sums sums = {.break_even = TTA_INTEGER_NONE};
    int rc = 0;

    for (int32_t y = 0; rc == 0 && y <= net->last_year; y++)
        rc = emit_year(run, net, evaluation, timing, y, &sums, e);
    for (int i = 0; rc == 0 && i < TTA_PAYERS; i++) {
        tta_own(run)[PAYER].choice = i;
        rc = emit(run, PAYER_SUM, &sums.payer[i], e);
    }
    return rc != 0 ? rc : emit_total(run, net, &sums, e);
}
