/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run says to a table: what today is, which language, and how it is to be read. */
#include "internal.h"

#include <stdio.h>

void tta_rules_on(struct tta_rules *t, tta_date day)
{
    tta_rules_unsettle(t);
    t->program->today = day;
}

void tta_rules_speak(struct tta_rules *t, bool danish)
{
    t->program->danish = danish;
}

void tta_rules_read(struct tta_rules *t, size_t option, const union tta_slot *value)
{
    tta_rules_unsettle(t);
    t->program->readings[option] = *value;
}

const union tta_slot *tta_rules_read_as(const struct tta_rules *t, size_t option)
{
    return &t->program->readings[option];
}

/* A reading from the command line, in the document's own way of writing. */
static const char *parse(struct tta_rules *t, const struct tta_rules_column *c,
                         struct tta_text text, union tta_slot *out)
{
    static const struct tta_number_style plain = {'.', 0};
    char *copy;

    switch (c->type) {
    case TTA_INTEGER:
        return tta_integer_parse(text, plain, &out->integer);
    case TTA_DECIMAL:
        return tta_decimal_parse(text, plain, &out->micro);
    case TTA_MONEY:
        return tta_money_parse(text, plain, &out->ore);
    case TTA_DATE:
        return tta_date_parse(text, TTA_DATE_ISO, &out->date);
    case TTA_BOOLEAN:
        return tta_boolean_parse(text, &out->boolean);
    case TTA_CHOICE:
        out->choice = tta_rules_choice(c, text);
        return out->choice != TTA_CHOICE_NONE ? NULL : "none of its values";
    default:
        copy = tta_rules_alloc(t, text.len + 1, 1);
        if (copy == NULL)
            return "out of memory";
        memcpy(copy, text.ptr, text.len);
        out->text = tta_text_of(copy);
        return NULL;
    }
}

static size_t find_option(const struct tta_rules *t, struct tta_text name)
{
    size_t i = 0;

    while (i < t->option_count && !tta_text_is(name, t->options[i].name))
        i++;
    return i;
}

/* The versions of a table need not have the same readings. */
static int fail_name(const struct tta_rules_family *f, struct tta_error *e)
{
    char names[300] = "";
    size_t n = 0;

    for (size_t v = 0; v < f->count; v++)
        for (size_t i = 0; i < f->versions[v]->option_count && n < sizeof names; i++) {
            const char *name = f->versions[v]->options[i].name;
            size_t w = 0;

            while (w < v &&
                   find_option(f->versions[w], tta_text_of(name)) == f->versions[w]->option_count)
                w++;
            if (w == v)
                n +=
                    (size_t)snprintf(names + n, sizeof names - n, "%s%s", n == 0 ? "" : ", ", name);
        }
    if (n == 0)
        return tta_fail(e, TTA_E_USAGE, "--reading: %s can be read in one way only", f->name);
    return tta_fail(e, TTA_E_USAGE, "--reading=NAME=VALUE: the readings of %s are called %s",
                    f->name, names);
}

static int fail_value(const struct tta_rules_column *c, const char *why, struct tta_error *e)
{
    char names[300] = "";

    for (size_t i = 0, n = 0; c->type == TTA_CHOICE && i < c->value_count && n < sizeof names; i++)
        n += (size_t)snprintf(names + n, sizeof names - n, "%s%s", i == 0 ? ": " : ", ",
                              c->values[i]);
    return tta_fail(e, TTA_E_USAGE, "--reading=%s: %s%s", c->name, why, names);
}

/* One reading, where the table has it. */
static int set(struct tta_rules *t, struct tta_text name, struct tta_text value, bool *known,
               struct tta_error *e)
{
    size_t i = find_option(t, name);
    union tta_slot slot;
    const char *why;

    if (i == t->option_count)
        return 0;
    *known = true;
    memset(&slot, 0, sizeof slot);
    why = parse(t, &t->options[i], value, &slot);
    if (why == NULL && t->options[i].type == TTA_MONEY && slot.ore < 0)
        why = "an amount below 0";
    if (why != NULL)
        return fail_value(&t->options[i], why, e);
    tta_rules_read(t, i, &slot);
    return 0;
}

/* "le285-lov.price" is a reading of that version only: what stands before the dot, or nothing. */
static bool is_for(const struct tta_rules *t, struct tta_text *name)
{
    size_t n = strlen(t->id);

    if (memchr(name->ptr, '.', name->len) == NULL)
        return true;
    if (name->len <= n + 1 || memcmp(name->ptr, t->id, n) != 0 || name->ptr[n] != '.')
        return false;
    name->ptr += n + 1;
    name->len -= n + 1;
    return true;
}

static int refuse_twice(const char *const *items, size_t k, struct tta_error *e)
{
    size_t n = strcspn(items[k], "=");

    for (size_t i = 0; i < k; i++)
        if (strcspn(items[i], "=") == n && memcmp(items[i], items[k], n) == 0)
            return tta_fail(e, TTA_E_USAGE, "--reading: %.*s is given twice", (int)n, items[k]);
    return 0;
}

/* The days of "price_from" and "price_until", where a table has both. */
static int check_period(const struct tta_rules *t, struct tta_error *e)
{
    static const char from[] = "_from";

    for (size_t i = 0; i < t->option_count; i++) {
        const char *name = t->options[i].name;
        size_t n = strlen(name), until;
        char other[80];

        if (t->options[i].type != TTA_DATE || n < sizeof from || n + 2 > sizeof other ||
            strcmp(name + n + 1 - sizeof from, from) != 0)
            continue;
        snprintf(other, sizeof other, "%.*s_until", (int)(n + 1 - sizeof from), name);
        until = find_option(t, tta_text_of(other));
        if (until < t->option_count && t->options[until].type == TTA_DATE &&
            tta_rules_read_as(t, i)->date > tta_rules_read_as(t, until)->date)
            return tta_fail(e, TTA_E_USAGE, "--reading: in %s, %s is after %s", t->id, name, other);
    }
    return 0;
}

int tta_rules_family_reading(struct tta_rules_family *f, const char *const *items, size_t count,
                             struct tta_error *e)
{
    for (size_t k = 0; k < count; k++) {
        size_t n = strcspn(items[k], "=");
        bool known = false;

        if (refuse_twice(items, k, e) != 0)
            return e->code;
        for (size_t v = 0; items[k][n] != '\0' && v < f->count; v++) {
            struct tta_text name = {items[k], n};

            if (is_for(f->versions[v], &name) &&
                set(f->versions[v], name, tta_text_of(items[k] + n + 1), &known, e) != 0)
                return e->code;
        }
        if (!known)
            return fail_name(f, e);
    }
    for (size_t v = 0; v < f->count; v++)
        if (check_period(f->versions[v], e) != 0)
            return e->code;
    return 0;
}

int tta_rules_reading(struct tta_rules *t, const char *const *items, size_t count,
                      struct tta_error *e)
{
    struct tta_rules_family alone = {.name = t->id, .versions = &t, .count = 1};

    return tta_rules_family_reading(&alone, items, count, e);
}
