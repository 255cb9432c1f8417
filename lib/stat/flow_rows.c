/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The counts of a flow as rows. */
#include <math.h>
#include <stdio.h>

#include "flow.h"
#include "tta/binomial.h"

struct rows {
    const struct tta_flow *flow;
    int (*row)(void *context, const struct tta_flow_row *row, struct tta_error *e);
    void *context;
    struct tta_text group;
    struct tta_error *e;
};

/* How a share came about: that of an arm was drawn to be what it is. */
enum kind { FIXED, FOUND };

static int emit(const struct rows *to, const char *step, int64_t n, int64_t of, enum kind kind,
                double planned)
{
    struct tta_flow_row r = {.step = tta_text_of(tta_flow_word(to->flow, step)),
                             .group = to->group,
                             .n = n,
                             .of = of,
                             .share = of > 0 ? (double)n / (double)of : (double)NAN,
                             .lower = (double)NAN,
                             .upper = (double)NAN,
                             .planned = planned,
                             .differs = TTA_BOOLEAN_NONE};

    if (of > 0 && kind == FOUND)
        tta_binomial_interval(n, of, 0.95, &r.lower, &r.upper);
    if (of > 0 && !isnan(planned))
        r.differs = planned < r.lower || planned > r.upper;
    return to->row(to->context, &r, to->e);
}

/* "excluded: age", a row for each name that any case had. */
static int emit_tally(const struct rows *to, const char *label, const struct tta_flow_tally *all,
                      const struct tta_flow_tally *t, int64_t of, enum kind kind)
{
    struct tta_buffer b = {0};
    int rc = 0;

    for (int32_t i = 0; rc == 0 && i < all->names.count; i++) {
        struct tta_text name = tta_names_text(&all->names, i);

        b.len = 0;
        rc = tta_buffer_format(&b, "%s: %s", tta_flow_word(to->flow, label), all->names.texts[i]);
        rc = rc == 0 ? tta_buffer_char(&b, '\0') : rc;
        rc = rc != 0 ? tta_fail_memory(to->e)
                     : emit(to, b.ptr, tta_flow_tallied(t, name), of, kind, (double)NAN);
    }
    tta_buffer_release(&b);
    return rc;
}

static int emit_trial(const struct rows *to, const struct tta_flow_counts *all,
                      const struct tta_flow_counts *c)
{
    int64_t eligible = c->assessed - c->excluded;
    int rc = emit(to, "assessed", c->assessed, c->assessed, FIXED, (double)NAN);

    if (rc == 0 && all->excluded > 0)
        rc = emit(to, "excluded", c->excluded, c->assessed, FOUND, (double)NAN);
    if (rc == 0)
        rc = emit_tally(to, "excluded", &all->reasons, &c->reasons, c->assessed, FOUND);
    if (rc == 0 && all->excluded + all->allocated > 0)
        rc = emit(to, "eligible", eligible, c->assessed, FOUND, (double)NAN);
    if (rc == 0)
        rc = emit_tally(to, "allocated", &all->arms, &c->arms, eligible, FIXED);
    if (rc == 0 && all->allocated > 0 && all->allocated < all->assessed - all->excluded)
        rc = emit(to, "not allocated", eligible - c->allocated, eligible, FIXED, (double)NAN);
    if (rc == 0 && all->broken > 0)
        rc = emit(to, "allocated though excluded", c->broken, c->excluded, FIXED, (double)NAN);
    return rc;
}

static int emit_visitation(const struct rows *to, const struct tta_flow_plan *plan,
                           const struct tta_flow_counts *all, const struct tta_flow_counts *c)
{
    int64_t eligible = c->assessed - c->excluded;
    char step[24];
    int rc = 0;

    if (all->classified == 0)
        return 0;
    if (all->classified < all->assessed - all->excluded)
        rc = emit(to, "not classified", eligible - c->classified, eligible, FIXED, (double)NAN);
    for (int k = 1; rc == 0 && k <= 3; k++) {
        snprintf(step, sizeof step, "category %d", k);
        rc = emit(to, step, c->category[k], c->classified, FOUND,
                  k == 2 ? plan->category2 : (double)NAN);
    }
    if (rc == 0 && all->team_known > 0)
        rc = emit(to, "team", c->team, c->team_known, FOUND, plan->team);
    if (rc == 0 && all->clinic_known > 0)
        rc = emit(to, "clinic", c->clinic, c->clinic_known, FOUND, plan->clinic);
    if (rc == 0 && all->stray_team > 0)
        rc = emit(to, "team though not category 2", c->stray_team, c->classified, FIXED,
                  (double)NAN);
    if (rc == 0 && all->stray_clinic > 0)
        rc = emit(to, "clinic though not team", c->stray_clinic, eligible, FIXED, (double)NAN);
    return rc;
}

int tta_flow_rows(const struct tta_flow *f,
                  int (*row)(void *context, const struct tta_flow_row *row, struct tta_error *e),
                  void *context, struct tta_error *e)
{
    struct rows to = {.flow = f, .row = row, .context = context, .e = e};
    int rc = 0;

    for (int32_t i = 0; rc == 0 && i < f->groups.count; i++) {
        if (i > 0)
            to.group = tta_names_text(&f->groups, i);
        rc = emit_trial(&to, &f->counts[0], &f->counts[i]);
        if (rc == 0)
            rc = emit_visitation(&to, &f->plan, &f->counts[0], &f->counts[i]);
    }
    return rc;
}
