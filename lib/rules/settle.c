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

/* Bits that stand side by side. */
static bool is_run(uint64_t set, int64_t *lo, int64_t *hi)
{
    int first = set == 0 ? 0 : __builtin_ctzll(set),
        last = set == 0 ? 0 : 63 - __builtin_clzll(set);

    if (set != (UINT64_MAX >> (63 - last) & UINT64_MAX << first))
        return false;
    *lo = first;
    *hi = last;
    return true;
}

/* One kind of question, wherever an answer is a number between two, so that none has to be told. */
static void make_range(const struct tta_rules *t, struct tta_rules_step *s)
{
    uint16_t yes = s->yes;

    switch (s->how) {
    case OP_TRUTH:
        s->lo = s->hi = 1;
        break;
    case OP_CHOICE:
        s->hi = s->lo;
        break;
    case OP_RANGE:
    case OP_RANGE_DATE:
        break;
    case OP_MISSING:
        s->lo = s->hi = TTA_INTEGER_NONE;
        break;
    case OP_SET:
        if (is_run((uint64_t)s->lo, &s->lo, &s->hi))
            break;
        if (!is_run(tta_rules_all_choices(t, s->slot) & ~(uint64_t)s->lo, &s->lo, &s->hi))
            return;
        s->yes = s->no;
        s->no = yes;
        break;
    default:
        return;
    }
    s->how = s->lo <= s->hi ? OP_RANGE : OP_RANGE_DATE; /* the latter may be empty */
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
    for (size_t i = 0; rc == 0 && i < s->count; i++) {
        make_range(t, &s->code[i]);
        tta_rules_make_near(t, s->values, &s->code[i]);
    }
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
