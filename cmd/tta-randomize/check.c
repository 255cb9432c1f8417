/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-randomize check: is a draw what it should be, and how much of it could be
 * foreseen (include/tta/assess.h)? One row for each number.
 */
#include <math.h>
#include <stdlib.h>

#include "lots.h"
#include "tta-randomize.h"
#include "tta/assess.h"

struct args {
    struct plan_args plan;
    struct source_args source;
    int64_t redraws;
};

struct state {
    struct lots lots;
    struct tta_assessment all;
    uint16_t *arm; /* of the units of a stratum, in their order */
};

static const struct args defaults = {.plan = PLAN_DEFAULTS, .redraws = 10000};

static const struct tta_option options[] = {
    PLAN_OPTIONS(struct args),
    KEY_OPTIONS(struct args),
    {.name = "redraws",
     .value = "N",
     .kind = TTA_OPT_INTEGER,
     .most = 1000000,
     .offset = offsetof(struct args, redraws),
     .help = "draws under other keys, made from this one; 0 for none [10000]"},
    {.name = NULL},
};

enum { TEST, STRATUM, GOAL, VALUE, EXPECTED, P };
static const struct tta_column adds[] = {
    {.name = "test", .type = TTA_TEXT, .help = "balance, runs, redraws or foreseen"},
    {.name = "stratum",
     .type = TTA_TEXT,
     .flags = TTA_NULLABLE,
     .help = "where it was done; empty: in all"},
    {.name = "arm", .type = TTA_TEXT, .flags = TTA_NULLABLE, .help = "balance: of which arm"},
    {.name = "value",
     .type = TTA_NUMBER,
     .help = "units, runs, chi-square, share of right guesses"},
    {.name = "expected",
     .type = TTA_NUMBER,
     .help = "what chance alone, or the shares, would give"},
    {.name = "p",
     .type = TTA_NUMBER,
     .flags = TTA_NULLABLE,
     .help = "of so far off, or further, by chance"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc = plan_begin(run, &args->plan, &state->lots.plan, e);

    return rc == 0 ? lots_source(run, &state->lots, &args->source, e) : rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct lots *l = &((struct state *)tta_state(run))->lots;

    return tta_units_add(&l->units, &l->plan, tta_record(run), e);
}

static int emit(struct tta_run *run, const char *test, const struct tta_text *stratum, double value,
                double expected, double p, struct tta_error *e)
{
    union tta_slot *own = tta_own(run);

    own[TEST].text = tta_text_of(test);
    if (stratum != NULL)
        own[STRATUM].text = *stratum;
    own[VALUE].number = value;
    own[EXPECTED].number = expected;
    own[P].number = p;
    return tta_emit(run, e);
}

static int stratum(struct tta_run *run, struct state *state, const struct tta_assess_stratum *s,
                   struct tta_error *e)
{
    const struct tta_assessment *all = &state->all;
    const struct tta_arms *goals = tta_plan_goals(&state->lots.plan);
    struct tta_runs runs;
    int rc = 0;

    for (size_t i = 0; i < s->count; i++)
        state->arm[i] = state->lots.drawn.arm[all->row[s->begin + i]];
    for (size_t k = 0; rc == 0 && k < all->arms; k++) {
        tta_own(run)[GOAL].text = tta_text_of(goals->items[k].name);
        rc = emit(run, "balance", &s->label, tta_assess_count(state->arm, s->count, k),
                  tta_assess_expected(all, s->count, k), NAN, e);
    }
    if (rc == 0)
        rc = tta_runs_test(state->arm, s->count, all->arms, &runs, e);
    return rc == 0 ? emit(run, "runs", &s->label, (double)runs.runs, runs.expected, runs.p, e) : rc;
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    struct lots *l = &state->lots;
    int rc = lots_draw(l, e);

    if (rc == 0)
        rc = tta_assess_begin(&state->all, &l->plan, &l->units, e);
    if (rc != 0)
        return rc;
    if (l->units.n == 0)
        return tta_fail(e, TTA_E_DATA, "there are no rows to check");
    state->arm = calloc(state->all.units + 1, sizeof *state->arm);
    if (state->arm == NULL)
        return tta_fail_memory(e);
    for (size_t s = 0; rc == 0 && s < state->all.stratum_count; s++)
        rc = stratum(run, state, &state->all.strata[s], e);
    if (rc != 0 || args->redraws == 0)
        return rc;
    rc = tta_assess_redraw(&state->all, &l->plan, &l->key, &l->units, (size_t)args->redraws, e);
    if (rc == 0)
        rc = emit(run, "redraws", NULL, state->all.worst_chisq, state->all.worst_expected,
                  state->all.p, e);
    return rc == 0 ? emit(run, "foreseen", NULL, state->all.foreseen, state->all.blind, NAN, e)
                   : rc;
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    free(state->arm);
    tta_assessment_release(&state->all);
    lots_release(&state->lots);
}

const struct tta_tool tta_randomize_check = {
    .command = "check",
    .summary = "is a draw random, and how much of it could be foreseen?",
    .example = "  tta-randomize check --seed='dice 4 1 6' --method=blocks --blocks=2 \\\n"
               "    --arms=intervention,control cases.csv",
    .about = "Blocks of two are foreseen in 75 of 100 units, blocks of six in 68, coins in 50.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .adds = adds,
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
