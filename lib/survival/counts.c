/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/counts.h"

#include <stdlib.h>
#include <string.h>

#include "tta/names.h"

static int by_kind(const void *a, const void *b)
{
    const struct tta_count *x = a, *y = b;

    if (x->pattern != y->pattern)
        return x->pattern < y->pattern ? -1 : 1;
    if (x->entry < y->entry || x->entry > y->entry)
        return x->entry < y->entry ? -1 : 1;
    if (x->time < y->time || x->time > y->time)
        return x->time < y->time ? -1 : 1;
    return (x->outcome > y->outcome) - (x->outcome < y->outcome);
}

void tta_counts_sort(struct tta_counts *c)
{
    size_t to = 0;

    if (c->count > 0)
        qsort(c->counts, c->count, sizeof *c->counts, by_kind);
    for (size_t i = 0; i < c->count; i++) {
        if (to > 0 && by_kind(&c->counts[to - 1], &c->counts[i]) == 0)
            tta_tally_add(&c->counts[to - 1].tally, &c->counts[i].tally);
        else
            c->counts[to++] = c->counts[i];
    }
    c->count = to;
}

/* Of the patterns by their values, through one pointer to the first of each. */
struct line {
    char **values;
    size_t columns;
    int32_t pattern;
};

static int by_values(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    int order = 0;

    for (size_t i = 0; order == 0 && i < x->columns; i++)
        order = strcmp(x->values[i], y->values[i]);
    return order;
}

int tta_counts_line_up(struct tta_counts *c, struct tta_error *e)
{
    size_t columns = c->of.by + c->of.strata + c->of.covariates;
    struct line *line = malloc((c->patterns + 1) * sizeof *line);
    int32_t *number = malloc((c->patterns + 1) * sizeof *number);
    char **values = calloc(c->patterns * columns + 1, sizeof *values);

    if (line == NULL || number == NULL || values == NULL) {
        free(line);
        free(number);
        free(values);
        return tta_fail_memory(e);
    }
    for (size_t i = 0; i < c->patterns; i++)
        line[i] = (struct line){c->values + i * columns, columns, (int32_t)i};
    qsort(line, c->patterns, sizeof *line, by_values);
    for (size_t i = 0; i < c->patterns; i++) {
        number[line[i].pattern] = (int32_t)i;
        for (size_t j = 0; j < columns; j++)
            values[i * columns + j] = line[i].values[j];
    }
    for (size_t i = 0; i < c->count; i++)
        c->counts[i].pattern = number[c->counts[i].pattern];
    free(c->values);
    c->values = values;
    free(line);
    free(number);
    tta_counts_sort(c);
    return 0;
}

/* Adds up what is equal, so that memory follows the kinds and not the rows. */
static int make_room(struct tta_counts *c, size_t *cap)
{
    size_t more = *cap == 0 ? 4096 : *cap * 2;
    struct tta_count *grown;

    tta_counts_sort(c);
    if (c->count < *cap / 2)
        return 0;
    grown = realloc(c->counts, more * sizeof *grown);
    if (grown == NULL)
        return TTA_E_MEMORY;
    c->counts = grown;
    *cap = more;
    return 0;
}

int tta_counts_collect(struct tta_counts *c, size_t n, const int32_t *pattern, const double *entry,
                       const double *time, const uint8_t *event, const double *weight,
                       struct tta_error *e)
{
    size_t cap = 0;

    for (size_t i = 0; i < n; i++) {
        struct tta_count one = {.pattern = pattern == NULL ? 0 : pattern[i],
                                .outcome = event[i],
                                .entry = entry == NULL ? 0 : entry[i] + 0.0,
                                .time = time[i] + 0.0, /* -0.0 becomes 0.0 */
                                .tally = {.rows = 1}};

        if (weight != NULL) {
            tta_exact_add(&one.tally.weight, weight[i]);
            tta_exact_add(&one.tally.weight2, weight[i] * weight[i]);
        }
        if (c->count == cap && make_room(c, &cap) != 0)
            return tta_fail_memory(e);
        c->counts[c->count++] = one;
    }
    tta_counts_sort(c);
    return 0;
}

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
           same(x->shard_key, y->shard_key) && x->by == y->by && x->strata == y->strata &&
           x->covariates == y->covariates && x->decimal == y->decimal && x->group == y->group &&
           same_list(x->columns, y->columns, x->by + x->strata + x->covariates) &&
           x->cause_count == y->cause_count && same_list(x->causes, y->causes, x->cause_count);
}

/* All of them, each once, and of one input. */
static int check_parts(const struct tta_counts *parts, size_t count, struct tta_error *e)
{
    int64_t all = count == 0 ? 0 : parts[0].parts;
    bool *seen = calloc(count + 1, sizeof *seen);

    if (seen == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < count && e->code == 0; i++) {
        const struct tta_counts *p = &parts[i];

        if (!same_study(&parts[0], p))
            tta_fail(e, TTA_E_DATA, "part %lld of %lld was made with other options than part %lld",
                     (long long)p->part, (long long)p->parts, (long long)parts[0].part);
        else if ((size_t)p->part <= count && seen[p->part])
            tta_fail(e, TTA_E_DATA, "part %lld of %lld comes twice", (long long)p->part,
                     (long long)all);
        else if ((size_t)p->part <= count)
            seen[p->part] = true;
    }
    for (int64_t i = 1; i <= all && e->code == 0; i++)
        if ((size_t)i > count || !seen[i])
            tta_fail(e, TTA_E_DATA, "part %lld of %lld is missing", (long long)i, (long long)all);
    if (count == 0)
        tta_fail(e, TTA_E_DATA, "no parts to merge");
    free(seen);
    return e->code;
}

static int compare_inputs(const void *a, const void *b)
{
    const struct tta_counts *const *x = a, *const *y = b;

    return strcmp((*x)->input, (*y)->input);
}

static int check_inputs(const struct tta_counts *parts, size_t count, struct tta_error *e)
{
    const struct tta_counts **order = malloc((count + 1) * sizeof *order);

    if (order == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < count; i++)
        order[i] = &parts[i];
    qsort(order, count, sizeof *order, compare_inputs);
    for (size_t i = 1; i < count && e->code == 0; i++) {
        bool equal = strcmp(order[i]->input, order[i - 1]->input) == 0;
        long long one = order[i - 1]->part, other = order[i]->part;

        if (parts[0].of.shard_key != NULL && !equal)
            tta_fail(e, TTA_E_DATA, "parts %lld and %lld are of different inputs", one, other);
        if (parts[0].of.shard_key == NULL && equal && order[i]->rows > 0)
            tta_fail(e, TTA_E_DATA, "parts %lld and %lld have read the same input", one, other);
    }
    free(order);
    return e->code;
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

        rc = tta_buffer_append(&key, value, strlen(value) + 1);
    }
    if (rc == 0)
        rc = tta_names_number(keys, tta_buffer_text(&key), number);
    tta_buffer_release(&key);
    if (rc != 0 || *number < known)
        return rc;
    out->patterns++;
    for (size_t i = 0; rc == 0 && i < columns; i++) {
        char *copy = tta_text_copy(tta_text_of(from->values[pattern * columns + i]));

        out->values[(size_t)known * columns + i] = copy;
        rc = copy == NULL ? TTA_E_MEMORY : 0;
    }
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

static int copy_text(const char *from, char **to)
{
    *to = from == NULL ? NULL : tta_text_copy(tta_text_of(from));
    return from != NULL && *to == NULL ? TTA_E_MEMORY : 0;
}

static int copy_study(const struct tta_counts_of *from, struct tta_counts_of *to)
{
    int rc;

    *to = *from;
    to->time = to->event = to->entry = to->weight = to->shard_key = NULL;
    to->columns = to->causes = NULL;
    rc = copy_text(from->time, &to->time);
    rc = rc != 0 ? rc : copy_text(from->event, &to->event);
    rc = rc != 0 ? rc : copy_text(from->entry, &to->entry);
    rc = rc != 0 ? rc : copy_text(from->weight, &to->weight);
    rc = rc != 0 ? rc : copy_text(from->shard_key, &to->shard_key);
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
    out->rows += p->rows;
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
    if (rc != 0)
        tta_counts_release(out);
    return rc;
}

static void free_list(char **list, size_t count)
{
    for (size_t i = 0; list != NULL && i < count; i++)
        free(list[i]);
    free(list);
}

void tta_counts_release(struct tta_counts *c)
{
    size_t columns = c->of.by + c->of.strata + c->of.covariates;

    free_list(c->values, c->patterns * columns);
    free_list(c->of.columns, columns);
    free_list(c->of.causes, c->of.cause_count);
    free(c->of.time);
    free(c->of.event);
    free(c->of.entry);
    free(c->of.weight);
    free(c->of.shard_key);
    free(c->counts);
    memset(c, 0, sizeof *c);
}
