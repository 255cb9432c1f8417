/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a row's inputs are held to before the rules see them; values in words. */
#include "internal.h"

#include <stdio.h>

static inline int64_t number_of(const struct tta_rules_limit *l, const union tta_slot *v)
{
    switch (l->type) {
    case TTA_BOOLEAN:
        return v->boolean == TTA_BOOLEAN_NONE ? TTA_INTEGER_NONE : v->boolean != 0;
    case TTA_CHOICE:
        return v->choice == TTA_CHOICE_NONE ? TTA_INTEGER_NONE : v->choice;
    case TTA_DATE:
        return v->date == TTA_DATE_NONE ? TTA_INTEGER_NONE : v->date;
    case TTA_TEXT:
        if (v->text.ptr == NULL)
            return TTA_INTEGER_NONE;
        return l->words == NULL ? 0 : tta_rules_words_class(l->words, v->text);
    default:
        return v->integer;
    }
}

static inline bool is_allowed(const struct tta_rules_limit *l, int64_t v)
{
    return (v >= l->lo) & (v <= l->hi) || (l->nullable && v == TTA_INTEGER_NONE);
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
    if (l->lo == TTA_INTEGER_NONE + 1)
        return tta_fail(e, TTA_E_DATA, "above %s", hi);
    if (l->hi == INT64_MAX)
        return tta_fail(e, TTA_E_DATA, "below %s", lo);
    return tta_fail(e, TTA_E_DATA, "outside %s to %s", lo, hi);
}

bool tta_rules_take_inputs(const struct tta_rules *t, const union tta_slot *in, int64_t *number)
{
    const struct tta_rules_limit *limits = t->program->limits;
    bool good = true;

    for (size_t i = 0; i < t->input_count; i++) {
        number[i] = number_of(&limits[i], &in[i]);
        good &= is_allowed(&limits[i], number[i]);
    }
    return good;
}

int tta_rules_fail_input(const struct tta_rules *t, const union tta_slot *in, const int64_t *number,
                         struct tta_error *e)
{
    size_t i = 0;

    while (is_allowed(&t->program->limits[i], number[i]))
        i++;
    return fail_limit(t, &t->program->limits[i], &in[i], e);
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
