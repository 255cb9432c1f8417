/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Constants of a document as values of a column's type. */
#include "internal.h"

static const char *number_as(const struct tta_rules_column *c, const struct tta_rules_node *n,
                             union tta_slot *out)
{
    switch (c->type) {
    case TTA_INTEGER:
        out->integer = n->integer;
        return n->is_integer ? NULL : "not a whole number";
    case TTA_DECIMAL:
        out->micro = n->micro;
        return n->is_micro ? NULL : "not a number with six decimals at the most";
    case TTA_MONEY:
        out->ore = n->ore;
        return n->is_ore ? NULL : "not an amount with two decimals at the most";
    default:
        return "a number";
    }
}

static const char *text_as(const struct tta_rules_column *c, const struct tta_rules_node *n,
                           union tta_slot *out)
{
    switch (c->type) {
    case TTA_TEXT:
        out->text = tta_text_of(n->name);
        return NULL;
    case TTA_CHOICE:
        out->choice = tta_rules_choice(c, tta_text_of(n->name));
        return out->choice != TTA_CHOICE_NONE ? NULL : "not among its values";
    case TTA_DATE:
        return tta_date_parse(tta_text_of(n->name), TTA_DATE_ISO, &out->date);
    default:
        return "a text";
    }
}

bool tta_rules_constant(const struct tta_rules_column *column, const struct tta_rules_node *node,
                        union tta_slot *out, const char **why)
{
    memset(out, 0, sizeof *out);
    switch (node->kind) {
    case NODE_NUMBER:
        *why = number_as(column, node, out);
        break;
    case NODE_TEXT:
        *why = text_as(column, node, out);
        break;
    case NODE_TRUTH:
        out->boolean = node->truth;
        *why = column->type == TTA_BOOLEAN ? NULL : "a truth value";
        break;
    case NODE_NULL:
        *why = "null";
        break;
    default:
        *why = "no constant";
        break;
    }
    return *why == NULL;
}
