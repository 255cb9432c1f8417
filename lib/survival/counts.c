/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/counts.h"

#include <stdlib.h>
#include <string.h>

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

    for (size_t i = 0; order == 0 && i < x->columns; i++) {
        const char *one = x->values[i], *other = y->values[i];

        order = one == NULL || other == NULL ? (one != NULL) - (other != NULL) : strcmp(one, other);
    }
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
    free(c->of.offset);
    free(c->name);
    free(c->counts);
    memset(c, 0, sizeof *c);
}
