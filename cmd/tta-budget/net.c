/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget net: what an effort brought each payer, year by year (lib/cost/net.c). */
#include <stdlib.h>

#include "net_rows.h"
#include "study.h"
#include "tta-budget.h"

struct args {
    const char *cases, *costs, *benefits;
    struct evaluation_args evaluation;
    int by;
};

struct record {
    struct tta_text case_id, benefit;
    int64_t year, weeks, first_week, count;
};

struct state {
    struct study study;
    struct evaluation evaluation;
    struct tta_benefits benefits;
    struct tta_net_view view;
    int64_t *case_ore; /* by number of the name */
};

static const char *const forms[] = {"year", "case", NULL};
enum { BY_YEAR, BY_CASE };

static const struct args defaults = {.benefits = "satser-2020", .evaluation = EVALUATION_DEFAULTS};

static const struct tta_option options[] = {
    {.name = "cases",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .needed = true,
     .offset = offsetof(struct args, cases),
     .help = "everybody in the study: case_id, arm, and in_work if known"},
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
    {.name = "by",
     .value = "year|case",
     .kind = TTA_OPT_CHOICE,
     .choices = forms,
     .offset = offsetof(struct args, by),
     .help = "the result, or what each case cost, for icer [year]"},
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
    {.name = "count",
     .type = TTA_INTEGER,
     .flags = TTA_OPTIONAL,
     .offset = AT(count),
     .help = "which count: 2 when it has begun anew [1]"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc;

    if (args->evaluation.rate == NULL || args->evaluation.horizon == 0)
        return tta_fail(e, TTA_E_USAGE,
                        "--rate, --first-year and --horizon are needed; --rate=0 is a rate");
    if (tta_benefits_load(args->benefits, &state->benefits, e) != 0)
        return e->code;
    rc = tta_used_document(run, "benefits", state->benefits.id, state->benefits.hash, e);
    if (rc == 0)
        rc = evaluation_begin(run, &args->evaluation, NULL, &state->evaluation, e);
    if (rc == 0)
        rc = evaluation_currency(&state->evaluation, state->benefits.currency, e);
    if (rc != 0)
        return rc;
    state->study.last_year = state->evaluation.last_year;
    rc = study_read(run, args->cases, args->costs, args->evaluation.first_year, &state->study, e);
    if (rc != 0)
        return rc;
    evaluation_note_beyond(run, "rows of --costs", state->study.beyond, &state->evaluation);
    state->view = (struct tta_net_view){state->evaluation.payers, &state->evaluation.rate,
                                        (enum tta_flow_timing)args->evaluation.timing};
    state->case_ore = calloc((size_t)state->study.names.count, sizeof *state->case_ore);
    if (state->case_ore == NULL)
        return tta_fail_memory(e);
    return args->by == BY_CASE ? tta_set_columns(run, reads, net_case_columns, e) : 0;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct record *r = tta_record(run);
    struct state *state = tta_state(run);
    int32_t number = tta_names_find(&state->study.names, r->case_id);
    int64_t first = r->first_week == TTA_INTEGER_NONE ? 1 : r->first_week, ore[TTA_PAYERS];
    int64_t count = r->count == TTA_INTEGER_NONE ? 1 : r->count;
    struct study *study = &state->study;
    int rc;

    if (number < 0)
        return tta_fail(e, TTA_E_DATA, "column case_id: weeks of a case that is not known");
    rc =
        tta_benefit_cost(&state->benefits, &state->evaluation.index,
                         (int32_t)args->evaluation.price_year, r->benefit, r->weeks, first, ore, e);
    if (rc == 0)
        rc = tta_net_weeks_take_of(&study->weeks, &state->benefits, r->benefit, number, r->year,
                                   r->weeks, first, count, e);
    if (rc != 0 || evaluation_beyond(&state->evaluation, r->year))
        return rc;
    for (int i = 0; rc == 0 && i < TTA_PAYERS; i++)
        rc = tta_net_add(study->net, study->arm[number], r->year, i, ore[i], e);
    if (rc == 0)
        rc = tta_net_case_add(study->net, &state->view, r->year, ore, &state->case_ore[number], e);
    return rc != 0 ? rc
                   : tta_net_add_weeks(study->net, &state->benefits, r->benefit, study->arm[number],
                                       r->weeks, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);

    evaluation_note(run);
    evaluation_note_beyond(run, "rows of weeks", state->evaluation.beyond, &state->evaluation);
    if (args->by == BY_CASE)
        return net_case_rows(run, &state->study, &state->view, state->case_ore, e);
    return net_rows(run, state->study.net, &state->evaluation,
                    (enum tta_flow_timing)args->evaluation.timing, e);
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    study_release(&state->study);
    free(state->case_ore);
}

const struct tta_tool tta_budget_net = {
    .command = "net",
    .summary = "what an effort brought each payer, year by year",
    .example = "  tta-budget net --cases=cases.csv --perspective=kommune --price-year=2020 \\\n"
               "      --rate=fm2021 --first-year=2020 --horizon=2 weeks.csv",
    .about = "Weeks on benefits, net of refusion and tax, against the control's averages.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .reads = reads,
    .adds = net_columns,
    .record_size = sizeof(struct record),
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
