/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --by=month|year[,COLUMN...]: sums, of all rows or of parts that --merge adds. */
#include <stdio.h>
#include <stdlib.h>

#include "tta-refusion.h"

const char *const sum_names[TTA_SUMS] = {
    "cases",
    "benefit",
    "employer_amount",
    "state_amount",
    "municipality_amount",
    "compare_employer_amount",
    "compare_state_amount",
    "compare_municipality_amount",
};
static const char *const sum_help[TTA_SUMS] = {
    "cases with a day in the period",
    "for the weekdays of the period",
    "of that, in the employer period",
    "of that, refunded by the state",
    "the remainder",
    "under --compare",
    "under --compare",
    "under --compare",
};

int sums_used(const struct args *args)
{
    return args->compare.count > 0 ? TTA_SUMS : TTA_SUM_OTHER_EMPLOYER;
}

static struct tta_column period_column(const struct state *state)
{
    struct tta_column c = {.name = state->by == BY_YEAR ? "year" : "month",
                           .type = TTA_TEXT,
                           .help = state->by == BY_YEAR ? "yyyy" : "yyyy-mm"};

    return c;
}

/* The columns to sum by, of the cases. */
static int case_columns(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < state->totals.columns; i++) {
        struct tta_column cell = {.name = args->by.items[i + 1],
                                  .type = TTA_TEXT,
                                  .flags = TTA_NULLABLE,
                                  .offset =
                                      offsetof(struct record, cells) + i * sizeof(struct tta_text),
                                  .help = "sums are by its texts"};

        rc = tta_read_column(run, &cell, e);
    }
    return rc;
}

/* A column to sum by must not be one of the sums' own, or stand twice. */
static int check_names(const struct args *args, const struct state *state, struct tta_error *e)
{
    for (size_t i = 1; i <= state->totals.columns; i++) {
        const char *name = args->by.items[i];
        bool taken = strcmp(name, period_column(state).name) == 0;

        for (size_t j = 1; j < i; j++)
            taken |= strcmp(name, args->by.items[j]) == 0;
        for (int j = 0; j < TTA_SUMS; j++)
            taken |= strcmp(name, sum_names[j]) == 0;
        for (size_t j = 0; j < 3; j++)
            taken |= strcmp(name, partial_columns[j].name) == 0 ||
                     strcmp(name, refusion_explained[j].name) == 0;
        if (taken)
            return tta_fail(e, TTA_E_USAGE, "--by: two columns %s; see --rename", name);
    }
    return 0;
}

int by_month_columns(struct tta_run *run, struct tta_error *e)
{
    static const struct tta_column none[] = {{.name = NULL}};
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);
    struct tta_column c = period_column(state);
    int rc = check_names(args, state, e);

    if (rc == 0)
        rc = tta_set_columns(run, NULL, none, e);
    tta_set_shape(run, TTA_SUMMARY);
    if (rc == 0)
        rc = args->merge ? merge_columns(run, e) : case_columns(run, e);
    for (const struct tta_column *p = partial_columns; rc == 0 && args->partial && p->name; p++)
        rc = tta_add_column(run, p, e);
    if (rc == 0)
        rc = tta_add_column(run, &c, e);
    for (size_t i = 0; rc == 0 && i < state->totals.columns; i++) {
        struct tta_column cell = {
            .name = args->by.items[i + 1], .type = TTA_TEXT, .help = "of the input"};

        rc = tta_add_column(run, &cell, e);
    }
    for (int i = 0; rc == 0 && i < sums_used(args); i++) {
        struct tta_column sum = {.name = sum_names[i],
                                 .type = i == TTA_SUM_CASES ? TTA_INTEGER : TTA_MONEY,
                                 .help = sum_help[i]};

        rc = tta_add_column(run, &sum, e);
    }
    for (size_t i = 0; rc == 0 && args->explain && i < 3; i++)
        rc = tta_add_column(run, &refusion_explained[i], e);
    return rc;
}

int by_month(struct tta_run *run, const struct tta_refusion_case *c, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct record *r = tta_record(run);
    struct state *state = tta_state(run);
    struct tta_refusion_person *person = args->persons ? &state->person : NULL;
    struct tta_refusion_person *other = args->persons ? &state->other_person : NULL;
    struct tta_refusion_person copy = state->person;
    struct tta_refusion_split split;
    int64_t before[TTA_SUMS];
    /* the whole first: what it comes to must have room in the sums */
    int rc = tta_refusion_split(&state->law, c, person == NULL ? NULL : &copy, &split, e);

    if (rc == 0 && args->compare.count > 0)
        rc = tta_refusion_check(&state->other, c, other, e);
    if (rc == 0 && args->partial)
        rc = tta_partial_inputs_room(&state->inputs, tta_input_number(run), e);
    if (rc == 0)
        rc = tta_totals_room(&state->totals, split.benefit_ore, e);
    memcpy(before, state->totals.all, sizeof before);
    if (rc == 0)
        rc = tta_totals_case(&state->totals, &state->law, c, person, false, state->by == BY_YEAR,
                             r->cells, e);
    if (rc == 0 && args->compare.count > 0)
        rc = tta_totals_case(&state->totals, &state->other, c, other, true, state->by == BY_YEAR,
                             r->cells, e);
    if (rc == 0 && args->partial)
        tta_partial_inputs_case(&state->inputs, tta_input_number(run), before, state->totals.all);
    return rc;
}

static int put(struct tta_run *run, int32_t number, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    union tta_slot *own = tta_own(run);
    struct tta_text cells[TTA_TOTALS_COLUMNS];
    int32_t period = tta_totals_key(&state->totals, number, cells);
    char text[16];

    if (args->partial) {
        own->text = tta_buffer_text(&state->partial_id);
        own += 3;
    }
    if (state->by == BY_YEAR)
        snprintf(text, sizeof text, "%04d", (int)period);
    else
        snprintf(text, sizeof text, "%04d-%02d", (int)(period / 12), (int)(period % 12 + 1));
    (own++)->text = tta_text_of(text);
    for (size_t i = 0; i < state->totals.columns; i++, own++)
        if (cells[i].len > 0)
            own->text = cells[i];
    for (int i = 0; i < sums_used(args); i++)
        (own++)->ore = state->totals.sums[number][i];
    if (args->explain) {
        struct tta_refusion_why *why = &state->totals.why[number];

        if (tta_refusion_why_order(why) != 0)
            return tta_fail_memory(e);
        (own++)->text = tta_buffer_text(&why->regimes);
        (own++)->text = tta_buffer_text(&why->paragraphs);
        (own++)->choice = (int32_t)why->least;
    }
    return tta_emit(run, e);
}

int by_month_end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);
    int32_t *order = NULL;
    int rc = args->merge ? merge_end(run, e) : args->partial ? partial_heads(run, e) : 0;

    if (rc == 0)
        rc = tta_totals_order(&state->totals, &order, e);
    for (int32_t i = 0; rc == 0 && i < state->totals.keys.count; i++)
        rc = put(run, order[i], e);
    free(order);
    return rc;
}
