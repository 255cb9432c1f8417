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

static int value(const struct tta_rules_page *p, const struct tta_rules_column *c,
                 const union tta_slot *v)
{
    return tta_type_is_missing(c->type, v)
               ? tta_buffer_string(p->out, tta_rules_word(p, "empty", "tom"))
               : tta_rules_write(p->out, c, v);
}

static int line(const struct tta_rules_page *p, const char *label, const char *s)
{
    int rc;

    if (*s == '\0')
        return 0;
    rc = tta_buffer_format(p->out, "%s", label);
    if (rc == 0)
        rc = text(p->out, s);
    return rc == 0 ? tta_buffer_string(p->out, "\n\n") : rc;
}

static int head(const struct tta_rules *t, const struct tta_rules_page *p)
{
    static const char *const policies[][2] = {
        {"UNIQUE: exactly one rule takes a row", "UNIQUE: præcis én regel tager en række"},
        {"FIRST: the first rule that fits takes the row",
         "FIRST: den første regel, der passer, tager rækken"},
        {"ANY: rules that take the same row give the same",
         "ANY: regler, der tager samme række, giver det samme"},
        {"COLLECT: all rules that fit count; what they give is combined",
         "COLLECT: alle regler, der passer, tæller; det, de giver, samles"}};
    char from[TTA_DATE_SIZE], to[TTA_DATE_SIZE] = "";
    int rc = tta_buffer_string(p->out, "# ");

    if (rc == 0)
        rc = text(p->out, t->title);
    tta_date_write(t->valid_from, TTA_DATE_ISO, from);
    if (t->valid_to != TTA_DATE_NONE)
        tta_date_write(t->valid_to, TTA_DATE_ISO, to);
    if (rc == 0)
        rc = tta_buffer_format(p->out, "\n\n`%s`, %s %s%s%s. ", t->id,
                               tta_rules_word(p, "valid from", "gælder fra"), from,
                               *to != '\0' ? tta_rules_word(p, " to ", " til ")
                                           : tta_rules_word(p, ", still in force", " og stadig"),
                               to);
    if (rc == 0 && t->deciding != SIZE_MAX)
        rc = tta_buffer_format(p->out, "%s `%s`. ",
                               tta_rules_word(p, "Which version: by", "Hvilken version: efter"),
                               t->inputs[t->deciding].name);
    if (rc == 0)
        rc = tta_buffer_format(p->out, "%s.\n\n", policies[t->hit_policy][p->danish]);
    if (rc == 0)
        rc = line(p, tta_rules_word(p, "Source: ", "Kilde: "), t->source);
    return rc == 0 ? line(p, tta_rules_word(p, "Note: ", "Bemærk: "), t->note) : rc;
}

/* A unit that is not among these stays as the document says it. */
static const char *unit_name(const struct tta_rules_page *p, const char *unit)
{
    static const char *const words[][2] = {
        {"days", "dage"},      {"weeks", "uger"},        {"year", "år"},
        {"years", "år"},       {"hours", "timer"},       {"sessions", "konsultationer"},
        {"courses", "forløb"}, {"strands", "indsatser"},
    };

    for (size_t i = 0; p->danish && i < sizeof words / sizeof *words; i++)
        if (strcmp(unit, words[i][0]) == 0)
            return words[i][1];
    return unit;
}

/* "0 to 520 weeks", "a, b", "may be empty". */
static int limits(const struct tta_rules_column *c, const struct tta_rules_page *p)
{
    union tta_slot lo = {.integer = c->minimum}, hi = {.integer = c->maximum};
    size_t from = p->out->len;
    int rc = 0;

    for (size_t i = 0; rc == 0 && c->type == TTA_CHOICE && i < c->value_count; i++) {
        rc = tta_buffer_string(p->out, i == 0 ? "" : ", ");
        if (rc == 0)
            rc = code(p->out, c->values[i]);
    }
    for (size_t i = 0; rc == 0 && c->allowed != NULL && i < c->value_count; i++) {
        rc = tta_buffer_string(p->out, i == 0 ? "`" : "`, `");
        if (rc == 0)
            rc = value(p, c, &c->allowed[i]);
        if (rc == 0 && i + 1 == c->value_count)
            rc = tta_buffer_char(p->out, '`');
    }
    if (rc == 0 && c->minimum != INT64_MIN) {
        rc = tta_buffer_string(p->out,
                               c->maximum == INT64_MAX ? tta_rules_word(p, "from ", "fra ") : "");
        if (rc == 0)
            rc = value(p, c, &lo);
    }
    if (rc == 0 && c->maximum != INT64_MAX) {
        rc = tta_buffer_string(p->out, tta_rules_word(p, " to ", " til "));
        if (rc == 0)
            rc = value(p, c, &hi);
    }
    if (rc == 0 && *c->unit != '\0')
        rc = tta_buffer_format(p->out, " %s", unit_name(p, c->unit));
    if (rc == 0 && c->nullable)
        rc = tta_buffer_format(p->out, "%s%s", p->out->len > from ? "; " : "",
                               c->optional ? tta_rules_word(p, "may be absent", "kan mangle")
                                           : tta_rules_word(p, "may be empty", "kan være tom"));
    return rc;
}

static const char *type_name(const struct tta_rules_page *p, enum tta_type type)
{
    static const char *const danish[] = {
        [TTA_TEXT] = "tekst",   [TTA_INTEGER] = "heltal",
        [TTA_DECIMAL] = "tal",  [TTA_MONEY] = "beløb i kroner",
        [TTA_DATE] = "dato",    [TTA_BOOLEAN] = "sandt eller falsk",
        [TTA_NUMBER] = "tal",   [TTA_CHOICE] = "en af værdierne",
        [TTA_EITHER] = "tekst",
    };

    return p->danish ? danish[type] : tta_type_name(type);
}

static int columns(const char *title, const struct tta_rules_column *list, size_t count,
                   const struct tta_rules_page *p)
{
    int rc = count == 0 ? 0
                        : tta_buffer_format(p->out, "## %s\n\n| %s |\n|---|---|---|---|\n", title,
                                            tta_rules_word(p, "name | type | values | meaning",
                                                           "navn | type | værdier | betydning"));

    for (size_t i = 0; rc == 0 && i < count; i++) {
        const struct tta_rules_column *c = &list[i];

        rc = tta_buffer_format(p->out, "| `%s` | %s | ", c->name, type_name(p, c->type));
        if (rc == 0)
            rc = limits(c, p);
        if (rc == 0)
            rc = tta_buffer_string(p->out, " | ");
        if (rc == 0)
            rc = text(p->out, p->danish ? c->description_da : c->description_en);
        if (rc == 0)
            rc = tta_buffer_string(p->out, " |\n");
    }
    return rc == 0 && count > 0 ? tta_buffer_char(p->out, '\n') : rc;
}

static int condition(const struct tta_rules_node *n, const struct tta_rules_page *p)
{
    size_t from;
    int rc = tta_buffer_string(p->out, tta_rules_word(p, "When `", "Når `"));

    from = p->out->len;
    if (rc == 0)
        rc = tta_rules_write_expression(p, n);
    for (size_t i = from; i < p->out->len; i++)
        if (p->out->ptr[i] == '`')
            p->out->ptr[i] = '\'';
    return rc == 0 ? tta_buffer_string(p->out, "`\n\n") : rc;
}

/* What rule i gives: "category = 2, route = coordinator". */
static int outputs(const struct tta_rules *t, size_t i, const struct tta_rules_page *p)
{
    const struct tta_rule *r = &t->rules[i];
    size_t shown = 0;
    int rc = tta_buffer_string(p->out, tta_rules_word(p, "Gives ", "Giver "));

    for (size_t k = 0; rc == 0 && k < t->output_count; k++) {
        uint16_t slot = r->computed == NULL ? TTA_RULES_CONSTANT : r->computed[k];

        if (slot == TTA_RULES_UNTOUCHED)
            continue;
        rc = tta_buffer_format(p->out, "%s`%s = ", shown++ == 0 ? "" : ", ", t->outputs[k].name);
        if (rc == 0)
            rc = slot == TTA_RULES_CONSTANT
                     ? value(p, &t->outputs[k], &r->then[k])
                     : tta_rules_write_expression(p, t->program->then[i * t->output_count + k]);
        if (rc == 0)
            rc = tta_buffer_char(p->out, '`');
    }
    if (rc == 0 && shown == 0)
        rc = tta_buffer_string(p->out,
                               tta_rules_word(p, "nothing but its id", "ikke andet end sit id"));
    return rc == 0 ? tta_buffer_string(p->out, "\n\n") : rc;
}

static int checks(const struct tta_rules *t, const struct tta_rules_page *p)
{
    int rc =
        t->check_count == 0
            ? 0
            : tta_buffer_string(
                  p->out, tta_rules_word(
                              p,
                              "## Checks\n\nA row for which one does not hold is refused; one that "
                              "asks for an empty column is passed over.\n\n",
                              "## Kontroller\n\nEn række, der ikke opfylder en af dem, afvises; en "
                              "kontrol, "
                              "der spørger om en tom kolonne, springes over.\n\n"));

    for (size_t i = 0; rc == 0 && i < t->check_count; i++) {
        const struct tta_rules_check *c = &t->checks[i];

        rc = tta_buffer_format(p->out, "### `%s`\n\n", c->id);
        if (rc == 0)
            rc = line(p, "", p->danish ? c->because_da : c->because_en);
        if (rc == 0)
            rc = condition(t->program->checks[i], p);
    }
    return rc;
}

/* "A = ...", each from those before it. */
static int names(struct tta_rules_page *p)
{
    int rc = 0;

    for (size_t i = p->name_count; rc == 0 && i-- > 0;) {
        p->defining = p->names[i];
        rc = tta_buffer_format(p->out, "- `%c = ", (char)('A' + (p->name_count - 1 - i)));
        if (rc == 0)
            rc = tta_rules_write_expression(p, p->names[i]);
        if (rc == 0)
            rc = tta_buffer_string(p->out, i == 0 ? "`\n\n" : "`\n");
    }
    p->defining = NULL;
    return rc;
}

static int rules(const struct tta_rules *t, struct tta_rules_page *p)
{
    int rc = tta_buffer_string(p->out, tta_rules_word(p, "## Rules\n\n", "## Regler\n\n"));

    if (rc == 0)
        rc = tta_rules_name_parts(t, p);
    if (rc == 0)
        rc = names(p);

    for (size_t i = 0; rc == 0 && i < t->rule_count + t->has_default; i++) {
        const struct tta_rule *r = &t->rules[i];

        if (i == t->rule_count)
            rc = tta_buffer_string(p->out,
                                   tta_rules_word(p, "### Default: rows that no rule takes\n\n",
                                                  "### Ellers: rækker, som ingen regel tager\n\n"));
        else
            rc = tta_buffer_format(p->out, "### %zu. `%s`\n\n", i + 1, r->id);
        if (rc == 0)
            rc = line(p, "", p->danish ? r->because_da : r->because_en);
        if (rc == 0 && i < t->rule_count)
            rc = condition(t->program->when[i], p);
        if (rc == 0)
            rc = outputs(t, i, p);
        if (rc == 0)
            rc = line(p, tta_rules_word(p, "Source: ", "Kilde: "), r->source);
        if (rc == 0)
            rc = line(p, tta_rules_word(p, "Note: ", "Bemærk: "), r->note);
    }
    return rc;
}

/* How COLLECT puts together what the rules give. */
static int combining(const struct tta_rules *t, const struct tta_rules_page *p)
{
    static const char *const words[][2] = {{"", ""},
                                           {"all true", "alle sande"},
                                           {"any true", "en af dem sand"},
                                           {"the least", "den mindste"},
                                           {"the greatest", "den største"},
                                           {"the sum", "summen"}};
    int rc = 0;

    for (size_t i = 0; rc == 0 && t->hit_policy == TTA_HIT_COLLECT && i < t->output_count; i++) {
        const struct tta_rules_column *c = &t->outputs[i];

        rc = tta_buffer_format(p->out, "- `%s`: %s; ", c->name, words[c->combine][p->danish]);
        if (rc == 0)
            rc = value(p, c, &c->start);
        if (rc == 0)
            rc = tta_buffer_format(
                p->out, "%s%s",
                tta_rules_word(p, " where no rule gives it", ", hvor ingen regel giver den"),
                i + 1 == t->output_count ? "\n\n" : "\n");
    }
    return rc;
}

static int readings(const struct tta_rules *t, const struct tta_rules_page *p)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < t->option_count; i++) {
        rc = tta_buffer_format(p->out, "- %s `%s`: `",
                               tta_rules_word(p, "default of", "standard for"), t->options[i].name);
        if (rc == 0)
            rc = value(p, &t->options[i], &t->options[i].start);
        if (rc == 0)
            rc = tta_buffer_string(p->out, i + 1 == t->option_count ? "`\n\n" : "`\n");
    }
    return rc;
}

int tta_rules_describe(const struct tta_rules *t, bool danish, struct tta_buffer *out,
                       struct tta_error *e)
{
    struct tta_rules_page page = {.out = out, .danish = danish}, *p = &page;
    int rc = head(t, p);

    if (rc == 0)
        rc = columns(tta_rules_word(p, "Inputs", "Input"), t->inputs, t->input_count, p);
    if (rc == 0)
        rc = columns(tta_rules_word(p, "Outputs", "Output"), t->outputs, t->output_count, p);
    if (rc == 0)
        rc = combining(t, p);
    if (rc == 0)
        rc = columns(tta_rules_word(p, "Readings", "Læsninger"), t->options, t->option_count, p);
    if (rc == 0)
        rc = readings(t, p);
    if (rc == 0)
        rc = checks(t, p);
    if (rc == 0)
        rc = rules(t, p);
    /* one line end, not two, behind the last line */
    if (rc == 0 && out->len > 1 && out->ptr[out->len - 1] == '\n' && out->ptr[out->len - 2] == '\n')
        out->len--;
    return rc == 0 ? 0 : tta_fail_memory(e);
}
