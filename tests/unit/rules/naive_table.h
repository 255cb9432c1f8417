/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RULES_NAIVE_TABLE_H
#define TESTS_UNIT_RULES_NAIVE_TABLE_H
/* Random tables over the expressions of naive_expression.h, and as documents. */
#include "naive_value.h"

enum { RULES = 5, CHECKS = 2, FIRST_DAY = -62091 }; /* date -ud 1800-01-01 +%s / 86400 */

static const char *const policies[] = {"UNIQUE", "FIRST", "ANY", "COLLECT"};
static const char *const types[] = {"integer", "decimal", "money", "date", "boolean", "text"};

/* A table as drawn. Outputs: o of any type, and p, which COLLECT rules may leave out. */
static struct {
    enum tta_hit_policy policy;
    enum type type; /* of o */
    enum tta_rules_combine combine;
    int rules, checks, start, preset; /* constants */
    bool has_default, gives_p[RULES];
    struct expression *when[RULES], *check[CHECKS], *o[RULES];
} table;

static void draw_table(void)
{
    static const enum tta_rules_combine sums[] = {TTA_COMBINE_SUM, TTA_COMBINE_MIN,
                                                  TTA_COMBINE_MAX};

    memset(&table, 0, sizeof table);
    used = 0;
    table.policy = (enum tta_hit_policy)draw(4);
    table.type = (enum type)draw(table.policy == TTA_HIT_COLLECT ? TEXT : CHOICES);
    table.combine = table.type == BOOL  ? draw(2) ? TTA_COMBINE_AND : TTA_COMBINE_OR
                    : table.type == DAY ? sums[1 + draw(2)]
                                        : sums[draw(3)];
    table.rules = 1 + draw(RULES);
    table.checks = draw(CHECKS + 1);
    table.start = draw(CONSTANTS);
    table.preset = draw(CONSTANTS);
    table.has_default = table.policy != TTA_HIT_COLLECT && draw(2);
    for (int i = 0; i < table.checks; i++)
        table.check[i] = draw_condition(draw(3));
    for (int i = 0; i < table.rules; i++) {
        table.when[i] = draw_condition(draw(4));
        table.gives_p[i] = table.policy != TTA_HIT_COLLECT || draw(2);
        table.o[i] = table.policy == TTA_HIT_ANY && draw(2)
                         ? new_expression(CONSTANT, table.type, table.start)
                     : draw(8) == 0 ? new_expression(NOTHING, table.type, 0)
                                    : draw_value(table.type, 1 + draw(3), true);
    }
}

static void write_rules(struct tta_buffer *rules)
{
    for (int i = 0; i < table.rules; i++) {
        tta_buffer_format(rules, "%s{\"id\":\"r%d\",\"when\":", i == 0 ? "" : ",", i);
        write_expression(rules, table.when[i]);
        tta_buffer_string(rules, ",\"then\":{\"o\":");
        write_expression(rules, table.o[i]);
        tta_buffer_string(rules, table.gives_p[i] ? ",\"p\":1}" : "}");
        tta_buffer_string(rules, ",\"because\":{\"en\":\"x\",\"da\":\"x\"},\"source\":\"x\"}");
    }
    tta_buffer_char(rules, '\0');
}

static void write_options(struct tta_buffer *more)
{
    tta_buffer_string(more, "\"options\":[");
    for (int i = 0; i <= CHOICES; i++)
        tta_buffer_format(
            more, "%s{\"name\":\"%s\",\"type\":\"%s\",\"default\":%s,%s" DESCRIBED "}",
            i == 0 ? "" : ",", naive_options[i], types[i == CHOICES ? TEXT : i], written[i][0],
            i == CHOICES ? "\"values\":[\"red\",\"green\",\"blue\"]," : "");
    tta_buffer_string(more, "],");
}

static struct tta_rules *load_table(void)
{
    struct tta_buffer rules = {0}, more = {0}, outputs = {0};
    static const char *const combines[] = {"", "and", "or", "min", "max", "sum"};
    bool collect = table.policy == TTA_HIT_COLLECT;
    struct tta_rules *r;

    write_rules(&rules);
    write_options(&more);
    tta_buffer_format(&more, "\"hit_policy\":\"%s\",\"today\":true,", policies[table.policy]);
    if (table.checks > 0)
        tta_buffer_string(&more, "\"checks\":[");
    for (int i = 0; i < table.checks; i++) {
        tta_buffer_format(&more,
                          "%s{\"id\":\"k%d\",\"because\":{\"en\":\"no\",\"da\":\"nej\"},"
                          "\"when\":",
                          i == 0 ? "" : ",", i);
        write_expression(&more, table.check[i]);
        tta_buffer_char(&more, '}');
    }
    tta_buffer_string(&more, table.checks > 0 ? "]," : "");
    if (table.has_default)
        tta_buffer_format(&more, "\"default\":{\"o\":%s,\"p\":7},",
                          written[table.type][table.preset]);
    tta_buffer_char(&more, '\0');
    tta_buffer_format(&outputs, "{\"name\":\"o\",\"type\":\"%s\",\"nullable\":true",
                      types[table.type]);
    if (collect)
        tta_buffer_format(&outputs, ",\"combine\":\"%s\",\"start\":%s", combines[table.combine],
                          written[table.type][table.start]);
    tta_buffer_format(&outputs, "},{\"name\":\"p\",\"type\":\"integer\"%s}",
                      collect ? ",\"combine\":\"sum\",\"start\":0" : "");
    tta_buffer_char(&outputs, '\0');
    r = load_good(document(more.ptr, ALL_INPUTS, outputs.ptr, rules.ptr));
    tta_buffer_release(&rules);
    tta_buffer_release(&more);
    tta_buffer_release(&outputs);
    return r;
}

#endif
