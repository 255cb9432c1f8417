/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget staffing: from cases by month to people, meetings and queues (lib/cost/staffing.c). */
#include "months.h"
#include "tta-budget.h"

struct args {
    const char *model, *staff[QUEUES];
    int64_t team_size;
};

struct record {
    struct tta_text municipality, month;
    struct tta_staffing_month cases;
};

struct state {
    struct tta_staffing_norms norms;
    struct months months;
    int64_t staff[QUEUES]; /* TTA_INTEGER_NONE: not said */
};

static const struct args defaults = {.model = "normer"};

#define STAFF(n, i, h)                                                                             \
    {                                                                                              \
        .name = n, .value = "NUMBER", .kind = TTA_OPT_TEXT,                                        \
        .offset = offsetof(struct args, staff) + (i) * sizeof(char *), .help = h                   \
    }
static const struct tta_option options[] = {
    {.name = "model",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, model),
     .help = "norms: a built-in document or a JSON file [normer]"},
    {.name = "team-size",
     .value = "N",
     .kind = TTA_OPT_INTEGER,
     .least = 1,
     .most = 100,
     .offset = offsetof(struct args, team_size),
     .help = "people in a team, instead of the model's (a consortium has 4)"},
    STAFF("coordinators", QUEUE_COORDINATORS, "there are so many: add their queue and use"),
    STAFF("teams", QUEUE_TEAMS, "the same of teams"),
    STAFF("clinic-hours", QUEUE_CLINIC, "the same of the clinic, hours a month"),
    {.name = NULL},
};

#define AT(member) offsetof(struct record, member)
#define CASES(n, member, f, h)                                                                     \
    {                                                                                              \
        .name = n, .type = TTA_INTEGER, .flags = f, .offset = AT(cases.member), .help = h          \
    }
static const struct tta_column reads[] = {
    {.name = "municipality",
     .type = TTA_TEXT,
     .flags = TTA_OPTIONAL,
     .offset = AT(municipality),
     .help = "each has its own queues"},
    {.name = "month", .type = TTA_TEXT, .offset = AT(month), .help = "yyyy-mm, none left out"},
    CASES("incoming_cases", incoming_cases, TTA_REQUIRED, "new sick-leave cases in the month"),
    CASES("rehabilitation_cases", rehabilitation_cases, TTA_OPTIONAL, "to rehabilitation meetings"),
    CASES("clarification_cases", clarification_cases, TTA_OPTIONAL, "jobafklaring, to meetings"),
    CASES("courses", courses, TTA_OPTIONAL, "that run in the month"),
    {.name = NULL},
};

enum {
    CATEGORY2,
    COORDINATORS,
    TEAMS,
    MEMBERS,
    CLINIC,
    HOURS,
    MEETINGS,
    COURSE_LEAST,
    COURSE_MOST,
    FIRST_QUEUE
};
static const struct tta_column adds[] = {
    {.name = "category2_cases", .type = TTA_DECIMAL, .help = "expected"},
    {.name = "coordinators_needed", .type = TTA_DECIMAL, .help = "to handle them in the month"},
    {.name = "teams_needed", .type = TTA_DECIMAL, .help = "the same"},
    {.name = "team_members", .type = TTA_INTEGER, .help = "of those teams, whole"},
    {.name = "clinic_cases", .type = TTA_DECIMAL, .help = "expected in the clinical unit"},
    {.name = "clinic_hours", .type = TTA_DECIMAL, .help = "patients and weekly conference"},
    MAY_BE_EMPTY("meetings", TTA_INTEGER, "rehabilitation meetings, whole"),
    MAY_BE_EMPTY("course_coordinators_least", TTA_INTEGER, "at the larger case load"),
    MAY_BE_EMPTY("course_coordinators_most", TTA_INTEGER, "at the smaller case load"),
    {.name = NULL},
};
static int begin(struct tta_run *run, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc = tta_staffing_load(args->model, &state->norms, e);

    if (rc == 0)
        rc = tta_used_document(run, "staffing", state->norms.id, state->norms.hash, e);
    if (args->team_size > 0)
        state->norms.team_size = args->team_size;
    for (int i = 0; rc == 0 && i < QUEUES; i++) {
        state->staff[i] = TTA_INTEGER_NONE;
        if (args->staff[i] == NULL)
            continue;
        if (tta_decimal_parse(tta_text_of(args->staff[i]), plain, &state->staff[i]) != NULL ||
            state->staff[i] < 0 || state->staff[i] > 1000000 * TTA_MICRO)
            return tta_fail(e, TTA_E_USAGE, "staff is a number from 0 to 1,000,000");
        rc = tta_add_column(run, &months_queues[i][0], e);
        if (rc == 0)
            rc = tta_add_column(run, &months_queues[i][1], e);
    }
    return rc;
}

/* A bad row leaves the queues as they were. */
static int queue(struct tta_run *run, struct months_of *of, int64_t month, int days,
                 const struct tta_staffing_need *need, struct tta_error *e)
{
    struct state *state = tta_state(run);
    const int64_t arrivals[QUEUES] = {need->category2_micro, need->team_micro, need->clinic_micro};
    union tta_slot *own = tta_own(run) + FIRST_QUEUE;
    struct months_of next = *of;

    next.month = month;
    for (int i = 0; i < QUEUES; i++) {
        if (state->staff[i] == TTA_INTEGER_NONE)
            continue;
        if (tta_queue_month(&next.queue[i], arrivals[i],
                            i == QUEUE_CLINIC
                                ? tta_staffing_clinic_capacity(&state->norms, state->staff[i], days)
                                : tta_staffing_capacity(&state->norms, state->staff[i]),
                            e) != 0)
            return e->code;
        if (i == QUEUE_CLINIC)
            months_note_clinic(run, &state->months, &next.queue[i]);
        own++->micro = next.queue[i].waiting_micro;
        own++->micro = next.queue[i].used_micro;
    }
    *of = next;
    return 0;
}

static void put(union tta_slot *own, const struct tta_staffing_need *need)
{
    own[CATEGORY2].micro = need->category2_micro;
    own[COORDINATORS].micro = need->coordinators_micro;
    own[TEAMS].micro = need->teams_micro;
    own[MEMBERS].integer = need->team_members;
    own[CLINIC].micro = need->clinic_micro;
    own[HOURS].micro = need->clinic_hours_micro;
    own[MEETINGS].integer = need->meetings;
    own[COURSE_LEAST].integer = need->course_coordinators_least;
    own[COURSE_MOST].integer = need->course_coordinators_most;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct record *r = tta_record(run);
    struct state *state = tta_state(run);
    struct tta_staffing_month cases = r->cases;
    struct tta_staffing_need need;
    struct months_of *of;
    int64_t month;
    int rc = months_take(&state->months, r->municipality, r->month, &of, &month, &cases.days, e);

    if (rc == 0)
        rc = tta_staffing_need(&state->norms, &cases, &need, e);
    if (rc == 0)
        rc = queue(run, of, month, cases.days, &need, e);
    if (rc == 0)
        put(tta_own(run), &need);
    return rc == 0 ? tta_emit(run, e) : rc;
}

static void release(struct tta_run *run)
{
    months_release(&((struct state *)tta_state(run))->months);
}

const struct tta_tool tta_budget_staffing = {
    .command = "staffing",
    .summary = "people, meetings and queues from cases by month",
    .example = "  tta-budget staffing --coordinators=1.5 months.csv",
    .about = "Needs are those of the month's own cases. A queue starts empty.",
    .shape = TTA_ROWS,
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
    .release = release,
};
