/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget cost: what an effort cost, from its activities (lib/cost/activity.c). */
#include "cost_rows.h"
#include "tta-budget.h"

struct args {
    const char *cases, *prices;
    struct evaluation_args evaluation;
    tta_date until;
    bool gross;
    int by;
};

struct record {
    struct tta_text case_id, component, currency;
    tta_date day;
    int64_t quantity;
};

struct state {
    struct courses courses;
    struct evaluation evaluation;
    struct tta_prices prices;
    struct tta_costing_rules rules;
    struct tta_costing costing;
    struct tta_cost_years years;
};

static const char *const forms[] = {"component", "year", NULL};
enum { BY_COMPONENT, BY_YEAR };

static const struct args defaults = {
    .prices = "vestegn-2020", .until = TTA_DATE_NONE, .evaluation = EVALUATION_DEFAULTS};

static const struct tta_option options[] = {
    {.name = "cases",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .needed = true,
     .offset = offsetof(struct args, cases),
     .help = "courses that were started: case_id, completed"},
    {.name = "prices",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, prices),
     .help = "unit prices: a built-in document or a JSON file [vestegn-2020]"},
    EVALUATION_OPTIONS_SAID(struct args,
                            "discount: 0.04, fm2013, fm2021; without it nothing is discounted",
                            "year 0 of the discounting, and of the horizon; they need it",
                            "from --first-year on; what comes later is left out, and said"),
    {.name = "until",
     .value = "DATE",
     .kind = TTA_OPT_DATE,
     .offset = offsetof(struct args, until),
     .help = "last day of the study; investments need it"},
    {.name = "gross",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct args, gross),
     .help = "leave subsidies and saved costs out"},
    {.name = "by",
     .value = "component|year",
     .kind = TTA_OPT_CHOICE,
     .choices = forms,
     .offset = offsetof(struct args, by),
     .help = "sums, or what net --costs reads: year, payer, amount [component]"},
    {.name = NULL},
};

#define AT(member) offsetof(struct record, member)
static const struct tta_column reads[] = {
    {.name = "case_id", .type = TTA_TEXT, .offset = AT(case_id), .help = "one of --cases"},
    {.name = "date", .type = TTA_DATE, .offset = AT(day), .help = "of the activity"},
    {.name = "component", .type = TTA_TEXT, .offset = AT(component), .help = "an id of --prices"},
    {.name = "quantity", .type = TTA_DECIMAL, .offset = AT(quantity), .help = "of its units"},
    {.name = "currency",
     .type = TTA_TEXT,
     .flags = TTA_OPTIONAL,
     .offset = AT(currency),
     .help = "another than that of the prices is an error"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    char until[TTA_DATE_SIZE];
    int rc;

    if (args->by == BY_YEAR && args->evaluation.rate != NULL)
        return tta_fail(e, TTA_E_USAGE, "--by=year is not discounted: no --rate");
    if (args->until != TTA_DATE_NONE && args->evaluation.horizon > 0)
        return tta_fail(e, TTA_E_USAGE, "either --until or --horizon");
    if (args->until != TTA_DATE_NONE)
        tta_date_write(args->until, TTA_DATE_ISO, until);
    rc = tta_prices_load(args->prices, &state->prices, e);
    if (rc == 0)
        rc = tta_used_document(run, "prices", state->prices.id, state->prices.hash, e);
    if (rc == 0)
        rc = evaluation_begin(run, &args->evaluation, args->until == TTA_DATE_NONE ? NULL : until,
                              &state->evaluation, e);
    state->rules = (struct tta_costing_rules){
        .prices = &state->prices,
        .index = &state->evaluation.index,
        .price_year = (int32_t)args->evaluation.price_year,
        .rate = state->evaluation.discounts ? &state->evaluation.rate : NULL,
        .first_year = (int32_t)args->evaluation.first_year,
        .timing = (enum tta_flow_timing)args->evaluation.timing,
        .until =
            args->evaluation.horizon == 0 ? args->until : evaluation_last_day(&state->evaluation),
        .gross = args->gross};
    if (rc == 0)
        rc = tta_costing_check(&state->rules, e);
    if (rc == 0 && args->by == BY_YEAR)
        rc = tta_set_columns(run, reads, cost_year_columns, e);
    return rc != 0 ? rc : courses_read(run, args->cases, &state->courses, e);
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct record *r = tta_record(run);
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);

    if (tta_names_find(&state->courses.names, r->case_id) < 0)
        return tta_fail(e, TTA_E_DATA, "column case_id: an activity for a case that is not known");
    if (evaluation_row_currency(r->currency, state->prices.currency, e) != 0)
        return e->code;
    if (evaluation_beyond_day(&state->evaluation, r->day))
        return 0;
    if (args->by == BY_YEAR)
        return tta_cost_years_add(&state->rules, r->component, r->day, r->quantity, &state->years,
                                  e);
    return tta_costing_add(&state->rules, r->component, r->day, r->quantity, &state->costing, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);

    evaluation_note(run);
    evaluation_note_beyond(run, "activities", state->evaluation.beyond, &state->evaluation);
    if (args->by == BY_YEAR)
        return cost_year_rows(run, &state->years, e);
    return cost_rows(run, &state->prices, &state->costing, &state->evaluation, &state->courses, e);
}

static void release(struct tta_run *run)
{
    courses_release(&((struct state *)tta_state(run))->courses);
}

const struct tta_tool tta_budget_cost = {
    .command = "cost",
    .summary = "what an effort cost, from activities and unit prices",
    .example = "  tta-budget cost --cases=courses.csv --perspective=public --price-year=2020 \\\n"
               "      --rate=0.04 --first-year=2020 --horizon=2 activities.csv",
    .about = "By component and payer, then all payers of the perspective together, and for each\n"
             "started and each completed course.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .reads = reads,
    .adds = cost_columns,
    .record_size = sizeof(struct record),
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
