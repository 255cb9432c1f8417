/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-randomize draw: which row goes to which arm, by the method and the strata
 * that were asked for (include/tta/allocate.h; man tta-generator says each), or as a
 * script in R or Stata drew it (include/tta/replay.h).
 */
#include <inttypes.h>

#include "audit_file.h"
#include "lots.h"
#include "report.h"
#include "tta-randomize.h"

struct args {
    struct plan_args plan;
    struct source_args source;
    struct report_args report;
    const char *audit;
};

static const struct args defaults = {.plan = PLAN_DEFAULTS, .report = REPORT_DEFAULTS};

static const struct tta_option options[] = {
    PLAN_OPTIONS(struct args),
    KEY_OPTIONS(struct args),
    GENERATOR_OPTIONS(struct args),
    {.name = "audit",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, audit),
     .help = "append what is needed to verify the draw, but not the key"},
    REPORT_OPTIONS(struct args),
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct lots *lots = tta_state(run);
    int rc = plan_begin(run, &args->plan, &lots->plan, e);

    if (rc == 0)
        rc = lots_source(run, lots, &args->source, e);
    if (rc == 0 && (args->audit != NULL || args->report.kind >= 0))
        rc = lots_digest_columns(run, lots, e);
    if (rc == 0 && args->audit != NULL)
        rc = tta_claim_file(run, "audit", args->audit, e);
    if (rc == 0 && args->report.kind >= 0)
        tta_set_shape(run, TTA_SUMMARY);
    return rc == 0 ? lots_add_columns(run, &lots->plan, e) : rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    int rc = lots_row(run, tta_state(run), e);

    return rc != 0 || args->report.kind >= 0 ? rc : tta_hold(run, e);
}

/* The entry is on the disk before the first lot leaves the program. */
static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct lots *lots = tta_state(run);
    size_t blank = 0;
    int rc = lots_draw(lots, e);

    if (rc == 0 && (args->audit != NULL || args->report.kind >= 0))
        rc = lots_audit(run, lots, e);
    if (rc == 0 && args->audit != NULL)
        rc = audit_append(args->audit, &lots->audit, e);
    if (rc == 0 && args->report.kind >= 0)
        return report_print(run, &args->report, &lots->audit, e);
    for (size_t i = 0; rc == 0 && i < lots->units.n; i++) {
        lots_fill(lots, i, tta_own(run));
        tta_recall(run, i);
        rc = tta_emit(run, e);
    }
    if (rc == 0 && (blank = tta_units_blank_strata(&lots->units)) == SIZE_MAX)
        rc = tta_fail_memory(e);
    if (rc == 0 && blank > 0)
        tta_note(run, "strata that differ from another only by blanks: %zu", blank);
    if (rc == 0 && lots->drawn.kept > 0)
        tta_note(run,
                 "one of %" PRIu64 " kept of %" PRIu64 " allotments; score %" PRIu64
                 ", the worst kept %" PRIu64,
                 lots->drawn.kept, lots->drawn.candidates, lots->drawn.drawn,
                 lots->drawn.worst_kept);
    if (rc == 0 && lots->drawn.always + lots->drawn.never > 0)
        tta_note(run,
                 "all kept allotments put %" PRIu64 " pairs of units together and %" PRIu64
                 " apart: keep more",
                 lots->drawn.always, lots->drawn.never);
    return rc;
}

static void release(struct tta_run *run)
{
    lots_release(tta_state(run));
}

const struct tta_tool tta_randomize_draw = {
    .command = "draw",
    .summary = "draw which row goes to which arm",
    .example = "  tta-randomize draw --seed='dice 4 1 6' --arms=intervention:20,control:10 "
               "municipalities.csv",
    .about = "The same key and the same list draw the same arms, on any machine; the order of\n"
             "the rows matters: fix the list, and only then find the seed.",
    .shape = TTA_ROWS,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .adds = lots_columns,
    .state_size = sizeof(struct lots),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
