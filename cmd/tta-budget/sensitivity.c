/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget sensitivity: how a figure of a scenario moves with its inputs
 *. */
#include "dials.h"
#include "draws.h"
#include "grid.h"
#include "tta-budget.h"
#include "varied.h"

#include <math.h>

struct args {
    const char *model, *figure, *seed, *threshold;
    struct tta_list set, grid;
    int64_t draws;
    double level;
};

struct state {
    struct tta_scenario s;
    size_t figure, at, count;
    int64_t threshold_micro;
    struct grid grid;
    struct tta_tornado_row rows[TTA_SCENARIO_INPUTS];
    struct draws draws;
};

static const struct args defaults = {.model = "roskilde-2012", .level = NAN};

static const struct tta_option options[] = {
    {.name = "model",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, model),
     .help = "as of scenario [roskilde-2012]"},
    {.name = "figure",
     .value = "ID",
     .kind = TTA_OPT_TEXT,
     .needed = true,
     .offset = offsetof(struct args, figure),
     .help = "the figure that is watched"},
    {.name = "set",
     .value = "INPUT=NUMBER,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, set),
     .help = "other values of inputs"},
    {.name = "grid",
     .value = "INPUT=FROM:TO:STEPS,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, grid),
     .help = "two inputs at all values of a grid, instead"},
    {.name = "draws",
     .value = "N",
     .kind = TTA_OPT_INTEGER,
     .least = 1,
     .most = 10000000,
     .offset = offsetof(struct args, draws),
     .help = "draw all inputs with a distribution, N times, instead"},
    {.name = "seed",
     .value = "TEXT",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, seed),
     .help = "the same text gives the same draws; needed by --draws"},
    {.name = "threshold",
     .value = "NUMBER",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, threshold),
     .help = "the share of draws above this is written [0]"},
    {.name = "level",
     .value = "P",
     .kind = TTA_OPT_NUMBER,
     .least = 0,
     .most = 1,
     .offset = offsetof(struct args, level),
     .help = "share of the draws between lower and upper [0.95]"},
    {.name = NULL},
};

enum { INPUT, LOW, HIGH, AT_LOW, AT_HIGH, SWING };
static const struct tta_column adds[] = {
    {.name = "input", .type = TTA_TEXT, .help = "the one that is moved"},
    {.name = "low", .type = TTA_DECIMAL, .help = "of the model"},
    {.name = "high", .type = TTA_DECIMAL, .help = "of the model"},
    {.name = "at_low", .type = TTA_DECIMAL, .help = "the figure there"},
    {.name = "at_high", .type = TTA_DECIMAL, .help = "the figure there"},
    {.name = "swing", .type = TTA_DECIMAL, .help = "how far apart they are; largest first"},
    {.name = NULL},
};

static int check_draws(const struct args *args, struct state *state, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    const char *problem;

    if (args->draws > 0 && args->grid.count > 0)
        return tta_fail(e, TTA_E_USAGE, "--grid and --draws do not go together");
    if (args->draws == 0 && (args->seed != NULL || args->threshold != NULL || !isnan(args->level)))
        return tta_fail(e, TTA_E_USAGE,
                        "--seed, --threshold and --level do nothing without --draws");
    if (args->threshold == NULL)
        return 0;
    problem = tta_decimal_parse(tta_text_of(args->threshold), plain, &state->threshold_micro);
    return problem == NULL ? 0 : tta_fail(e, TTA_E_USAGE, "--threshold: %s", problem);
}

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc = check_draws(args, state, e);

    if (rc == 0)
        rc = dials_begin(run, args->model, &args->set, &state->s, e);
    if (rc == 0)
        rc = dials_figure(&state->s, args->figure, &state->figure, e);
    if (rc == 0 && args->grid.count > 0)
        return grid_begin(run, &state->s, &args->grid, &state->grid, e);
    if (rc == 0 && args->draws > 0)
        rc = draws_begin(run, &state->s, state->figure, args->draws, args->seed, &state->draws, e);
    else if (rc == 0)
        rc = tta_scenario_one_way(&state->s, state->figure, state->rows, &state->count, e);
    if (rc == 0)
        varied_note(run, &state->s, state->figure, args->draws > 0);
    return rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    union tta_slot *own = tta_own(run);
    const struct tta_tornado_row *row = &state->rows[state->at];

    if (args->grid.count > 0)
        return grid_row(run, &state->s, state->figure, &state->grid, e);
    if (args->draws > 0)
        return draws_row(run, isnan(args->level) ? 0.95 : args->level, state->threshold_micro,
                         &state->draws, e);
    if (state->at++ == state->count)
        return TTA_DONE;
    own[INPUT].text = tta_text_of(state->s.input[row->input].id);
    own[LOW].micro = state->s.input[row->input].low;
    own[HIGH].micro = state->s.input[row->input].high;
    own[AT_LOW].micro = row->at_low;
    own[AT_HIGH].micro = row->at_high;
    own[SWING].micro = row->swing;
    return tta_emit(run, e);
}

static void release(struct tta_run *run)
{
    draws_release(&((struct state *)tta_state(run))->draws);
}

const struct tta_tool tta_budget_sensitivity = {
    .command = "sensitivity",
    .summary = "how a figure of a scenario moves with its inputs",
    .example = "  tta-budget sensitivity --model=vestegn-payback --figure=net\n"
               "  tta-budget sensitivity --figure=net --draws=10000 --seed=2012",
    .about =
        "Without --grid and --draws: each input with a range at its ends, the others as they are.",
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
