/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-refusion: who pays a case of sickness benefit: employer, state,
 * municipality.
 *
 * Lov om sygedagpenge sections 30 and 62, lov 994 of 30 August 2015 section 5;
 * shares and employer periods are documents (lib/data/refusion, lib/data/rates;
 * lib/refusion computes).
 */
#include "tta/refusion.h"
#include "tta/tool.h"

struct args {
    const char *scheme;
    tta_date until;
};

struct record {
    struct tta_text case_id;
    tta_date first, last;
    int32_t employment;
    int64_t weekly_benefit_ore;
};

struct state {
    struct tta_refusion_scheme scheme;
    struct tta_rates periods;
    int64_t outside; /* cases with days outside the scheme's validity */
};

static const struct args defaults = {.scheme = NULL, .until = TTA_DATE_NONE};

static const struct tta_option options[] = {
    {.name = "scheme",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .needed = true,
     .offset = offsetof(struct args, scheme),
     .help = "shares of the state by week: 2006, 2010, 2011, 2016 or a JSON file"},
    {.name = "until",
     .value = "DATE",
     .kind = TTA_OPT_DATE,
     .offset = offsetof(struct args, until),
     .help = "last day counted in cases that are still open"},
    {.name = NULL},
};

enum employment { EMPLOYED, UNEMPLOYED };
static const char *const employments[] = {"employed", "unemployed", NULL};

#define AT(member) offsetof(struct record, member)
static const struct tta_column reads[] = {
    {.name = "case_id", .type = TTA_TEXT, .offset = AT(case_id), .help = "goes through"},
    {.name = "first_absence_date",
     .type = TTA_DATE,
     .offset = AT(first),
     .help = "first absence day"},
    {.name = "last_absence_date",
     .type = TTA_DATE,
     .flags = TTA_NULLABLE,
     .offset = AT(last),
     .help = "last absence day, included; empty in an open case, which needs --until"},
    {.name = "employment",
     .type = TTA_CHOICE,
     .choices = employments,
     .offset = AT(employment),
     .help = "employed or unemployed: only the employed have an employer period"},
    {.name = "weekly_benefit",
     .type = TTA_MONEY,
     .offset = AT(weekly_benefit_ore),
     .help = "benefit for a whole week, in kroner"},
    {.name = NULL},
};

enum { WEEKS, BENEFIT, EMPLOYER, STATE, MUNICIPALITY };
static const struct tta_column adds[] = {
    {.name = "weeks", .type = TTA_INTEGER, .help = "weeks begun, from the first absence day"},
    {.name = "benefit_total", .type = TTA_MONEY, .help = "benefit for all weekdays"},
    {.name = "employer_amount", .type = TTA_MONEY, .help = "of that, in the employer period"},
    {.name = "state_amount", .type = TTA_MONEY, .help = "of that, refunded by the state"},
    {.name = "municipality_amount", .type = TTA_MONEY, .help = "the remainder"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc = tta_refusion_scheme_load(args->scheme, &state->scheme, e);

    if (rc == 0)
        rc = tta_employer_periods_load("employer-period", &state->periods, e);
    if (rc == 0)
        rc = tta_used_document(run, "refusion", state->scheme.id, state->scheme.hash, e);
    if (rc == 0)
        rc = tta_used_document(run, "rates", state->periods.id, state->periods.hash, e);
    return rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct record *r = tta_record(run);
    struct state *state = tta_state(run);
    struct tta_refusion_case c = {.first = r->first,
                                  .last = r->last == TTA_DATE_NONE ? args->until : r->last,
                                  .employed = r->employment == EMPLOYED,
                                  .weekly_benefit_ore = r->weekly_benefit_ore};
    const struct tta_refusion_scheme *s = &state->scheme;
    struct tta_refusion_split split;
    union tta_slot *own = tta_own(run);
    int rc;

    if (c.last == TTA_DATE_NONE)
        return tta_fail(e, TTA_E_DATA,
                        "last_absence_date is empty: an open case needs --until=DATE");
    if (r->last == TTA_DATE_NONE && c.first > c.last)
        return tta_fail(e, TTA_E_DATA, "an open case that begins after --until");
    rc = tta_refusion_split(s, &state->periods, &c, &split, e);
    if (rc != 0)
        return rc;
    state->outside +=
        c.first < s->valid_from || (s->valid_to != TTA_DATE_NONE && c.last > s->valid_to);
    own[WEEKS].integer = split.weeks;
    own[BENEFIT].ore = split.benefit_ore;
    own[EMPLOYER].ore = split.employer_ore;
    own[STATE].ore = split.state_ore;
    own[MUNICIPALITY].ore = split.municipality_ore;
    return tta_emit(run, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct state *state = tta_state(run);

    (void)e;
    if (state->outside > 0)
        tta_note(run, "%lld of %lld cases have days outside the validity of scheme %s",
                 (long long)state->outside, (long long)tta_row_number(run), state->scheme.id);
    return 0;
}

static const struct tta_tool refusion = {
    .summary = "split sickness benefit between employer, state and municipality",
    .example = "  tta-refusion --scheme=2011 cases.csv > paid.csv",
    .about = "Week k of a case is days 7(k-1) to 7k-1 after the first absence day; Monday to\n"
             "Friday earn a fifth of the weekly benefit each. The parts always add up.",
    .shape = TTA_ROWS,
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
};

static const struct tta_tool *const tools[] = {&refusion, NULL};
static const struct tta_program program = {
    .name = "tta-refusion", .summary = "who pays which week of benefit", .tools = tools};

int main(int argc, char **argv)
{
    return tta_main(&program, argc, argv);
}
