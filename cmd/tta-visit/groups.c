/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --by: rows are added together by a column, and the table decides of every sum. */
#include <stdio.h>

#include "visit.h"

int visit_check_by(const char *by, const char *other, struct tta_error *e)
{
    return strcmp(by, other) != 0 ? 0
                                  : tta_fail(e, TTA_E_USAGE,
                                             "--by=%s: a column of the output is called that; "
                                             "--rename=%s=OTHER --by=OTHER",
                                             by, by);
}

/* The names of what the table adds. */
static int check_by(const char *by, const struct tta_rules *t, struct tta_error *e)
{
    int rc = visit_check_by(by, "rule", e);

    if (rc == 0)
        rc = visit_check_by(by, "because", e);
    for (size_t i = 0; rc == 0 && i < t->input_count; i++)
        rc = visit_check_by(by, t->inputs[i].name, e);
    for (size_t i = 0; rc == 0 && i < t->output_count; i++)
        rc = visit_check_by(by, t->outputs[i].name, e);
    return rc;
}

int visit_groups_begin(struct tta_run *run, struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);
    struct visit_state *state = tta_state(run);
    const struct tta_rules *t = state->family->versions[0];
    struct tta_column by = {.name = args->by,
                            .type = TTA_TEXT,
                            .flags = TTA_NULLABLE,
                            .offset = t->input_count * sizeof(union tta_slot),
                            .help = "whose rows are added together"};
    int rc = 0;

    if (state->family->count > 1)
        return tta_fail(e, TTA_E_USAGE, "--by: which version? name one, such as %s",
                        state->family->versions[state->family->count - 1]->id);
    rc = check_by(args->by, t, e);
    if (rc == 0)
        rc = tta_rules_groups_new(t, &state->groups, e);
    tta_set_shape(run, TTA_SUMMARY);
    if (rc == 0)
        rc = visit_read_inputs(run, state->family, 1, e);
    if (rc == 0)
        rc = tta_read_column(run, &by, e);
    if (rc == 0)
        rc = tta_add_column(run, &by, e);
    for (size_t i = 0; rc == 0 && i < t->input_count; i++) {
        struct tta_column sum = {.name = t->inputs[i].name,
                                 .type = t->inputs[i].type,
                                 .help = t->inputs[i].description_en};

        rc = tta_add_column(run, &sum, e);
    }
    return rc == 0 ? visit_add_outputs(run, state->family, args->explain, e) : rc;
}

int visit_groups_record(struct tta_run *run, struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);
    struct visit_state *state = tta_state(run);
    const union tta_slot *in = tta_record(run);
    struct tta_text name = in[state->family->input_count].text;

    if (name.ptr == NULL || name.len == 0) {
        snprintf(e->column, sizeof e->column, "%s", args->by);
        return tta_fail(e, TTA_E_DATA, "empty, and --by needs it");
    }
    return tta_rules_groups_add(state->groups, name, in, e);
}

/* The sum of a group has no line of its own. */
static int decide(const struct tta_rules *t, const union tta_slot *sums, size_t i,
                  struct tta_rules_answer *answer, struct tta_error *e)
{
    struct tta_error why = {0};

    if (tta_rules_answer(t, sums, answer, &why) == 0)
        return 0;
    snprintf(e->column, sizeof e->column, "%s", why.column);
    return tta_fail(e, why.code, "group number %zu, added up: %s", i + 1, why.text);
}

int visit_groups_end(struct tta_run *run, struct tta_error *e)
{
    struct visit_state *state = tta_state(run);
    const struct tta_rules *t = state->family->versions[0];
    const union tta_slot *sums;
    struct tta_text name;
    int rc = 0;

    for (size_t i = 0; rc == 0 && (sums = tta_rules_groups_get(state->groups, i, &name)) != NULL;
         i++) {
        union tta_slot *own = tta_own(run);

        own[0].text = name;
        memcpy(&own[1], sums, t->input_count * sizeof *own);
        rc = decide(t, sums, i, &state->answer, e);
        if (rc == 0)
            rc = visit_put_answer(run, t, &own[1 + t->input_count], e);
        if (rc == 0)
            rc = tta_emit(run, e);
    }
    return rc;
}
