/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Long expressions that rules repeat: told once, by a letter. */
#include "describe.h"

#define LONG 60 /* bytes */
#define OFTEN 3

static bool same(const struct tta_rules_node *a, const struct tta_rules_node *b)
{
    if (a->kind != b->kind || a->count != b->count ||
        (a->operands == NULL) != (b->operands == NULL))
        return false;
    if ((a->name == NULL) != (b->name == NULL) ||
        (a->name != NULL && strcmp(a->name, b->name) != 0))
        return false;
    if (a->operands == NULL && (a->truth != b->truth || a->is_integer != b->is_integer ||
                                a->integer != b->integer || a->micro != b->micro))
        return false;
    for (size_t i = 0; a->operands != NULL && i < a->count; i++)
        if (!same(a->operands[i], b->operands[i]))
            return false;
    return true;
}

size_t tta_rules_named(const struct tta_rules_page *p, const struct tta_rules_node *n)
{
    size_t i = 0;

    while (i < p->name_count && !same(p->names[i], n))
        i++;
    return i;
}

/* How often the expression stands in n, where it is not within a named one. */
static size_t count_in(const struct tta_rules_page *p, const struct tta_rules_node *n,
                       const struct tta_rules_node *wanted, bool top)
{
    size_t count = 0;

    if (n == NULL || n->operands == NULL || (!top && tta_rules_named(p, n) < p->name_count))
        return 0;
    if (!top && same(n, wanted))
        return 1;
    for (size_t i = 0; i < n->count; i++)
        count += count_in(p, n->operands[i], wanted, false);
    return count;
}

static size_t count_all(const struct tta_rules *t, const struct tta_rules_page *p,
                        const struct tta_rules_node *wanted)
{
    size_t rules = t->rule_count + t->has_default, count = 0;

    for (size_t i = 0; i < t->rule_count; i++)
        count += count_in(p, t->program->when[i], wanted, false);
    for (size_t i = 0; i < rules * t->output_count; i++)
        count += count_in(p, t->program->then[i], wanted, false);
    for (size_t i = 0; i < p->name_count; i++)
        count += count_in(p, p->names[i], wanted, true);
    return count;
}

/* The longest expression within n that is told often enough to be named. */
static int longest(const struct tta_rules *t, const struct tta_rules_page *p,
                   const struct tta_rules_node *n, const struct tta_rules_node **best, size_t *len)
{
    struct tta_buffer text = {0};
    const struct tta_rules_page plain = {.out = &text, .danish = p->danish};
    int rc = 0;

    if (n == NULL || n->operands == NULL || n->kind == NODE_LIST)
        return 0;
    if (tta_rules_named(p, n) == p->name_count) {
        rc = tta_rules_write_expression(&plain, n);
        if (rc == 0 && text.len > *len && count_all(t, p, n) >= OFTEN) {
            *best = n;
            *len = text.len;
        }
    }
    tta_buffer_release(&text);
    for (size_t i = 0; rc == 0 && i < n->count; i++)
        rc = longest(t, p, n->operands[i], best, len);
    return rc;
}

/* A name for what is short once others stand in it says nothing. */
static int drop_short(struct tta_rules_page *p)
{
    struct tta_buffer text = {0};
    struct tta_rules_page plain = *p;
    int rc = 0;

    plain.out = &text;
    for (size_t i = p->name_count; rc == 0 && i-- > 0;) {
        memcpy(plain.names, p->names, sizeof p->names);
        plain.name_count = p->name_count;
        plain.defining = p->names[i];
        text.len = 0;
        rc = tta_rules_write_expression(&plain, p->names[i]);
        if (rc == 0 && text.len <= LONG) {
            p->name_count--;
            memmove(&p->names[i], &p->names[i + 1], (p->name_count - i) * sizeof *p->names);
        }
    }
    tta_buffer_release(&text);
    return rc;
}

int tta_rules_name_parts(const struct tta_rules *t, struct tta_rules_page *p)
{
    size_t rules = t->rule_count + t->has_default;
    int rc = 0;

    while (rc == 0 && p->name_count < TTA_RULES_NAMES) {
        const struct tta_rules_node *best = NULL;
        size_t len = LONG;

        for (size_t i = 0; rc == 0 && i < t->rule_count; i++)
            rc = longest(t, p, t->program->when[i], &best, &len);
        for (size_t i = 0; rc == 0 && i < rules * t->output_count; i++)
            rc = longest(t, p, t->program->then[i], &best, &len);
        if (best == NULL)
            break;
        p->names[p->name_count++] = best;
    }
    return rc == 0 ? drop_short(p) : rc;
}
