/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the checked document to columns, rules and trees. The schema has made sure
 * of the shapes; what depends on what (names, types, values) is checked here and in
 * resolve.c. Only this file and load_tree.c know of JSON.
 */
#include <stdio.h>
#include <stdlib.h>

#include "load.h"

/* Copies a text of the document; false (and the error set) when memory is out. */
static bool copy_text(struct tta_rules_loader *l, const json_t *object, const char *key,
                      const char **out)
{
    *out = tta_rules_string(l->t, tta_json_text(object, key, ""));
    if (*out == NULL)
        tta_fail_memory(l->e);
    return *out != NULL;
}

/* ---- columns ---- */

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
        struct tta_rules_node *n = tta_rules_read_node(l, json_array_get(list, i), NULL, 0, 0, 0);
        const char *why;

        if (n == NULL)
            return l->e->code;
        if (!tta_rules_constant(c, n, &allowed[i], &why))
            return tta_document_fail(&l->d, l->e, place, "value %zu is %s", i + 1, why);
    }
    c->allowed = allowed;
    c->value_count = count;
    return 0;
}

static int read_column(struct tta_rules_loader *l, const json_t *json, const char *place,
                       bool input, struct tta_rules_column *c)
{
    const json_t *description = json_object_get(json, "description");
    const json_t *values = json_object_get(json, "values");

    c->minimum = INT64_MIN;
    c->maximum = INT64_MAX;
    c->nullable = tta_json_boolean(json, "nullable", false);
    if (read_type(l, json, c) != 0 || !copy_text(l, json, "name", &c->name) ||
        !copy_text(l, json, "unit", &c->unit) ||
        !copy_text(l, description, "en", &c->description_en) ||
        !copy_text(l, description, "da", &c->description_da))
        return l->e->code;
    if (!input)
        return read_allowed(l, values, place, c);
    if (read_bound(l, json, "minimum", place, c, &c->minimum) != 0 ||
        read_bound(l, json, "maximum", place, c, &c->maximum) != 0)
        return l->e->code;
    if (c->minimum > c->maximum)
        return tta_document_fail(&l->d, l->e, place, "minimum is above maximum");
    return read_choices(l, values, place, c);
}

static int read_columns(struct tta_rules_loader *l, const char *key, bool input,
                        struct tta_rules_column **columns, size_t *count)
{
    const json_t *list = json_object_get(l->d.root, key);
    size_t n = json_array_size(list);
    char place[64];

    *columns = tta_rules_alloc(l->t, n, sizeof **columns);
    if (*columns == NULL)
        return tta_fail_memory(l->e);
    for (size_t i = 0; i < n; i++) {
        struct tta_rules_column *c = &(*columns)[i];

        snprintf(place, sizeof place, "/%s/%zu", key, i);
        if (read_column(l, json_array_get(list, i), place, input, c) != 0)
            return l->e->code;
        for (size_t k = 0; k < i; k++)
            if (strcmp((*columns)[k].name, c->name) == 0)
                return tta_document_fail(&l->d, l->e, place, "%s stands twice", c->name);
        for (size_t k = 0; !input && k < l->t->input_count; k++)
            if (strcmp(l->inputs[k].name, c->name) == 0)
                return tta_document_fail(&l->d, l->e, place, "%s is an input too", c->name);
    }
    *count = n;
    return 0;
}

/* ---- rules ---- */

static bool slot_equal(enum tta_type type, const union tta_slot *a, const union tta_slot *b)
{
    return type == TTA_TEXT ? tta_text_equal(a->text, b->text)
                            : memcmp(a, b, tta_type_size(type)) == 0;
}

static int take_constant(struct tta_rules_loader *l, json_t *json, const struct tta_rules_column *c,
                         const char *place, const char *id, union tta_slot *out)
{
    struct tta_rules_node *n;
    const char *why;
    bool known = c->allowed == NULL;

    if (json == NULL)
        return tta_document_fail(&l->d, l->e, place, "rule %s: output %s is missing", id, c->name);
    n = tta_rules_read_node(l, json, NULL, 0, 0, 0);
    if (n == NULL)
        return l->e->code;
    if (!tta_rules_constant(c, n, out, &why))
        return tta_document_fail(&l->d, l->e, place, "rule %s: output %s is %s", id, c->name, why);
    for (size_t i = 0; !known && i < c->value_count; i++)
        known = slot_equal(c->type, &c->allowed[i], out);
    return known ? 0
                 : tta_document_fail(&l->d, l->e, place,
                                     "rule %s: output %s is not among its values", id, c->name);
}

/* The outputs of a rule, or of the default: each output once and nothing else. */
static int read_then(struct tta_rules_loader *l, json_t *then, const char *place,
                     struct tta_rule *rule)
{
    union tta_slot *slots = tta_rules_alloc(l->t, l->t->output_count, sizeof *slots);
    const char *key;
    json_t *member;

    if (slots == NULL)
        return tta_fail_memory(l->e);
    for (size_t i = 0; i < l->t->output_count; i++)
        if (take_constant(l, json_object_get(then, l->outputs[i].name), &l->outputs[i], place,
                          rule->id, &slots[i]) != 0)
            return l->e->code;
    rule->then = slots;
    json_object_foreach(then, key, member)
    {
        bool known = false;
        char shown[64];

        for (size_t i = 0; !known && i < l->t->output_count; i++)
            known = strcmp(key, l->outputs[i].name) == 0;
        if (!known)
            return tta_document_fail(&l->d, l->e, place, "rule %s: no output %s", rule->id,
                                     tta_text_printable(tta_text_of(key), shown, sizeof shown));
    }
    return 0;
}

static int read_rule(struct tta_rules_loader *l, const json_t *json, size_t i)
{
    const json_t *because = json_object_get(json, "because");
    struct tta_rule *rule = &l->rules[i];
    char place[64];

    snprintf(place, sizeof place, "/rules/%zu/id", i);
    if (!copy_text(l, json, "id", &rule->id) || !copy_text(l, json, "source", &rule->source) ||
        !copy_text(l, because, "en", &rule->because_en) ||
        !copy_text(l, because, "da", &rule->because_da))
        return l->e->code;
    for (size_t k = 0; k < i; k++)
        if (strcmp(l->rules[k].id, rule->id) == 0)
            return tta_document_fail(&l->d, l->e, place, "rule %s stands twice", rule->id);
    if (l->t->has_default && strcmp(rule->id, "default") == 0)
        return tta_document_fail(&l->d, l->e, place, "a rule is called as the default is");
    snprintf(place, sizeof place, "/rules/%zu/then", i);
    if (read_then(l, json_object_get(json, "then"), place, rule) != 0)
        return l->e->code;
    l->when[i] = tta_rules_read_node(l, json_object_get(json, "when"), NULL, 0, i, 1);
    return l->when[i] == NULL ? l->e->code : 0;
}

static int resolve_all(struct tta_rules_loader *l)
{
    struct tta_rules_fault fault;

    for (size_t i = 0; i < l->t->rule_count; i++) {
        int code = tta_rules_resolve(l->t, l->when[i], &fault);

        if (code == TTA_E_CONFIG)
            return tta_rules_fail_rule(l, i, fault.at, fault.text);
        if (code != 0)
            return tta_fail_memory(l->e);
    }
    return 0;
}

static int read_rules(struct tta_rules_loader *l)
{
    const json_t *list = json_object_get(l->d.root, "rules");
    json_t *otherwise = json_object_get(l->d.root, "default");
    size_t count = json_array_size(list);

    if (count > TTA_RULES_MAX)
        return tta_document_fail(&l->d, l->e, "/rules", "more than %d rules", TTA_RULES_MAX);
    l->t->has_default = otherwise != NULL;
    l->rules = tta_rules_alloc(l->t, count + 1, sizeof *l->rules);
    l->when = tta_rules_alloc(l->t, count, sizeof(struct tta_rules_node *));
    if (l->rules == NULL || l->when == NULL)
        return tta_fail_memory(l->e);
    l->t->rules = l->rules;
    for (size_t i = 0; i < count; i++) {
        if (read_rule(l, json_array_get(list, i), i) != 0)
            return l->e->code;
        l->t->rule_count = i + 1;
    }
    if (otherwise != NULL) {
        struct tta_rule fallback = {"default", "", "", "", NULL};
        l->rules[count] = fallback;
        if (read_then(l, otherwise, "/default", &l->rules[count]) != 0)
            return l->e->code;
    }
    return resolve_all(l);
}

static int read_table(struct tta_rules_loader *l)
{
    struct tta_rules *t = l->t;

    t->id = tta_rules_string(t, l->d.id);
    t->title = tta_rules_string(t, l->d.title);
    if (t->id == NULL || t->title == NULL)
        return tta_fail_memory(l->e);
    t->valid_from = l->d.valid_from;
    t->valid_to = l->d.valid_to;
    memcpy(t->hash, l->d.hash, sizeof t->hash);
    if (strcmp(tta_json_text(l->d.root, "hit_policy", "UNIQUE"), "FIRST") == 0)
        t->hit_policy = TTA_HIT_FIRST;
    if (read_columns(l, "inputs", true, &l->inputs, &t->input_count) != 0)
        return l->e->code;
    t->inputs = l->inputs;
    if (read_columns(l, "outputs", false, &l->outputs, &t->output_count) != 0)
        return l->e->code;
    t->outputs = l->outputs;
    if (read_rules(l) != 0)
        return l->e->code;
    if (tta_rules_compile(t, l->when, l->e) != 0)
        return tta_error_place(l->e, l->d.source_name, 0);
    return 0;
}

int tta_rules_load(const char *name_or_path, struct tta_rules **out, struct tta_error *e)
{
    struct tta_rules_loader l = {.e = e};
    int code = tta_document_load("rules", name_or_path, &l.d, e);

    *out = NULL;
    if (code != 0)
        return code;
    l.t = calloc(1, sizeof *l.t);
    if (l.t != NULL)
        l.t->program = calloc(1, sizeof *l.t->program);
    code = l.t == NULL || l.t->program == NULL ? tta_fail_memory(e) : read_table(&l);
    tta_document_release(&l.d);
    if (code == 0)
        *out = l.t;
    else
        tta_rules_free(l.t);
    return code;
}
