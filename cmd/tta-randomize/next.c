/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-randomize next: the arms of the units that arrive, from a list made in advance or
 * by key, stratum and number; every one is on the disk before it is shown, and the same
 * unit gets the same arm again (assign.c).
 */
#include "assign.h"
#include "tta-randomize.h"

struct args {
    struct plan_args plan;
    struct source_args source;
    const char *log, *list;
};

static const struct args defaults = {.plan = PLAN_DEFAULTS};

static const struct tta_option options[] = {
    {.name = "log",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .needed = true,
     .offset = offsetof(struct args, log),
     .help = "who got which arm; lines are only added"},
    {.name = "id",
     .value = "COLUMN",
     .kind = TTA_OPT_LIST,
     .needed = true,
     .offset = offsetof(struct args, plan.id),
     .help = "says which unit a row is"},
    {.name = "list",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, list),
     .help = "made by tta-randomize list; else a key and the options of the draw"},
    {.name = "strata",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct args, plan.strata),
     .help = "draw within each kind of these; a number is cut: age<30<50"},
    KEY_OPTIONS(struct args),
    PLAN_SEQUENCE_OPTIONS(struct args),
    PLAN_FACTOR_OPTIONS(struct args),
    {.name = NULL},
};

enum { ARM, ORDINAL, RECEIPT };
static const struct tta_column adds[] = {
    {.name = "arm", .type = TTA_TEXT, .help = "the arm that was drawn"},
    {.name = "ordinal", .type = TTA_INTEGER, .help = "number within the stratum"},
    {.name = "receipt", .type = TTA_TEXT, .help = "hash of the unit's line in the log"},
    {.name = NULL},
};

/* A list says the arms; the plan then only knows how to read strata and id. */
static int plan_of(const struct args *args, struct tta_plan *plan, struct tta_error *e)
{
    static const char *any[] = {"a", "b"};
    struct plan_args own = args->plan;

    if (args->list == NULL)
        return plan_make(&own, plan, e);
    if (own.arms.count > 0 || own.method != TTA_COMPLETE || args->source.seed != NULL ||
        args->source.key_file != NULL)
        return tta_fail(e, TTA_E_USAGE, "--list: the list says the arms; no key and no method");
    own.method = TTA_SIMPLE;
    own.arms.items = any;
    own.arms.count = 2;
    return plan_make(&own, plan, e);
}

/* The log, and the head beside it. */
static int claim_log(struct tta_run *run, const char *path, struct tta_error *e)
{
    struct tta_buffer head = {0};
    int rc = tta_claim_file(run, "log", path, e);

    if (rc == 0 && (tta_buffer_format(&head, "%s.head", path) != 0 || tta_buffer_char(&head, 0)))
        rc = tta_fail_memory(e);
    if (rc == 0)
        rc = tta_claim_file(run, "log", head.ptr, e);
    tta_buffer_release(&head);
    return rc;
}

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct assignment *a = tta_state(run);
    int rc = plan_of(args, &a->lots.plan, e);

    if (rc == 0)
        rc = assign_check(&a->lots.plan, e);
    if (rc == 0)
        rc = claim_log(run, args->log, e);
    if (rc == 0)
        rc = plan_columns(run, &a->lots.plan, e);
    if (rc == 0 && args->list == NULL)
        return lots_source(run, &a->lots, &args->source, e);
    a->listed = true;
    return rc == 0 ? assign_read_list(run, args->list, &a->list, e) : rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct place place;
    int rc;

    place.file = tta_row_place(run, &place.line);
    rc = assign_arrive(tta_state(run), tta_record(run), place, e);
    return rc == 0 ? tta_hold(run, e) : rc;
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct assignment *a = tta_state(run);
    size_t torn = 0;
    int rc = a->lots.units.n == 0 ? 0 : assign_all(a, args->log, &torn, e);

    if (rc == 0 && torn > 0)
        tta_note(run, "%s: a line was not whole and was taken out: a run was killed", args->log);
    if (rc == 0 && a->moved > 0)
        tta_note(run,
                 "units with another stratum than in the log, which keep their arm: %zu, the "
                 "first at %s:%lld",
                 a->moved, a->place[a->first_moved].file, (long long)a->place[a->first_moved].line);
    if (rc == 0 && a->begun)
        tta_note(run, "%s: a new log was begun", args->log);
    for (size_t i = 0; rc == 0 && i < a->lots.units.n; i++) {
        const struct tta_log_unit *unit = tta_log_find(&a->log, assign_id(a, i));

        tta_own(run)[ARM].text = tta_names_text(&a->log.arms, unit->arm);
        tta_own(run)[ORDINAL].integer = (int64_t)unit->ordinal;
        tta_own(run)[RECEIPT].text = tta_text_of(unit->receipt);
        tta_recall(run, i);
        rc = tta_emit(run, e);
    }
    return rc;
}

static void release(struct tta_run *run)
{
    assign_release(tta_state(run));
}

const struct tta_tool tta_randomize_next = {
    .command = "next",
    .summary = "assign the units that arrive",
    .example = "  tta-randomize next --log=trial.log --list=lots.csv --id=case_id --strata=sex "
               "today.csv",
    .about = "A unit that is in the log already gets its arm again. Everything is assigned, or\n"
             "nothing.",
    .shape = TTA_ROWS,
    .whole = true,
    .options = options,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .adds = adds,
    .state_size = sizeof(struct assignment),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
