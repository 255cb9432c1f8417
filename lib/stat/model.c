/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model.h"

#include <stdlib.h>

#define KNOTS_MOST 50

/* The column's number, new or old. */
static int column_number(struct tta_model *m, struct tta_text name, size_t *number)
{
    const char **grown;

    for (size_t i = 0; i < m->column_count; i++)
        if (tta_text_is(name, m->columns[i])) {
            *number = i;
            return 0;
        }
    grown = realloc(m->columns, (m->column_count + 1) * sizeof *grown);
    if (grown == NULL)
        return TTA_E_MEMORY;
    m->columns = grown;
    grown[m->column_count] = tta_text_copy(name);
    if (grown[m->column_count] == NULL)
        return TTA_E_MEMORY;
    *number = m->column_count++;
    return 0;
}

static bool starts(struct tta_text t, const char *word)
{
    size_t len = strlen(word);

    return t.len > len && memcmp(t.ptr, word, len) == 0 && t.ptr[t.len - 1] == ')';
}

/* The whole number, 1..KNOTS_MOST, behind a spline's comma; 0 when there is none. */
static int knots_of(struct tta_text *inside)
{
    int knots = 0;
    size_t i = inside->len;

    while (i > 0 && inside->ptr[i - 1] >= '0' && inside->ptr[i - 1] <= '9')
        i--;
    if (i == inside->len || inside->len - i > 2 || i < 2 || inside->ptr[i - 1] != ',')
        return 0;
    for (size_t j = i; j < inside->len; j++)
        knots = knots * 10 + (inside->ptr[j] - '0');
    inside->len = i - 1;
    return knots <= KNOTS_MOST ? knots : 0;
}

/* As R writes what is written otherwise here. */
static int refuse_foreign(struct tta_text t, struct tta_error *e)
{
    if (starts(t, "factor(") || starts(t, "as.factor("))
        return tta_fail(e, TTA_E_USAGE, "for factor(COLUMN): COLUMN, and --factor=COLUMN");
    if (starts(t, "strata("))
        return tta_fail(e, TTA_E_USAGE, "for strata(COLUMN): --strata=COLUMN");
    if (t.len > 0 && memchr(t.ptr, '*', t.len) != NULL)
        return tta_fail(e, TTA_E_USAGE, "for A*B: A,B,A:B");
    return 0;
}

static int parse_part(struct tta_model *m, struct tta_text t, struct tta_part *part,
                      struct tta_error *e)
{
    struct tta_text inside = t;

    if (refuse_foreign(t, e) != 0)
        return e->code;
    part->kind = starts(t, "log(")  ? TTA_PART_LOG
                 : starts(t, "ns(") ? TTA_PART_SPLINE
                                    : TTA_PART_COLUMN;
    if (part->kind != TTA_PART_COLUMN) {
        size_t skip = part->kind == TTA_PART_LOG ? 4 : 3;

        inside = (struct tta_text){t.ptr + skip, t.len - skip - 1};
    }
    if (part->kind == TTA_PART_SPLINE && (part->knots = knots_of(&inside)) == 0)
        return tta_fail(e, TTA_E_USAGE, "a spline is ns(COLUMN,K), K from 1 to %d", KNOTS_MOST);
    if (inside.len == 0)
        return tta_fail(e, TTA_E_USAGE, "a term without a column");
    return column_number(m, inside, &part->column) == 0 ? 0 : tta_fail_memory(e);
}

static bool same_part(const struct tta_part *a, const struct tta_part *b)
{
    return a->column == b->column && a->kind == b->kind && a->knots == b->knots;
}

/* Are a's parts, but for skip, b's? */
static bool same_parts(const struct tta_item *a, size_t skip, const struct tta_item *b)
{
    if (a->count - (skip < a->count) != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        bool found = i == skip;

        for (size_t j = 0; j < b->count; j++)
            found = found || same_part(&a->part[i], &b->part[j]);
        if (!found)
            return false;
    }
    return true;
}

bool tta_model_has_rest(const struct tta_model *m, const struct tta_item *item, size_t skip)
{
    if (item->count == 1)
        return true; /* the rest is the baseline hazard, or an intercept */
    for (size_t i = 0; i < m->count; i++)
        if (same_parts(item, skip, &m->item[i]))
            return true;
    return false;
}

static int parse_item(struct tta_model *m, struct tta_text t, struct tta_item *item,
                      struct tta_error *e)
{
    item->label = tta_text_copy(t);
    item->part = calloc(t.len + 1, sizeof *item->part);
    if (item->label == NULL || item->part == NULL)
        return tta_fail_memory(e);
    for (size_t from = 0, to; from <= t.len; from = to + 1) {
        struct tta_part part = {0};

        for (to = from; to < t.len && t.ptr[to] != ':';)
            to++;
        if (parse_part(m, (struct tta_text){t.ptr + from, to - from}, &part, e) != 0)
            return e->code;
        for (size_t i = 0; i < item->count; i++)
            if (same_part(&item->part[i], &part))
                return tta_fail(e, TTA_E_USAGE, "%s is a product with itself", item->label);
        item->part[item->count++] = part;
    }
    for (size_t i = 0; i < m->count; i++)
        if (same_parts(item, item->count, &m->item[i]))
            return tta_fail(e, TTA_E_USAGE, "%s is named twice", item->label);
    return 0;
}

/* Opened and not closed: the option's comma was inside of it. */
static bool is_open(struct tta_text t)
{
    int depth = 0;

    for (size_t i = 0; i < t.len; i++)
        depth += (t.ptr[i] == '(') - (t.ptr[i] == ')');
    return depth > 0;
}

int tta_model_parse(const char *const *texts, size_t count, struct tta_model *m,
                    struct tta_error *e)
{
    struct tta_buffer b = {0};
    int rc = 0;

    memset(m, 0, sizeof *m);
    m->item = calloc(count + 1, sizeof *m->item);
    if (m->item == NULL)
        rc = tta_fail_memory(e);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        if (tta_buffer_string(&b, texts[i]) != 0)
            rc = tta_fail_memory(e);
        if (rc != 0)
            break;
        if (is_open(tta_buffer_text(&b)) && i + 1 < count) {
            rc = tta_buffer_char(&b, ',') == 0 ? 0 : tta_fail_memory(e);
            continue;
        }
        rc = parse_item(m, tta_buffer_text(&b), &m->item[m->count], e);
        m->count++;
        b.len = 0;
    }
    tta_buffer_release(&b);
    if (rc != 0)
        tta_model_release(m);
    return rc;
}

void tta_model_release(struct tta_model *m)
{
    for (size_t i = 0; i < m->column_count; i++)
        free((void *)(uintptr_t)m->columns[i]);
    for (size_t i = 0; m->item != NULL && i < m->count; i++) {
        free(m->item[i].part);
        free(m->item[i].label);
    }
    free(m->columns);
    free(m->item);
    memset(m, 0, sizeof *m);
}
