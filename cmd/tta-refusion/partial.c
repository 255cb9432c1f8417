/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --partial: before the sums, a row for every input that says what the part holds,
 * without a period. --merge uses these to see that every part is there, once and whole.
 */
#include <stdio.h>

#include "tta-refusion.h"

const struct tta_column partial_columns[4] = {
    {.name = "partial", .type = TTA_TEXT, .help = "laws, rates, options and tables of the sums"},
    {.name = "input",
     .type = TTA_TEXT,
     .flags = TTA_NULLABLE,
     .help = "in the first rows: the input (its hash)"},
    {.name = "part",
     .type = TTA_TEXT,
     .flags = TTA_NULLABLE,
     .help = "in the first rows: which part of it"},
    {.name = NULL},
};

/* What two parts of one sum must have in common; a table's rows by the hash of its file. */
int partial_fingerprint(const struct args *args, struct state *state, struct tta_error *e)
{
    const struct tta_refusion_law *laws[] = {&state->law,
                                             args->compare.count > 0 ? &state->other : NULL};
    struct tta_buffer b = {0};
    int rc =
        tta_buffer_format(&b, "2 by=%d until=%ld persons=%d empty=%d explain=%d", (int)state->by,
                          (long)args->until, args->persons, args->empty_benefit, args->explain);

    for (size_t i = 1; rc == 0 && i < args->by.count; i++)
        rc = tta_buffer_append(&b, args->by.items[i], strlen(args->by.items[i]) + 1);
    if (rc == 0)
        tta_refusion_fingerprint(laws, 2, tta_buffer_text(&b), state->fingerprint);
    tta_buffer_release(&b);
    return rc == 0 ? 0 : tta_fail_memory(e);
}

/* Of a second file: its kind and the first bytes of its hash. */
static int add_file(struct tta_buffer *id, const char *kind, const unsigned char *hash)
{
    char hex[17];

    tta_hash_hex(hash, 8, hex);
    return tta_buffer_format(id, "-%s-%s", kind, hex);
}

int partial_begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    struct tta_buffer *id = &state->partial_id;
    int rc = tta_buffer_string(id, state->fingerprint);

    tta_hash_inputs(run);
    if (rc == 0 && args->activity != NULL)
        rc = add_file(id, "activity", state->activity.hash);
    if (rc == 0 && args->history != NULL)
        rc = add_file(id, "history", state->history.hash);
    return rc == 0 ? 0 : tta_fail_memory(e);
}

int partial_heads(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);
    const unsigned char *hash;
    int rc = 0;

    for (size_t i = 0; rc == 0 && (hash = tta_input_hash(run, i)) != NULL; i++) {
        union tta_slot *own = tta_own(run);
        const int64_t *sums = tta_partial_inputs_sums(&state->inputs, i);
        struct tta_partial_head head;
        char name[TTA_PARTIAL_NAME_SIZE];
        const char *key;

        tta_shard(run, &head.index, &head.count, &key);
        snprintf(head.key, sizeof head.key, "%s", key);
        tta_partial_input(hash, &head);
        tta_partial_name(&head, name);
        own[0].text = tta_buffer_text(&state->partial_id);
        own[1].text = tta_text_of(head.input);
        own[2].text = tta_text_of(name);
        for (int k = 0; k < sums_used(args); k++)
            own[4 + state->totals.columns + (size_t)k].ore = sums[k];
        rc = tta_emit(run, e);
    }
    return rc;
}
