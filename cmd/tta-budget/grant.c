/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-budget grant: cases, staff and grant of municipalities that apply
 * (Forebyggelsesfonden, call of 2009; lib/cost/grant.c). Members of a consortium
 * reach the least number of cases together, so all rows are seen before the
 * first is written.
 */
#include <stdlib.h>

#include "evaluation.h"
#include "grant_more.h"
#include "tta-budget.h"
#include "tta/cost.h"

struct args {
    const char *model;
    struct grant_more_args more;
};

struct record {
    struct tta_text municipality, consortium;
    int64_t incoming_cases;
    struct grant_more_record more;
};

struct row {
    int64_t incoming_cases;
    int32_t consortium; /* -1: applies alone */
    struct grant_more more;
};

struct state {
    struct tta_cost_model model;
    struct tta_consortia consortia;
    struct applicants applicants;
    struct row *rows;
    size_t count, cap;
};

static const struct args defaults = {.model = "tta-2009"};

static const struct tta_option options[] = {
    {.name = "model",
     .value = "NAME|FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, model),
     .help = "cost model: a built-in one or a JSON file [tta-2009]"},
    {.name = "exact",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct args, more.exact),
     .help = "add the grant without the call's roundings"},
    {.name = "renegotiate",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct args, more.renegotiate),
     .help = "add how far actual_category2 is from what was expected"},
    {.name = "years",
     .value = "N",
     .kind = TTA_OPT_INTEGER,
     .least = 1,
     .most = 100,
     .offset = offsetof(struct args, more.years),
     .help = "add the grant of N years; controls, by arm, join after the first"},
    {.name = NULL},
};

#define AT(member) offsetof(struct record, member)
static const struct tta_column reads[] = {
    {.name = "municipality", .type = TTA_TEXT, .offset = AT(municipality), .help = "each once"},
    {.name = "incoming_cases",
     .type = TTA_INTEGER,
     .offset = AT(incoming_cases),
     .help = "new sick-leave cases a year"},
    {.name = "consortium",
     .type = TTA_TEXT,
     .flags = TTA_OPTIONAL,
     .offset = AT(consortium),
     .help = "rows with the same name apply together; empty: alone"},
    {.name = NULL},
};

enum { CATEGORY2, COORDINATORS, TEAMS, CLINICAL, GRANT, ELIGIBLE };
static const struct tta_column adds[] = {
    {.name = "category2_cases", .type = TTA_DECIMAL, .help = "expected, a year"},
    {.name = "coordinators", .type = TTA_DECIMAL, .help = "needed, to the nearest half"},
    {.name = "teams", .type = TTA_DECIMAL, .help = "needed, to the nearest half"},
    {.name = "clinical_assessments", .type = TTA_DECIMAL, .help = "expected, a year"},
    {.name = "grant", .type = TTA_MONEY, .help = "category-2 cases times the grant per case"},
    {.name = "eligible", .type = TTA_BOOLEAN, .help = "enough incoming cases, alone or together"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct state *state = tta_state(run);

    if (tta_cost_model_load(args->model, &state->model, e) != 0 ||
        tta_used_document(run, "cost", state->model.id, state->model.hash, e) != 0 ||
        tta_assume(run, "currency", "DKK", e) != 0 ||
        evaluation_year(run, "price_year", state->model.price_year, e) != 0)
        return e->code;
    return grant_more_begin(run, &args->more, AT(more), e);
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct record *r = tta_record(run);
    struct state *state = tta_state(run);
    const struct args *args = tta_args(run);
    struct row row = {.incoming_cases = r->incoming_cases};
    struct tta_grant alone;
    /* the grant itself comes in end; here it shows that the row can have one */
    int rc = tta_grant(&state->model, r->incoming_cases, r->incoming_cases, &alone, e);

    if (rc == 0)
        rc = grant_more_compute(&args->more, &r->more, &state->model, &alone, &row.more, e);
    if (rc == 0)
        rc = tta_consortia_add(&state->consortia, r->consortium, row.incoming_cases,
                               &row.consortium, e);
    if (rc == 0)
        rc = applicants_take(&state->applicants, r->municipality, row.consortium,
                             args->more.years > 0 ? r->more.arm : -1, e);
    if (rc == 0 && state->count == state->cap) {
        size_t cap = state->cap == 0 ? 128 : state->cap * 2;
        struct row *grown = realloc(state->rows, cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        state->rows = grown;
        state->cap = cap;
    }
    if (rc != 0)
        return rc;
    state->rows[state->count++] = row;
    return tta_hold(run, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);
    int rc = 0;

    if (tta_rejected(run) > 0 && state->consortia.names.count > 0)
        return tta_fail(
            e, TTA_E_DATA,
            "a consortium may have lost a member to the rejects, and be judged wrongly");
    for (size_t i = 0; rc == 0 && i < state->count; i++) {
        const struct row *row = &state->rows[i];
        int64_t together =
            row->consortium < 0 ? row->incoming_cases : state->consortia.cases[row->consortium];
        union tta_slot *own = tta_own(run);
        struct tta_grant grant;

        rc = tta_grant(&state->model, row->incoming_cases, together, &grant, e);
        if (rc != 0)
            return rc;
        own[CATEGORY2].micro = grant.category2_micro;
        own[COORDINATORS].micro = grant.coordinators_micro;
        own[TEAMS].micro = grant.teams_micro;
        own[CLINICAL].micro = grant.clinical_micro;
        own[GRANT].ore = grant.grant_ore;
        own[ELIGIBLE].boolean = grant.eligible;
        grant_more_put(&args->more, &row->more, own + ELIGIBLE + 1);
        tta_recall(run, i);
        rc = tta_emit(run, e);
    }
    return rc;
}

static void release(struct tta_run *run)
{
    struct state *state = tta_state(run);

    tta_consortia_release(&state->consortia);
    applicants_release(&state->applicants);
    free(state->rows);
}

const struct tta_tool tta_budget_grant = {
    .command = "grant",
    .summary = "cases, staff and grant of municipalities that apply",
    .example = "  tta-budget grant --model=tta-2009 municipalities.csv",
    .about = "Staff and grant follow a municipality's own cases; whether it is eligible, those\n"
             "of its consortium together. The grant is what an eligible applicant gets.",
    .shape = TTA_ROWS,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .reads = reads,
    .adds = adds,
    .record_size = sizeof(struct record),
    .state_size = sizeof(struct state),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
