/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grid.h"

#include <stdio.h>

#include "named.h"

enum { FIRST, SECOND, FIGURE };

/* All that the input will be, before a row is written. */
static int check_side(const struct tta_scenario *s, const struct grid *g, int side,
                      struct tta_error *e)
{
    struct tta_error bad = {0};

    for (int64_t step = 0; step <= g->side[side].steps; step++) {
        int64_t value;

        if (!tta_scenario_between(g->side[side].from, g->side[side].to, step, g->side[side].steps,
                                  &value))
            return tta_fail(e, TTA_E_DATA, "--grid: item %d: too large to hold", side + 1);
        if (tta_scenario_allows(s, g->side[side].input, value, &bad) != 0)
            return tta_fail(e, bad.code, "--grid: item %d: %s", side + 1, bad.text);
    }
    return 0;
}

static int take_side(const struct tta_scenario *s, const char *item, int side, struct grid *g,
                     struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    const char *from = strchr(item, '='), *to = from == NULL ? NULL : strchr(from, ':');
    const char *steps = to == NULL ? NULL : strchr(to + 1, ':');
    struct tta_text parts[2];

    if (steps == NULL)
        return tta_fail(e, TTA_E_USAGE, "--grid: INPUT=FROM:TO:STEPS");
    g->side[side].input =
        tta_scenario_input_named(s, (struct tta_text){item, (size_t)(from - item)});
    if (g->side[side].input == SIZE_MAX)
        return tta_fail(e, TTA_E_USAGE, "--grid: item %d is no input of %s", side + 1, s->id);
    parts[0] = (struct tta_text){from + 1, (size_t)(to - from - 1)};
    parts[1] = (struct tta_text){to + 1, (size_t)(steps - to - 1)};
    if (tta_decimal_parse(parts[0], plain, &g->side[side].from) != NULL ||
        tta_decimal_parse(parts[1], plain, &g->side[side].to) != NULL ||
        tta_integer_parse(tta_text_of(steps + 1), plain, &g->side[side].steps) != NULL ||
        g->side[side].steps < 1 || g->side[side].steps > 1000)
        return tta_fail(e, TTA_E_USAGE, "--grid: FROM and TO are numbers, STEPS is 1 to 1000");
    return check_side(s, g, side, e);
}

int grid_begin(struct tta_run *run, const struct tta_scenario *s, const struct tta_list *items,
               struct grid *out, struct tta_error *e)
{
    static const struct tta_column none[] = {{.name = NULL}};
    static const struct tta_column figure = {
        .name = "figure", .type = TTA_DECIMAL, .help = "with --grid: its value"};
    int rc = tta_set_columns(run, NULL, none, e);

    if (items->count != 2)
        return tta_fail(e, TTA_E_USAGE, "--grid: two inputs");
    for (int i = 0; rc == 0 && i < 2; i++) {
        rc = take_side(s, items->items[i], i, out, e);
        if (rc == 0 && i == 1 && out->side[0].input == out->side[1].input)
            rc = tta_fail(e, TTA_E_USAGE, "--grid: one input twice");
        if (rc == 0) {
            const struct tta_column column = {.name = s->input[out->side[i].input].id,
                                              .type = TTA_DECIMAL,
                                              .help = "with --grid: an input"};

            rc = tta_add_column(run, &column, e);
        }
    }
    return rc != 0 ? rc : tta_add_column(run, &figure, e);
}

int grid_row(struct tta_run *run, const struct tta_scenario *s, size_t figure, struct grid *g,
             struct tta_error *e)
{
    union tta_slot *own = tta_own(run);
    int64_t given[TTA_SCENARIO_INPUTS];
    int64_t step[2] = {g->at / (g->side[1].steps + 1), g->at % (g->side[1].steps + 1)};

    if (step[0] > g->side[0].steps)
        return TTA_DONE;
    g->at++;
    tta_scenario_given(s, given);
    for (int i = 0; i < 2; i++) {
        tta_scenario_between(g->side[i].from, g->side[i].to, step[i], g->side[i].steps,
                             &own[i].micro);
        given[g->side[i].input] = own[i].micro;
    }
    if (tta_scenario_value_at(s, given, figure, &own[FIGURE].micro, e) != 0)
        return e->code;
    return tta_emit(run, e);
}
