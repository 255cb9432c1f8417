/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The counts of --flow as rows. */
#include "flow.h"

#include <stdio.h>

#include "tta/binomial.h"

/* The columns as flow.c adds them. */
enum { STEP, N, OF, SHARE, PLANNED, LOWER, UPPER, DIFFERS, GROUP };

struct rows {
    struct tta_run *run;
    struct tta_text group; /* ptr NULL: all cases */
    bool grouped;
    struct tta_error *e;
};

/* One row; planned < 0: nothing was planned of it. */
static int emit(const struct rows *r, struct tta_text step, int64_t n, int64_t of, double planned)
{
    union tta_slot *own = tta_own(r->run);

    own[STEP].text = step;
    own[N].integer = n;
    own[OF].integer = of;
    if (of > 0) {
        own[SHARE].number = (double)n / (double)of;
        tta_binomial_interval(n, of, 0.95, &own[LOWER].number, &own[UPPER].number);
    }
    if (planned >= 0)
        own[PLANNED].number = planned;
    if (planned >= 0 && of > 0)
        own[DIFFERS].boolean = planned < own[LOWER].number || planned > own[UPPER].number;
    if (r->grouped)
        own[GROUP].text = r->group;
    return tta_emit(r->run, r->e);
}

/* "excluded: age", one row for each name. */
static int emit_names(const struct rows *r, const char *label, const struct tta_names *names,
                      const int64_t *counts, int64_t of)
{
    struct tta_buffer b = {0};
    int rc = 0;

    for (int32_t i = 0; rc == 0 && i < names->count; i++) {
        struct tta_text name = tta_names_text(names, i);

        b.len = 0;
        if (tta_buffer_string(&b, label) != 0 || tta_buffer_append(&b, name.ptr, name.len) != 0)
            rc = tta_fail_memory(r->e);
        if (rc == 0)
            rc = emit(r, tta_buffer_text(&b), counts[i], of, -1);
    }
    tta_buffer_release(&b);
    return rc;
}

static int emit_group(const struct rows *r, const struct visit_flow *f, const struct flow_counts *c)
{
    int64_t eligible = c->assessed - c->excluded;
    char step[24];
    int rc = emit(r, tta_text_of("assessed"), c->assessed, c->assessed, -1);

    if (rc == 0 && c->excluded > 0)
        rc = emit(r, tta_text_of("excluded"), c->excluded, c->assessed, -1);
    if (rc == 0)
        rc = emit_names(r, "excluded: ", &c->reasons, c->by_reason, c->assessed);
    if (rc == 0)
        rc = emit_names(r, "allocated: ", &c->arms, c->by_arm, eligible);
    for (int k = 1; rc == 0 && c->classified > 0 && k <= 3; k++) {
        snprintf(step, sizeof step, "category %d", k);
        rc = emit(r, tta_text_of(step), c->category[k], c->classified,
                  k == 2 ? f->planned_category2 : -1);
    }
    if (rc == 0 && c->team_known > 0)
        rc = emit(r, tta_text_of("team"), c->team, c->team_known, f->planned_team);
    if (rc == 0 && c->clinic_known > 0)
        rc = emit(r, tta_text_of("clinic"), c->clinic, c->clinic_known, f->planned_clinic);
    return rc;
}

int visit_flow_end(struct tta_run *run, struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);
    const struct visit_flow *f = ((struct visit_state *)tta_state(run))->flow;
    struct rows r = {.run = run, .grouped = args->by != NULL, .e = e};
    struct tta_buffer drawing = {0};
    int rc = 0;

    if (f->groups.count > 0 && f->counts[0].classified + f->counts[0].excluded == 0 &&
        f->counts[0].arms.count == 0)
        return tta_fail(e, TTA_E_DATA,
                        "no case has a category, an arm, or is excluded (eligible=false)");
    if (args->draw >= 0) {
        rc = visit_draw(f, args->draw == 1, r.grouped, &drawing) != 0 ? tta_fail_memory(e)
                                                                      : tta_print(run, &drawing, e);
        tta_buffer_release(&drawing);
        return rc;
    }
    for (int32_t i = 0; rc == 0 && i < f->groups.count; i++) {
        if (i > 0)
            r.group = tta_names_text(&f->groups, i);
        rc = emit_group(&r, f, &f->counts[i]);
    }
    return rc;
}
