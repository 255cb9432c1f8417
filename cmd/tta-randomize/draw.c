/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-randomize draw: complete randomization of the input's rows to arms of
 * fixed sizes (include/tta/random.h, steps 1 to 6). The list is the unit: the
 * draw depends on the key and on how many rows there are, and row i gets what
 * the i-th place drew, so the order of the rows matters.
 */
#include <stdlib.h>

#include "tta-randomize.h"
#include "tta/keyfile.h"
#include "tta/random.h"

struct args {
    const char *seed, *key_file;
    struct tta_list arms;
};

struct state {
    struct tta_key key;
    struct tta_text *names; /* of the arms; borrowed from args */
    uint64_t *sizes;
    size_t held;
};

static const struct tta_option options[] = {
    {.name = "arms",
     .value = "NAME:N,...",
     .kind = TTA_OPT_LIST,
     .needed = true,
     .offset = offsetof(struct args, arms),
     .help = "the arms and how many rows each gets"},
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
    {.name = "arm", .type = TTA_TEXT, .help = "the arm that was drawn"},
    {.name = NULL},
};

static int parse_arm(struct state *state, size_t i, const char *item, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    const char *colon = strrchr(item, ':');
    int64_t size;

    if (colon == NULL || colon == item ||
        tta_integer_parse(tta_text_of(colon + 1), plain, &size) != NULL || size < 0)
        return tta_fail(e, TTA_E_USAGE, "--arms: NAME:N,NAME:N with whole numbers N");
    state->names[i].ptr = item;
    state->names[i].len = (size_t)(colon - item);
    state->sizes[i] = (uint64_t)size;
    for (size_t j = 0; j < i; j++)
        if (tta_text_equal(state->names[j], state->names[i]))
            return tta_fail(e, TTA_E_USAGE, "--arms: arms %zu and %zu have one name", j + 1, i + 1);
    return 0;
}

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    int rc = 0;

    if ((args->seed == NULL) == (args->key_file == NULL))
        return tta_fail(e, TTA_E_USAGE, "either --seed=TEXT or --key-file=FILE is needed");
    if (args->seed != NULL && *args->seed == '\0')
        return tta_fail(e, TTA_E_USAGE, "--seed: an empty text is no seed");
    if (args->arms.count < 2)
        return tta_fail(e, TTA_E_USAGE, "--arms: at least two arms");
    state->names = calloc(args->arms.count, sizeof *state->names);
    state->sizes = calloc(args->arms.count, sizeof *state->sizes);
    if (state->names == NULL || state->sizes == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; rc == 0 && i < args->arms.count; i++)
        rc = parse_arm(state, i, args->arms.items[i], e);
    if (rc == 0 && args->key_file != NULL)
        rc = tta_keyfile_read(args->key_file, state->key.bytes, e);
    else if (rc == 0)
        tta_key_from_text(tta_text_of(args->seed), &state->key);
    return rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);

    state->held++;
    return tta_hold(run, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    uint16_t *arm = malloc(state->held * sizeof *arm + 1);
    struct tta_stream stream;
    int rc;

    if (arm == NULL)
        return tta_fail_memory(e);
    tta_stream_of(&stream, &state->key, tta_text_of(""));
    rc = tta_draw_complete(state->sizes, args->arms.count, state->held, &stream, arm, e);
    tta_stream_wipe(&stream);
    for (size_t i = 0; rc == 0 && i < state->held; i++) {
        tta_own(run)[0].text = state->names[arm[i]];
        tta_recall(run, i);
        rc = tta_emit(run, e);
    }
    free(arm);
    return rc;
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    tta_key_wipe(&state->key);
    free(state->names);
    free(state->sizes);
}

const struct tta_tool tta_randomize_draw = {
    .command = "draw",
    .summary = "draw which row goes to which arm",
    .example = "  tta-randomize draw --seed='dice 4 1 6' --arms=intervention:20,control:10 "
               "municipalities.csv",
    .about = "The same key and the same number of rows draw the same list, on any machine; the\n"
             "order of the rows matters: fix the list, and only then find the seed.",
    .shape = TTA_ROWS,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .adds = adds,
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
