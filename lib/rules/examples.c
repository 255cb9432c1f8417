/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs the examples of a table. They belong to the document, not to anybody's data, so
 * what is told of one that fails shows its values.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

/* Is one of the words of the text that id? */
static bool names_id(const char *text, const char *id)
{
    size_t len = strlen(id);

    for (const char *p = strstr(text, id); p != NULL; p = strstr(p + 1, id)) {
        bool starts = p == text || p[-1] == ' ' || p[-1] == '(';

        if (starts && (p[len] == '\0' || strchr(" :,)", p[len]) != NULL))
            return true;
    }
    return false;
}

/* Is the row refused for what the example says? */
static bool right_error(const char *expected, const struct tta_error *e)
{
    if (strcmp(e->column, expected) == 0)
        return true;
    if (strcmp(expected, "rule") == 0)
        return e->column[0] == '\0';
    return names_id(e->text, expected);
}

static int write_row(const struct tta_rules *t, const struct tta_rules_example *x,
                     struct tta_buffer *out)
{
    int rc = tta_buffer_string(out, "    given ");

    for (size_t i = 0, shown = 0; rc == 0 && i < t->input_count; i++) {
        if (tta_type_is_missing(t->inputs[i].type, &x->given[i]))
            continue;
        rc = tta_buffer_format(out, "%s%s=", shown++ == 0 ? "" : ", ", t->inputs[i].name);
        if (rc == 0)
            rc = tta_rules_write(out, &t->inputs[i], &x->given[i]);
    }
    return rc == 0 ? tta_buffer_string(out, ", all others empty\n") : rc;
}

/* "category=2": what was expected, or what came. */
static int write_output(const struct tta_rules *t, const char *word, size_t i,
                        const union tta_slot *v, struct tta_buffer *out)
{
    int rc = tta_buffer_format(out, "    %s %s=", word, t->outputs[i].name);

    if (rc == 0)
        rc = tta_rules_write(out, &t->outputs[i], v);
    return rc == 0 ? tta_buffer_char(out, '\n') : rc;
}

static int join_ids(const struct tta_rules *t, const struct tta_rules_answer *a,
                    struct tta_buffer *out)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < a->hit_count; i++)
        rc = tta_buffer_format(out, "%s%s", i == 0 ? "" : ";", t->rules[a->hits[i]].id);
    return rc == 0 ? tta_buffer_char(out, '\0') : rc;
}

/* Compares what came with what was expected; appends the differences. */
static int compare(const struct tta_rules *t, const struct tta_rules_example *x,
                   const struct tta_rules_answer *a, struct tta_buffer *out)
{
    struct tta_buffer ids = {0};
    int rc = join_ids(t, a, &ids);

    if (rc == 0 && x->rule != NULL && strcmp(x->rule, ids.ptr) != 0)
        rc = tta_buffer_format(out, "    expected rule=%s\n    came     rule=%s\n", x->rule,
                               ids.ptr);
    tta_buffer_release(&ids);
    for (size_t i = 0; rc == 0 && i < t->output_count; i++) {
        if (!x->expected[i] || tta_rules_slot_equal(t->outputs[i].type, &x->expect[i], &a->out[i]))
            continue;
        rc = write_output(t, "expected", i, &x->expect[i], out);
        if (rc == 0)
            rc = write_output(t, "came    ", i, &a->out[i], out);
    }
    return rc;
}

/* Appends to out what is not as expected: nothing when all is. */
static int run_example(struct tta_rules *t, const struct tta_rules_example *x,
                       struct tta_rules_answer *a, struct tta_buffer *out, struct tta_error *e)
{
    struct tta_error refused = {0};
    int rc = 0;

    tta_rules_on(t, x->on);
    for (size_t i = 0; i < t->option_count; i++)
        tta_rules_read(t, i, x->reading != NULL ? &x->reading[i] : &t->options[i].start);
    if (tta_rules_answer(t, x->given, a, &refused) == TTA_E_DATA) {
        if (x->error == NULL || !right_error(x->error, &refused))
            rc = tta_buffer_format(
                out, "    expected %s%s\n    came     error: %s%s%s\n",
                x->error == NULL ? "an answer" : "error: ", x->error == NULL ? "" : x->error,
                refused.column, refused.column[0] == '\0' ? "" : ": ", refused.text);
    } else if (refused.code != 0) {
        *e = refused;
        return refused.code;
    } else if (x->error != NULL) {
        rc = tta_buffer_format(out, "    expected error: %s\n    came     rule=%s\n", x->error,
                               a->hit_count == 0 ? "(none)" : t->rules[a->hits[0]].id);
    } else {
        rc = compare(t, x, a, out);
    }
    return rc == 0 ? 0 : tta_fail_memory(e);
}

static int run_all(struct tta_rules *t, struct tta_rules_answer *a, struct tta_buffer *out,
                   size_t *failed, struct tta_error *e)
{
    struct tta_buffer told = {0};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < t->example_count; i++) {
        told.len = 0;
        rc = run_example(t, &t->examples[i], a, &told, e);
        if (rc != 0 || told.len == 0)
            continue;
        ++*failed;
        rc = tta_buffer_format(out, "%s: /examples/%zu is not as expected\n", t->id, i);
        if (rc == 0)
            rc = write_row(t, &t->examples[i], out);
        if (rc == 0)
            rc = tta_buffer_append(out, told.ptr, told.len);
        rc = rc == 0 ? 0 : tta_fail_memory(e);
    }
    tta_buffer_release(&told);
    return rc;
}

int tta_rules_run_examples(struct tta_rules *t, struct tta_buffer *out, size_t *failed,
                           struct tta_error *e)
{
    struct tta_rules_answer *a = malloc(sizeof *a);
    union tta_slot *readings = malloc((t->option_count + 1) * sizeof *readings);
    tta_date today = t->program->today;
    int rc = a == NULL || readings == NULL ? tta_fail_memory(e) : 0;

    *failed = 0;
    if (rc == 0) {
        memcpy(readings, t->program->readings, t->option_count * sizeof *readings);
        rc = run_all(t, a, out, failed, e);
        memcpy(t->program->readings, readings, t->option_count * sizeof *readings);
    }
    tta_rules_on(t, today);
    free(readings);
    free(a);
    return rc;
}
