/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget weeks: from spells of DREAM to weeks on benefits (lib/cost/dream.c). */
#include "dream_cases.h"
#include "evaluation.h"
#include "spell.h"
#include "tta-budget.h"
#include "weeks_rows.h"

struct args {
    const char *cases, *codes, *scheme, *no_code;
    struct dream_study study;
    int by;
};

struct state {
    struct tta_dream_codes codes;
    struct tta_refusion_scheme scheme;
    struct dream_cases cases;
    struct tta_dream_sums sums;
    int no_code; /* its number; -1: none */
};

static const struct args defaults = {
    .codes = "2015", .scheme = "2016", .study = {TTA_DATE_NONE, TTA_DATE_NONE, 0}};

static const char *const forms[] = {"benefit", "arm", "case", NULL};
enum { BY_BENEFIT, BY_ARM, BY_CASE };

static const struct tta_option options[] = {
    {.name = "cases",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, cases),
     .help = "everybody in the study: case_id, and arm and inclusion_date if known"},
    {.name = "codes",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, codes),
     .help = "what the codes mean: built in or a JSON file [2015]"},
    {.name = "scheme",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, scheme),
     .help = "of refusion, which numbers the weeks [2016]"},
    {.name = "since",
     .value = "DATE",
     .kind = TTA_OPT_DATE,
     .offset = offsetof(struct args, study.since),
     .help = "weeks before are counted, but not written"},
    {.name = "until",
     .value = "DATE",
     .kind = TTA_OPT_DATE,
     .offset = offsetof(struct args, study.until),
     .help = "last day of the study, where open spells end"},
    {.name = "follow-up",
     .value = "WEEKS",
     .kind = TTA_OPT_INTEGER,
     .least = 1,
     .most = 10000,
     .offset = offsetof(struct args, study.follow_up),
     .help = "so many from the day a case was included, or --since"},
    {.name = "no-code",
     .value = "CODE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, no_code),
     .help = "what a week without one is: 100 (work), 0 (self-support), another"},
    {.name = "by",
     .value = "benefit|arm|case",
     .kind = TTA_OPT_CHOICE,
     .choices = forms,
     .offset = offsetof(struct args, by),
     .help = "rows for net, means of the arms, or who of the cases works [benefit]"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    const char *end = args->by == BY_CASE     ? "--by=case"
                      : args->no_code != NULL ? "--no-code"
                                              : NULL;
    int rc;

    if (args->by == BY_ARM && args->cases == NULL)
        return tta_fail(e, TTA_E_USAGE, "--by=arm needs --cases");
    rc = dream_study_check(&args->study, args->cases != NULL, end, e);
    if (rc == 0)
        rc = tta_dream_codes_load(args->codes, &state->codes, e);
    if (rc == 0)
        rc = dream_no_code(&state->codes, args->no_code, &state->no_code, e);
    if (rc == 0)
        rc = tta_used_document(run, "dream", state->codes.id, state->codes.hash, e);
    if (rc == 0)
        rc = tta_refusion_scheme_load(args->scheme, NULL, &state->scheme, e);
    if (rc == 0)
        rc = tta_used_document(run, "refusion", state->scheme.id, state->scheme.hash, e);
    if (rc == 0 && args->by != BY_BENEFIT)
        rc = tta_set_columns(run, spell_columns,
                             args->by == BY_CASE ? weeks_case_columns : weeks_arm_columns, e);
    state->cases.needs_arm = args->by == BY_ARM;
    if (rc == 0 && args->cases != NULL)
        rc = dream_cases_read(run, args->cases, &args->study, &state->cases, e);
    return rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct spell *spell = tta_record(run);
    struct state *state = tta_state(run);
    struct dream_person *person;
    int code = tta_dream_find(&state->codes, spell->code);
    tta_date from, to;

    if (code < 0)
        return tta_fail(e, TTA_E_DATA, "column code: dream/%s does not know it", state->codes.id);
    if (spell_days(run, spell, &from, &to, e) != 0 ||
        dream_cases_find(&state->cases, spell->case_id, &person, e) != 0)
        return e->code;
    if (to == TTA_DATE_NONE) {
        to = tta_dream_window_end(dream_window(&args->study, person));
        if (to == TTA_DATE_NONE)
            return tta_fail(e, TTA_E_DATA, "an open spell needs --until or --follow-up");
        if (to < from)
            return 0; /* all of it lies behind the end */
    }
    return tta_dream_take(&person->weeks, &state->codes, code, from, to, e);
}

/* What is written, or added up, of a case. */
static int emit_case(struct tta_run *run, int32_t number, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    const struct dream_person *person = &state->cases.person[number];
    struct tta_dream_window window = dream_window(&args->study, person);
    struct tta_text id = tta_names_text(&state->cases.names, number);
    struct tta_dream_walk walk;
    int rc;

    if (dream_cases_empty(&state->cases, number))
        return 0;
    if (args->by == BY_CASE) {
        struct tta_dream_work work =
            tta_dream_work_of(&person->weeks, &state->codes, window, TTA_DREAM_RETURN);

        return weeks_case(run, id, person->arm, &work, e);
    }
    rc = tta_dream_walk_start(&walk, &state->codes, &state->scheme, &person->weeks, window, e);
    if (rc == 0 && args->by == BY_ARM)
        tta_dream_sum(&walk, person->arm, &state->sums);
    else if (rc == 0)
        rc = weeks_rows(run, id, &walk, e);
    tta_dream_walk_release(&walk);
    return rc;
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc = 0;

    evaluation_note(run);
    if (args->by == BY_CASE || args->no_code != NULL)
        rc = dream_cases_fill(&state->cases, &args->study, &state->codes, state->no_code, e);
    for (int32_t i = 0; rc == 0 && i < state->cases.names.count; i++)
        rc = emit_case(run, i, e);
    return rc == 0 && args->by == BY_ARM ? weeks_arms(run, &state->codes, &state->sums, e) : rc;
}

static void release(struct tta_run *run)
{
    dream_cases_release(&((struct state *)tta_state(run))->cases);
}

const struct tta_tool tta_budget_weeks = {
    .command = "weeks",
    .summary = "weeks on benefits, from spells of DREAM",
    .example = "  tta-budget weeks --until=2021-12-31 spells.csv |\n"
               "      tta-budget net --cases=cases.csv --perspective=kommune --price-year=2020 \\\n"
               "      --rate=fm2021 --first-year=2020 --horizon=2",
    .about = "One spell a row, in any order. A week has one code; each week gets its number in\n"
             "the count of the refusion.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .reads = spell_columns,
    .adds = weeks_columns,
    .record_size = sizeof(struct spell),
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
