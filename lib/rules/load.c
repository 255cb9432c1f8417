/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the checked document to columns, rules and trees. The schema has made sure
 * of the shapes; what depends on what (names, types, values) is checked here and in
 * resolve.c. Only the files load*.c know of JSON.
 */
#include <stdio.h>
#include <stdlib.h>

#include "load.h"

bool tta_rules_copy_text(struct tta_rules_loader *l, const json_t *object, const char *key,
                         const char **out)
{
    *out = tta_rules_string(l->t, tta_json_text(object, key, ""));
    if (*out == NULL)
        tta_fail_memory(l->e);
    return *out != NULL;
}

static int read_head(struct tta_rules_loader *l)
{
    static const char *const policies[] = {"UNIQUE", "FIRST", "ANY", "COLLECT"};
    const char *policy = tta_json_text(l->d.root, "hit_policy", "UNIQUE");
    struct tta_rules *t = l->t;

    t->id = tta_rules_string(t, l->d.id);
    t->title = tta_rules_string(t, l->d.title);
    if (t->id == NULL || t->title == NULL)
        return tta_fail_memory(l->e);
    if (!tta_rules_copy_text(l, l->d.root, "source", &t->source) ||
        !tta_rules_copy_text(l, l->d.root, "note", &t->note) ||
        !tta_rules_copy_text(l, l->d.root, "version_of", &t->version_of))
        return l->e->code;
    t->valid_from = l->d.valid_from;
    t->valid_to = l->d.valid_to;
    memcpy(t->hash, l->d.hash, sizeof t->hash);
    for (int i = 0; i < 4; i++)
        if (strcmp(policy, policies[i]) == 0)
            t->hit_policy = (enum tta_hit_policy)i;
    t->needs_today = tta_json_boolean(l->d.root, "today", false);
    t->program->today = TTA_DATE_NONE;
    return 0;
}

/* The input whose day says which version of the table a row belongs to. */
static int read_deciding(struct tta_rules_loader *l)
{
    struct tta_rules *t = l->t;
    const char *name = tta_json_text(l->d.root, "deciding_date", NULL);

    t->deciding = SIZE_MAX;
    if (name == NULL)
        return *t->version_of == '\0' ? 0
                                      : tta_document_fail(&l->d, l->e, "/version_of",
                                                          "a version needs a deciding_date");
    for (size_t i = 0; i < t->input_count; i++)
        if (strcmp(t->inputs[i].name, name) == 0 && t->inputs[i].type == TTA_DATE)
            t->deciding = i;
    return t->deciding != SIZE_MAX
               ? 0
               : tta_document_fail(&l->d, l->e, "/deciding_date", "no input of type date");
}

static int read_readings(struct tta_rules_loader *l)
{
    struct tta_rules *t = l->t;

    t->program->readings = tta_rules_alloc(t, t->option_count + 1, sizeof *t->program->readings);
    if (t->program->readings == NULL)
        return tta_fail_memory(l->e);
    for (size_t i = 0; i < t->option_count; i++)
        t->program->readings[i] = t->options[i].start;
    return 0;
}

static int read_table(struct tta_rules_loader *l)
{
    struct tta_rules *t = l->t;

    if (read_head(l) != 0)
        return l->e->code;
    if (tta_rules_load_columns(l, ROLE_INPUT, &l->inputs, &t->input_count) != 0)
        return l->e->code;
    t->inputs = l->inputs;
    if (tta_rules_load_columns(l, ROLE_OUTPUT, &l->outputs, &t->output_count) != 0)
        return l->e->code;
    t->outputs = l->outputs;
    if (tta_rules_load_columns(l, ROLE_OPTION, &l->options, &t->option_count) != 0)
        return l->e->code;
    t->options = l->options;
    if (read_deciding(l) != 0 || read_readings(l) != 0 || tta_rules_load_rules(l) != 0 ||
        tta_rules_load_examples(l) != 0)
        return l->e->code;
    if (tta_rules_compile(t, l->e) != 0)
        return tta_error_place(l->e, l->d.source_name, 0);
    return 0;
}

int tta_rules_load(const char *name_or_path, struct tta_rules **out, struct tta_error *e)
{
    struct tta_rules_loader l = {.e = e};
    int code = tta_document_load("rules", name_or_path, &l.d, e);

    *out = NULL;
    if (code != 0)
        return code;
    l.t = calloc(1, sizeof *l.t);
    if (l.t != NULL)
        l.t->program = calloc(1, sizeof *l.t->program);
    code = l.t == NULL || l.t->program == NULL ? tta_fail_memory(e) : read_table(&l);
    tta_document_release(&l.d);
    if (code == 0)
        *out = l.t;
    else
        tta_rules_free(l.t);
    return code;
}
