/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tta/frame.h"

static int grow(struct tta_variable *v)
{
    size_t cap = v->cap == 0 ? 1024 : v->cap * 2;

    if (v->is_factor) {
        int32_t *grown = realloc(v->level, cap * sizeof *grown);

        if (grown == NULL)
            return TTA_E_MEMORY;
        v->level = grown;
    } else {
        double *grown = realloc(v->number, cap * sizeof *grown);

        if (grown == NULL)
            return TTA_E_MEMORY;
        v->number = grown;
    }
    v->cap = cap;
    return 0;
}

/* A number behind texts: the first of them is more likely what is wrong. */
static void fail_number(const struct tta_variable *v, struct tta_error *e)
{
    char where[48] = "";

    if (v->first_row > 0)
        snprintf(where, sizeof where, ", in row %lld first", (long long)v->first_row);
    if (tta_names_find(&v->levels, tta_text_of("NA")) >= 0)
        tta_fail(e, TTA_E_DATA,
                 "a number, and before it NA%s%s; if that means no value, use --missing=NA",
                 v->levels.count > 1 ? " and other texts" : "", where);
    else
        tta_fail(e, TTA_E_DATA,
                 "a number, which the values before it are not%s; if it is a list of kinds, see "
                 "--factor; if those mean no value, --missing",
                 where);
}

int tta_variable_check(const struct tta_variable *v, const struct tta_either *value,
                       struct tta_error *e)
{
    bool text = isnan(value->number);

    if (v->n == 0 || v->forced || v->is_factor == text)
        return 0;
    if (!text)
        fail_number(v, e);
    else if (tta_text_is(value->text, "NA"))
        tta_fail(e, TTA_E_DATA,
                 "NA, and the values before it are numbers; if it means no value, use "
                 "--missing=NA");
    else
        tta_fail(e, TTA_E_DATA,
                 "not a number, as the values before it are; is it a list of kinds, see --factor");
    if (e->column[0] == '\0')
        snprintf(e->column, sizeof e->column, "%s", v->name);
    return e->code;
}

/* The row's level, and the number it is when it is a new one. */
static int add_level(struct tta_variable *v, const struct tta_either *value)
{
    int32_t known = v->levels.count;

    if (known == v->level_cap) {
        int32_t cap = known == 0 ? 16 : known * 2;
        double *grown = realloc(v->level_number, (size_t)cap * sizeof *grown);

        if (grown == NULL)
            return TTA_E_MEMORY;
        v->level_number = grown;
        v->level_cap = cap;
    }
    if (tta_names_number(&v->levels, value->text, &v->level[v->n]) != 0)
        return TTA_E_MEMORY;
    if (v->levels.count > known)
        v->level_number[known] = value->number;
    v->n++;
    return 0;
}

int tta_variable_add(struct tta_variable *v, const struct tta_either *value, struct tta_error *e)
{
    bool text = isnan(value->number);

    if (tta_variable_check(v, value, e) != 0)
        return e->code;
    if (v->n == 0) {
        v->is_factor = v->forced || text;
        v->number_like = v->is_factor;
    }
    if (v->n == v->cap && grow(v) != 0)
        return tta_fail_memory(e);
    if (!v->is_factor) {
        v->number[v->n++] = value->number;
        return 0;
    }
    v->number_like = v->number_like && !text;
    return add_level(v, value) == 0 ? 0 : tta_fail_memory(e);
}

/* What qsort needs to know of a level. */
struct level {
    struct tta_text text;
    double number;
    int32_t place;
};

static int by_text(const void *a, const void *b)
{
    const struct level *x = a, *y = b;

    return tta_text_compare(x->text, y->text);
}

static int by_number(const void *a, const void *b)
{
    const struct level *x = a, *y = b;
    int order = (x->number > y->number) - (x->number < y->number);

    return order != 0 ? order : by_text(a, b); /* 1 and 1.0 are two levels */
}

int tta_variable_finish(struct tta_variable *v, struct tta_error *e)
{
    int32_t count = v->levels.count;
    struct level *levels = malloc(((size_t)count + 1) * sizeof *levels);
    int32_t *rank = malloc(((size_t)count + 1) * sizeof *rank);

    v->order = malloc(((size_t)count + 1) * sizeof *v->order);
    if (levels == NULL || rank == NULL || v->order == NULL) {
        free(levels);
        free(rank);
        return tta_fail_memory(e);
    }
    for (int32_t i = 0; i < count; i++) {
        levels[i].text = tta_names_text(&v->levels, i);
        levels[i].place = i;
        levels[i].number = v->level_number[i];
    }
    qsort(levels, (size_t)count, sizeof *levels, v->number_like ? by_number : by_text);
    for (int32_t i = 0; i < count; i++) {
        v->order[i] = levels[i].place;
        rank[levels[i].place] = i;
    }
    for (size_t i = 0; v->is_factor && i < v->n; i++)
        v->level[i] = rank[v->level[i]];
    free(levels);
    free(rank);
    return 0;
}

struct tta_text tta_variable_level(const struct tta_variable *v, int32_t i)
{
    return tta_names_text(&v->levels, v->order[i]);
}

void tta_variable_release(struct tta_variable *v)
{
    free(v->number);
    free(v->level);
    free(v->order);
    free(v->level_number);
    tta_names_release(&v->levels);
}
