/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table as Markdown, for those who know the law and not JSON. */
#include "describe.h"

/* Text of the document on one line, with what Markdown would take for its own escaped. */
static int text(struct tta_buffer *out, const char *s)
{
    int rc = 0;

    for (; rc == 0 && *s != '\0'; s++) {
        if (strchr("\\`*_{}[]<>#|", *s) != NULL)
            rc = tta_buffer_char(out, '\\');
        if (rc == 0)
            rc = tta_buffer_char(out, *s == '\n' ? ' ' : *s);
    }
    return rc;
}

/* Between backquotes, where only these and the bars of tables matter. */
static int code(struct tta_buffer *out, const char *s)
{
    int rc = tta_buffer_char(out, '`');

    for (; rc == 0 && *s != '\0'; s++)
        rc = tta_buffer_char(out, *s == '`' ? '\'' : *s == '|' ? '/' : *s);
    return rc == 0 ? tta_buffer_char(out, '`') : rc;
}

static int line(struct tta_buffer *out, const char *label, const char *s)
{
    int rc;

    if (*s == '\0')
        return 0;
    rc = tta_buffer_format(out, "%s", label);
    if (rc == 0)
        rc = text(out, s);
    return rc == 0 ? tta_buffer_string(out, "\n\n") : rc;
}

static int head(const struct tta_rules *t, struct tta_buffer *out)
{
    static const char *const policies[] = {
        "UNIQUE: exactly one rule takes a row", "FIRST: the first rule that fits takes the row",
        "ANY: rules that take the same row give the same",
        "COLLECT: all rules that fit count; what they give is combined"};
    char from[TTA_DATE_SIZE], to[TTA_DATE_SIZE] = "";
    int rc = tta_buffer_string(out, "# ");

    if (rc == 0)
        rc = text(out, t->title);
    tta_date_write(t->valid_from, TTA_DATE_ISO, from);
    if (t->valid_to != TTA_DATE_NONE)
        tta_date_write(t->valid_to, TTA_DATE_ISO, to);
    if (rc == 0)
        rc = tta_buffer_format(out, "\n\n`%s`, valid from %s%s%s. ", t->id, from,
                               *to == '\0' ? ", still in force" : " to ", to);
    if (rc == 0 && t->deciding != SIZE_MAX)
        rc = tta_buffer_format(out, "Which version: by `%s`. ", t->inputs[t->deciding].name);
    if (rc == 0)
        rc = tta_buffer_format(out, "%s.\n\n", policies[t->hit_policy]);
    if (rc == 0)
        rc = line(out, "Source: ", t->source);
    return rc == 0 ? line(out, "Note: ", t->note) : rc;
}

/* "0 to 520 weeks", "a, b", "may be empty". */
static int limits(const struct tta_rules_column *c, struct tta_buffer *out)
{
    union tta_slot lo = {.integer = c->minimum}, hi = {.integer = c->maximum};
    size_t from = out->len;
    int rc = 0;

    for (size_t i = 0; rc == 0 && c->type == TTA_CHOICE && i < c->value_count; i++) {
        rc = tta_buffer_string(out, i == 0 ? "" : ", ");
        if (rc == 0)
            rc = code(out, c->values[i]);
    }
    for (size_t i = 0; rc == 0 && c->allowed != NULL && i < c->value_count; i++) {
        rc = tta_buffer_string(out, i == 0 ? "`" : "`, `");
        if (rc == 0)
            rc = tta_rules_write(out, c, &c->allowed[i]);
        if (rc == 0 && i + 1 == c->value_count)
            rc = tta_buffer_char(out, '`');
    }
    if (rc == 0 && c->minimum != INT64_MIN) {
        rc = tta_buffer_string(out, c->maximum == INT64_MAX ? "from " : "");
        if (rc == 0)
            rc = tta_rules_write(out, c, &lo);
    }
    if (rc == 0 && c->maximum != INT64_MAX) {
        rc = tta_buffer_string(out, " to ");
        if (rc == 0)
            rc = tta_rules_write(out, c, &hi);
    }
    if (rc == 0 && *c->unit != '\0')
        rc = tta_buffer_format(out, " %s", c->unit);
    if (rc == 0 && c->nullable)
        rc = tta_buffer_format(out, "%smay be %s", out->len > from ? "; " : "",
                               c->optional ? "absent" : "empty");
    return rc;
}

static int columns(const char *title, const struct tta_rules_column *list, size_t count,
                   bool danish, struct tta_buffer *out)
{
    int rc = count == 0 ? 0
                        : tta_buffer_format(out,
                                            "## %s\n\n| name | type | values | meaning |\n"
                                            "|---|---|---|---|\n",
                                            title);

    for (size_t i = 0; rc == 0 && i < count; i++) {
        const struct tta_rules_column *c = &list[i];

        rc = tta_buffer_format(out, "| `%s` | %s | ", c->name, tta_type_name(c->type));
        if (rc == 0)
            rc = limits(c, out);
        if (rc == 0)
            rc = tta_buffer_string(out, " | ");
        if (rc == 0)
            rc = text(out, danish ? c->description_da : c->description_en);
        if (rc == 0)
            rc = tta_buffer_string(out, " |\n");
    }
    return rc == 0 && count > 0 ? tta_buffer_char(out, '\n') : rc;
}

static int condition(const struct tta_rules_node *n, struct tta_buffer *out)
{
    size_t from;
    int rc = tta_buffer_string(out, "When `");

    from = out->len;
    if (rc == 0)
        rc = tta_rules_write_expression(out, n);
    for (size_t i = from; i < out->len; i++)
        if (out->ptr[i] == '`')
            out->ptr[i] = '\'';
    return rc == 0 ? tta_buffer_string(out, "`\n\n") : rc;
}

/* What rule i gives: "category = 2, route = coordinator". */
static int outputs(const struct tta_rules *t, size_t i, struct tta_buffer *out)
{
    const struct tta_rule *r = &t->rules[i];
    size_t shown = 0;
    int rc = tta_buffer_string(out, "Gives ");

    for (size_t k = 0; rc == 0 && k < t->output_count; k++) {
        uint16_t slot = r->computed == NULL ? TTA_RULES_CONSTANT : r->computed[k];

        if (slot == TTA_RULES_UNTOUCHED)
            continue;
        rc = tta_buffer_format(out, "%s`%s = ", shown++ == 0 ? "" : ", ", t->outputs[k].name);
        if (rc == 0)
            rc = slot == TTA_RULES_CONSTANT
                     ? tta_rules_write(out, &t->outputs[k], &r->then[k])
                     : tta_rules_write_expression(out, t->program->then[i * t->output_count + k]);
        if (rc == 0)
            rc = tta_buffer_char(out, '`');
    }
    if (rc == 0 && shown == 0)
        rc = tta_buffer_string(out, "nothing but its id");
    return rc == 0 ? tta_buffer_string(out, "\n\n") : rc;
}

static int checks(const struct tta_rules *t, bool danish, struct tta_buffer *out)
{
    int rc = t->check_count == 0
                 ? 0
                 : tta_buffer_string(out, "## Checks\n\nA row for which one does not hold is "
                                          "refused; one that asks for an empty column is passed "
                                          "over.\n\n");

    for (size_t i = 0; rc == 0 && i < t->check_count; i++) {
        const struct tta_rules_check *c = &t->checks[i];

        rc = tta_buffer_format(out, "### `%s`\n\n", c->id);
        if (rc == 0)
            rc = line(out, "", danish ? c->because_da : c->because_en);
        if (rc == 0)
            rc = condition(t->program->checks[i], out);
    }
    return rc;
}

static int rules(const struct tta_rules *t, bool danish, struct tta_buffer *out)
{
    int rc = tta_buffer_string(out, "## Rules\n\n");

    for (size_t i = 0; rc == 0 && i < t->rule_count + t->has_default; i++) {
        const struct tta_rule *r = &t->rules[i];

        if (i == t->rule_count)
            rc = tta_buffer_string(out, "### Default: rows that no rule takes\n\n");
        else
            rc = tta_buffer_format(out, "### %zu. `%s`\n\n", i + 1, r->id);
        if (rc == 0)
            rc = line(out, "", danish ? r->because_da : r->because_en);
        if (rc == 0 && i < t->rule_count)
            rc = condition(t->program->when[i], out);
        if (rc == 0)
            rc = outputs(t, i, out);
        if (rc == 0)
            rc = line(out, "Source: ", r->source);
        if (rc == 0)
            rc = line(out, "Note: ", r->note);
    }
    return rc;
}

/* How COLLECT puts together what the rules give. */
static int combining(const struct tta_rules *t, struct tta_buffer *out)
{
    static const char *const words[] = {"",          "all true",     "any true",
                                        "the least", "the greatest", "the sum"};
    int rc = 0;

    for (size_t i = 0; rc == 0 && t->hit_policy == TTA_HIT_COLLECT && i < t->output_count; i++) {
        const struct tta_rules_column *c = &t->outputs[i];

        rc = tta_buffer_format(out, "- `%s`: %s; ", c->name, words[c->combine]);
        if (rc == 0)
            rc = tta_rules_write(out, c, &c->start);
        if (rc == 0)
            rc = tta_buffer_format(out, " where no rule gives it%s",
                                   i + 1 == t->output_count ? "\n\n" : "\n");
    }
    return rc;
}

static int readings(const struct tta_rules *t, struct tta_buffer *out)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < t->option_count; i++) {
        rc = tta_buffer_format(out, "- default of `%s`: `", t->options[i].name);
        if (rc == 0)
            rc = tta_rules_write(out, &t->options[i], &t->options[i].start);
        if (rc == 0)
            rc = tta_buffer_string(out, i + 1 == t->option_count ? "`\n\n" : "`\n");
    }
    return rc;
}

int tta_rules_describe(const struct tta_rules *t, bool danish, struct tta_buffer *out,
                       struct tta_error *e)
{
    int rc = head(t, out);

    if (rc == 0)
        rc = columns("Inputs", t->inputs, t->input_count, danish, out);
    if (rc == 0)
        rc = columns("Outputs", t->outputs, t->output_count, danish, out);
    if (rc == 0)
        rc = combining(t, out);
    if (rc == 0)
        rc = columns("Readings", t->options, t->option_count, danish, out);
    if (rc == 0)
        rc = readings(t, out);
    if (rc == 0)
        rc = checks(t, danish, out);
    if (rc == 0)
        rc = rules(t, danish, out);
    /* one line end, not two, behind the last line */
    if (rc == 0 && out->len > 1 && out->ptr[out->len - 1] == '\n' && out->ptr[out->len - 2] == '\n')
        out->len--;
    return rc == 0 ? 0 : tta_fail_memory(e);
}
