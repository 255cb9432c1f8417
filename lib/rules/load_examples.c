/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of a document that were worked out by hand. */
#include <stdio.h>

#include "load.h"

static size_t find(const struct tta_rules_column *columns, size_t count, const char *name)
{
    size_t i = 0;

    while (i < count && strcmp(columns[i].name, name) != 0)
        i++;
    return i;
}

static int no_column(struct tta_rules_loader *l, const char *place, const char *what,
                     const char *name)
{
    char shown[64];

    return tta_document_fail(&l->d, l->e, place, "no %s %s", what,
                             tta_text_printable(tta_text_of(name), shown, sizeof shown));
}

/* An input's value; a choice that is none is what an example of an error may give. */
static int take_given(struct tta_rules_loader *l, json_t *json, const struct tta_rules_column *c,
                      const char *place, union tta_slot *out)
{
    if (c->type == TTA_CHOICE && json_is_string(json) &&
        tta_rules_choice(c, tta_text_of(json_string_value(json))) == TTA_CHOICE_NONE) {
        out->choice = INT32_MAX;
        return 0;
    }
    return tta_rules_take_constant(l, json, c, true, place, out);
}

static int read_given(struct tta_rules_loader *l, json_t *json, const char *place,
                      struct tta_rules_example *example)
{
    const struct tta_rules *t = l->t;
    union tta_slot *given = tta_rules_alloc(l->t, t->input_count, sizeof *given);
    const char *key;
    json_t *member;

    if (given == NULL)
        return tta_fail_memory(l->e);
    for (size_t i = 0; i < t->input_count; i++)
        tta_type_set_missing(t->inputs[i].type, &given[i]);
    json_object_foreach(json, key, member)
    {
        size_t i = find(t->inputs, t->input_count, key);

        if (i == t->input_count)
            return no_column(l, place, "input", key);
        if (take_given(l, member, &t->inputs[i], place, &given[i]) != 0)
            return l->e->code;
    }
    example->given = given;
    return 0;
}

static int read_reading(struct tta_rules_loader *l, json_t *json, const char *place,
                        struct tta_rules_example *example)
{
    const struct tta_rules *t = l->t;
    union tta_slot *reading;
    const char *key;
    json_t *member;

    if (json == NULL)
        return 0;
    reading = tta_rules_alloc(l->t, t->option_count + 1, sizeof *reading);
    if (reading == NULL)
        return tta_fail_memory(l->e);
    for (size_t i = 0; i < t->option_count; i++)
        reading[i] = t->options[i].start;
    json_object_foreach(json, key, member)
    {
        size_t i = find(t->options, t->option_count, key);

        if (i == t->option_count)
            return no_column(l, place, "option", key);
        if (tta_rules_take_constant(l, member, &t->options[i], false, place, &reading[i]) != 0)
            return l->e->code;
    }
    example->reading = reading;
    return 0;
}

static int read_expect(struct tta_rules_loader *l, json_t *json, const char *place,
                       struct tta_rules_example *example)
{
    const struct tta_rules *t = l->t;
    union tta_slot *expect = tta_rules_alloc(l->t, t->output_count, sizeof *expect);
    bool *expected = tta_rules_alloc(l->t, t->output_count, sizeof *expected);
    const char *key;
    json_t *member;

    if (expect == NULL || expected == NULL)
        return tta_fail_memory(l->e);
    json_object_foreach(json, key, member)
    {
        size_t i = find(t->outputs, t->output_count, key);

        if (strcmp(key, "rule") == 0) {
            example->rule = tta_rules_string(l->t, json_string_value(member));
            if (example->rule == NULL)
                return tta_fail_memory(l->e);
            continue;
        }
        if (i == t->output_count)
            return no_column(l, place, "output", key);
        if (tta_rules_take_constant(l, member, &t->outputs[i], true, place, &expect[i]) != 0)
            return l->e->code;
        expected[i] = true;
    }
    example->expect = expect;
    example->expected = expected;
    return 0;
}

static int read_example(struct tta_rules_loader *l, const json_t *json, size_t number,
                        struct tta_rules_example *example)
{
    json_t *expect = json_object_get(json, "expect");
    char place[64];

    snprintf(place, sizeof place, "/examples/%zu", number);
    example->on = tta_json_date(json, "on", TTA_DATE_NONE);
    if ((json_object_size(expect) == 0) == (json_object_get(json, "error") == NULL))
        return tta_document_fail(&l->d, l->e, place, "either expect or error must be said");
    if (json_object_get(json, "error") != NULL &&
        !tta_rules_copy_text(l, json, "error", &example->error))
        return l->e->code;
    if (l->t->needs_today && example->on == TTA_DATE_NONE)
        return tta_document_fail(&l->d, l->e, place, "on is missing: the rules ask for today");
    if (read_given(l, json_object_get(json, "given"), place, example) != 0 ||
        read_reading(l, json_object_get(json, "reading"), place, example) != 0)
        return l->e->code;
    return read_expect(l, expect, place, example);
}

int tta_rules_load_examples(struct tta_rules_loader *l)
{
    const json_t *list = json_object_get(l->d.root, "examples");
    size_t count = json_array_size(list);
    struct tta_rules_example *examples = tta_rules_alloc(l->t, count, sizeof *examples);

    if (examples == NULL)
        return tta_fail_memory(l->e);
    l->t->examples = examples;
    for (size_t i = 0; i < count; i++) {
        if (read_example(l, json_array_get(list, i), i, &examples[i]) != 0)
            return l->e->code;
        l->t->example_count = i + 1;
    }
    return 0;
}
