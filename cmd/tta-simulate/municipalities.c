/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-simulate municipalities: applicants with a year's incoming cases (lib/simulate). */
#include "tta-simulate.h"
#include "tta/simulate.h"

struct args {
    const char *seed, *model;
    int64_t n;
};

struct state {
    struct tta_sim *sim;
    const struct tta_sim_municipality *list;
    size_t count, done;
};

static const struct args defaults = {.model = "cases", .n = 0};

static const struct tta_option options[] = {
    {.name = "n",
     .value = "N",
     .kind = TTA_OPT_INTEGER,
     .least = 1,
     .most = 98,
     .offset = offsetof(struct args, n),
     .help = "only the first N in order of code [all]"},
    {.name = "seed",
     .value = "TEXT",
     .kind = TTA_OPT_TEXT,
     .needed = true,
     .offset = offsetof(struct args, seed),
     .help = "the same text gives the same figures"},
    {.name = "model",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, model),
     .help = "range of incoming cases: a built-in model or a JSON file [cases]"},
    {.name = NULL},
};

enum { CODE, NAME, REGION, INCOMING, CONSORTIUM };
static const struct tta_column adds[] = {
    {.name = "municipality_code", .type = TTA_INTEGER, .help = "official code"},
    {.name = "municipality", .type = TTA_TEXT, .help = "official name"},
    {.name = "region", .type = TTA_TEXT, .help = "region since 2007"},
    {.name = "incoming_cases", .type = TTA_INTEGER, .help = "simulated, a year"},
    {.name = "consortium",
     .type = TTA_TEXT,
     .flags = TTA_NULLABLE,
     .help = "small ones of a region that apply together"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc = tta_sim_new(args->model, tta_text_of(args->seed), &state->sim, e);

    tta_mark_simulated(run);
    if (rc != 0)
        return rc;
    state->list = tta_sim_municipalities(state->sim, &state->count);
    if (args->n > 0 && (size_t)args->n < state->count)
        state->count = (size_t)args->n;
    return 0;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);
    const struct tta_sim_municipality *m;
    union tta_slot *own = tta_own(run);

    if (state->done == state->count)
        return TTA_DONE;
    m = &state->list[state->done++];
    own[CODE].integer = m->code;
    own[NAME].text = tta_text_of(m->name);
    own[REGION].text = tta_text_of(m->region);
    own[INCOMING].integer = m->incoming_cases;
    if (m->consortium[0] != '\0')
        own[CONSORTIUM].text = tta_text_of(m->consortium);
    return tta_emit(run, e);
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    tta_sim_free(state->sim);
}

const struct tta_tool tta_simulate_municipalities = {
    .command = "municipalities",
    .summary = "applicants with a year's incoming cases",
    .example = "  tta-simulate municipalities --n=30 --seed=demo | tta-budget grant",
    .about = "Codes, names and regions are real; the numbers of cases are drawn.",
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
