/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget net: what an effort brought each payer, year by year (lib/cost/net.c). */
#include "evaluation.h"
#include "study.h"
#include "tta-budget.h"

struct args {
    const char *cases, *costs, *benefits;
    struct evaluation_args evaluation;
};

struct record {
    struct tta_text case_id, benefit;
    int64_t year, weeks, first_week;
};

struct state {
    struct study study;
    struct evaluation evaluation;
    struct tta_benefits benefits;
};

static const struct args defaults = {.benefits = "satser-2020", .evaluation = EVALUATION_DEFAULTS};

static const struct tta_option options[] = {
    {.name = "cases",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .needed = true,
     .offset = offsetof(struct args, cases),
     .help = "everybody in the study: case_id, arm"},
    {.name = "costs",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, costs),
     .help = "of the effort: year, payer, amount in prices of --price-year"},
    {.name = "benefits",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, benefits),
     .help = "what a week costs whom: built in or a JSON file [satser-2020]"},
    EVALUATION_OPTIONS(struct args),
    {.name = NULL},
};

#define AT(member) offsetof(struct record, member)
static const struct tta_column reads[] = {
    {.name = "case_id", .type = TTA_TEXT, .offset = AT(case_id), .help = "one of --cases"},
    {.name = "year", .type = TTA_INTEGER, .offset = AT(year), .help = "of the weeks"},
    {.name = "benefit", .type = TTA_TEXT, .offset = AT(benefit), .help = "an id of --benefits"},
    {.name = "weeks", .type = TTA_DECIMAL, .offset = AT(weeks), .help = "on it in that year"},
    {.name = "first_week",
     .type = TTA_INTEGER,
     .flags = TTA_OPTIONAL,
     .offset = AT(first_week),
     .help = "its number in the count of the refusion [1]"},
    {.name = NULL},
};

static const char *const levels[] = {"year", "all_payers", "payer", "total", NULL};
enum { YEAR_PAYER, YEAR_ALL, PAYER_SUM, TOTAL };
enum { LEVEL, YEAR, PAYER, GAIN, COST, NET, PRESENT, CUMULATIVE, BREAK_EVEN };
static const struct tta_column adds[] = {
    {.name = "level", .type = TTA_CHOICE, .choices = levels, .help = "year, all_payers ..."},
    {.name = "year", .type = TTA_INTEGER, .help = "calendar year"},
    {.name = "payer", .type = TTA_CHOICE, .choices = tta_payer_names, .help = "whose money"},
    {.name = "gain", .type = TTA_MONEY, .help = "benefits at the control's averages less its own"},
    {.name = "cost", .type = TTA_MONEY, .help = "of the effort"},
    {.name = "net", .type = TTA_MONEY, .help = "gain - cost"},
    {.name = "present_value", .type = TTA_MONEY, .help = "of net"},
    {.name = "cumulative", .type = TTA_MONEY, .help = "of the present values, of the perspective"},
    {.name = "break_even", .type = TTA_INTEGER, .help = "year from which that stays above 0"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc;

    if (args->evaluation.rate == NULL)
        return tta_fail(e, TTA_E_USAGE, "--rate and --first-year are needed; --rate=0 is a rate");
    if (tta_benefits_load(args->benefits, &state->benefits, e) != 0)
        return e->code;
    rc = tta_used_document(run, "benefits", state->benefits.id, state->benefits.hash, e);
    if (rc == 0)
        rc = evaluation_begin(run, &args->evaluation, NULL, &state->evaluation, e);
    if (rc == 0)
        rc = evaluation_currency(&state->evaluation, state->benefits.currency, e);
    if (rc == 0)
        rc = study_read(run, args->cases, args->costs, args->evaluation.first_year, &state->study,
                        e);
    return rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct record *r = tta_record(run);
    struct state *state = tta_state(run);
    int32_t number = tta_names_find(&state->study.names, r->case_id);
    int64_t first = r->first_week == TTA_INTEGER_NONE ? 1 : r->first_week, ore[TTA_PAYERS];
    int rc;

    if (number < 0)
        return tta_fail(e, TTA_E_DATA, "column case_id: weeks of a case that is not known");
    rc =
        tta_benefit_cost(&state->benefits, &state->evaluation.index,
                         (int32_t)args->evaluation.price_year, r->benefit, r->weeks, first, ore, e);
    if (rc == 0)
        rc = tta_net_weeks_take(&state->study.weeks, &state->benefits, r->benefit, number, r->year,
                                r->weeks, first, e);
    for (int i = 0; rc == 0 && i < TTA_PAYERS; i++)
        rc = tta_net_add(state->study.net, state->study.arm[number], r->year, i, ore[i], e);
    return rc;
}

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

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);
    const struct tta_net *net = state->study.net;
    struct tta_net_row payer[TTA_PAYERS] = {{0}}, total = {0}, row, year;
    int64_t break_even = TTA_INTEGER_NONE;
    union tta_slot *own = tta_own(run);
    int rc = 0;

    evaluation_note(run);
    for (int32_t y = 0; rc == 0 && y <= net->last_year; y++) {
        year = (struct tta_net_row){0};
        for (int i = 0; rc == 0 && i < TTA_PAYERS; i++) {
            rc = tta_net_row(net, &state->evaluation.rate,
                             (enum tta_flow_timing)args->evaluation.timing, y, i, &row, e);
            if (rc == 0 && (!tta_net_row_add(&payer[i], &row) ||
                            ((state->evaluation.payers >> i & 1) != 0 &&
                             (!tta_net_row_add(&year, &row) || !tta_net_row_add(&total, &row)))))
                rc = tta_fail(e, TTA_E_DATA, "an amount too large to hold");
            own[YEAR].integer = net->first_year + y;
            own[PAYER].choice = i;
            if (rc == 0)
                rc = emit(run, YEAR_PAYER, &row, e);
        }
        if (total.present_ore < 0)
            break_even = TTA_INTEGER_NONE;
        else if (break_even == TTA_INTEGER_NONE)
            break_even = net->first_year + y;
        own[YEAR].integer = net->first_year + y;
        own[CUMULATIVE].ore = total.present_ore;
        if (rc == 0)
            rc = emit(run, YEAR_ALL, &year, e);
    }
    for (int i = 0; rc == 0 && i < TTA_PAYERS; i++) {
        own[PAYER].choice = i;
        rc = emit(run, PAYER_SUM, &payer[i], e);
    }
    own[BREAK_EVEN].integer = break_even;
    return rc == 0 ? emit(run, TOTAL, &total, e) : rc;
}

static void release(struct tta_run *run)
{
    study_release(&((struct state *)tta_state(run))->study);
}

const struct tta_tool tta_budget_net = {
    .command = "net",
    .summary = "what an effort brought each payer, year by year",
    .example = "  tta-budget net --cases=cases.csv --perspective=kommune --price-year=2020 \\\n"
               "      --rate=fm2021 --first-year=2020 weeks.csv",
    .about = "Weeks on benefits, net of refusion and tax, against the control's averages.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .reads = reads,
    .adds = adds,
    .record_size = sizeof(struct record),
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
