/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lots.h"

#include <stdio.h>
#include <stdlib.h>

#include "tta/keyfile.h"

const char *const source_generators[] = {"tta-1", "r", "stata-mt64", "stata-kiss32", NULL};
const char *const source_sample_kinds[] = {"rejection", "rounding", NULL};
const char *const source_as[] = {"r", "randomizr", NULL};
const char *const source_storages[] = {"float", "double", NULL};

/* The seed of R or Stata is a number. */
static int replay_source(struct lots *l, const struct source_args *args, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    int64_t seed;

    if (args->key_file != NULL)
        return tta_fail(e, TTA_E_USAGE, "--key-file: R and Stata draw from --seed");
    if (args->seed == NULL || tta_integer_parse(tta_text_of(args->seed), plain, &seed) != NULL ||
        seed > INT32_MAX || seed < -INT32_MAX)
        return tta_fail(e, TTA_E_USAGE, "--seed: with --generator=%s a whole number of 32 bits",
                        source_generators[args->generator]);
    l->replayed = true;
    l->replay.generator = (enum tta_replay_generator)(args->generator - 1);
    l->replay.seed = (int32_t)seed;
    l->replay.sampling = args->sample_kind == 1 ? TTA_R_ROUNDING : TTA_R_REJECTION;
    l->replay.randomizr = args->as == 1;
    l->replay.wide = args->storage == 1;
    return tta_replay_check(&l->replay, &l->plan, e);
}

int lots_source(struct tta_run *run, struct lots *l, const struct source_args *args,
                struct tta_error *e)
{
    if (args->generator != 1 && (args->sample_kind != 0 || args->as != 0))
        return tta_fail(e, TTA_E_USAGE, "--%s goes with --generator=r",
                        args->as != 0 ? "as" : "sample-kind");
    if (args->generator < 2 && args->storage != 0)
        return tta_fail(e, TTA_E_USAGE, "--storage goes with the generators of Stata");
    l->public_seed = args->seed != NULL;
    if (args->generator != 0)
        return replay_source(l, args, e);
    if ((args->seed == NULL) == (args->key_file == NULL))
        return tta_fail(e, TTA_E_USAGE, "either --seed=TEXT or --key-file=FILE is needed");
    if (args->key_file != NULL)
        return tta_guard_file(run, "key-file", args->key_file, e) != 0
                   ? e->code
                   : tta_keyfile_read(args->key_file, l->key.bytes, e);
    if (*args->seed == '\0')
        return tta_fail(e, TTA_E_USAGE, "--seed: an empty text is no seed");
    tta_key_from_text(tta_text_of(args->seed), &l->key);
    return 0;
}

size_t lots_record_size(const struct lots *l)
{
    return l->column_count * (sizeof(union tta_slot) + sizeof(struct tta_text));
}

int lots_draw(struct lots *l, struct tta_error *e)
{
    return l->replayed ? tta_replay_allocate(&l->replay, &l->plan, &l->units, &l->drawn, e)
                       : tta_allocate(&l->plan, &l->key, &l->units, &l->drawn, e);
}

int lots_audit(const struct tta_run *run, struct lots *l, struct tta_error *e)
{
    struct tta_audit *a = &l->audit;
    size_t inputs = 0;

    while (tta_input_hash(run, inputs) != NULL)
        inputs++;
    a->kind = TTA_AUDIT_DRAW;
    snprintf(a->program, sizeof a->program, "tta-randomize " TTA_VERSION);
    a->replayed = l->replayed;
    a->replay = l->replay;
    a->public_seed = l->public_seed;
    if (!l->replayed)
        tta_key_commitment(&l->key, a->commitment);
    a->inputs = calloc(inputs + 1, sizeof *a->inputs);
    if (a->inputs == NULL)
        return tta_fail_memory(e);
    for (; a->input_count < inputs; a->input_count++)
        tta_hash_text(tta_input_hash(run, a->input_count), a->inputs[a->input_count]);
    if (l->text_count > 0 && l->digested)
        tta_digest_end(&l->digest, a->columns);
    if (l->digested) {
        tta_digest_end(&l->list, a->list);
        a->marks = tta_text_copy(tta_buffer_text(&l->marks));
        if (a->marks == NULL)
            return tta_fail_memory(e);
    }
    a->plan = &l->plan;
    return tta_audit_count(a, &l->units, &l->drawn, e);
}

const struct tta_column lots_columns[] = {
    {.name = "crosses", .type = TTA_TEXT, .help = "stepped: the period in which the unit crosses"},
    {.name = "pair", .type = TTA_INTEGER, .help = "--match: number of the pair"},
    {.name = "arm", .type = TTA_TEXT, .help = "the arm that was drawn"},
    {.name = NULL},
};

int lots_add_columns(struct tta_run *run, const struct tta_plan *plan, struct tta_error *e)
{
    const bool has[] = {plan->method == TTA_STEPPED, plan->match.count > 0, plan->arms.count > 0};
    static const struct tta_column none = {.name = NULL};
    int rc = tta_set_columns(run, NULL, &none, e);

    for (size_t i = 0; rc == 0 && i < sizeof has / sizeof *has; i++)
        if (has[i])
            rc = tta_add_column(run, &lots_columns[i], e);
    return rc;
}

void lots_fill(const struct lots *l, size_t row, union tta_slot *own)
{
    const struct tta_plan *plan = &l->plan;

    if (plan->method == TTA_STEPPED)
        (own++)->text = tta_text_of(plan->steps.items[l->drawn.arm[row]].name);
    if (plan->match.count > 0)
        (own++)->integer = (int64_t)l->drawn.pair[row] + 1;
    if (plan->arms.count > 0)
        own->text = tta_text_of(tta_allocation_arm(plan, &l->units, &l->drawn, row));
}

const char *lots_drawn_name(const struct lots *l, size_t row)
{
    return l->plan.arms.count == 0 ? l->plan.steps.items[l->drawn.arm[row]].name
                                   : tta_allocation_arm(&l->plan, &l->units, &l->drawn, row);
}

void lots_release(struct lots *l)
{
    tta_key_wipe(&l->key);
    tta_audit_release(&l->audit);
    tta_allocation_release(&l->drawn);
    tta_units_release(&l->units);
    tta_buffer_release(&l->marks);
    tta_plan_release(&l->plan);
}
