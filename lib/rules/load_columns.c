/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inputs, outputs and readings of a document. */
#include <stdio.h>

#include "load.h"

static int read_type(struct tta_rules_loader *l, const json_t *json, struct tta_rules_column *c)
{
    static const struct {
        const char *name;
        enum tta_type type;
    } types[] = {{"integer", TTA_INTEGER}, {"decimal", TTA_DECIMAL}, {"money", TTA_MONEY},
                 {"date", TTA_DATE},       {"boolean", TTA_BOOLEAN}, {"text", TTA_TEXT}};
    const char *name = tta_json_text(json, "type", "");

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(name, types[i].name) == 0) {
            c->type = types[i].type;
            return 0;
        }
    return tta_fail(l->e, TTA_E_INTERNAL,
                    "the schema of rules knows a type that the engine does not");
}

/* "minimum" or "maximum" in the column's unit; without one *bound stays. */
static int read_bound(struct tta_rules_loader *l, const json_t *json, const char *key,
                      const char *place, const struct tta_rules_column *c, int64_t *bound)
{
    int64_t micro, unit = c->type == TTA_INTEGER ? TTA_MICRO : c->type == TTA_MONEY ? 10000 : 1;

    if (json_object_get(json, key) == NULL)
        return 0;
    if (c->type != TTA_INTEGER && c->type != TTA_DECIMAL && c->type != TTA_MONEY)
        return tta_document_fail(&l->d, l->e, place, "a %s has no %s", tta_type_name(c->type), key);
    if (!tta_json_decimal(json, key, &micro) || micro % unit != 0)
        return tta_document_fail(&l->d, l->e, place, "%s is no %s", key, tta_type_name(c->type));
    *bound = micro / unit;
    return 0;
}

/* The names of a choice. */
static int read_choices(struct tta_rules_loader *l, const json_t *list, const char *place,
                        struct tta_rules_column *c)
{
    size_t count = json_array_size(list);
    const char **names;

    if (list == NULL)
        return 0;
    if (c->type != TTA_TEXT)
        return tta_document_fail(&l->d, l->e, place, "only a text has values");
    names = tta_rules_alloc(l->t, count + 1, sizeof *names);
    if (names == NULL)
        return tta_fail_memory(l->e);
    c->values = names;
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_array_get(list, i));

        if (tta_rules_choice(c, tta_text_of(name)) != TTA_CHOICE_NONE)
            return tta_document_fail(&l->d, l->e, place, "a value stands twice");
        names[i] = tta_rules_string(l->t, name);
        if (names[i] == NULL)
            return tta_fail_memory(l->e);
        c->value_count = i + 1;
    }
    c->type = TTA_CHOICE;
    return 0;
}

static int take_constant(struct tta_rules_loader *l, json_t *json, const struct tta_rules_column *c,
                         const char *place, const char *what, union tta_slot *out)
{
    static const struct tta_rules_place nowhere = {"", ""};
    struct tta_rules_node *n = tta_rules_read_node(l, json, NULL, 0, &nowhere, 0);
    const char *why;

    if (n == NULL)
        return l->e->code;
    return tta_rules_constant(c, n, out, &why)
               ? 0
               : tta_document_fail(&l->d, l->e, place, "%s is %s", what, why);
}

int tta_rules_take_constant(struct tta_rules_loader *l, json_t *json,
                            const struct tta_rules_column *c, bool null_ok, const char *place,
                            union tta_slot *out)
{
    if (!json_is_null(json))
        return take_constant(l, json, c, place, c->name, out);
    if (!null_ok)
        return tta_document_fail(&l->d, l->e, place, "%s is null", c->name);
    memset(out, 0, sizeof *out);
    tta_type_set_missing(c->type, out);
    return 0;
}

/* The constants that an output may have. */
static int read_allowed(struct tta_rules_loader *l, const json_t *list, const char *place,
                        struct tta_rules_column *c)
{
    size_t count = json_array_size(list);
    union tta_slot *allowed;

    if (list == NULL)
        return 0;
    allowed = tta_rules_alloc(l->t, count, sizeof *allowed);
    if (allowed == NULL)
        return tta_fail_memory(l->e);
    for (size_t i = 0; i < count; i++) {
        char what[40];

        snprintf(what, sizeof what, "value %zu", i + 1);
        if (take_constant(l, json_array_get(list, i), c, place, what, &allowed[i]) != 0)
            return l->e->code;
    }
    c->allowed = allowed;
    c->value_count = count;
    return 0;
}

/* How a COLLECT table puts together what its rules give. */
static int read_combine(struct tta_rules_loader *l, const json_t *json, const char *place,
                        struct tta_rules_column *c)
{
    static const char *const names[] = {"", "and", "or", "min", "max", "sum"};
    const char *combine = tta_json_text(json, "combine", "");
    json_t *start = json_object_get(json, "start");
    bool number = c->type == TTA_INTEGER || c->type == TTA_DECIMAL || c->type == TTA_MONEY, fits;

    if (l->t->hit_policy != TTA_HIT_COLLECT)
        return *combine == '\0' && start == NULL
                   ? 0
                   : tta_document_fail(&l->d, l->e, place, "start and combine are for COLLECT");
    if (*combine == '\0' || start == NULL)
        return tta_document_fail(&l->d, l->e, place, "COLLECT needs start and combine");
    for (int i = TTA_COMBINE_AND; i <= TTA_COMBINE_SUM; i++)
        if (strcmp(combine, names[i]) == 0)
            c->combine = (enum tta_rules_combine)i;
    fits = c->combine == TTA_COMBINE_SUM   ? number
           : c->combine >= TTA_COMBINE_MIN ? number || c->type == TTA_DATE
                                           : c->type == TTA_BOOLEAN;
    if (!fits)
        return tta_document_fail(&l->d, l->e, place, "%s of a %s", combine, tta_type_name(c->type));
    return tta_rules_take_constant(l, start, c, c->nullable, place, &c->start);
}

static int read_input(struct tta_rules_loader *l, const json_t *json, const char *place,
                      struct tta_rules_column *c)
{
    if (read_bound(l, json, "minimum", place, c, &c->minimum) != 0 ||
        read_bound(l, json, "maximum", place, c, &c->maximum) != 0)
        return l->e->code;
    if (c->minimum > c->maximum)
        return tta_document_fail(&l->d, l->e, place, "minimum is above maximum");
    c->optional = tta_json_boolean(json, "optional", false);
    if (c->optional && json_is_false(json_object_get(json, "nullable")))
        return tta_document_fail(&l->d, l->e, place, "optional, but not nullable");
    c->nullable = c->nullable || c->optional;
    return read_choices(l, json_object_get(json, "values"), place, c);
}

static int read_option(struct tta_rules_loader *l, const json_t *json, const char *place,
                       struct tta_rules_column *c)
{
    if (read_choices(l, json_object_get(json, "values"), place, c) != 0)
        return l->e->code;
    return take_constant(l, json_object_get(json, "default"), c, place, "default", &c->start);
}

static int read_column(struct tta_rules_loader *l, const json_t *json, const char *place,
                       enum tta_rules_role role, struct tta_rules_column *c)
{
    const json_t *description = json_object_get(json, "description");

    c->minimum = INT64_MIN;
    c->maximum = INT64_MAX;
    c->nullable = tta_json_boolean(json, "nullable", false);
    if (read_type(l, json, c) != 0 || !tta_rules_copy_text(l, json, "name", &c->name) ||
        !tta_rules_copy_text(l, json, "unit", &c->unit) ||
        !tta_rules_copy_text(l, description, "en", &c->description_en) ||
        !tta_rules_copy_text(l, description, "da", &c->description_da))
        return l->e->code;
    if (role == ROLE_INPUT)
        return read_input(l, json, place, c);
    if (role == ROLE_OPTION)
        return read_option(l, json, place, c);
    if (strcmp(c->name, "rule") == 0 || strcmp(c->name, "because") == 0)
        return tta_document_fail(&l->d, l->e, place, "%s is added by tta-visit itself", c->name);
    if (read_allowed(l, json_object_get(json, "values"), place, c) != 0)
        return l->e->code;
    return read_combine(l, json, place, c);
}

int tta_rules_load_columns(struct tta_rules_loader *l, enum tta_rules_role role,
                           struct tta_rules_column **columns, size_t *count)
{
    static const char *const keys[] = {"inputs", "outputs", "options"};
    const json_t *list = json_object_get(l->d.root, keys[role]);
    size_t n = json_array_size(list);
    char place[64];

    *columns = tta_rules_alloc(l->t, n + 1, sizeof **columns);
    if (*columns == NULL)
        return tta_fail_memory(l->e);
    for (size_t i = 0; i < n; i++) {
        struct tta_rules_column *c = &(*columns)[i];

        snprintf(place, sizeof place, "/%s/%zu", keys[role], i);
        if (read_column(l, json_array_get(list, i), place, role, c) != 0)
            return l->e->code;
        for (size_t k = 0; k < i; k++)
            if (strcmp((*columns)[k].name, c->name) == 0)
                return tta_document_fail(&l->d, l->e, place, "%s stands twice", c->name);
        for (size_t k = 0; role == ROLE_OUTPUT && k < l->t->input_count; k++)
            if (strcmp(l->inputs[k].name, c->name) == 0)
                return tta_document_fail(&l->d, l->e, place, "%s is an input too", c->name);
    }
    *count = n;
    return 0;
}
