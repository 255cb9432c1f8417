/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts of the parts of an input as those of the whole. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tta/counts.h"
#include "tta/names.h"

/* NULL is equal to NULL only. */
static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_list(char *const *a, char *const *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!same(a[i], b[i]))
            return false;
    return true;
}

static bool same_study(const struct tta_counts *a, const struct tta_counts *b)
{
    const struct tta_counts_of *x = &a->of, *y = &b->of;

    return a->parts == b->parts && a->weighted == b->weighted && same(x->time, y->time) &&
           same(x->event, y->event) && same(x->entry, y->entry) && same(x->weight, y->weight) &&
           same(x->shard_key, y->shard_key) && same(x->offset, y->offset) && x->by == y->by &&
           x->strata == y->strata && x->covariates == y->covariates && x->decimal == y->decimal &&
           x->group == y->group &&
           same_list(x->columns, y->columns, x->by + x->strata + x->covariates) &&
           x->cause_count == y->cause_count && same_list(x->causes, y->causes, x->cause_count);
}

/* "b.json, part 2 of 3," as in messages. */
static const char *label(const struct tta_counts *p, char *out, size_t size)
{
    snprintf(out, size, "%.300s%spart %lld of %lld", p->name == NULL ? "" : p->name,
             p->name == NULL ? "" : ", ", (long long)p->part, (long long)p->parts);
    return out;
}

static int fail_two(const struct tta_counts *a, const struct tta_counts *b, const char *between,
                    const char *behind, struct tta_error *e)
{
    char one[360], other[360];

    return tta_fail(e, TTA_E_DATA, "%s, %s %s%s", label(a, one, sizeof one), between,
                    label(b, other, sizeof other), behind);
}

/* Names those of 1 .. parts that are not among these, in order. */
static int check_missing(const struct tta_counts *const *order, size_t count, struct tta_error *e)
{
    enum { NAMED = 20 };
    struct tta_buffer names = {0};
    int64_t parts = order[0]->parts;
    size_t at = 0;
    int missing = 0, rc = 0;

    for (int64_t i = 1; rc == 0 && i <= parts && missing <= NAMED; i++) {
        if (at < count && order[at]->part == i)
            at++;
        else if (missing++ < NAMED)
            rc = tta_buffer_format(&names, "%s%lld", missing == 1 ? "" : ", ", (long long)i);
    }
    rc = rc != 0 || missing <= NAMED ? rc : tta_buffer_string(&names, " and others");
    if (rc == 0)
        rc = tta_buffer_char(&names, '\0');
    if (rc != 0)
        tta_fail_memory(e);
    else if (missing > 0)
        tta_fail(e, TTA_E_DATA, "%s %s of %lld %s missing", missing == 1 ? "part" : "parts",
                 names.ptr, (long long)parts, missing == 1 ? "is" : "are");
    tta_buffer_release(&names);
    return e->code;
}

static int compare_parts(const void *a, const void *b)
{
    const struct tta_counts *const *x = a, *const *y = b;

    return ((*x)->part > (*y)->part) - ((*x)->part < (*y)->part);
}

static int compare_inputs(const void *a, const void *b)
{
    const struct tta_counts *const *x = a, *const *y = b;

    return strcmp((*x)->input, (*y)->input);
}

/* Pointers to the parts in that order, or NULL. */
static const struct tta_counts **in_order(const struct tta_counts *parts, size_t count,
                                          int (*compare)(const void *, const void *))
{
    const struct tta_counts **order = malloc((count + 1) * sizeof *order);

    for (size_t i = 0; order != NULL && i < count; i++)
        order[i] = &parts[i];
    if (order != NULL)
        qsort(order, count, sizeof *order, compare);
    return order;
}

/* All of them, each once, and made alike. */
static int check_parts(const struct tta_counts *parts, size_t count, struct tta_error *e)
{
    const struct tta_counts **order;

    if (count == 0)
        return tta_fail(e, TTA_E_DATA, "no parts to merge");
    order = in_order(parts, count, compare_parts);
    if (order == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < count && e->code == 0; i++)
        if (!same_study(&parts[0], &parts[i]))
            fail_two(&parts[i], &parts[0], "was made with other options than", "", e);
    for (size_t i = 1; i < count && e->code == 0; i++)
        if (order[i]->part == order[i - 1]->part)
            fail_two(order[i], order[i - 1], "comes twice: it is also", "", e);
    if (e->code == 0)
        check_missing(order, count, e);
    free(order);
    return e->code;
}

static int check_inputs(const struct tta_counts *parts, size_t count, struct tta_error *e)
{
    const struct tta_counts **order = in_order(parts, count, compare_inputs);

    if (order == NULL)
        return tta_fail_memory(e);
    for (size_t i = 1; i < count && e->code == 0; i++) {
        const struct tta_counts *one = order[i - 1], *other = order[i];
        bool equal = strcmp(other->input, one->input) == 0;

        if (parts[0].of.shard_key != NULL && (!equal || one->rows != other->rows))
            fail_two(one, other, "has read another input than", "", e);
        if (parts[0].of.shard_key == NULL && equal && other->rows > 0)
            fail_two(one, other, "has read the same bytes as",
                     ": a file that comes twice; if both are right, a column of ids makes them two",
                     e);
    }
    free(order);
    return e->code;
}

/* Parts of one input by --shard: a row is of one of them, or is bad, for one or for all. */
static int check_shards(const struct tta_counts *out, struct tta_error *e)
{
    int64_t counted = 0;

    for (size_t i = 0; i < out->count; i++)
        counted += out->counts[i].tally.rows;
    if (counted > out->rows || out->rows - counted > out->rejected)
        return tta_fail(e, TTA_E_DATA, "the parts hold %lld of the %lld rows of their input",
                        (long long)counted, (long long)out->rows);
    return 0;
}

static int copy_text(const char *from, char **to)
{
    *to = from == NULL ? NULL : tta_text_copy(tta_text_of(from));
    return from != NULL && *to == NULL ? TTA_E_MEMORY : 0;
}

/* The pattern's number among those of out, new or old; key: its values, one after the other. */
static int number_pattern(const struct tta_counts *from, size_t pattern, struct tta_counts *out,
                          struct tta_names *keys, int32_t *number)
{
    size_t columns = from->of.by + from->of.strata + from->of.covariates;
    struct tta_buffer key = {0};
    int32_t known = keys->count;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < columns; i++) {
        const char *value = from->values[pattern * columns + i];

        rc = tta_buffer_char(&key, value == NULL ? '-' : '+');
        if (rc == 0 && value != NULL)
            rc = tta_buffer_append(&key, value, strlen(value) + 1);
    }
    if (rc == 0)
        rc = tta_names_number(keys, tta_buffer_text(&key), number);
    tta_buffer_release(&key);
    if (rc != 0 || *number < known)
        return rc;
    out->patterns++;
    for (size_t i = 0; rc == 0 && i < columns; i++)
        rc = copy_text(from->values[pattern * columns + i],
                       &out->values[(size_t)known * columns + i]);
    return rc;
}

static int copy_list(char *const *from, size_t count, char ***to)
{
    *to = calloc(count + 1, sizeof **to);
    for (size_t i = 0; *to != NULL && i < count; i++)
        if (((*to)[i] = tta_text_copy(tta_text_of(from[i]))) == NULL)
            return TTA_E_MEMORY;
    return *to == NULL ? TTA_E_MEMORY : 0;
}

static int copy_study(const struct tta_counts_of *from, struct tta_counts_of *to)
{
    int rc;

    *to = *from;
    to->time = to->event = to->entry = to->weight = to->shard_key = to->offset = NULL;
    to->columns = to->causes = NULL;
    rc = copy_text(from->time, &to->time);
    rc = rc != 0 ? rc : copy_text(from->event, &to->event);
    rc = rc != 0 ? rc : copy_text(from->entry, &to->entry);
    rc = rc != 0 ? rc : copy_text(from->weight, &to->weight);
    rc = rc != 0 ? rc : copy_text(from->shard_key, &to->shard_key);
    rc = rc != 0 ? rc : copy_text(from->offset, &to->offset);
    rc = rc != 0
             ? rc
             : copy_list(from->columns, from->by + from->strata + from->covariates, &to->columns);
    return rc != 0 ? rc : copy_list(from->causes, from->cause_count, &to->causes);
}

static int add_part(const struct tta_counts *p, struct tta_counts *out, struct tta_names *keys)
{
    int32_t *number = malloc((p->patterns + 1) * sizeof *number);
    int rc = number == NULL ? TTA_E_MEMORY : 0;

    for (size_t i = 0; rc == 0 && i < p->patterns; i++)
        rc = number_pattern(p, i, out, keys, &number[i]);
    for (size_t i = 0; rc == 0 && i < p->count; i++) {
        out->counts[out->count] = p->counts[i];
        out->counts[out->count++].pattern = number[p->counts[i].pattern];
    }
    out->rows = p->of.shard_key == NULL ? out->rows + p->rows : p->rows;
    out->rejected += p->rejected;
    out->fractional = out->fractional || p->fractional;
    free(number);
    return rc;
}

int tta_counts_merge(const struct tta_counts *parts, size_t count, struct tta_counts *out,
                     struct tta_error *e)
{
    struct tta_names keys = {0};
    size_t patterns = 0, counts = 0, columns;
    int rc;

    memset(out, 0, sizeof *out);
    if (check_parts(parts, count, e) != 0 || check_inputs(parts, count, e) != 0 ||
        tta_counts_check_size(parts, count, e) != 0)
        return e->code;
    for (size_t i = 0; i < count; i++) {
        patterns += parts[i].patterns;
        counts += parts[i].count;
    }
    rc = copy_study(&parts[0].of, &out->of);
    out->weighted = parts[0].weighted;
    columns = out->of.by + out->of.strata + out->of.covariates;
    out->values = calloc(patterns * columns + 1, sizeof *out->values);
    out->counts = malloc((counts + 1) * sizeof *out->counts);
    if (out->values == NULL || out->counts == NULL)
        rc = TTA_E_MEMORY;
    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = add_part(&parts[i], out, &keys);
    tta_names_release(&keys);
    if (rc != 0)
        tta_fail_memory(e);
    if (rc == 0)
        rc = tta_counts_line_up(out, e);
    if (rc == 0 && out->of.shard_key != NULL)
        rc = check_shards(out, e);
    if (rc != 0)
        tta_counts_release(out);
    return rc;
}
