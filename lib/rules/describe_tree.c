/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Expressions as a person would write them: "weeks <= 13 and not (a or b)". */
#include "describe.h"

/* How tightly an operator binds; what binds less stands in brackets within it. */
enum { BIND_IF, BIND_OR, BIND_AND, BIND_NOT, BIND_COMPARE, BIND_SUM, BIND_PRODUCT, BIND_ALL };

static const struct infix {
    const char *name, *word, *danish; /* danish NULL: the same */
    int binding;
} infixes[] = {
    {"or", " or ", " eller ", BIND_OR},
    {"and", " and ", " og ", BIND_AND},
    {"==", " = ", NULL, BIND_COMPARE},
    {"!=", " ≠ ", NULL, BIND_COMPARE},
    {"<", " < ", NULL, BIND_COMPARE},
    {"<=", " ≤ ", NULL, BIND_COMPARE},
    {">", " > ", NULL, BIND_COMPARE},
    {">=", " ≥ ", NULL, BIND_COMPARE},
    {"+", " + ", NULL, BIND_SUM},
    {"-", " - ", NULL, BIND_SUM},
    {"*", " × ", NULL, BIND_PRODUCT},
    {"/", " / ", NULL, BIND_PRODUCT},
    {"in", " is one of ", " er en af ", BIND_COMPARE},
    {"starts_with", " starts with ", " begynder med ", BIND_COMPARE},
};

static int write(const struct tta_rules_page *p, const struct tta_rules_node *n, int within);

static int write_list(const struct tta_rules_page *p, const struct tta_rules_node *n,
                      const char *word, int binding)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < n->count; i++) {
        rc = tta_buffer_string(p->out, i == 0 ? "" : word);
        if (rc == 0)
            rc = write(p, n->operands[i], binding);
    }
    return rc;
}

static int write_constant(const struct tta_rules_page *p, const struct tta_rules_node *n)
{
    char number[TTA_NUMBER_SIZE];

    switch (n->kind) {
    case NODE_TRUTH:
        return tta_buffer_string(p->out, n->truth ? "true" : "false");
    case NODE_NULL:
        return tta_buffer_string(p->out, tta_rules_word(p, "empty", "tom"));
    case NODE_TEXT:
        return tta_buffer_format(p->out, "\"%s\"", n->name);
    default:
        if (n->is_integer)
            tta_integer_write(n->integer, number);
        else
            tta_decimal_write(n->micro, '.', number);
        return tta_buffer_string(p->out, number);
    }
}

static int write_if(const struct tta_rules_page *p, const struct tta_rules_node *n)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < n->count; i++) {
        const char *word = i + 1 == n->count ? tta_rules_word(p, " else ", " ellers ")
                           : i % 2 == 1      ? tta_rules_word(p, " then ", " så ")
                           : i == 0          ? tta_rules_word(p, "if ", "hvis ")
                                             : tta_rules_word(p, " else if ", " ellers hvis ");

        rc = tta_buffer_string(p->out, word);
        if (rc == 0)
            rc = write(p, n->operands[i], BIND_OR);
    }
    return rc;
}

/* Operators that are neither between their operands nor calls; -1: it is none of them. */
static int write_special(const struct tta_rules_page *p, const struct tta_rules_node *n)
{
    const struct tta_rules_node *first = n->count > 0 ? n->operands[0] : NULL;
    int rc;

    if (strcmp(n->name, "var") == 0)
        return tta_buffer_string(p->out, first->name);
    if (strcmp(n->name, "option") == 0)
        return tta_buffer_format(p->out, "%s %s", tta_rules_word(p, "reading", "læsning"),
                                 first->name);
    if (strcmp(n->name, "missing") == 0)
        return tta_buffer_format(p->out, "%s %s", first->name,
                                 tta_rules_word(p, "is empty", "er tom"));
    if (strcmp(n->name, "present") == 0)
        return tta_buffer_format(p->out, "%s %s", first->name,
                                 tta_rules_word(p, "is not empty", "er ikke tom"));
    if (strcmp(n->name, "today") == 0)
        return tta_buffer_string(p->out, tta_rules_word(p, "today", "i dag"));
    if (strcmp(n->name, "!") == 0) {
        rc = tta_buffer_string(p->out, tta_rules_word(p, "not ", "ikke "));
        return rc == 0 ? write(p, first, BIND_NOT) : rc;
    }
    if (strcmp(n->name, "!!") == 0)
        return write(p, first, BIND_NOT);
    if (strcmp(n->name, "-") == 0 && n->count == 1) {
        rc = tta_buffer_string(p->out, "-");
        return rc == 0 ? write(p, first, BIND_PRODUCT) : rc;
    }
    return strcmp(n->name, "if") == 0 ? write_if(p, n) : 1;
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

static int write_operator(const struct tta_rules_page *p, const struct tta_rules_node *n)
{
    int rc = write_special(p, n);

    if (rc <= 0)
        return rc;
    for (size_t i = 0; i < sizeof infixes / sizeof *infixes; i++)
        if (strcmp(n->name, infixes[i].name) == 0)
            return write_list(
                p, n, p->danish && infixes[i].danish != NULL ? infixes[i].danish : infixes[i].word,
                infixes[i].binding + 1);
    rc = tta_buffer_format(p->out, "%s(", n->name);
    if (rc == 0)
        rc = write_list(p, n, ", ", BIND_IF);
    return rc == 0 ? tta_buffer_char(p->out, ')') : rc;
}

static int write(const struct tta_rules_page *p, const struct tta_rules_node *n, int within)
{
    int binding = BIND_ALL, rc;
    size_t named = n == p->defining ? p->name_count : tta_rules_named(p, n);

    if (named < p->name_count)
        return tta_buffer_char(p->out, (char)('A' + (p->name_count - 1 - named)));
    if (n->kind == NODE_LIST)
        return write_list(p, n, ", ", BIND_IF);
    if (n->operands == NULL)
        return write_constant(p, n);
    binding = binding_of(n);
    for (size_t i = 0; i < sizeof infixes / sizeof *infixes; i++)
        if (strcmp(n->name, infixes[i].name) == 0 && n->count > 1)
            binding = infixes[i].binding;
    if (binding >= within)
        return write_operator(p, n);
    rc = tta_buffer_char(p->out, '(');
    if (rc == 0)
        rc = write_operator(p, n);
    return rc == 0 ? tta_buffer_char(p->out, ')') : rc;
}

int tta_rules_write_expression(const struct tta_rules_page *p, const struct tta_rules_node *n)
{
    return write(p, n, BIND_IF);
}
