/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-randomize list: lots made in advance, for units that are not known yet. */
#include <stdlib.h>

#include "lots.h"
#include "tta-randomize.h"
#include "tta/log.h"

#define LOTS_MAX 10000000

struct args {
    struct plan_args plan;
    struct source_args source;
    struct tta_list strata;
    int64_t n;
};

struct state {
    struct lots lots;
    char seal[TTA_SEAL_SIZE];
    uint64_t *ordinal; /* of the last row of each stratum */
    size_t done;
};

static const struct args defaults = {.plan = PLAN_DEFAULTS};

static const struct tta_option options[] = {
    {.name = "n",
     .value = "N",
     .kind = TTA_OPT_INTEGER,
     .least = 1,
     .most = LOTS_MAX,
     .needed = true,
     .offset = offsetof(struct args, n),
     .help = "how many lots in every stratum"},
    PLAN_SEQUENCE_OPTIONS(struct args),
    {.name = "strata",
     .value = "NAME=KIND|KIND,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, strata),
     .help = "the strata: every kind of one with every kind of the next"},
    KEY_OPTIONS(struct args),
    GENERATOR_OPTIONS(struct args),
    {.name = NULL},
};

enum { PLACE, PLACES, STRATUM, ORDINAL, ARM, SEAL };
static const struct tta_column adds[] = {
    {.name = "place", .type = TTA_INTEGER, .help = "1, 2, 3 ..."},
    {.name = "places", .type = TTA_INTEGER, .help = "how many the list has"},
    {.name = "stratum", .type = TTA_TEXT, .help = "label of the stratum: its kinds with / between"},
    {.name = "ordinal", .type = TTA_INTEGER, .help = "number within the stratum"},
    {.name = "arm", .type = TTA_TEXT, .help = "the arm that was drawn"},
    {.name = "seal",
     .type = TTA_TEXT,
     .help = "shows changed and missing rows to tta-randomize next"},
    {.name = NULL},
};

/* The names in front of the = signs are the plan's strata. */
static int plan_of(const struct args *args, struct tta_plan *plan, struct tta_error *e)
{
    struct plan_args own = args->plan;
    char *names[TTA_TERMS_MAX] = {NULL};
    size_t n = args->strata.count;
    int rc = plan_for_unknown(&own, e);

    if (n > TTA_TERMS_MAX)
        return tta_fail(e, TTA_E_USAGE, "--strata: at most %d", TTA_TERMS_MAX);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        const char *item = args->strata.items[i], *equals = strchr(item, '=');
        struct tta_text name = {item, equals == NULL ? 0 : (size_t)(equals - item)};

        if (name.len == 0 || equals[1] == '\0')
            rc = tta_fail(e, TTA_E_USAGE, "--strata: NAME=KIND|KIND,NAME=KIND|KIND");
        else if ((names[i] = tta_text_copy(name)) == NULL)
            rc = tta_fail_memory(e);
        else
            rc = tta_bands_check(equals + 1, e);
    }
    own.strata.items = (const char **)(void *)names;
    own.strata.count = n;
    if (rc == 0)
        rc = plan_make(&own, plan, e);
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    return rc;
}

/* How many strata there are: the product of the kinds of each. */
static int check_count(const struct args *args, struct tta_error *e)
{
    int64_t lots = args->n;

    for (size_t i = 0; i < args->strata.count; i++) {
        int64_t kinds = 1;

        for (const char *p = args->strata.items[i]; *p != '\0'; p++)
            kinds += *p == '|';
        if (__builtin_mul_overflow(lots, kinds, &lots) || lots > LOTS_MAX)
            return tta_fail(e, TTA_E_USAGE, "--n: more than %d lots in all strata", LOTS_MAX);
    }
    return 0;
}

/* Every kind of the names from i on: one stratum for every way to choose. */
static int add_strata(struct lots *l, const struct args *args, size_t i, union tta_slot *cells,
                      struct tta_error *e)
{
    const char *kind;
    int rc = 0;

    if (i == args->strata.count) {
        for (int64_t k = 0; rc == 0 && k < args->n; k++)
            rc = tta_units_add(&l->units, &l->plan, cells, e);
        return rc;
    }
    kind = strchr(args->strata.items[i], '=');
    do {
        size_t len = strcspn(++kind, "|");

        if (len == 0)
            return tta_fail(e, TTA_E_USAGE, "--strata: an empty kind");
        cells[i].text.ptr = kind;
        cells[i].text.len = len;
        rc = add_strata(l, args, i + 1, cells, e);
        kind += len;
    } while (rc == 0 && *kind == '|');
    return rc;
}

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    union tta_slot cells[TTA_TERMS_MAX];
    int rc = plan_of(args, &state->lots.plan, e);

    if (rc == 0 && (rc = check_count(args, e)) == 0)
        rc = lots_source(run, &state->lots, &args->source, e);
    if (rc == 0)
        rc = add_strata(&state->lots, args, 0, cells, e);
    if (rc == 0 && (size_t)state->lots.units.strata.count * (size_t)args->n != state->lots.units.n)
        rc = tta_fail(e, TTA_E_USAGE, "--strata: a kind stands twice");
    if (rc == 0)
        rc = lots_draw(&state->lots, e);
    if (rc != 0)
        return rc;
    state->ordinal = calloc((size_t)state->lots.units.strata.count + 1, sizeof *state->ordinal);
    return state->ordinal == NULL ? tta_fail_memory(e) : 0;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);
    const struct lots *l = &state->lots;
    union tta_slot *own = tta_own(run);
    size_t i = state->done++;
    struct tta_text stratum, arm;
    uint64_t ordinal;

    if (i == l->units.n)
        return TTA_DONE;
    stratum = tta_units_label(&l->units, i);
    arm = tta_text_of(lots_drawn_name(l, i));
    ordinal = ++state->ordinal[l->units.stratum[i]];
    tta_lot_seal(state->seal, l->units.n, stratum, ordinal, arm);
    own[PLACE].integer = (int64_t)state->done;
    own[PLACES].integer = (int64_t)l->units.n;
    own[STRATUM].text = stratum;
    own[ORDINAL].integer = (int64_t)ordinal;
    own[ARM].text = arm;
    own[SEAL].text = tta_text_of(state->seal);
    return tta_emit(run, e);
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    free(state->ordinal);
    lots_release(&state->lots);
}

const struct tta_tool tta_randomize_list = {
    .command = "list",
    .summary = "lots made in advance",
    .example = "  tta-randomize list --key-file=trial.key --n=100 --method=blocks --blocks=4,6 \\\n"
               "    --arms=intervention,control --strata='sex=m|f,age=<30|>=30'",
    .about = "For nobody who enrols; tta-randomize next assigns from it.",
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
