/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Expressions as a person would write them: "weeks <= 13 and not (a or b)". */
#include "describe.h"

/* How tightly an operator binds; what binds less stands in brackets within it. */
enum { BIND_IF, BIND_OR, BIND_AND, BIND_NOT, BIND_COMPARE, BIND_SUM, BIND_PRODUCT, BIND_ALL };

static const struct infix {
    const char *name, *word;
    int binding;
} infixes[] = {
    {"or", " or ", BIND_OR},
    {"and", " and ", BIND_AND},
    {"==", " = ", BIND_COMPARE},
    {"!=", " ≠ ", BIND_COMPARE},
    {"<", " < ", BIND_COMPARE},
    {"<=", " ≤ ", BIND_COMPARE},
    {">", " > ", BIND_COMPARE},
    {">=", " ≥ ", BIND_COMPARE},
    {"+", " + ", BIND_SUM},
    {"-", " - ", BIND_SUM},
    {"*", " × ", BIND_PRODUCT},
    {"/", " / ", BIND_PRODUCT},
    {"in", " is one of ", BIND_COMPARE},
    {"starts_with", " starts with ", BIND_COMPARE},
};

static int write(struct tta_buffer *out, const struct tta_rules_node *n, int within);

static int write_list(struct tta_buffer *out, const struct tta_rules_node *n, const char *word,
                      int binding)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < n->count; i++) {
        rc = tta_buffer_string(out, i == 0 ? "" : word);
        if (rc == 0)
            rc = write(out, n->operands[i], binding);
    }
    return rc;
}

static int write_constant(struct tta_buffer *out, const struct tta_rules_node *n)
{
    char number[TTA_NUMBER_SIZE];

    switch (n->kind) {
    case NODE_TRUTH:
        return tta_buffer_string(out, n->truth ? "true" : "false");
    case NODE_NULL:
        return tta_buffer_string(out, "empty");
    case NODE_TEXT:
        return tta_buffer_format(out, "\"%s\"", n->name);
    default:
        if (n->is_integer)
            tta_integer_write(n->integer, number);
        else
            tta_decimal_write(n->micro, '.', number);
        return tta_buffer_string(out, number);
    }
}

static int write_if(struct tta_buffer *out, const struct tta_rules_node *n)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < n->count; i++) {
        const char *word = i + 1 == n->count ? " else "
                           : i % 2 == 1      ? " then "
                           : i == 0          ? "if "
                                             : " else if ";

        rc = tta_buffer_string(out, word);
        if (rc == 0)
            rc = write(out, n->operands[i], BIND_OR);
    }
    return rc;
}

/* Operators that are neither between their operands nor calls; -1: it is none of them. */
static int write_special(struct tta_buffer *out, const struct tta_rules_node *n)
{
    const struct tta_rules_node *first = n->count > 0 ? n->operands[0] : NULL;
    int rc;

    if (strcmp(n->name, "var") == 0)
        return tta_buffer_string(out, first->name);
    if (strcmp(n->name, "option") == 0)
        return tta_buffer_format(out, "reading %s", first->name);
    if (strcmp(n->name, "missing") == 0)
        return tta_buffer_format(out, "%s is empty", first->name);
    if (strcmp(n->name, "present") == 0)
        return tta_buffer_format(out, "%s is not empty", first->name);
    if (strcmp(n->name, "today") == 0)
        return tta_buffer_string(out, "today");
    if (strcmp(n->name, "!") == 0) {
        rc = tta_buffer_string(out, "not ");
        return rc == 0 ? write(out, first, BIND_NOT) : rc;
    }
    if (strcmp(n->name, "!!") == 0)
        return write(out, first, BIND_NOT);
    if (strcmp(n->name, "-") == 0 && n->count == 1) {
        rc = tta_buffer_string(out, "-");
        return rc == 0 ? write(out, first, BIND_PRODUCT) : rc;
    }
    return strcmp(n->name, "if") == 0 ? write_if(out, n) : 1;
}

static int binding_of(const struct tta_rules_node *n)
{
    static const char *const conditions[] = {"missing", "present"};

    if (strcmp(n->name, "if") == 0)
        return BIND_IF;
    if (strcmp(n->name, "!") == 0)
        return BIND_NOT;
    for (size_t i = 0; i < 2; i++)
        if (strcmp(n->name, conditions[i]) == 0)
            return BIND_COMPARE;
    return BIND_ALL;
}

static int write_operator(struct tta_buffer *out, const struct tta_rules_node *n)
{
    int rc = write_special(out, n);

    if (rc <= 0)
        return rc;
    for (size_t i = 0; i < sizeof infixes / sizeof *infixes; i++)
        if (strcmp(n->name, infixes[i].name) == 0)
            return write_list(out, n, infixes[i].word, infixes[i].binding + 1);
    rc = tta_buffer_format(out, "%s(", n->name);
    if (rc == 0)
        rc = write_list(out, n, ", ", BIND_IF);
    return rc == 0 ? tta_buffer_char(out, ')') : rc;
}

static int write(struct tta_buffer *out, const struct tta_rules_node *n, int within)
{
    int binding = BIND_ALL, rc;

    if (n->kind == NODE_LIST)
        return write_list(out, n, ", ", BIND_IF);
    if (n->operands == NULL)
        return write_constant(out, n);
    binding = binding_of(n);
    for (size_t i = 0; i < sizeof infixes / sizeof *infixes; i++)
        if (strcmp(n->name, infixes[i].name) == 0 && n->count > 1)
            binding = infixes[i].binding;
    if (binding >= within)
        return write_operator(out, n);
    rc = tta_buffer_char(out, '(');
    if (rc == 0)
        rc = write_operator(out, n);
    return rc == 0 ? tta_buffer_char(out, ')') : rc;
}

int tta_rules_write_expression(struct tta_buffer *out, const struct tta_rules_node *n)
{
    return write(out, n, BIND_IF);
}
