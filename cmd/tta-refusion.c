/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-refusion: who pays which day of sickness benefit: employer, state,
 * municipality.
 *
 * Lov om sygedagpenge §§ 30, 50, 53 and 62, lov 994 of 30 August 2015 §§ 5, 6,
 * 29 and 30; shares, employer periods and maximum rates are documents
 * (lib/data/refusion, lib/data/rates). lib/refusion computes; cmd/tta-refusion
 * holds what the form needs to read and to write.
 */
#include "tta-refusion/tta-refusion.h"

#include <stdlib.h>

static const struct args defaults = {
    .until = TTA_DATE_NONE, .maximum = "sygedagpenge-max", .employer_period = "employer-period"};

#define OPTION(n, k, m, v, h)                                                                      \
    {                                                                                              \
        .name = n, .kind = k, .offset = offsetof(struct args, m), .value = v, .help = h            \
    }
static const char *const empty_benefits[] = {"error", "maximum", NULL};
static const struct tta_option options[] = {
    OPTION("scheme", TTA_OPT_LIST, scheme, "auto|NAME|FILE,...",
           "shares of the state: by date, or one of 2006, 2010, 2011, 2016 [auto]"),
    OPTION("reading", TTA_OPT_LIST, reading, "NAME,...",
           "read the acts otherwise, as their documents say"),
    OPTION("by", TTA_OPT_LIST, by, "PERIOD,...",
           "rows of case, week, month or year; then sums by COLUMN,... [case]"),
    OPTION("until", TTA_OPT_DATE, until, "DATE", "last day counted in cases that are still open"),
    OPTION("persons", TTA_OPT_FLAG, persons, NULL,
           "count weeks of benefit by person_id, over cases in order of it"),
    OPTION("history", TTA_OPT_TEXT, history, "FILE",
           "other support of persons: person_id, from, to, kind"),
    OPTION("activity", TTA_OPT_TEXT, activity, "FILE",
           "active days of cases: case_id, from, to, kind, hours_per_week"),
    OPTION("compare", TTA_OPT_LIST, compare, "auto|NAME|FILE,...",
           "add what the same would cost each payer under another scheme"),
    OPTION("explain", TTA_OPT_FLAG, explain, NULL,
           "add the paragraphs, and how sure they are known"),
    {.name = "empty-benefit",
     .kind = TTA_OPT_CHOICE,
     .offset = offsetof(struct args, empty_benefit),
     .value = "error|maximum",
     .help = "what an empty weekly_benefit means [error]",
     .choices = empty_benefits},
    OPTION("allow-above-maximum", TTA_OPT_FLAG, above, NULL,
           "let benefits above the maximum of their week pass"),
    OPTION("maximum", TTA_OPT_TEXT, maximum, "NAME|FILE",
           "maximum weekly benefit by date [sygedagpenge-max]"),
    OPTION("employer-period", TTA_OPT_TEXT, employer_period, "NAME|FILE",
           "days of the employer by first absence day [employer-period]"),
    OPTION("partial", TTA_OPT_FLAG, partial, NULL, "write sums of a part of the rows, for --merge"),
    OPTION("merge", TTA_OPT_FLAG, merge, NULL, "add the sums of parts written by --partial"),
    {.name = NULL},
};

/* A bad row leaves its person as the row before left it. */
static int person_rows(struct tta_run *run, const struct tta_refusion_case *c,
                       int (*rows)(struct tta_run *, const struct tta_refusion_case *,
                                   struct tta_error *),
                       struct tta_error *e)
{
    struct state *state = tta_state(run);
    struct tta_refusion_person person = state->person, other = state->other_person;
    int rc = rows(run, c, e);

    if (rc != 0) {
        state->person = person;
        state->other_person = other;
    }
    return rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    static int (*const rows[])(struct tta_run *, const struct tta_refusion_case *,
                               struct tta_error *) = {
        [BY_CASE] = by_case, [BY_WEEK] = by_week, [BY_MONTH] = by_month, [BY_YEAR] = by_month};
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    struct tta_refusion_case c;
    int rc;

    if (args->merge)
        return merge_row(run, e);
    rc = refusion_case(run, &c, e);
    if (rc == 0)
        rc = args->persons ? person_rows(run, &c, rows[state->by], e) : rows[state->by](run, &c, e);
    if (rc != 0)
        return rc;
    return refusion_count(run, &c, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);

    refusion_notes(run);
    if (args->activity != NULL && !args->partial && tta_saw_all_rows(run) &&
        activity_check_used(&state->activity, e) != 0)
        return e->code;
    return state->by >= BY_MONTH ? by_month_end(run, e) : 0;
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    activity_release(&state->activity);
    history_release(&state->history);
    tta_totals_release(&state->totals);
    tta_partials_release(&state->partials);
    tta_buffer_release(&state->partial_id);
    tta_partial_inputs_release(&state->inputs);
    tta_refusion_why_release(&state->why);
    tta_buffer_release(&state->case_before);
    free(state->periods);
}

static const struct tta_tool refusion = {
    .summary = "split sickness benefit between employer, state and municipality",
    .example = "  tta-refusion cases.csv > paid.csv\n"
               "  tta-refusion --by=month,municipality cases.csv > report.csv",
    .about = "Week k of a case is days 7(k-1) to 7k-1 after the first absence day; Monday to\n"
             "Friday earn a fifth of the weekly benefit each. The parts always add up.",
    .shape = TTA_ROWS,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .reads = refusion_reads,
    .adds = refusion_adds,
    .record_size = sizeof(struct record),
    .state_size = sizeof(struct state),
    .begin = refusion_begin,
    .record = record,
    .end = end,
    .release = release,
};

static const struct tta_tool *const tools[] = {&refusion, NULL};
static const struct tta_program program = {
    .name = "tta-refusion", .summary = "who pays which day of benefit", .tools = tools};

int main(int argc, char **argv)
{
    return tta_main(&program, argc, argv);
}
