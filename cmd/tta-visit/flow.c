/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-visit --flow: how many classified cases went where, beside what the call of 2009
 * planned (lib/data/cost/tta-2009.json), and the counts of a CONSORT diagram.
 */
#include "tta/flow.h"

#include "tta/cost.h"
#include "visit.h"

#define AT(member) offsetof(struct tta_flow_case, member)
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
     .help = "false: excluded, for the reasons in rule"},
    {.name = "rule", .flags = MAYBE, .offset = AT(reasons), .help = "why a case is excluded"},
    {.name = "arm", .flags = MAYBE, .offset = AT(arm), .help = "what a case was allocated to"},
    {.name = NULL},
};

static const struct tta_column adds[] = {
    {.name = "step", .type = TTA_TEXT, .help = "assessed, excluded, category, team ..."},
    {.name = "n", .type = TTA_INTEGER, .help = "cases"},
    {.name = "of", .type = TTA_INTEGER, .help = "cases of which they are a part"},
    {.name = "share", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "n / of"},
    {.name = "planned_share",
     .type = TTA_NUMBER,
     .flags = TTA_NULLABLE,
     .help = "by the call of 2009"},
    {.name = "lower",
     .type = TTA_NUMBER,
     .flags = TTA_NULLABLE,
     .help = "exact 95 % interval of the share"},
    {.name = "upper", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "the same"},
    {.name = "differs",
     .type = TTA_BOOLEAN,
     .flags = TTA_NULLABLE,
     .help = "the planned share lies outside it"},
    {.name = NULL},
};
/* As they stand in adds; the column of --by comes behind them. */
enum { STEP, N, OF, SHARE, PLANNED, LOWER, UPPER, DIFFERS, GROUP };

static int load_plan(struct tta_run *run, struct tta_flow_plan *plan, struct tta_error *e)
{
    struct tta_cost_model model;

    if (tta_cost_model_load("tta-2009", &model, e) != 0)
        return e->code;
    plan->category2 = (double)model.category2_micro / 1e6;
    plan->team = (double)model.team_micro / 1e6;
    plan->clinic = (double)model.clinic_micro / (double)model.team_micro;
    return tta_used_document(run, "cost", model.id, model.hash, e);
}

int visit_flow_begin(struct tta_run *run, struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);
    struct visit_state *state = tta_state(run);
    struct tta_column by = {.name = args->by, .flags = TTA_NULLABLE, .offset = AT(group)};
    struct tta_flow_plan plan;
    int rc = load_plan(run, &plan, e);

    tta_set_shape(run, TTA_SUMMARY);
    if (rc == 0)
        rc = tta_flow_new(&plan, &state->flow, e);
    if (rc == 0 && args->lang == 1)
        tta_flow_speak_danish(state->flow);
    if (rc == 0)
        rc = tta_set_record_size(run, sizeof(struct tta_flow_case), e);
    for (const struct tta_column *c = reads; rc == 0 && c->name != NULL; c++)
        rc = tta_read_column(run, c, e);
    if (rc == 0 && args->by != NULL)
        rc = tta_read_column(run, &by, e);
    for (const struct tta_column *c = adds; rc == 0 && c->name != NULL; c++) {
        rc = args->by == NULL ? 0 : visit_check_by(args->by, c->name, e);
        if (rc == 0)
            rc = tta_add_column(run, c, e);
    }
    by.help = "value of the column of --by; empty: all cases";
    return rc == 0 && args->by != NULL ? tta_add_column(run, &by, e) : rc;
}

int visit_flow_record(struct tta_run *run, struct tta_error *e)
{
    const struct visit_args *args = tta_args(run);
    const struct visit_state *state = tta_state(run);
    struct tta_flow_case c = *(const struct tta_flow_case *)tta_record(run);

    if (args->by != NULL && (c.group.ptr == NULL || c.group.len == 0))
        c.group = tta_text_of(args->lang == 1 ? "(ingen)" : "(none)");
    return tta_flow_add(state->flow, &c, e);
}

static int emit_row(void *context, const struct tta_flow_row *r, struct tta_error *e)
{
    struct tta_run *run = context;
    const struct visit_args *args = tta_args(run);
    union tta_slot *own = tta_own(run);

    own[STEP].text = r->step;
    own[N].integer = r->n;
    own[OF].integer = r->of;
    own[SHARE].number = r->share;
    own[PLANNED].number = r->planned;
    own[LOWER].number = r->lower;
    own[UPPER].number = r->upper;
    own[DIFFERS].boolean = r->differs;
    if (args->by != NULL)
        own[GROUP].text = r->group;
    return tta_emit(run, e);
}

int visit_flow_end(struct tta_run *run, struct tta_error *e)
{
    const struct visit_state *state = tta_state(run);
    struct tta_buffer drawing = {0};
    int rc;

    if (!tta_flow_says_anything(state->flow))
        return tta_fail(e, TTA_E_DATA,
                        "no case has a category, an arm, or is excluded (eligible=false)");
    if (tta_drawing(run) < 0)
        return tta_flow_rows(state->flow, emit_row, run, e);
    rc = tta_flow_draw(state->flow, tta_drawing(run) == 1 ? TTA_FLOW_MERMAID : TTA_FLOW_DOT,
                       &drawing) != 0
             ? tta_fail_memory(e)
             : tta_print(run, &drawing, e);
    tta_buffer_release(&drawing);
    return rc;
}
