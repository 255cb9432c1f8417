/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grant_more.h"

#include <stdlib.h>

static const char *const arms[] = {"intervention", "control", NULL};

static const struct tta_column more[] = {
    {.name = "grant_share_exact", .type = TTA_MONEY, .help = "administration not rounded"},
    {.name = "grant_exact", .type = TTA_MONEY, .help = "nothing rounded"},
    {.name = "category2_difference",
     .type = TTA_DECIMAL,
     .flags = TTA_NULLABLE,
     .help = "actual less expected cases"},
    {.name = "grant_difference",
     .type = TTA_MONEY,
     .flags = TTA_NULLABLE,
     .help = "the grant for that difference"},
    {.name = "deviation",
     .type = TTA_DECIMAL,
     .flags = TTA_NULLABLE,
     .help = "the difference, of the expected cases"},
    {.name = "phase", .type = TTA_INTEGER, .help = "1, or 2 for controls"},
    {.name = "funded_years", .type = TTA_INTEGER, .help = "years with the grant"},
    {.name = "grant_total", .type = TTA_MONEY, .help = "of those years"},
};

static int add_columns(struct tta_run *run, size_t from, size_t to, struct tta_error *e)
{
    int rc = 0;

    for (size_t i = from; rc == 0 && i < to; i++)
        rc = tta_add_column(run, &more[i], e);
    return rc;
}

int grant_more_begin(struct tta_run *run, const struct grant_more_args *args, size_t offset,
                     struct tta_error *e)
{
    const struct tta_column actual = {
        .name = "actual_category2",
        .type = TTA_DECIMAL,
        .flags = TTA_NULLABLE,
        .offset = offset + offsetof(struct grant_more_record, actual_category2),
        .help = "category-2 cases that came"};
    const struct tta_column arm = {.name = "arm",
                                   .type = TTA_CHOICE,
                                   .choices = arms,
                                   .offset = offset + offsetof(struct grant_more_record, arm),
                                   .help = "intervention or control"};
    int rc = args->exact ? add_columns(run, 0, 2, e) : 0;

    if (rc == 0 && args->renegotiate && (rc = tta_read_column(run, &actual, e)) == 0)
        rc = add_columns(run, 2, 5, e);
    if (rc == 0 && args->years > 0 && (rc = tta_read_column(run, &arm, e)) == 0)
        rc = add_columns(run, 5, 8, e);
    return rc;
}

int grant_more_compute(const struct grant_more_args *args, const struct grant_more_record *r,
                       const struct tta_cost_model *model, const struct tta_grant *grant,
                       struct grant_more *out, struct tta_error *e)
{
    int rc = 0;

    out->difference =
        (struct tta_renegotiation){TTA_INTEGER_NONE, TTA_INTEGER_NONE, TTA_INTEGER_NONE};
    if (args->exact)
        rc = tta_grant_exact(model, grant, &out->exact, e);
    if (rc == 0 && args->renegotiate && r->actual_category2 != TTA_INTEGER_NONE)
        rc = tta_renegotiate(model, grant, r->actual_category2, &out->difference, e);
    if (rc == 0 && args->years > 0)
        rc = tta_grant_phase(grant, args->years, r->arm == 1, &out->phase, e);
    return rc;
}

void grant_more_put(const struct grant_more_args *args, const struct grant_more *m,
                    union tta_slot *own)
{
    if (args->exact) {
        own++->ore = m->exact.share_exact_ore;
        own++->ore = m->exact.exact_ore;
    }
    if (args->renegotiate) {
        own++->micro = m->difference.cases_micro;
        own++->ore = m->difference.grant_ore;
        own++->micro = m->difference.deviation_micro;
    }
    if (args->years > 0) {
        own++->integer = m->phase.phase;
        own++->integer = m->phase.years;
        own->ore = m->phase.grant_ore;
    }
}

int applicants_take(struct applicants *a, struct tta_text name, int32_t consortium, int32_t arm,
                    struct tta_error *e)
{
    int32_t number;

    if (tta_names_find(&a->names, name) >= 0)
        return tta_fail(e, TTA_E_DATA, "column municipality: a municipality that stands twice");
    if (consortium >= a->cap) {
        int32_t cap = a->cap == 0 ? 64 : 2 * a->cap;
        int32_t *grown = realloc(a->arm, (size_t)cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        a->arm = grown;
        a->cap = cap;
    }
    if (consortium >= 0 && consortium < a->count && a->arm[consortium] != arm)
        return tta_fail(e, TTA_E_DATA, "column arm: another arm than that of its consortium");
    if (tta_names_number(&a->names, name, &number) != 0)
        return tta_fail_memory(e);
    if (consortium == a->count)
        a->arm[a->count++] = arm;
    return 0;
}

void applicants_release(struct applicants *a)
{
    tta_names_release(&a->names);
    free(a->arm);
}
