/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "setup.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tta/keyfile.h"

const char *const setup_generators[] = {"tta-1", "r", "stata-mt64", "stata-kiss32", NULL};
const char *const setup_sample_kinds[] = {"rejection", "rounding", NULL};
const char *const setup_as[] = {"r", "randomizr", NULL};
const char *const setup_storages[] = {"float", "double", NULL};

int setup_plan(struct draw *d, const struct setup *s, struct tta_error *e)
{
    const struct {
        const char *name, *value;
    } settings[] = {{"method", s->method},
                    {"arms", s->arms},
                    {"ratio", s->ratio ? "yes" : NULL},
                    {"strata", s->strata},
                    {"unit", s->unit},
                    {"id", s->id},
                    {"blocks", s->blocks},
                    {"probability", s->probability},
                    {"limit", s->limit},
                    {"urn", s->urn},
                    {"factors", s->factors},
                    {"measure", s->measure},
                    {"pair", s->pair},
                    {"match", s->match},
                    {"covariates", s->covariates},
                    {"keep", s->keep},
                    {"candidates", s->candidates},
                    {"steps", s->steps},
                    {"period", s->period}};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < sizeof settings / sizeof *settings; i++)
        if (settings[i].value != NULL)
            rc = tta_plan_set(&d->plan, settings[i].name, tta_text_of(settings[i].value), e);
    return rc != 0 ? rc : tta_plan_check(&d->plan, e);
}

/* The seed of R or Stata is a number. */
static int replay_of(struct draw *d, const struct setup *s, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    int64_t seed;

    if (s->key_file != NULL)
        return tta_fail(e, TTA_E_USAGE, "--key-file: R and Stata draw from --seed");
    if (s->seed == NULL || tta_integer_parse(tta_text_of(s->seed), plain, &seed) != NULL ||
        seed > INT32_MAX || seed < -INT32_MAX)
        return tta_fail(e, TTA_E_USAGE, "--seed: with --generator=%s a whole number of 32 bits",
                        setup_generators[s->generator]);
    d->replayed = true;
    d->replay.generator = (enum tta_replay_generator)(s->generator - 1);
    d->replay.seed = (int32_t)seed;
    d->replay.sampling = s->sample_kind == 1 ? TTA_R_ROUNDING : TTA_R_REJECTION;
    d->replay.randomizr = s->as == 1;
    d->replay.wide = s->storage == 1;
    return tta_replay_check(&d->replay, &d->plan, e);
}

int setup_key(struct draw *d, const struct setup *s, struct tta_error *e)
{
    if (s->generator != 1 && (s->sample_kind != 0 || s->as != 0))
        return tta_fail(e, TTA_E_USAGE, "--%s goes with --generator=r",
                        s->as != 0 ? "as" : "sample-kind");
    if (s->generator < 2 && s->storage != 0)
        return tta_fail(e, TTA_E_USAGE, "--storage goes with --generator=stata-...");
    if (s->generator != 0)
        return replay_of(d, s, e);
    if ((s->seed == NULL) == (s->key_file == NULL))
        return tta_fail(e, TTA_E_USAGE, "either --seed=TEXT or --key-file=FILE is needed");
    if (s->key_file != NULL)
        return tta_keyfile_read(s->key_file, d->key.bytes, e);
    if (*s->seed == '\0')
        return tta_fail(e, TTA_E_USAGE, "--seed: an empty text is no seed");
    tta_key_from_text(tta_text_of(s->seed), &d->key);
    return 0;
}

/* The cells in their order, then the texts of those columns once each. */
int setup_columns(struct tta_run *run, struct draw *d, size_t offset, struct tta_error *e)
{
    size_t n = tta_plan_columns(&d->plan, NULL, 0), at;
    int rc;

    d->columns = calloc(n + 1, sizeof *d->columns);
    if (d->columns == NULL)
        return tta_fail_memory(e);
    d->column_count = tta_plan_columns(&d->plan, d->columns, n);
    at = offset + n * sizeof(union tta_slot);
    rc = tta_set_record_size(run, at + n * sizeof(struct tta_text), e);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct tta_column cell = {.name = d->columns[i].name,
                                  .type = d->columns[i].type,
                                  .offset = offset + i * sizeof(union tta_slot)};
        struct tta_column text = {.name = cell.name, .type = TTA_TEXT};
        bool again = false;

        rc = tta_read_column(run, &cell, e);
        for (size_t k = 0; k < i; k++)
            again = again || strcmp(d->columns[k].name, cell.name) == 0;
        if (rc != 0 || again)
            continue;
        text.offset = at + d->text_count++ * sizeof(struct tta_text);
        rc = tta_read_column(run, &text, e);
    }
    tta_digest_begin(&d->digest);
    return rc;
}

int setup_row(struct tta_run *run, struct draw *d, size_t offset, struct tta_error *e)
{
    const char *record = (const char *)tta_record(run) + offset;
    const struct tta_text *texts =
        (const void *)(record + d->column_count * sizeof(union tta_slot));
    int rc = tta_units_add(&d->units, &d->plan, (const void *)record, e);

    for (size_t i = 0; rc == 0 && i < d->text_count; i++)
        tta_digest_add(&d->digest, texts[i]);
    return rc;
}

int setup_draw(struct draw *d, struct tta_error *e)
{
    return d->replayed ? tta_replay_allocate(&d->replay, &d->plan, &d->units, &d->drawn, e)
                       : tta_allocate(&d->plan, &d->key, &d->units, &d->drawn, e);
}

int setup_audit(const struct tta_run *run, struct draw *d, const struct setup *s,
                struct tta_audit *a, struct tta_error *e)
{
    size_t inputs = 0;

    while (tta_input_hash(run, inputs) != NULL)
        inputs++;
    a->kind = TTA_AUDIT_DRAW;
    snprintf(a->program, sizeof a->program, "tta-randomize " TTA_VERSION);
    a->replayed = d->replayed;
    a->replay = d->replay;
    a->public_seed = s->seed != NULL;
    if (!d->replayed)
        tta_key_commitment(&d->key, a->commitment);
    a->inputs = calloc(inputs + 1, sizeof *a->inputs);
    if (a->inputs == NULL)
        return tta_fail_memory(e);
    for (; a->input_count < inputs; a->input_count++)
        tta_hash_text(tta_input_hash(run, a->input_count), a->inputs[a->input_count]);
    if (d->text_count > 0)
        tta_digest_end(&d->digest, a->columns);
    a->plan = &d->plan;
    return tta_audit_count(a, &d->units, &d->drawn, e);
}

void setup_release(struct draw *d)
{
    tta_key_wipe(&d->key);
    tta_allocation_release(&d->drawn);
    tta_units_release(&d->units);
    tta_plan_release(&d->plan);
    free(d->columns);
}
