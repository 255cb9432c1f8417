/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget model: an evaluation as a scenario with dials (lib/cost/evaluation.c). */
#include "model_input.h"
#include "tta-budget.h"
#include "varied.h"

static const struct model_args defaults = {
    .benefits = "satser-2020", .id = "evaluation", .evaluation = EVALUATION_DEFAULTS};

#define OPTION(n, v, k, m, h)                                                                      \
    {                                                                                              \
        .name = n, .value = v, .kind = k, .offset = offsetof(struct model_args, m), .help = h      \
    }
static const struct tta_option options[] = {
    OPTION("cases", "FILE", TTA_OPT_TEXT, cases, "everybody in the study, as of net"),
    OPTION("persons", "N,N", TTA_OPT_LIST, persons, "instead, as of net"),
    OPTION("costs", "FILE", TTA_OPT_TEXT, costs, "of the effort: year, payer, amount, as of net"),
    OPTION("activity", "FILE", TTA_OPT_TEXT, activity,
           "of the effort: case_id, date, component, quantity, as of cost"),
    OPTION("prices", "NAME|FILE", TTA_OPT_TEXT, prices, "unit prices of it [vestegn-2020]"),
    OPTION("benefits", "NAME|FILE", TTA_OPT_TEXT, benefits,
           "what a week costs whom: built in or a JSON file [satser-2020]"),
    EVALUATION_OPTIONS(struct model_args),
    OPTION("gross", NULL, TTA_OPT_FLAG, gross, "leave subsidies and saved costs out"),
    OPTION("range", "INPUT=LOW:HIGH,...", TTA_OPT_LIST, range, "what sensitivity moves it between"),
    OPTION("distribution", "INPUT=KIND:NUMBER:NUMBER,...", TTA_OPT_LIST, distribution,
           "uniform, triangular, normal, lognormal, gamma or beta; what --draws draws from"),
    OPTION("id", "TEXT", TTA_OPT_TEXT, id, "of the document [evaluation]"),
    {.name = NULL},
};

static const struct tta_column none[] = {{.name = NULL}};

static int begin(struct tta_run *run, struct tta_error *e)
{
    tta_hash_inputs(run);
    return model_begin(run, tta_args(run), tta_state(run), e);
}

static int record(struct tta_run *run, struct tta_error *e)
{
    return model_take(run, tta_record(run), tta_state(run), e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct model_args *args = tta_args(run);
    struct model_input *m = tta_state(run);
    struct tta_buffer text = {0};
    int rc;

    evaluation_note(run);
    net_note(run, &m->study);
    evaluation_note_beyond(run, "rows of weeks", m->evaluation.beyond, &m->evaluation);
    rc = tta_evaluation_scenario(&m->rules, &m->quantities, m->study.net, &m->evaluation.rate,
                                 (enum tta_flow_timing)args->evaluation.timing, &m->scenario, e);
    if (rc == 0)
        rc = varied_ranges(&args->range, &m->scenario, e);
    if (rc == 0)
        rc = varied_distributions(&args->distribution, &m->scenario, e);
    if (rc == 0)
        rc = model_write(run, args, m, &text, e);
    if (rc == 0)
        rc = tta_print(run, &text, e);
    tta_buffer_release(&text);
    return rc;
}

static void release(struct tta_run *run)
{
    study_release(&((struct model_input *)tta_state(run))->study);
}

const struct tta_tool tta_budget_model = {
    .command = "model",
    .summary = "an evaluation as a model that scenario and sensitivity turn",
    .example = "  tta-budget model --cases=cases.csv --perspective=kommune --price-year=2020 \\\n"
               "      --rate=0.035 --first-year=2020 --horizon=3 --range=rate=0:0.06 \\\n"
               "      weeks.csv > mine.json\n"
               "  tta-budget sensitivity --model=./mine.json --figure=net_present",
    .about = "The rows of net and cost, added up as quantities by year; a JSON document.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct model_args),
    .defaults = &defaults,
    .reads = net_reads,
    .adds = none,
    .record_size = sizeof(struct net_weeks),
    .state_size = sizeof(struct model_input),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
