/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/column.h"

#include <math.h>
#include <stdio.h>

static const struct tta_number_style json_style = {'.', 0};

static bool is_missing(struct tta_text t, enum tta_cell_kind kind, const struct tta_dialect *d)
{
    if (t.len == 0 || kind == TTA_CELL_NOTHING)
        return true;
    for (size_t i = 0; i < d->missing_count; i++)
        if (tta_text_is(t, d->missing[i]))
            return true;
    return false;
}

/* Without asking how long the name is: nearly all that differ do so at once. */
static inline bool is_name(struct tta_text t, const char *name)
{
    return name[0] == t.ptr[0] && strncmp(name, t.ptr, t.len) == 0 && name[t.len] == '\0';
}

static const char *parse_choice(struct tta_text t, const struct tta_binding *b, int32_t *out)
{
    char normal[64];

    for (int32_t i = 0; b->column->choices[i] != NULL; i++)
        if (is_name(t, b->column->choices[i])) {
            *out = i;
            return NULL;
        }
    for (const struct tta_choice_alias *a = b->aliases; a != NULL && a->text != NULL; a++)
        if (tta_text_normal(t, normal, sizeof normal) && strcmp(normal, a->text) == 0) {
            *out = a->choice;
            return NULL;
        }
    return "not one of the values it may have";
}

/* Straight into the record: what is at place has the column's type. */
static const char *parse(struct tta_text t, enum tta_cell_kind kind, const struct tta_binding *b,
                         const struct tta_dialect *d, void *place)
{
    struct tta_number_style style = kind == TTA_CELL_NUMBER ? json_style : d->number;
    struct tta_either *either = place;

    if (kind == TTA_CELL_NESTED)
        return "an object or array where one value is wanted";
    switch (b->column->type) {
    case TTA_TEXT:
        *(struct tta_text *)place = t;
        return NULL;
    case TTA_INTEGER:
        return tta_integer_parse(t, style, place);
    case TTA_DECIMAL:
        return tta_decimal_parse(t, style, place);
    case TTA_MONEY:
        return tta_money_parse(t, style, place);
    case TTA_DATE:
        return tta_date_parse(t, d->date, place);
    case TTA_BOOLEAN:
        return tta_boolean_parse(t, place);
    case TTA_NUMBER:
        return tta_double_parse(t, style, place);
    case TTA_CHOICE:
        return parse_choice(t, b, place);
    case TTA_EITHER:
        either->text = t;
        if (tta_double_parse(t, style, &either->number) != NULL)
            either->number = NAN;
        return NULL;
    }
    return "of a type that nothing reads";
}

static int broken(const struct tta_binding *b, const char *problem, struct tta_error *e)
{
    tta_fail(e, TTA_E_DATA, "%s", problem);
    if (e->column[0] == '\0')
        snprintf(e->column, sizeof e->column, "%s", b->column->name);
    return e->code;
}

int tta_bind_row(const struct tta_binding *bindings, size_t count, const struct tta_row *row,
                 const struct tta_dialect *d, void *record, struct tta_error *e)
{
    for (size_t i = 0; i < count; i++) {
        const struct tta_binding *b = &bindings[i];
        const struct tta_cell *cell = b->index < row->count ? &row->cells[b->index] : NULL;
        void *place = (char *)record + b->column->offset;
        struct tta_text t = {cell == NULL ? NULL : cell->ptr, cell == NULL ? 0 : cell->len};
        const char *problem;

        if (cell == NULL || is_missing(t, cell->kind, d)) {
            if ((b->column->flags & (TTA_NULLABLE | TTA_OPTIONAL)) == 0)
                return broken(b, "empty", e);
            tta_type_set_missing(b->column->type, place);
            continue;
        }
        problem = parse(t, cell->kind, b, d, place);
        if (problem != NULL)
            return broken(b, problem, e);
    }
    return 0;
}
