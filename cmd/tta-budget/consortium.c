/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget consortium: with whom a small municipality could apply (lib/cost/advice.c). */
#include <stdlib.h>

#include "neighbours.h"
#include "tta-budget.h"
#include "tta/cost.h"

struct args {
    const char *model, *adjacent;
    int64_t partners, sets;
};

struct state {
    struct tta_cost_model model;
    struct neighbours all;
    struct tta_advice *advice;
};

static const struct args defaults = {.model = "tta-2009", .partners = 3, .sets = 5};

static const struct tta_option options[] = {
    {.name = "model",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, model),
     .help = "cost model, for the least number of cases [tta-2009]"},
    {.name = "adjacent",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, adjacent),
     .help = "neighbours: municipality, neighbour; without it all of a region are"},
    {.name = "partners",
     .value = "N",
     .kind = TTA_OPT_INTEGER,
     .least = 1,
     .most = TTA_ADVICE_PARTNERS,
     .offset = offsetof(struct args, partners),
     .help = "the most partners of a set [3]"},
    {.name = "sets",
     .value = "N",
     .kind = TTA_OPT_INTEGER,
     .least = 1,
     .most = 1000,
     .offset = offsetof(struct args, sets),
     .help = "the most sets for a municipality [5]"},
    {.name = NULL},
};

enum { MUNICIPALITY, CASES, PARTNERS, TOGETHER_WITH, TOGETHER };
static const struct tta_column adds[] = {
    {.name = "municipality", .type = TTA_TEXT, .help = "with too few cases"},
    {.name = "incoming_cases", .type = TTA_INTEGER, .help = "its own"},
    {.name = "partners", .type = TTA_INTEGER, .help = "how many; 0: no set is large enough"},
    {.name = "together_with", .type = TTA_TEXT, .flags = TTA_NULLABLE, .help = "their names"},
    {.name = "cases_together",
     .type = TTA_INTEGER,
     .flags = TTA_NULLABLE,
     .help = "of all, a year"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);

    state->advice = calloc((size_t)args->sets, sizeof *state->advice);
    if (state->advice == NULL)
        return tta_fail_memory(e);
    if (tta_cost_model_load(args->model, &state->model, e) != 0)
        return e->code;
    if (tta_used_document(run, "cost", state->model.id, state->model.hash, e) != 0)
        return e->code;
    return neighbours_begin(run, args->adjacent, &state->all, e);
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);

    return neighbours_add(&state->all, tta_record(run), e);
}

static int emit(struct tta_run *run, int32_t who, const struct tta_advice *advice,
                struct tta_error *e)
{
    const struct state *state = tta_state(run);
    union tta_slot *own = tta_own(run);
    struct tta_buffer names = {0};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < advice->partners; i++) {
        struct tta_text name = tta_names_text(&state->all.names, advice->partner[i]);

        rc = i == 0 ? 0 : tta_buffer_string(&names, " + ");
        if (rc == 0)
            rc = tta_buffer_append(&names, name.ptr, name.len);
    }
    if (rc != 0) {
        tta_buffer_release(&names);
        return tta_fail_memory(e);
    }
    own[MUNICIPALITY].text = tta_names_text(&state->all.names, who);
    own[CASES].integer = state->all.cases[who];
    own[PARTNERS].integer = (int64_t)advice->partners;
    if (advice->partners > 0) {
        own[TOGETHER_WITH].text = tta_buffer_text(&names);
        own[TOGETHER].integer = advice->cases;
    }
    rc = tta_emit(run, e);
    tta_buffer_release(&names);
    return rc;
}

static int advise(struct tta_run *run, int32_t who, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    const struct tta_neighbours all = neighbours_view(&state->all);
    size_t found = tta_consortium_advice(&all, who, state->model.minimum_incoming_cases,
                                         (size_t)args->partners, state->advice, (size_t)args->sets);
    int rc = 0;

    if (found == 0)
        return emit(run, who, &(const struct tta_advice){0}, e);
    for (size_t i = 0; rc == 0 && i < found; i++)
        rc = emit(run, who, &state->advice[i], e);
    return rc;
}

static int end(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);
    int rc = neighbours_finish(run, &state->all, state->model.minimum_incoming_cases, e);

    for (int32_t i = 0; rc == 0 && i < state->all.names.count; i++)
        if (state->all.free[i] && state->all.cases[i] < state->model.minimum_incoming_cases)
            rc = advise(run, i, e);
    return rc;
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    neighbours_release(&state->all);
    free(state->advice);
}

const struct tta_tool tta_budget_consortium = {
    .command = "consortium",
    .summary = "with whom a municipality with too few cases could apply",
    .example = "  tta-budget consortium --adjacent=neighbours.csv municipalities.csv",
    .about = "Sets of partners that reach the least number of cases and of which none can be\n"
             "spared: few partners first, then few cases. Who is in a consortium that is large\n"
             "enough is left alone.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .reads = neighbours_reads,
    .adds = adds,
    .record_size = sizeof(struct neighbours_record),
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
