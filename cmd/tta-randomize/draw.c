/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-randomize draw: which row goes to which arm, by the method and the strata
 * that were asked for (include/tta/allocate.h; man tta-generator says each).
 */
#include <inttypes.h>

#include "plan.h"
#include "tta-randomize.h"
#include "tta/keyfile.h"

struct args {
    struct plan_args plan;
    const char *seed, *key_file;
};

struct state {
    struct tta_plan plan;
    struct tta_key key;
    struct tta_units units;
    struct tta_allocation drawn;
};

static const struct args defaults = {.plan = PLAN_DEFAULTS};

static const struct tta_option options[] = {
    PLAN_OPTIONS(struct args),
    {.name = "seed",
     .value = "TEXT",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, seed),
     .help = "public seed, such as dice thrown before witnesses"},
    {.name = "key-file",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, key_file),
     .help = "secret key of 32 bytes, mode 0600, instead of a seed"},
    {.name = NULL},
};

static const struct tta_column adds[] = {
    {.name = "crosses", .type = TTA_TEXT, .help = "stepped: the period in which the unit crosses"},
    {.name = "pair", .type = TTA_INTEGER, .help = "--match: number of the pair"},
    {.name = "arm", .type = TTA_TEXT, .help = "the arm that was drawn"},
    {.name = NULL},
};

/* Those that the plan has. */
static int add_columns(struct tta_run *run, const struct tta_plan *plan, struct tta_error *e)
{
    const bool has[] = {plan->method == TTA_STEPPED, plan->match.count > 0, plan->arms.count > 0};
    static const struct tta_column none = {.name = NULL};
    int rc = tta_set_columns(run, NULL, &none, e);

    for (size_t i = 0; rc == 0 && i < sizeof has / sizeof *has; i++)
        if (has[i])
            rc = tta_add_column(run, &adds[i], e);
    return rc;
}

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc;

    if ((args->seed == NULL) == (args->key_file == NULL))
        return tta_fail(e, TTA_E_USAGE, "either --seed=TEXT or --key-file=FILE is needed");
    if (args->seed != NULL && *args->seed == '\0')
        return tta_fail(e, TTA_E_USAGE, "--seed: an empty text is no seed");
    rc = plan_begin(run, &args->plan, &state->plan, e);
    if (rc == 0)
        rc = add_columns(run, &state->plan, e);
    if (rc == 0 && args->key_file != NULL)
        rc = tta_keyfile_read(args->key_file, state->key.bytes, e);
    else if (rc == 0)
        tta_key_from_text(tta_text_of(args->seed), &state->key);
    return rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);

    if (tta_units_add(&state->units, &state->plan, tta_record(run), e) != 0)
        return e->code;
    return tta_hold(run, e);
}

static int emit(struct tta_run *run, const struct state *state, size_t i, struct tta_error *e)
{
    const struct tta_plan *plan = &state->plan;
    union tta_slot *own = tta_own(run);

    if (plan->method == TTA_STEPPED)
        (own++)->text = tta_text_of(plan->steps.items[state->drawn.arm[i]].name);
    if (plan->match.count > 0)
        (own++)->integer = (int64_t)state->drawn.pair[i] + 1;
    if (plan->arms.count > 0)
        own->text = tta_text_of(tta_allocation_arm(plan, &state->units, &state->drawn, i));
    tta_recall(run, i);
    return tta_emit(run, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);
    int rc = tta_allocate(&state->plan, &state->key, &state->units, &state->drawn, e);

    for (size_t i = 0; rc == 0 && i < state->units.n; i++)
        rc = emit(run, state, i, e);
    if (rc == 0 && state->drawn.kept > 0)
        tta_note(run,
                 "one of %" PRIu64 " kept of %" PRIu64 " allotments; score %" PRIu64
                 ", the worst kept %" PRIu64,
                 state->drawn.kept, state->drawn.candidates, state->drawn.drawn,
                 state->drawn.worst_kept);
    if (rc == 0 && state->drawn.always + state->drawn.never > 0)
        tta_note(run,
                 "all kept allotments put %" PRIu64 " pairs of units together and %" PRIu64
                 " apart: keep more",
                 state->drawn.always, state->drawn.never);
    return rc;
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    tta_key_wipe(&state->key);
    tta_plan_release(&state->plan);
    tta_units_release(&state->units);
    tta_allocation_release(&state->drawn);
}

const struct tta_tool tta_randomize_draw = {
    .command = "draw",
    .summary = "draw which row goes to which arm",
    .example = "  tta-randomize draw --seed='dice 4 1 6' --arms=intervention:20,control:10 "
               "municipalities.csv",
    .about = "The same key and the same list draw the same arms, on any machine; the order of\n"
             "the rows matters: fix the list, and only then find the seed.",
    .shape = TTA_ROWS,
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
