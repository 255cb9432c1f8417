/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Which part of how many: of --partial=I/N, or of --shard. */
static int which(const struct tta_run *run, const struct parts_args *args, struct tta_counts *c,
                 struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    struct tta_text part = {args->partial, strcspn(args->partial, "/")};
    const char *key;
    bool sharded = tta_shard(run, &c->part, &c->parts, &key);

    if (*args->partial == '\0')
        return 0;
    if (sharded)
        return tta_fail(e, TTA_E_USAGE, "--partial: --shard says which part it is");
    if (args->partial[part.len] != '/' || tta_integer_parse(part, plain, &c->part) != NULL ||
        tta_integer_parse(tta_text_of(args->partial + part.len + 1), plain, &c->parts) != NULL ||
        c->part < 1 || c->part > c->parts)
        return tta_fail(e, TTA_E_USAGE, "--partial: I/N with I from 1 to N");
    return 0;
}

int parts_begin(struct tta_run *run, const struct parts_args *args,
                const struct outcome_args *outcome, struct tta_error *e)
{
    struct tta_counts c = {0};

    if (tta_drawing(run) >= 0)
        return tta_fail(e, TTA_E_USAGE, "--to: the counts of --partial are JSON");
    tta_make_part(run);
    if (outcome->cluster != NULL || outcome->id != NULL)
        return tta_fail(e, TTA_E_USAGE,
                        "--partial: --cluster and --id need the rows themselves, not counts");
    return which(run, args, &c, e);
}

/* The values of the columns in each pattern, from the first row that has it. */
static int take_values(const struct covariates *columns, const struct tta_groups *patterns,
                       size_t n, struct tta_counts *c)
{
    static const struct tta_text absent = COVARIATES_ABSENT;
    bool *seen = calloc((size_t)patterns->count + 1, sizeof *seen);
    int rc = 0;

    c->values = calloc((size_t)patterns->count * columns->count + 1, sizeof *c->values);
    if (c->values == NULL || seen == NULL)
        rc = TTA_E_MEMORY;
    for (size_t row = 0; rc == 0 && row < n && columns->count > 0; row++) {
        size_t pattern = (size_t)patterns->of_row[row];

        for (size_t i = 0; rc == 0 && !seen[pattern] && i < columns->count; i++) {
            const struct tta_variable *v = &columns->v[i];
            struct tta_text level = tta_variable_level(v, v->level[row]);
            char **value = &c->values[pattern * columns->count + i];

            if (!tta_text_equal(level, absent) && (*value = tta_text_copy(level)) == NULL)
                rc = TTA_E_MEMORY;
        }
        seen[pattern] = true;
    }
    free(seen);
    return rc;
}

static int collect(const struct outcome *o, const struct covariates *columns, struct tta_counts *c,
                   struct tta_error *e)
{
    struct tta_groups patterns = {0};
    int rc = 0;

    if (columns->count > 0)
        rc = tta_groups_make(columns->v, columns->count, o->n, &patterns, e);
    if (rc == 0 && take_values(columns, &patterns, o->n, c) != 0)
        rc = tta_fail_memory(e);
    c->patterns = columns->count > 0 ? (size_t)patterns.count : 1;
    for (size_t i = 0; rc == 0 && i < o->n && o->weight != NULL; i++) {
        if (!(o->weight[i] >= TTA_WEIGHT_LEAST && o->weight[i] <= TTA_WEIGHT_MOST))
            rc = tta_fail(e, TTA_E_DATA, "the weight is not from 1e-7 to 1e12");
        c->fractional = c->fractional || o->weight[i] != floor(o->weight[i]);
    }
    if (rc == 0)
        rc =
            tta_counts_collect(c, o->n, patterns.of_row, o->entry, o->time, o->event, o->weight, e);
    tta_groups_release(&patterns);
    return rc;
}

/* NULL stays NULL. */
static int copy(const char *text, char **out)
{
    *out = text == NULL ? NULL : tta_text_copy(tta_text_of(text));
    return text != NULL && *out == NULL ? TTA_E_MEMORY : 0;
}

/* What the options named. */
static int name_all(const struct outcome *o, const struct parts_columns *what, const char *key,
                    struct tta_counts_of *of)
{
    const struct covariates *columns = what->columns;
    int rc = copy(o->args->time, &of->time);

    of->by = what->by;
    of->strata = what->strata;
    of->covariates = columns->count - what->by - what->strata;
    rc = rc != 0 ? rc : copy(o->args->event, &of->event);
    rc = rc != 0 ? rc : copy(o->args->entry, &of->entry);
    rc = rc != 0 ? rc : copy(o->args->weight, &of->weight);
    rc = rc != 0 ? rc : copy(key, &of->shard_key);
    rc = rc != 0 ? rc : copy(what->offset, &of->offset);
    of->columns = calloc(columns->count + 1, sizeof *of->columns);
    of->causes = calloc(1, sizeof *of->causes);
    if (rc != 0 || of->columns == NULL || of->causes == NULL)
        return TTA_E_MEMORY;
    of->cause_count = 1;
    rc = copy(o->event_value == NULL ? "1" : o->event_value, &of->causes[0]);
    for (size_t i = 0; rc == 0 && i < columns->count; i++)
        rc = copy(columns->v[i].name, &of->columns[i]);
    return rc;
}

/* What has been read, as counts in their order, which the caller releases. */
static int count_all(struct tta_run *run, const struct outcome *o, const struct parts_columns *what,
                     struct tta_counts *c, struct tta_error *e)
{
    struct tta_number_style style = tta_input_numbers(run);
    const char *key = NULL;

    c->rows = tta_row_number(run);
    c->rejected = tta_rejected(run);
    c->weighted = o->args->weight != NULL;
    c->of.decimal = style.decimal;
    c->of.group = style.group;
    if (!tta_shard(run, &c->part, &c->parts, &key))
        key = NULL;
    if (name_all(o, what, key, &c->of) != 0)
        return tta_fail_memory(e);
    if (collect(o, what->columns, c, e) != 0)
        return e->code;
    return tta_counts_line_up(c, e);
}

int parts_write(struct tta_run *run, const struct parts_args *args, const struct outcome *o,
                const struct parts_columns *what, struct tta_error *e)
{
    struct tta_counts c = {0};
    struct tta_buffer text = {0};
    unsigned char hash[32];
    int rc;

    tta_inputs_hash(run, hash);
    tta_hash_hex(hash, sizeof hash, c.input);
    rc = count_all(run, o, what, &c, e);
    if (rc == 0)
        rc = which(run, args, &c, e);
    if (rc == 0)
        rc = tta_counts_write(&c, &text, e);
    if (rc == 0)
        rc = tta_print(run, &text, e);
    tta_buffer_release(&text);
    tta_counts_release(&c);
    return rc;
}
