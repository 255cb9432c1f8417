/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget net: what an effort brought each payer, year by year (lib/cost/net.c). */
#include <stdlib.h>

#include "net_input.h"
#include "net_rows.h"
#include "tta-budget.h"

struct args {
    const char *cases, *costs, *benefits;
    struct tta_list persons;
    struct evaluation_args evaluation;
    int by;
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
     .offset = offsetof(struct args, cases),
     .help = "everybody in the study: case_id, arm, and in_work if known"},
    {.name = "persons",
     .value = "N,N",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, persons),
     .help = "instead: of intervention and control; rows are means of an arm"},
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

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc;

    if ((args->cases == NULL) == (args->persons.count == 0))
        return tta_fail(e, TTA_E_USAGE, "either --cases or --persons is needed");
    if (args->persons.count > 0 && args->by == BY_CASE)
        return tta_fail(e, TTA_E_USAGE, "--by=case needs --cases");
    if (args->persons.count > 0 && study_persons(&args->persons, &state->study, e) != 0)
        return e->code;
    if (args->evaluation.rate == NULL || args->evaluation.horizon == 0)
        return tta_fail(e, TTA_E_USAGE,
                        "--rate, --first-year and --horizon are needed; --rate=0 is a rate");
    rc = net_benefits(run, args->benefits, &state->benefits, e);
    if (rc == 0)
        rc = evaluation_begin(run, &args->evaluation, NULL, &state->evaluation, e);
    if (rc == 0)
        rc = evaluation_currency(&state->evaluation, state->benefits.currency, e);
    if (rc != 0)
        return rc;
    state->study.currency = state->benefits.currency;
    state->study.last_year = state->evaluation.last_year;
    rc = study_read(run, args->cases, args->costs, args->evaluation.first_year, &state->study, e);
    if (rc != 0)
        return rc;
    evaluation_note_beyond(run, "rows of --costs", state->study.beyond, &state->evaluation);
    state->view = (struct tta_net_view){state->evaluation.payers, &state->evaluation.rate,
                                        (enum tta_flow_timing)args->evaluation.timing};
    state->case_ore = calloc((size_t)state->study.names.count + 1, sizeof *state->case_ore);
    if (state->case_ore == NULL)
        return tta_fail_memory(e);
    return args->by == BY_CASE ? tta_set_columns(run, net_reads, net_case_columns, e) : 0;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct net_weeks *r = tta_record(run);
    struct state *state = tta_state(run);
    int64_t first = net_first_week(run, r), ore[TTA_PAYERS];
    int64_t count = r->count == TTA_INTEGER_NONE ? 1 : r->count, weeks = r->weeks;
    struct study *study = &state->study;
    struct net_who who;
    int rc = net_who(study, r, &who, e);

    if (rc == 0)
        rc = evaluation_row_currency(r->currency, study->currency, e);
    if (rc == 0)
        rc = tta_benefit_cost(&state->benefits, &state->evaluation.index,
                              (int32_t)args->evaluation.price_year, r->benefit, weeks,
                              first == TTA_INTEGER_NONE ? 1 : first, ore, e);
    if (rc == 0)
        rc = tta_net_weeks_take(&study->weeks, &state->benefits, r->benefit, who.number, r->year,
                                weeks, first, count, e);
    if (rc != 0 || evaluation_beyond(&state->evaluation, r->year))
        return rc;
    net_count(study, &state->benefits, r, first);
    rc = tta_net_times(who.persons, ore, &weeks, e);
    for (int i = 0; rc == 0 && i < TTA_PAYERS; i++)
        rc = tta_net_add(study->net, who.arm, r->year, i, ore[i], e);
    if (rc == 0 && args->by == BY_CASE)
        rc = tta_net_case_add(study->net, &state->view, r->year, ore, &state->case_ore[who.number],
                              e);
    return rc != 0 ? rc
                   : tta_net_add_weeks(study->net, &state->benefits, r->benefit, who.arm, weeks, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);

    evaluation_note(run);
    net_note(run, &state->study);
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
    .reads = net_reads,
    .adds = net_columns,
    .record_size = sizeof(struct net_weeks),
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
