/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables that are versions of each other, and which of them a row belongs to. */
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"
#include "tta/data.h"

#define NOT_A_VALUE INT32_MAX /* of this version: its limits refuse it */

static int grow(struct tta_rules_family *f, struct tta_rules *t, struct tta_error *e)
{
    struct tta_rules **grown = realloc(f->versions, (f->count + 1) * sizeof(struct tta_rules *));
    size_t i = f->count;

    if (grown == NULL) {
        tta_rules_free(t);
        return tta_fail_memory(e);
    }
    f->versions = grown;
    for (; i > 0 && grown[i - 1]->valid_from > t->valid_from; i--)
        grown[i] = grown[i - 1];
    grown[i] = t;
    f->count++;
    return 0;
}

/* All built-in documents that are versions of name. */
static int load_versions(struct tta_rules_family *f, const char *name, struct tta_error *e)
{
    const struct tta_embedded *list;
    size_t count = tta_embedded_list(&list);
    char quoted[80];

    snprintf(quoted, sizeof quoted, "\"%s\"", name);
    for (size_t i = 0; i < count; i++) {
        struct tta_rules *t;
        int rc;

        /* a document that does not even hold the name need not be parsed */
        if (strcmp(list[i].kind, "rules") != 0 || strstr(list[i].json, quoted) == NULL)
            continue;
        rc = tta_rules_load(list[i].name, &t, e);
        if (rc != 0)
            return rc;
        if (strcmp(t->version_of, name) != 0)
            tta_rules_free(t);
        else if (grow(f, t, e) != 0)
            return e->code;
    }
    return 0;
}

/* ---- what the versions have in common ---- */

static int differ(const struct tta_rules *t, const char *what, const char *name,
                  struct tta_error *e)
{
    return tta_fail(e, TTA_E_CONFIG, "%s: %s %s is not as in the other versions of %s", t->id, what,
                    name, t->version_of);
}

static int check_outputs(const struct tta_rules *a, const struct tta_rules *t, struct tta_error *e)
{
    if (a->output_count != t->output_count)
        return differ(t, "the number of", "outputs", e);
    for (size_t i = 0; i < t->output_count; i++)
        if (strcmp(a->outputs[i].name, t->outputs[i].name) != 0 ||
            a->outputs[i].type != t->outputs[i].type)
            return differ(t, "output", t->outputs[i].name, e);
    if (strcmp(a->inputs[a->deciding].name, t->inputs[t->deciding].name) != 0)
        return differ(t, "deciding date", t->inputs[t->deciding].name, e);
    return 0;
}

static int check_versions(const struct tta_rules_family *f, struct tta_error *e)
{
    for (size_t i = 1; i < f->count; i++) {
        const struct tta_rules *a = f->versions[i - 1], *b = f->versions[i];

        if (a->valid_to == TTA_DATE_NONE || a->valid_to >= b->valid_from)
            return tta_fail(e, TTA_E_CONFIG, "%s and %s are both valid on one day", a->id, b->id);
        if (check_outputs(f->versions[0], b, e) != 0)
            return e->code;
    }
    return 0;
}

/* ---- inputs of all versions ---- */

static void free_choices(struct tta_rules_column *c)
{
    free((void *)(uintptr_t)c->values);
    c->values = NULL;
}

/* A column of the family that was not there before. */
static int add_input(struct tta_rules_family *f, const struct tta_rules_column *from,
                     struct tta_error *e)
{
    struct tta_rules_column *c;

    if (f->input_count == TTA_RULES_INPUTS_MAX)
        return tta_fail(e, TTA_E_CONFIG, "%s: more than %d inputs, all versions together", f->name,
                        TTA_RULES_INPUTS_MAX);
    c = &f->inputs[f->input_count];
    *c = *from;
    c->values = NULL;
    c->value_count = 0;
    f->input_count++;
    return 0;
}

/* The values that the family's column does not have yet. */
static int add_values(struct tta_rules_column *c, const struct tta_rules_column *from,
                      struct tta_error *e)
{
    const char **values;

    if (from->type != TTA_CHOICE)
        return 0;
    values = malloc((c->value_count + from->value_count + 1) * sizeof *values);
    if (values == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < c->value_count; i++)
        values[i] = c->values[i];
    free_choices(c);
    c->values = values;
    for (size_t i = 0; i < from->value_count; i++)
        if (tta_rules_choice(c, tta_text_of(from->values[i])) == TTA_CHOICE_NONE)
            values[c->value_count++] = from->values[i];
    values[c->value_count] = NULL;
    return 0;
}

static int join_inputs(struct tta_rules_family *f, size_t version, struct tta_error *e)
{
    const struct tta_rules *t = f->versions[version];

    for (size_t i = 0; i < t->input_count; i++) {
        const struct tta_rules_column *from = &t->inputs[i];
        size_t k = 0;

        while (k < f->input_count && strcmp(f->inputs[k].name, from->name) != 0)
            k++;
        if (k == f->input_count && add_input(f, from, e) != 0)
            return e->code;
        if (f->inputs[k].type != from->type)
            return differ(t, "input", from->name, e);
        f->inputs[k].nullable = f->inputs[k].nullable || from->nullable;
        f->inputs[k].optional = f->inputs[k].optional || from->optional;
        if (add_values(&f->inputs[k], from, e) != 0)
            return e->code;
        f->places[version * TTA_RULES_INPUTS_MAX + i] = (uint16_t)k;
    }
    return 0;
}

/* Where a version's values have other numbers than the family's. */
static int map_choices(struct tta_rules_family *f, size_t version, size_t input,
                       struct tta_error *e)
{
    const struct tta_rules_column *own = &f->versions[version]->inputs[input];
    size_t at = version * TTA_RULES_INPUTS_MAX + input;
    const struct tta_rules_column *c = &f->inputs[f->places[at]];
    int32_t *map;

    if (own->type != TTA_CHOICE)
        return 0;
    map = malloc((c->value_count + 1) * sizeof *map);
    if (map == NULL)
        return tta_fail_memory(e);
    f->choices[at] = map;
    for (size_t i = 0; i < c->value_count; i++) {
        map[i] = tta_rules_choice(own, tta_text_of(c->values[i]));
        if (map[i] == TTA_CHOICE_NONE)
            map[i] = NOT_A_VALUE;
    }
    return 0;
}

/* An input that some version does not have may be absent. */
static void mark_optional(struct tta_rules_family *f)
{
    size_t times[TTA_RULES_INPUTS_MAX] = {0};

    for (size_t v = 0; v < f->count; v++)
        for (size_t i = 0; i < f->versions[v]->input_count; i++)
            times[f->places[v * TTA_RULES_INPUTS_MAX + i]]++;
    for (size_t i = 0; i < f->input_count; i++)
        if (times[i] < f->count)
            f->inputs[i].nullable = f->inputs[i].optional = true;
}

static int join(struct tta_rules_family *f, struct tta_error *e)
{
    size_t places = f->count * TTA_RULES_INPUTS_MAX;

    f->inputs = calloc(TTA_RULES_INPUTS_MAX, sizeof *f->inputs);
    f->places = calloc(places, sizeof *f->places);
    f->choices = calloc(places, sizeof *f->choices);
    if (f->inputs == NULL || f->places == NULL || f->choices == NULL)
        return tta_fail_memory(e);
    for (size_t v = 0; v < f->count; v++)
        if (join_inputs(f, v, e) != 0)
            return e->code;
    if (f->count == 1)
        return 0;
    mark_optional(f);
    f->deciding = f->places[f->versions[0]->deciding];
    for (size_t v = 0; v < f->count; v++)
        for (size_t i = 0; i < f->versions[v]->input_count; i++)
            if (map_choices(f, v, i, e) != 0)
                return e->code;
    return 0;
}

int tta_rules_family_load(const char *name, struct tta_rules_family **out, struct tta_error *e)
{
    struct tta_rules_family *f = calloc(1, sizeof *f);
    struct tta_rules *t;
    int rc = 0;

    *out = NULL;
    if (f == NULL)
        return tta_fail_memory(e);
    if (!tta_document_is_path(name) && tta_embedded_find("rules", name) == NULL) {
        rc = *name == '\0' ? 0 : load_versions(f, name, e); /* "": of no family */
        if (rc == 0 && f->count == 0)
            rc = tta_rules_fail_unknown(name, e);
    }
    if (rc == 0 && f->count == 0) {
        rc = tta_rules_load(name, &t, e);
        if (rc == 0)
            rc = grow(f, t, e);
    }
    if (rc == 0) {
        f->name = f->count == 1 ? f->versions[0]->id : f->versions[0]->version_of;
        rc = check_versions(f, e);
    }
    if (rc == 0)
        rc = join(f, e);
    if (rc == 0)
        *out = f;
    else
        tta_rules_family_free(f);
    return rc;
}

void tta_rules_family_free(struct tta_rules_family *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0; i < f->input_count; i++)
        free_choices(&f->inputs[i]);
    for (size_t i = 0; f->choices != NULL && i < f->count * TTA_RULES_INPUTS_MAX; i++)
        free(f->choices[i]);
    for (size_t i = 0; i < f->count; i++)
        tta_rules_free(f->versions[i]);
    free(f->choices);
    free(f->places);
    free(f->inputs);
    free(f->versions);
    free(f);
}

/* ---- a row ---- */

/* Which versions the day lies between. */
static int fail_day(const struct tta_rules_family *f, tta_date day, struct tta_error *e)
{
    const struct tta_rules *before = NULL, *after = NULL;
    char last[TTA_DATE_SIZE], first[TTA_DATE_SIZE];

    for (size_t v = 0; v < f->count; v++) {
        if (f->versions[v]->valid_from <= day)
            before = f->versions[v];
        else if (after == NULL)
            after = f->versions[v];
    }
    if (before != NULL)
        tta_date_write(before->valid_to, TTA_DATE_ISO, last);
    if (after != NULL)
        tta_date_write(after->valid_from, TTA_DATE_ISO, first);
    if (before == NULL)
        return tta_fail(e, TTA_E_DATA, "before the first version of %s, %s, from %s", f->name,
                        after->id, first);
    if (after == NULL)
        return tta_fail(e, TTA_E_DATA, "after the last version of %s, %s, to %s", f->name,
                        before->id, last);
    return tta_fail(e, TTA_E_DATA,
                    "a day on which no version of %s is valid: %s is to %s, %s from %s", f->name,
                    before->id, last, after->id, first);
}

static int find_version(const struct tta_rules_family *f, const union tta_slot *in, size_t *version,
                        struct tta_error *e)
{
    tta_date day = in[f->deciding].date;

    if (day == TTA_DATE_NONE) {
        snprintf(e->column, sizeof e->column, "%s", f->inputs[f->deciding].name);
        return tta_fail(e, TTA_E_DATA, "empty, and %s decides by it", f->name);
    }
    for (size_t v = f->count; v-- > 0;) {
        const struct tta_rules *t = f->versions[v];

        if (day >= t->valid_from && (t->valid_to == TTA_DATE_NONE || day <= t->valid_to)) {
            *version = v;
            return 0;
        }
    }
    snprintf(e->column, sizeof e->column, "%s", f->inputs[f->deciding].name);
    return fail_day(f, day, e);
}

int tta_rules_family_answer(const struct tta_rules_family *f, const union tta_slot *in,
                            const struct tta_rules **version, struct tta_rules_answer *answer,
                            struct tta_error *e)
{
    union tta_slot own[TTA_RULES_INPUTS_MAX];
    const struct tta_rules *t;
    size_t v = 0, at;

    if (f->count == 1) {
        *version = f->versions[0];
        return tta_rules_answer(f->versions[0], in, answer, e);
    }
    if (find_version(f, in, &v, e) != 0)
        return e->code;
    t = *version = f->versions[v];
    at = v * TTA_RULES_INPUTS_MAX;
    for (size_t i = 0; i < t->input_count; i++) {
        own[i] = in[f->places[at + i]];
        if (t->inputs[i].type == TTA_CHOICE && own[i].choice >= 0)
            own[i].choice = f->choices[at + i][own[i].choice];
    }
    return tta_rules_answer(t, own, answer, e);
}
