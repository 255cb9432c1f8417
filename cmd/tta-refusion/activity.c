/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --activity: the active days of cases, from a file of their own. */
#include <stdlib.h>

#include "tta-refusion.h"

struct record_of {
    struct tta_text case_id;
    tta_date from, to;
    int32_t kind;
    int64_t hours_micro, fraction_micro;
};

#define COLUMN(n, t, f, m, h)                                                                      \
    {                                                                                              \
        .name = n, .type = t, .flags = f, .offset = offsetof(struct record_of, m), .help = h       \
    }
static const struct tta_column reads[] = {
    COLUMN("case_id", TTA_TEXT, TTA_REQUIRED, case_id, "of the input"),
    COLUMN("from", TTA_DATE, TTA_REQUIRED, from, "first day"),
    COLUMN("to", TTA_DATE, TTA_NULLABLE, to, "last day; empty: to the end of the case"),
    {.name = "kind",
     .type = TTA_CHOICE,
     .choices = tta_activity_kind_names,
     .offset = offsetof(struct record_of, kind),
     .help = "what it is"},
    COLUMN("hours_per_week", TTA_DECIMAL, TTA_OPTIONAL, hours_micro, "hours a week"),
    COLUMN("benefit_fraction", TTA_DECIMAL, TTA_OPTIONAL, fraction_micro, "part that is paid"),
    {.name = NULL},
};

struct reading {
    const struct state *state;
    struct activity *a;
};

/* A gradual return with hours reduces the benefit hour for hour; with a fraction, to that. */
static int take_amounts(const struct record_of *r, struct tta_refusion_period *p,
                        struct tta_error *e)
{
    bool gradual = r->kind == TTA_GRADUAL_RETURN;
    bool hours = r->hours_micro != TTA_INTEGER_NONE, part = r->fraction_micro != TTA_INTEGER_NONE;
    int64_t most = (gradual ? TTA_FULL_HOURS : 168) * TTA_MICRO;

    if (hours && (r->hours_micro < 0 || r->hours_micro > most))
        return refusion_wrong(e, "hours_per_week",
                              gradual ? "not from 0 to 37" : "not from 0 to 168");
    if (part && (r->fraction_micro < 0 || r->fraction_micro > TTA_MICRO))
        return refusion_wrong(e, "benefit_fraction", "not from 0 to 1");
    if (part && !gradual)
        return refusion_wrong(e, "benefit_fraction", "only a gradual return reduces the benefit");
    if (part && hours)
        return refusion_wrong(e, "benefit_fraction",
                              "hours_per_week says how much is paid already");
    p->hours_micro = r->hours_micro;
    p->of_micro = gradual && hours ? TTA_FULL_HOURS * TTA_MICRO : TTA_MICRO;
    p->paid_micro = gradual && hours ? p->of_micro - r->hours_micro
                    : part           ? r->fraction_micro
                                     : TTA_MICRO;
    return 0;
}

static int take_row(void *context, const void *record, int64_t line, struct tta_error *e)
{
    const struct reading *reading = context;
    const struct record_of *r = record;
    struct activity *a = reading->a;
    struct activity_row row = {.line = line, .open = r->to == TTA_DATE_NONE};
    const char *problem;

    row.period.from = r->from;
    row.period.to = row.open ? INT32_MAX : r->to;
    row.period.kind = (enum tta_activity_kind)r->kind;
    if (row.period.to < row.period.from)
        return refusion_wrong(e, "to", "before from");
    if (take_amounts(r, &row.period, e) != 0)
        return e->code;
    problem = tta_refusion_period_problem(&reading->state->law, &row.period);
    if (problem != NULL)
        return refusion_wrong(e, "hours_per_week", problem);
    if (tta_names_number(&a->cases, r->case_id, &row.case_number) != 0)
        return tta_fail_memory(e);
    if (a->count == a->cap) {
        size_t cap = a->cap == 0 ? 256 : a->cap * 2;
        struct activity_row *grown = realloc(a->rows, cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        a->rows = grown;
        a->cap = cap;
    }
    a->rows[a->count++] = row;
    return 0;
}

static int by_case_and_day(const void *a, const void *b)
{
    const struct activity_row *x = a, *y = b;

    if (x->case_number != y->case_number)
        return x->case_number < y->case_number ? -1 : 1;
    if (x->period.from != y->period.from)
        return x->period.from < y->period.from ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* In order by case, so that those of one case are found at once; none may overlap. */
static int index_rows(struct activity *a, struct tta_error *e)
{
    size_t cases = (size_t)a->cases.count, at = 0;

    a->first = calloc(cases + 1, sizeof *a->first);
    a->seen = calloc(cases + 1, sizeof *a->seen);
    if (a->first == NULL || a->seen == NULL)
        return tta_fail_memory(e);
    if (a->count > 0)
        qsort(a->rows, a->count, sizeof *a->rows, by_case_and_day);
    for (size_t i = 0; i <= cases; i++) {
        while (at < a->count && a->rows[at].case_number < (int32_t)i)
            at++;
        a->first[i] = at;
    }
    for (size_t i = 1; i < a->count; i++) {
        const struct activity_row *x = &a->rows[i - 1], *y = &a->rows[i];

        if (x->case_number == y->case_number && y->period.from <= x->period.to) {
            tta_fail(e, TTA_E_DATA, "overlaps the active period of line %lld", (long long)x->line);
            return tta_error_place(e, a->path, y->line);
        }
    }
    return 0;
}

int activity_read(struct tta_run *run, const char *path, struct activity *a, struct tta_error *e)
{
    struct reading reading = {tta_state(run), a};
    struct tta_table table = {"activity", reads, sizeof(struct record_of), take_row, &reading,
                              a->hash,    NULL};

    a->path = path;
    return tta_read_table(run, path, &table, e) != 0 ? e->code : index_rows(a, e);
}

int activity_periods(struct state *state, const struct tta_refusion_case *c,
                     struct tta_text case_id, bool open, size_t *count, struct tta_error *e)
{
    struct activity *a = &state->activity;
    int32_t number = tta_names_find(&a->cases, case_id);

    if (number < 0)
        return 0;
    if (a->seen[number])
        return refusion_wrong(e, "case_id", "that of a row before, and --activity has the case");
    a->seen[number] = true;
    for (size_t i = a->first[number]; i < a->first[number + 1]; i++) {
        struct activity_row *row = &a->rows[i];
        struct tta_refusion_period p = row->period;

        if (open && p.from > c->last)
            row->used = true; /* after --until */
        if (p.from > c->last || p.to < c->first)
            continue;
        if (p.from < c->first || (p.to > c->last && !open && !row->open))
            return tta_fail(e, TTA_E_DATA,
                            "the active period of line %lld reaches outside the case",
                            (long long)row->line);
        row->used = true;
        if (p.to > c->last)
            p.to = c->last;
        if (refusion_more_periods(state, *count, e) != 0)
            return e->code;
        state->periods[(*count)++] = p;
    }
    return 0;
}

int activity_check_used(const struct activity *a, struct tta_error *e)
{
    const struct activity_row *first = NULL;

    for (size_t i = 0; i < a->count; i++)
        if (!a->rows[i].used && (first == NULL || a->rows[i].line < first->line))
            first = &a->rows[i];
    if (first == NULL)
        return 0;
    tta_fail(e, TTA_E_DATA,
             a->seen[first->case_number] ? "lies outside the days of its case"
                                         : "the case is not in the input");
    return tta_error_place(e, a->path, first->line);
}

void activity_release(struct activity *a)
{
    tta_names_release(&a->cases);
    free(a->seen);
    free(a->rows);
    free(a->first);
}
