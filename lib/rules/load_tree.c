/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From JSON to the tree of a condition, and back to its place for messages. */
#include <stdio.h>

#include "load.h"

#define PLACE_SIZE 320 /* the message has room for what is wrong besides */

/* Appends "/key", escaped as in RFC 6901, as far as there is room. */
static void append_key(char *out, const char *key)
{
    size_t n = strlen(out);
    char shown[64];

    tta_text_printable(tta_text_of(key), shown, sizeof shown);
    n += (size_t)snprintf(out + n, PLACE_SIZE - n, "/");
    for (const char *c = shown; *c != '\0' && n + 3 < PLACE_SIZE; c++) {
        if (*c == '~' || *c == '/')
            out[n++] = '~';
        out[n++] = *c == '~' ? '0' : *c == '/' ? '1' : *c;
        out[n] = '\0';
    }
}

static void append_place(char *out, const struct tta_rules_node *n)
{
    size_t len;

    if (n->parent == NULL)
        return;
    append_place(out, n->parent);
    if (strlen(out) + 80 > PLACE_SIZE) /* deep: the beginning says enough */
        return;
    if (n->parent->kind != NODE_LIST)
        append_key(out, n->parent->name);
    len = strlen(out);
    if (n->parent->list)
        snprintf(out + len, PLACE_SIZE - len, "/%zu", n->place);
}

int tta_rules_fail_node(struct tta_rules_loader *l, const struct tta_rules_place *where,
                        const struct tta_rules_node *at, const char *problem)
{
    char place[PLACE_SIZE];

    snprintf(place, sizeof place, "%s", where->pointer);
    if (at != NULL)
        append_place(place, at);
    return tta_document_fail(&l->d, l->e, place, "%s%s%s", where->whose,
                             *where->whose == '\0' ? "" : ": ", problem);
}

/* A JSON number as each of the three it may be used as. */
static bool take_number(struct tta_rules_loader *l, json_t *json, struct tta_rules_node *n)
{
    json_t *box = json_pack("{s:O}", "v", json);

    if (box == NULL) {
        tta_fail_memory(l->e);
        return false;
    }
    n->kind = NODE_NUMBER;
    n->is_integer = json_is_integer(json);
    n->integer = json_integer_value(json);
    n->is_micro = tta_json_decimal(box, "v", &n->micro);
    n->is_ore = tta_json_money(box, "v", &n->ore);
    /* the smallest int64 means "missing" in a column */
    n->is_integer = n->is_integer && n->integer != TTA_INTEGER_NONE;
    n->is_micro = n->is_micro && n->micro != TTA_INTEGER_NONE;
    n->is_ore = n->is_ore && n->ore != TTA_INTEGER_NONE;
    json_decref(box);
    return true;
}

static struct tta_rules_node *new_node(struct tta_rules_loader *l,
                                       const struct tta_rules_node *parent, size_t place)
{
    struct tta_rules_node *n = tta_rules_alloc(l->t, 1, sizeof *n);

    if (n == NULL) {
        tta_fail_memory(l->e);
        return NULL;
    }
    n->parent = parent;
    n->place = place;
    return n;
}

/* The operands of an operator, or the members of a list. */
static bool read_operands(struct tta_rules_loader *l, json_t *json, struct tta_rules_node *n,
                          const struct tta_rules_place *where, int depth)
{
    n->list = json_is_array(json);
    n->count = n->list ? json_array_size(json) : 1;
    n->operands = tta_rules_alloc(l->t, n->count, sizeof *n->operands);
    if (n->name == NULL || n->operands == NULL) {
        tta_fail_memory(l->e);
        return false;
    }
    for (size_t i = 0; i < n->count; i++) {
        json_t *operand = n->list ? json_array_get(json, i) : json;

        n->operands[i] = tta_rules_read_node(l, operand, n, i, where, depth + 1);
        if (n->operands[i] == NULL)
            return false;
    }
    return true;
}

/* {"and": [a, b]} or {"!": a}: one key, and one operand or a list of them. */
static bool read_operator(struct tta_rules_loader *l, json_t *json, struct tta_rules_node *n,
                          const struct tta_rules_place *where, int depth)
{
    const char *key = json_object_iter_key(json_object_iter(json));

    n->kind = NODE_OPERATOR;
    n->name = tta_rules_string(l->t, key);
    return read_operands(l, json_object_get(json, key), n, where, depth);
}

struct tta_rules_node *tta_rules_read_node(struct tta_rules_loader *l, json_t *json,
                                           const struct tta_rules_node *parent, size_t place,
                                           const struct tta_rules_place *where, int depth)
{
    struct tta_rules_node *n = new_node(l, parent, place);
    char problem[80];

    if (n == NULL)
        return NULL;
    if (depth > TTA_RULES_DEPTH_MAX) {
        snprintf(problem, sizeof problem, "more than %d expressions within each other",
                 TTA_RULES_DEPTH_MAX);
        tta_rules_fail_node(l, where, n, problem);
        return NULL;
    }
    if (json_is_object(json))
        return read_operator(l, json, n, where, depth) ? n : NULL;
    if (json_is_number(json))
        return take_number(l, json, n) ? n : NULL;
    if (json_is_string(json)) {
        n->kind = NODE_TEXT;
        n->name = tta_rules_string(l->t, json_string_value(json));
        if (n->name == NULL)
            tta_fail_memory(l->e);
        return n->name == NULL ? NULL : n;
    }
    if (json_is_array(json)) {
        n->kind = NODE_LIST;
        n->name = "";
        return read_operands(l, json, n, where, depth) ? n : NULL;
    }
    n->kind = json_is_null(json) ? NODE_NULL : NODE_TRUTH;
    n->truth = json_is_true(json);
    return n;
}
