/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-visit --flow: how many classified cases went where, beside what the call of 2009
 * planned (lib/data/cost/tta-2009.json), and the counts of a CONSORT diagram.
 */
#include "flow.h"

#include <stdio.h>
#include <stdlib.h>

#include "tta/cost.h"

struct record {
    struct tta_text group, rule, arm;
    int64_t category;
    int8_t needs_team, needs_clinic, eligible;
};

#define AT(member) offsetof(struct record, member)
#define MAYBE (TTA_NULLABLE | TTA_OPTIONAL)
static const struct tta_column reads[] = {
    {.name = "category",
     .type = TTA_INTEGER,
     .flags = MAYBE,
     .offset = AT(category),
     .help = "1, 2 or 3; empty: not classified"},
    {.name = "needs_team",
     .type = TTA_BOOLEAN,
     .flags = MAYBE,
     .offset = AT(needs_team),
     .help = "category 2: goes on to the team"},
    {.name = "needs_clinic",
     .type = TTA_BOOLEAN,
     .flags = MAYBE,
     .offset = AT(needs_clinic),
     .help = "of the team's: goes on to the clinical unit"},
    {.name = "eligible",
     .type = TTA_BOOLEAN,
     .flags = MAYBE,
     .offset = AT(eligible),
     .help = "false: excluded, for the reason in rule"},
    {.name = "rule", .flags = MAYBE, .offset = AT(rule), .help = "why a case is excluded"},
    {.name = "arm", .flags = MAYBE, .offset = AT(arm), .help = "what a case was allocated to"},
    {.name = NULL},
};

/* flow_rows.c fills them, in this order; the column of --by comes behind them. */
static const struct tta_column adds[] = {
    {.name = "step", .type = TTA_TEXT, .help = "assessed, excluded, category, team ..."},
    {.name = "n", .type = TTA_INTEGER, .help = "cases"},
    {.name = "of", .type = TTA_INTEGER, .help = "cases of which they are a part"},
    {.name = "share", .type = TTA_NUMBER, .help = "n / of"},
    {.name = "planned_share", .type = TTA_NUMBER, .help = "by the call of 2009"},
    {.name = "lower", .type = TTA_NUMBER, .help = "exact 95 % interval of the share"},
    {.name = "upper", .type = TTA_NUMBER, .help = "the same"},
    {.name = "differs", .type = TTA_BOOLEAN, .help = "the planned share lies outside it"},
    {.name = NULL},
};

int visit_flow_begin(struct tta_run *run, struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);
    struct visit_state *state = tta_state(run);
    struct tta_column by = {.name = args->by, .flags = TTA_NULLABLE, .offset = AT(group)};
    struct tta_cost_model model;
    int rc = tta_cost_model_load("tta-2009", &model, e);

    state->flow = calloc(1, sizeof *state->flow);
    if (state->flow == NULL)
        return tta_fail_memory(e);
    tta_set_shape(run, TTA_SUMMARY);
    if (rc == 0)
        rc = tta_used_document(run, "cost", model.id, model.hash, e);
    if (rc == 0)
        rc = tta_set_record_size(run, sizeof(struct record), e);
    for (const struct tta_column *c = reads; rc == 0 && c->name != NULL; c++)
        rc = tta_read_column(run, c, e);
    if (rc == 0 && args->by != NULL)
        rc = tta_read_column(run, &by, e);
    for (const struct tta_column *c = adds; rc == 0 && c->name != NULL; c++)
        rc = tta_add_column(run, c, e);
    by.help = "value of the column of --by; empty: all cases";
    if (rc == 0 && args->by != NULL)
        rc = tta_add_column(run, &by, e);
    if (rc != 0)
        return rc;
    state->flow->planned_category2 = (double)model.category2_micro / 1e6;
    state->flow->planned_team = (double)model.team_micro / 1e6;
    state->flow->planned_clinic = (double)model.clinic_micro / (double)model.team_micro;
    return 0;
}

/* One more of a name; its counts grow with the names. */
static int count_name(struct tta_names *names, int64_t **counts, struct tta_text name,
                      struct tta_error *e)
{
    int32_t number, before = names->count;

    if (tta_names_number(names, name, &number) != 0)
        return tta_fail_memory(e);
    if (names->count > before) {
        int64_t *grown = realloc(*counts, (size_t)names->count * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        *counts = grown;
        grown[number] = 0;
    }
    ++(*counts)[number];
    return 0;
}

static int count(struct flow_counts *c, const struct record *r, struct tta_error *e)
{
    c->assessed++;
    if (r->eligible == 0) {
        c->excluded++;
        return count_name(&c->reasons, &c->by_reason,
                          r->rule.ptr == NULL ? tta_text_of("no reason given") : r->rule, e);
    }
    if (r->arm.ptr != NULL && count_name(&c->arms, &c->by_arm, r->arm, e) != 0)
        return e->code;
    if (r->category == TTA_INTEGER_NONE)
        return 0;
    c->classified++;
    c->category[r->category]++;
    if (r->category != 2)
        return 0;
    c->team_known += r->needs_team >= 0;
    c->team += r->needs_team > 0;
    c->clinic_known += r->needs_team > 0 && r->needs_clinic >= 0;
    c->clinic += r->needs_team > 0 && r->needs_clinic > 0;
    return 0;
}

static int find_group(struct visit_flow *f, struct tta_text name, struct flow_counts **out,
                      struct tta_error *e)
{
    int32_t number;

    if (tta_names_number(&f->groups, name, &number) != 0)
        return tta_fail_memory(e);
    if ((size_t)number >= f->cap) {
        size_t cap = f->cap == 0 ? 16 : f->cap * 2;
        struct flow_counts *grown = realloc(f->counts, cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        memset(grown + f->cap, 0, (cap - f->cap) * sizeof *grown);
        f->counts = grown;
        f->cap = cap;
    }
    *out = &f->counts[number];
    return 0;
}

/* Group 0 is all cases. */
int visit_flow_record(struct tta_run *run, struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);
    const struct record *r = tta_record(run);
    struct visit_flow *f = ((struct visit_state *)tta_state(run))->flow;
    struct flow_counts *c;

    if (r->category != TTA_INTEGER_NONE && (r->category < 1 || r->category > 3)) {
        snprintf(e->column, sizeof e->column, "category");
        return tta_fail(e, TTA_E_DATA, "not 1, 2 or 3");
    }
    if (find_group(f, tta_text_of(""), &c, e) != 0 || count(c, r, e) != 0)
        return e->code;
    if (args->by == NULL)
        return 0;
    if (r->group.ptr == NULL || r->group.len == 0) {
        snprintf(e->column, sizeof e->column, "%s", args->by);
        return tta_fail(e, TTA_E_DATA, "empty, and --by needs it");
    }
    return find_group(f, r->group, &c, e) != 0 ? e->code : count(c, r, e);
}

void visit_flow_release(struct visit_flow *f)
{
    for (size_t i = 0; f != NULL && i < f->cap; i++) {
        tta_names_release(&f->counts[i].reasons);
        tta_names_release(&f->counts[i].arms);
        free(f->counts[i].by_reason);
        free(f->counts[i].by_arm);
    }
    if (f != NULL) {
        tta_names_release(&f->groups);
        free(f->counts);
    }
    free(f);
}
