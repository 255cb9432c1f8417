/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program for one day and one set of readings. */
#include <stdlib.h>

#include "internal.h"

static void release(struct tta_rules_settled *s)
{
    if (s == NULL)
        return;
    free(s->code);
    free(s->values);
    free(s);
}

void tta_rules_unsettle(struct tta_rules *t)
{
    release(t->program->settled);
    t->program->settled = NULL;
}

/* One kind of question for all that are a number between two. */
static void plain_ranges(struct tta_rules_settled *s)
{
    for (size_t i = 0; i < s->count; i++) {
        struct tta_rules_step *step = &s->code[i];

        if (step->how == OP_TRUTH)
            step->lo = step->hi = 1;
        else if (step->how == OP_CHOICE)
            step->hi = step->lo;
        if (step->how == OP_TRUTH || step->how == OP_CHOICE || step->how == OP_RANGE_DATE)
            step->how = OP_RANGE;
    }
}

static int write_settled(struct tta_rules *t, struct tta_rules_settled *s, struct tta_error *e)
{
    struct tta_rules_program p = *t->program;
    int rc;

    s->values = calloc(p.value_count + 1, sizeof *s->values);
    if (s->values == NULL)
        return tta_fail_memory(e);
    if (p.value_count > 0)
        memcpy(s->values, p.values, p.value_count * sizeof *s->values);
    tta_rules_fold_values(t, s->values);
    p.values = s->values;
    p.code = NULL;
    p.entries = NULL;
    p.count = p.cap = 0;
    rc = tta_rules_write_program(t, &p, true, e);
    s->code = p.code;
    s->count = p.count;
    s->entry = p.entry;
    if (rc == 0)
        rc = tta_rules_thread(t, s, e);
    if (rc == 0)
        plain_ranges(s);
    return rc;
}

int tta_rules_settle(struct tta_rules *t, struct tta_error *e)
{
    struct tta_rules_settled *s = calloc(1, sizeof *s);

    tta_rules_unsettle(t);
    if (s == NULL)
        return tta_fail_memory(e);
    if (write_settled(t, s, e) == 0) {
        t->program->settled = s;
        return 0;
    }
    release(s);
    return e->code;
}
