/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The columns read, and a row of them as a case. */
#include <stdio.h>
#include <stdlib.h>

#include "tta-refusion.h"

enum employment { EMPLOYED, UNEMPLOYED };
static const char *const employments[] = {"employed", "unemployed", NULL};
static const char *const exceptions[] = {"short_employment", "fleksjob", "section_56", NULL};

#define COLUMN(n, t, f, m, h)                                                                      \
    {                                                                                              \
        .name = n, .type = t, .flags = f, .offset = offsetof(struct record, m), .help = h          \
    }
const struct tta_column refusion_reads[] = {
    COLUMN("case_id", TTA_TEXT, TTA_REQUIRED, case_id, "goes through"),
    COLUMN("first_absence_date", TTA_DATE, TTA_REQUIRED, first, "first absence day"),
    COLUMN("last_absence_date", TTA_DATE, TTA_NULLABLE, last,
           "last absence day, included; empty in an open case, which needs --until"),
    {.name = "employment",
     .type = TTA_CHOICE,
     .choices = employments,
     .offset = offsetof(struct record, employment),
     .help = "employed or unemployed: only the employed have an employer period"},
    COLUMN("weekly_benefit", TTA_MONEY, TTA_OPTIONAL, weekly_benefit_ore,
           "benefit for a whole week, in kroner; no such column: the maximum of the week"),
    {.name = "employer_exception",
     .type = TTA_CHOICE,
     .flags = TTA_OPTIONAL,
     .choices = exceptions,
     .offset = offsetof(struct record, exception),
     .help = "why an employed case has no employer period; empty: it has"},
    COLUMN("benefit_weeks_before", TTA_INTEGER, TTA_OPTIONAL, weeks_before,
           "weeks of benefit counted before the case, or before the person's first (2016)"),
    COLUMN("active_from", TTA_DATE, TTA_OPTIONAL, active_from, "first active day"),
    COLUMN("active_to", TTA_DATE, TTA_OPTIONAL, active_to,
           "last active day; empty: the last of the case"),
    COLUMN("partial_from", TTA_DATE, TTA_OPTIONAL, partial_from,
           "first day of a gradual return (delvis raskmelding)"),
    COLUMN("partial_to", TTA_DATE, TTA_OPTIONAL, partial_to,
           "its last day; empty: the last of the case"),
    COLUMN("hours_worked", TTA_DECIMAL, TTA_OPTIONAL, hours_micro,
           "hours a week back at work, of 37: reduces the benefit hour for hour"),
    COLUMN("benefit_fraction", TTA_DECIMAL, TTA_OPTIONAL, fraction_micro,
           "or the part of the benefit that is paid then, 0 to 1"),
    {.name = NULL},
};

const struct tta_column refusion_person_column =
    COLUMN("person_id", TTA_TEXT, TTA_REQUIRED, person_id, "whose weeks of benefit count together");

int refusion_wrong(struct tta_error *e, const char *column, const char *sentence)
{
    tta_fail(e, TTA_E_DATA, "%s", sentence);
    snprintf(e->column, sizeof e->column, "%s", column);
    return e->code;
}

static int by_first_day(const void *a, const void *b)
{
    const struct tta_refusion_period *x = a, *y = b;

    return (x->from > y->from) - (x->from < y->from);
}

/*
 * A column that is there and empty is a hole in the data, not a wish for the maximum.
 * JSON rows before the column showed up would have been counted at the maximum.
 */
static int check_benefit(struct tta_run *run, const struct tta_refusion_case *c,
                         struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);

    if (args->empty_benefit == EMPTY_MAXIMUM)
        return 0;
    if (c->weekly_benefit_ore != TTA_INTEGER_NONE)
        return state->at_maximum == 0
                   ? 0
                   : refusion_wrong(e, "weekly_benefit",
                                    "rows before have none; see --empty-benefit");
    if (!tta_has_column(run, "weekly_benefit"))
        return 0;
    return refusion_wrong(e, "weekly_benefit", "empty; --empty-benefit=maximum takes the maximum");
}

/* The person that the row belongs to, a new one where a group begins. */
static int take_person(struct tta_run *run, const struct record *r, struct tta_refusion_case *c,
                       struct tta_error *e)
{
    struct state *state = tta_state(run);
    int64_t before = r->weeks_before;

    if (tta_group_begins(run)) {
        size_t count;
        const struct tta_refusion_spell *spells = history_of(&state->history, r->person_id, &count);

        state->person_weeks_before = before;
        tta_refusion_person_begin(&state->person, spells, count);
        state->other_person = state->person;
        if (before != TTA_INTEGER_NONE) {
            tta_refusion_person_before(&state->person, c->first,
                                       tta_refusion_weeks_before(&state->law, c->first, before));
            tta_refusion_person_before(&state->other_person, c->first,
                                       tta_refusion_weeks_before(&state->other, c->first, before));
        }
    }
    /* of a bad first row, too: those after it do not know better */
    before = state->person_weeks_before;
    c->weeks_before = before == TTA_INTEGER_NONE ? 0 : before;
    if (before != TTA_INTEGER_NONE && state->person.spell_count > 0)
        return refusion_wrong(e, "benefit_weeks_before",
                              "--history has the person too: one of the two must go");
    if (r->weeks_before != TTA_INTEGER_NONE && r->weeks_before != before)
        return refusion_wrong(e, "benefit_weeks_before", "not that of the person's first row");
    return 0;
}

int refusion_case(struct tta_run *run, struct tta_refusion_case *c, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct record *r = tta_record(run);
    struct state *state = tta_state(run);
    bool open = r->last == TTA_DATE_NONE;

    memset(c, 0, sizeof *c);
    c->first = r->first;
    c->last = open ? args->until : r->last;
    c->open = open;
    c->employed = r->employment == EMPLOYED && r->exception == TTA_CHOICE_NONE;
    c->weekly_benefit_ore = r->weekly_benefit_ore;
    c->weeks_before = r->weeks_before == TTA_INTEGER_NONE ? 0 : r->weeks_before;
    if (args->persons && take_person(run, r, c, e) != 0)
        return e->code;
    if (check_benefit(run, c, e) != 0)
        return e->code;
    if (c->last == TTA_DATE_NONE)
        return tta_fail(e, TTA_E_DATA,
                        "last_absence_date is empty: an open case needs --until=DATE");
    if (open && c->first > c->last)
        return tta_fail(e, TTA_E_DATA, "an open case that begins after --until");
    if (r->employment != EMPLOYED && r->exception != TTA_CHOICE_NONE)
        return refusion_wrong(e, "employer_exception",
                              "only an employed case has an employer period");
    if (c->last < c->first)
        return 0; /* tta_refusion_check says so; no period fits */
    if (own_periods(state, r, c, open, &c->period_count, e) != 0)
        return e->code;
    if (args->activity != NULL &&
        activity_periods(state, c, r->case_id, open, &c->period_count, e) != 0)
        return e->code;
    if (c->period_count > 1)
        qsort(state->periods, c->period_count, sizeof *state->periods, by_first_day);
    c->period = state->periods;
    return 0;
}
