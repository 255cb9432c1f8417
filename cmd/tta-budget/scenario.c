/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-budget scenario: a calculation with dials, and what a source prints (lib/cost/scenario.c). */
#include "dials.h"
#include "tta-budget.h"

struct args {
    const char *model;
    struct tta_list set;
};

struct state {
    struct tta_scenario s;
    int64_t value[TTA_SCENARIO_FIGURES];
    size_t at;
};

static const struct args defaults = {.model = "roskilde-2012"};

static const struct tta_option options[] = {
    {.name = "model",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, model),
     .help = "roskilde-2012, vestegn-payback or a JSON file [roskilde-2012]"},
    {.name = "set",
     .value = "INPUT=NUMBER,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, set),
     .help = "other values of inputs"},
    {.name = NULL},
};

static const char *const kinds[] = {"input", "figure", "claim", NULL};
static const char *const answers[] = {"follows", "implied", "differs", "cannot", NULL};
enum { FOLLOWS, IMPLIED, DIFFERS, CANNOT };
enum { KIND, ID, VALUE, UNIT, PRINTED, ROUNDED, ANSWER, WHY };
static const struct tta_column adds[] = {
    {.name = "kind", .type = TTA_CHOICE, .choices = kinds, .help = "input, figure or claim"},
    {.name = "id", .type = TTA_TEXT, .help = "as in the model"},
    {.name = "value", .type = TTA_DECIMAL, .flags = TTA_NULLABLE, .help = "given or computed"},
    {.name = "unit", .type = TTA_TEXT, .flags = TTA_NULLABLE, .help = "kr, weeks, share ..."},
    {.name = "printed",
     .type = TTA_DECIMAL,
     .flags = TTA_NULLABLE,
     .help = "what the source prints"},
    {.name = "rounded",
     .type = TTA_DECIMAL,
     .flags = TTA_NULLABLE,
     .help = "the value, rounded as the source does"},
    {.name = "answer",
     .type = TTA_CHOICE,
     .flags = TTA_NULLABLE,
     .choices = answers,
     .help = "follows; implied: from what is computed back; differs; cannot"},
    {.name = "why", .type = TTA_TEXT, .flags = TTA_NULLABLE, .help = "what the claim rests on"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    uint64_t below = 0;
    int rc = dials_begin(run, args->model, &args->set, &state->s, e);

    if (rc == 0)
        rc = tta_scenario_compute_possible(&state->s, state->value, &below, e);
    for (size_t i = 0; rc == 0 && i < state->s.figure_count; i++) {
        char least[TTA_NUMBER_SIZE];

        if ((below >> i & 1) == 0)
            continue;
        tta_decimal_write(state->s.figure[i].least, '.', least);
        tta_note(run, "%s: below %s, so it and what rests on it are empty", state->s.figure[i].id,
                 least);
    }
    return rc;
}

static void put_claim(const struct state *state, size_t i, union tta_slot *own)
{
    const struct tta_scenario_claim *claim = &state->s.claim[i];
    int64_t value;

    own[KIND].choice = 2;
    own[ID].text = tta_text_of(claim->id);
    own[UNIT].text = tta_text_of(claim->unit);
    own[PRINTED].micro = claim->printed;
    own[WHY].text = tta_text_of(claim->why);
    own[ANSWER].choice = CANNOT;
    if (claim->figure == SIZE_MAX)
        return;
    value = state->value[claim->figure];
    own[VALUE].micro = value;
    if (value != TTA_INTEGER_NONE)
        own[ROUNDED].micro = tta_scenario_round(claim, value);
    own[ANSWER].choice = own[ROUNDED].micro != claim->printed ? DIFFERS
                         : claim->implied                     ? IMPLIED
                                                              : FOLLOWS;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);
    const struct tta_scenario *s = &state->s;
    union tta_slot *own = tta_own(run);
    size_t i = state->at++;

    if (i < s->input_count) {
        own[KIND].choice = 0;
        own[ID].text = tta_text_of(s->input[i].id);
        own[VALUE].micro = s->input[i].value;
        own[UNIT].text = tta_text_of(s->input[i].unit);
        return tta_emit(run, e);
    }
    i -= s->input_count;
    if (i < s->figure_count) {
        own[KIND].choice = 1;
        own[ID].text = tta_text_of(s->figure[i].id);
        own[VALUE].micro = state->value[i];
        own[UNIT].text = tta_text_of(s->figure[i].unit);
        return tta_emit(run, e);
    }
    i -= s->figure_count;
    if (i == s->claim_count)
        return TTA_DONE;
    put_claim(state, i, own);
    return tta_emit(run, e);
}

const struct tta_tool tta_budget_scenario = {
    .command = "scenario",
    .summary = "a published calculation, with dials, and whether its figures follow",
    .example = "  tta-budget scenario --model=roskilde-2012 --set=supplier_price=0.5,effect=0.65",
    .about = "Claims are what the source prints. Which of them follow from what it states is said\n"
             "of the model as it is; with --set they are compared with other numbers.",
    .shape = TTA_SOURCE,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .adds = adds,
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
};
