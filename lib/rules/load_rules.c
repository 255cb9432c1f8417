/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks, rules and the default of a document. */
#include <stdio.h>

#include "load.h"

static int take_fault(struct tta_rules_loader *l, int code, const struct tta_rules_place *where,
                      const struct tta_rules_fault *fault)
{
    if (code == TTA_E_CONFIG)
        return tta_rules_fail_node(l, where, fault->at, fault->text);
    return code == 0 ? 0 : tta_fail_memory(l->e);
}

static int read_condition(struct tta_rules_loader *l, json_t *json,
                          const struct tta_rules_place *where, struct tta_rules_node **out)
{
    struct tta_rules_fault fault = {NULL, ""};

    *out = tta_rules_read_node(l, json, NULL, 0, where, 1);
    if (*out == NULL)
        return l->e->code;
    return take_fault(l, tta_rules_resolve(l->t, *out, &fault), where, &fault);
}

/* An output that is no plain constant. */
static int read_expression(struct tta_rules_loader *l, json_t *json,
                           const struct tta_rules_column *c, const struct tta_rules_place *where,
                           struct tta_rules_node **tree, uint16_t *slot)
{
    struct tta_rules_fault fault = {NULL, ""};

    *tree = tta_rules_read_node(l, json, NULL, 0, where, 1);
    if (*tree == NULL)
        return l->e->code;
    return take_fault(l, tta_rules_resolve_output(l->t, *tree, c, slot, &fault), where, &fault);
}

static int take_output(struct tta_rules_loader *l, json_t *json, const struct tta_rules_column *c,
                       const struct tta_rules_place *where, union tta_slot *out)
{
    struct tta_rules_node *n;
    const char *why;
    bool known = c->allowed == NULL;

    if (json_is_null(json)) {
        tta_type_set_missing(c->type, out);
        return c->nullable ? 0
                           : tta_document_fail(&l->d, l->e, where->pointer,
                                               "%s: output %s is null, but not nullable",
                                               where->whose, c->name);
    }
    n = tta_rules_read_node(l, json, NULL, 0, where, 0);
    if (n == NULL)
        return l->e->code;
    if (!tta_rules_constant(c, n, out, &why))
        return tta_document_fail(&l->d, l->e, where->pointer, "%s: output %s is %s", where->whose,
                                 c->name, why);
    for (size_t i = 0; !known && i < c->value_count; i++)
        known = tta_rules_slot_equal(c->type, &c->allowed[i], out);
    return known
               ? 0
               : tta_document_fail(&l->d, l->e, where->pointer,
                                   "%s: output %s is not among its values", where->whose, c->name);
}

static int check_names(struct tta_rules_loader *l, json_t *then,
                       const struct tta_rules_place *where)
{
    const char *key;
    json_t *member;

    json_object_foreach(then, key, member)
    {
        bool known = false;
        char shown[64];

        for (size_t i = 0; !known && i < l->t->output_count; i++)
            known = strcmp(key, l->outputs[i].name) == 0;
        if (!known)
            return tta_document_fail(&l->d, l->e, where->pointer, "%s: no output %s", where->whose,
                                     tta_text_printable(tta_text_of(key), shown, sizeof shown));
    }
    return 0;
}

/* The outputs of a rule, or of the default: each output once and nothing else. */
static int read_then(struct tta_rules_loader *l, json_t *then, struct tta_rules_place *where,
                     struct tta_rule *rule, struct tta_rules_node **trees)
{
    size_t count = l->t->output_count, start = strlen(where->pointer);
    union tta_slot *slots = tta_rules_alloc(l->t, count, sizeof *slots);
    uint16_t *computed = tta_rules_alloc(l->t, count, sizeof *computed);
    bool plain = true;

    if (slots == NULL || computed == NULL)
        return tta_fail_memory(l->e);
    for (size_t i = 0; i < count; i++) {
        const struct tta_rules_column *c = &l->outputs[i];
        json_t *json = json_object_get(then, c->name);
        int code = 0;

        computed[i] = TTA_RULES_CONSTANT;
        if (json == NULL && l->t->hit_policy == TTA_HIT_COLLECT) {
            computed[i] = TTA_RULES_UNTOUCHED;
        } else if (json == NULL) {
            return tta_document_fail(&l->d, l->e, where->pointer, "%s: output %s is missing",
                                     where->whose, c->name);
        } else if (json_is_object(json)) {
            snprintf(where->pointer + start, sizeof where->pointer - start, "/%s", c->name);
            code = read_expression(l, json, c, where, &trees[i], &computed[i]);
            where->pointer[start] = '\0';
        } else {
            code = take_output(l, json, c, where, &slots[i]);
        }
        if (code != 0)
            return code;
        plain = plain && computed[i] == TTA_RULES_CONSTANT;
    }
    rule->then = slots;
    rule->computed = plain ? NULL : computed;
    return check_names(l, then, where);
}

static int read_rule(struct tta_rules_loader *l, const json_t *json, size_t i)
{
    const json_t *because = json_object_get(json, "because");
    struct tta_rule *rule = &l->rules[i];
    struct tta_rules_place where;
    int code;

    if (!tta_rules_copy_text(l, json, "id", &rule->id) ||
        !tta_rules_copy_text(l, json, "source", &rule->source) ||
        !tta_rules_copy_text(l, json, "note", &rule->note) ||
        !tta_rules_copy_text(l, because, "en", &rule->because_en) ||
        !tta_rules_copy_text(l, because, "da", &rule->because_da))
        return l->e->code;
    snprintf(where.pointer, sizeof where.pointer, "/rules/%zu/id", i);
    snprintf(where.whose, sizeof where.whose, "rule %s", rule->id);
    if (rule->id[strcspn(rule->id, ";,\" \t\r\n")] != '\0')
        return tta_document_fail(&l->d, l->e, where.pointer,
                                 "blanks, commas, semicolons and quotes cannot stand in an id: a "
                                 "column holds several ids with ; between them");
    for (size_t k = 0; k < i; k++)
        if (strcmp(l->rules[k].id, rule->id) == 0)
            return tta_document_fail(&l->d, l->e, where.pointer, "rule %s stands twice", rule->id);
    if (l->t->has_default && strcmp(rule->id, "default") == 0)
        return tta_document_fail(&l->d, l->e, where.pointer, "a rule is called as the default is");
    snprintf(where.pointer, sizeof where.pointer, "/rules/%zu/then", i);
    code = read_then(l, json_object_get(json, "then"), &where, rule,
                     &l->t->program->then[i * l->t->output_count]);
    if (code != 0)
        return code;
    snprintf(where.pointer, sizeof where.pointer, "/rules/%zu/when", i);
    return read_condition(l, json_object_get(json, "when"), &where, &l->t->program->when[i]);
}

static int read_check(struct tta_rules_loader *l, const json_t *json, size_t i)
{
    const json_t *because = json_object_get(json, "because");
    struct tta_rules_check *check = &l->checks[i];
    struct tta_rules_place where;

    if (!tta_rules_copy_text(l, json, "id", &check->id) ||
        !tta_rules_copy_text(l, because, "en", &check->because_en) ||
        !tta_rules_copy_text(l, because, "da", &check->because_da))
        return l->e->code;
    snprintf(where.pointer, sizeof where.pointer, "/checks/%zu/id", i);
    for (size_t k = 0; k < i; k++)
        if (strcmp(l->checks[k].id, check->id) == 0)
            return tta_document_fail(&l->d, l->e, where.pointer, "check %s stands twice",
                                     check->id);
    snprintf(where.pointer, sizeof where.pointer, "/checks/%zu/when", i);
    snprintf(where.whose, sizeof where.whose, "check %s", check->id);
    return read_condition(l, json_object_get(json, "when"), &where, &l->t->program->checks[i]);
}

static int read_checks(struct tta_rules_loader *l)
{
    const json_t *list = json_object_get(l->d.root, "checks");
    size_t count = json_array_size(list);

    l->checks = tta_rules_alloc(l->t, count, sizeof *l->checks);
    l->t->program->checks = tta_rules_alloc(l->t, count, sizeof(struct tta_rules_node *));
    if (l->checks == NULL || l->t->program->checks == NULL)
        return tta_fail_memory(l->e);
    l->t->checks = l->checks;
    for (size_t i = 0; i < count; i++) {
        if (read_check(l, json_array_get(list, i), i) != 0)
            return l->e->code;
        l->t->check_count = i + 1;
    }
    return 0;
}

static int read_default(struct tta_rules_loader *l, json_t *json, size_t place)
{
    struct tta_rules_place where = {"/default", "rule default"};
    struct tta_rule fallback = {
        .id = "default", .because_en = "", .because_da = "", .source = "", .note = ""};

    if (l->t->hit_policy == TTA_HIT_COLLECT)
        return tta_document_fail(&l->d, l->e, "/default", "COLLECT has starts, and no default");
    l->rules[place] = fallback;
    return read_then(l, json, &where, &l->rules[place],
                     &l->t->program->then[place * l->t->output_count]);
}

int tta_rules_load_rules(struct tta_rules_loader *l)
{
    const json_t *list = json_object_get(l->d.root, "rules");
    json_t *otherwise = json_object_get(l->d.root, "default");
    struct tta_rules *t = l->t;
    size_t count = json_array_size(list);

    if (count > TTA_RULES_MAX)
        return tta_document_fail(&l->d, l->e, "/rules", "more than %d rules", TTA_RULES_MAX);
    t->has_default = otherwise != NULL;
    l->rules = tta_rules_alloc(t, count + 1, sizeof *l->rules);
    t->program->when = tta_rules_alloc(t, count, sizeof(struct tta_rules_node *));
    t->program->then =
        tta_rules_alloc(t, (count + 1) * t->output_count, sizeof(struct tta_rules_node *));
    if (l->rules == NULL || t->program->when == NULL || t->program->then == NULL)
        return tta_fail_memory(l->e);
    t->rules = l->rules;
    if (read_checks(l) != 0)
        return l->e->code;
    for (size_t i = 0; i < count; i++) {
        if (read_rule(l, json_array_get(list, i), i) != 0)
            return l->e->code;
        t->rule_count = i + 1;
    }
    return otherwise == NULL ? 0 : read_default(l, otherwise, count);
}
