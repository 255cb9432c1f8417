/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-simulate cases: a stream of sick-leave cases (lib/simulate). */
#include "tta-simulate.h"
#include "tta/simulate.h"

struct args {
    const char *seed, *model;
    int64_t n;
};

struct state {
    struct tta_sim *sim;
    int64_t done;
};

static const struct args defaults = {.model = "cases"};

static const struct tta_option options[] = {
    {.name = "n",
     .value = "N",
     .kind = TTA_OPT_INTEGER,
     .most = INT64_C(1000000000),
     .needed = true,
     .offset = offsetof(struct args, n),
     .help = "how many cases"},
    {.name = "seed",
     .value = "TEXT",
     .kind = TTA_OPT_TEXT,
     .needed = true,
     .offset = offsetof(struct args, seed),
     .help = "the same text gives the same cases"},
    {.name = "model",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, model),
     .help = "shares and durations: a built-in model or a JSON file [cases]"},
    {.name = NULL},
};

enum {
    CASE_ID,
    MUNICIPALITY,
    AGE,
    SEX,
    EMPLOYMENT,
    FIRST,
    LAST,
    BENEFIT,
    WEEKS,
    HEALTH,
    CAPACITY,
    ABLE,
    TEAM,
    CLINIC
};
static const char *const sexes[] = {"m", "f", NULL};
static const char *const employments[] = {"employed", "unemployed", NULL};
static const struct tta_column adds[] = {
    {.name = "case_id", .type = TTA_INTEGER, .help = "1, 2, 3 ..."},
    {.name = "municipality_code", .type = TTA_INTEGER, .help = "drawn by size"},
    {.name = "age", .type = TTA_INTEGER, .help = "years"},
    {.name = "sex", .type = TTA_CHOICE, .choices = sexes, .help = "m or f"},
    {.name = "employment",
     .type = TTA_CHOICE,
     .choices = employments,
     .help = "employed or unemployed"},
    {.name = "first_absence_date", .type = TTA_DATE, .help = "first absence day"},
    {.name = "last_absence_date", .type = TTA_DATE, .help = "last absence day, included"},
    {.name = "weekly_benefit", .type = TTA_MONEY, .help = "benefit for a whole week, in kroner"},
    {.name = "expected_weeks", .type = TTA_INTEGER, .help = "to the expected full return"},
    {.name = "health_unresolved", .type = TTA_BOOLEAN, .help = "unresolved health problems"},
    {.name = "work_capacity_threatened",
     .type = TTA_BOOLEAN,
     .help = "capacity for work threatened for health reasons"},
    {.name = "able_to_participate",
     .type = TTA_BOOLEAN,
     .flags = TTA_NULLABLE,
     .help = "asked when not expected back within 13 weeks"},
    {.name = "needs_team",
     .type = TTA_BOOLEAN,
     .flags = TTA_NULLABLE,
     .help = "the coordinator's finding, in category 2"},
    {.name = "needs_clinic",
     .type = TTA_BOOLEAN,
     .flags = TTA_NULLABLE,
     .help = "the team's finding"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);

    tta_mark_simulated(run);
    return tta_sim_new(args->model, tta_text_of(args->seed), &state->sim, e);
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    union tta_slot *own = tta_own(run);
    struct tta_sim_case c;
    int rc;

    if (state->done == args->n)
        return TTA_DONE;
    state->done++;
    rc = tta_sim_next(state->sim, &c, e);
    if (rc != 0)
        return rc;
    own[CASE_ID].integer = c.case_id;
    own[MUNICIPALITY].integer = c.municipality;
    own[AGE].integer = c.age;
    own[SEX].choice = c.woman;
    own[EMPLOYMENT].choice = !c.employed;
    own[FIRST].date = c.first_absence;
    own[LAST].date = c.last_absence;
    own[BENEFIT].ore = c.weekly_benefit_ore;
    own[WEEKS].integer = c.expected_weeks;
    own[HEALTH].boolean = c.health_unresolved;
    own[CAPACITY].boolean = c.work_capacity_threatened;
    own[ABLE].boolean = c.able_to_participate;
    own[TEAM].boolean = c.needs_team;
    own[CLINIC].boolean = c.needs_clinic;
    return tta_emit(run, e);
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    tta_sim_free(state->sim);
}

const struct tta_tool tta_simulate_cases = {
    .command = "cases",
    .summary = "a stream of sick-leave cases",
    .example = "  tta-simulate cases --n=1000 --seed=demo | tta-visit | head",
    .about = "Durations, shares and benefits after published figures (--print-data=\n"
             "simulation/cases says which); nobody in it exists.",
    .shape = TTA_SOURCE,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .adds = adds,
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .release = release,
};
