/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-randomize verify: draws again and compares, with what an audit file says or with
 * the options of draw; names the first row that differs.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "audit_file.h"
#include "compare.h"
#include "report.h"
#include "tta-randomize.h"

struct args {
    struct plan_args plan;
    struct source_args source;
    struct report_args report;
    const char *audit, *column;
    int64_t entry;
};

static const struct args defaults = {.plan = PLAN_DEFAULTS, .report = REPORT_DEFAULTS};

static const struct tta_option options[] = {
    {.name = "audit",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, audit),
     .help = "says how was drawn, in the place of the options of draw"},
    {.name = "entry",
     .value = "N",
     .kind = TTA_OPT_INTEGER,
     .least = 1,
     .most = INT64_MAX,
     .offset = offsetof(struct args, entry),
     .help = "line of the audit file [the last draw]"},
    {.name = "column",
     .value = "NAME",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, column),
     .help = "holds the arms [arm; stepped without arms: crosses]"},
    KEY_OPTIONS(struct args),
    GENERATOR_OPTIONS(struct args),
    PLAN_OPTIONS(struct args),
    REPORT_OPTIONS(struct args),
    {.name = NULL},
};

static int no_draw(const struct args *args, struct tta_error *e)
{
    tta_fail(e, TTA_E_DATA, args->entry > 0 ? "that entry is no draw" : "there is no draw in it");
    return tta_error_place(e, args->audit, args->entry);
}

/* The plan and the generator from the entry; a seed of R or Stata stands there, too. */
static int from_audit(struct tta_run *run, struct comparison *state, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct lots *l = &state->lots;
    int rc = tta_guard_file(run, "audit", args->audit, e);

    if (rc == 0)
        rc = audit_find(args->audit, args->entry, &state->claim, &l->plan, state->promised, e);
    if (rc != 0)
        return rc;
    if (plan_given(&args->plan) || args->source.generator != 0)
        return tta_fail(e, TTA_E_USAGE,
                        "--audit: the file says how was drawn, no other option may");
    if (state->claim.kind != TTA_AUDIT_DRAW || state->claim.plan == NULL)
        return no_draw(args, e);
    if (!state->claim.replayed)
        return lots_source(run, l, &args->source, e);
    if (args->source.seed != NULL || args->source.key_file != NULL)
        return tta_fail(e, TTA_E_USAGE, "--audit: the file says the seed of that draw");
    l->replayed = l->public_seed = true;
    l->replay = state->claim.replay;
    return tta_replay_check(&l->replay, &l->plan, e);
}

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct comparison *state = tta_state(run);
    struct tta_column arm = {.type = TTA_TEXT};
    int rc;

    if (args->audit != NULL)
        rc = from_audit(run, state, e);
    else if ((rc = plan_make(&args->plan, &state->lots.plan, e)) == 0)
        rc = lots_source(run, &state->lots, &args->source, e);
    if (rc == 0)
        rc = plan_columns(run, &state->lots.plan, e);
    if (rc == 0)
        rc = lots_digest_columns(run, &state->lots, e);
    if (rc != 0)
        return rc;
    if (args->column != NULL)
        state->lots.arm_column = args->column;
    arm.name = args->column != NULL               ? args->column
               : state->lots.plan.arms.count == 0 ? "crosses"
                                                  : "arm";
    /* what the audit says is compared also where no row says its arm */
    arm.flags = args->audit != NULL && args->column == NULL ? TTA_OPTIONAL : TTA_REQUIRED;
    arm.offset = state->offset = lots_record_size(&state->lots);
    rc = tta_set_record_size(run, arm.offset + sizeof(struct tta_text), e);
    return rc == 0 ? tta_read_column(run, &arm, e) : rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct comparison *state = tta_state(run);
    const char *record = tta_record(run);
    const struct tta_text *arm = (const void *)(record + state->offset);
    struct compared_row *row;
    int rc;

    if (arm->ptr != NULL && !compare_knows(state, *arm))
        return tta_fail(e, TTA_E_DATA, "the arm of this row is none of the plan's arms");
    row = compare_new_row(run, state, e);
    if (row == NULL)
        return e->code;
    state->lots.units.labelled = lots_have_labels(run, &state->lots.plan);
    rc = lots_row(run, &state->lots, e);
    state->armed = state->armed || arm->ptr != NULL;
    if (rc == 0 && arm->ptr != NULL && tta_names_number(&state->given, *arm, &row->arm) != 0)
        rc = tta_fail_memory(e);
    state->rows += rc == 0;
    return rc;
}

static int print_answer(struct tta_run *run, const struct comparison *state, struct tta_error *e)
{
    struct tta_buffer text = {0};
    const char *what = state->armed ? "every arm is as drawn"
                                    : "the list is the one that was drawn; it says no arms";
    int rc = tta_buffer_format(&text, "%zu rows: %s\n", state->rows, what) != 0
                 ? tta_fail_memory(e)
                 : tta_print(run, &text, e);

    tta_buffer_release(&text);
    return rc;
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct comparison *state = tta_state(run);
    int rc = compare_before(state, e);

    if (rc == 0)
        rc = lots_draw(&state->lots, e);
    if (rc == 0)
        rc = lots_audit(run, &state->lots, e);
    if (rc == 0)
        rc = compare_list(state, e);
    if (rc == 0)
        rc = compare_rows(state, e);
    if (rc == 0)
        rc = compare_claim(state, e);
    if (rc == 0 && state->claim.earlier > 0)
        tta_note(run, "draws under this key before this one, in the audit file: %" PRIu64,
                 state->claim.earlier);
    state->lots.audit.earlier = state->claim.earlier;
    if (rc == 0 && args->report.kind >= 0)
        return report_print(run, &args->report, &state->lots.audit, e);
    if (rc == 0 && state->claim.plan != NULL && state->claim.marks == NULL)
        tta_note(run, "this entry holds no hash of the rows: who is who was not compared");
    return rc == 0 ? print_answer(run, state, e) : rc;
}

static void release(struct tta_run *run)
{
    struct comparison *state = tta_state(run);

    tta_audit_release(&state->claim);
    tta_names_release(&state->given);
    free(state->row);
    lots_release(&state->lots);
}

const struct tta_tool tta_randomize_verify = {
    .command = "verify",
    .summary = "draw again and compare",
    .example = "  tta-randomize verify --audit=trial.audit --key-file=trial.key drawn.csv",
    .about = "Exit status 0 when every arm is as drawn, 1 when not, naming the first row.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .state_size = sizeof(struct comparison),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
