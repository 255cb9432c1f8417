/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a row's inputs are held to before the rules see them; values in words. */
#include "internal.h"

#include <stdio.h>

static inline bool is_allowed(const struct tta_rules_limit *l, const union tta_slot *v)
{
    switch (l->type) {
    case TTA_BOOLEAN:
        return v->boolean != TTA_BOOLEAN_NONE || l->nullable;
    case TTA_CHOICE:
        return v->choice == TTA_CHOICE_NONE ? l->nullable : v->choice >= 0 && v->choice <= l->hi;
    case TTA_DATE:
        return v->date != TTA_DATE_NONE || l->nullable;
    case TTA_TEXT:
        return v->text.ptr != NULL || l->nullable;
    default:
        return v->integer == TTA_INTEGER_NONE ? l->nullable
                                              : v->integer >= l->lo && v->integer <= l->hi;
    }
}

static void write_number(enum tta_type type, int64_t value, char out[TTA_NUMBER_SIZE])
{
    if (type == TTA_MONEY)
        tta_money_write(value, '.', out);
    else if (type == TTA_DECIMAL)
        tta_decimal_write(value, '.', out);
    else
        tta_integer_write(value, out);
}

static int fail_limit(const struct tta_rules *t, const struct tta_rules_limit *l,
                      const union tta_slot *v, struct tta_error *e)
{
    const struct tta_rules_column *c = &t->inputs[l->slot];
    char lo[TTA_NUMBER_SIZE], hi[TTA_NUMBER_SIZE], names[300] = "";

    if (e->code == 0)
        snprintf(e->column, sizeof e->column, "%s", c->name);
    if (tta_type_is_missing(c->type, v))
        return tta_fail(e, TTA_E_DATA, "empty, and %s needs it", t->id);
    if (c->type == TTA_CHOICE) {
        for (size_t i = 0, n = 0; i < c->value_count && n < sizeof names; i++)
            n += (size_t)snprintf(names + n, sizeof names - n, "%s%s", i == 0 ? "" : ", ",
                                  c->values[i]);
        return tta_fail(e, TTA_E_DATA, "not one of %s", names);
    }
    write_number(c->type, l->lo, lo);
    write_number(c->type, l->hi, hi);
    if (l->lo == INT64_MIN)
        return tta_fail(e, TTA_E_DATA, "above %s", hi);
    if (l->hi == INT64_MAX)
        return tta_fail(e, TTA_E_DATA, "below %s", lo);
    return tta_fail(e, TTA_E_DATA, "outside %s to %s", lo, hi);
}

int tta_rules_check_limits(const struct tta_rules *t, const union tta_slot *in, struct tta_error *e)
{
    const struct tta_rules_program *p = t->program;

    for (size_t i = 0; i < p->limit_count; i++)
        if (!is_allowed(&p->limits[i], &in[p->limits[i].slot]))
            return fail_limit(t, &p->limits[i], &in[p->limits[i].slot], e);
    return 0;
}

int tta_rules_write(struct tta_buffer *out, const struct tta_rules_column *c,
                    const union tta_slot *v)
{
    char number[TTA_NUMBER_SIZE];

    if (tta_type_is_missing(c->type, v))
        return tta_buffer_string(out, "empty");
    switch (c->type) {
    case TTA_BOOLEAN:
        return tta_buffer_string(out, v->boolean != 0 ? "true" : "false");
    case TTA_DATE:
        tta_date_write(v->date, TTA_DATE_ISO, number);
        return tta_buffer_string(out, number);
    case TTA_CHOICE:
        return tta_buffer_string(out, v->choice >= 0 && (size_t)v->choice < c->value_count
                                          ? c->values[v->choice]
                                          : "(another value)");
    case TTA_TEXT:
        return tta_buffer_format(out, "\"%.*s\"", (int)v->text.len, v->text.ptr);
    default:
        write_number(c->type, v->integer, number);
        return tta_buffer_string(out, number);
    }
}
