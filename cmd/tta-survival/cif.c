/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-survival cif: several causes that exclude each other (lib/survival/cif.c and others). */
#include "cif.h"

#include <math.h>
#include <stdlib.h>

#include "tta-survival.h"

static const struct cif_args defaults = {
    .outcome.causes = true, .model.level = 0.95, .regression = -1, .convention = -1};
static const char *const regressions[] = {"finegray", "cause-specific", NULL};
static const char *const errors[] = {"jackknife", "aalen", NULL};
static const char *const conventions[] = {"cmprsk", "survival", NULL};

/* clang-format off: as in model.h */
static const struct tta_option options[] = {
    OUTCOME_OPTIONS(struct cif_args),
    OUTCOME_WEIGHT(struct cif_args, "how many persons the row stands for, above 0"),
    OUTCOME_CLUSTER(struct cif_args),
    {.name = "causes",
     .value = "VALUE,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct cif_args, causes),
     .help = "the causes that may stand in --event [any]"},
    {.name = "by",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct cif_args, model.by),
     .help = "curves for each value, or combination of values"},
    {.name = "at",
     .value = "TIME,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct cif_args, at),
     .help = "the curves at these times only"},
    {.name = "std-err",
     .value = "jackknife|aalen",
     .kind = TTA_OPT_CHOICE,
     .choices = errors,
     .offset = offsetof(struct cif_args, std_err),
     .help = "of the curves: as R's survfit, or as its cmprsk::cuminc [jackknife]"},
    {.name = "test",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct cif_args, test),
     .help = "Gray's test between the groups of --by"},
    {.name = "rho",
     .value = "N",
     .kind = TTA_OPT_NUMBER,
     .least = -100,
     .most = 100,
     .offset = offsetof(struct cif_args, rho),
     .help = "of Gray's test: above 0 gives early times more weight [0]"},
    {.name = "x",
     .value = "TERM,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct cif_args, model.x),
     .help = "a regression for each cause on these covariates, as in cox"},
    {.name = "factor",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct cif_args, model.factor),
     .help = "covariates whose numbers are names of kinds"},
    {.name = "ref",
     .value = "COLUMN=VALUE,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct cif_args, model.ref),
     .help = "the kind the others are compared with [the first]"},
    {.name = "strata",
     .value = "COLUMN,...",
     .kind = TTA_OPT_LIST,
     .offset = offsetof(struct cif_args, model.strata),
     .help = "strata of the test, or of the regression"},
    {.name = "regression",
     .value = "finegray|cause-specific",
     .kind = TTA_OPT_CHOICE,
     .choices = regressions,
     .offset = offsetof(struct cif_args, regression),
     .help = "on the cumulative incidence, or on the hazard [finegray]"},
    {.name = "convention",
     .value = "cmprsk|survival",
     .kind = TTA_OPT_CHOICE,
     .choices = conventions,
     .offset = offsetof(struct cif_args, convention),
     .help = "of finegray: censorings at the time of events as in that package of R [cmprsk]"},
    {.name = "ties",
     .value = "efron|breslow|exact",
     .kind = TTA_OPT_CHOICE,
     .choices = model_ties,
     .offset = offsetof(struct cif_args, model.ties),
     .help = "events at one time; breslow whatever is said with cmprsk [efron]"},
    {.name = "level",
     .value = "P",
     .kind = TTA_OPT_NUMBER,
     .least = 0,
     .most = 1,
     .offset = offsetof(struct cif_args, model.level),
     .help = "of the confidence limits [0.95]"},
    PARTS_OPTIONS(struct cif_args),
    {.name = NULL},
};
/* clang-format on */

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct cif_args *args = tta_args(run);
    const struct outcome_args *o = &args->outcome;
    bool regression = args->model.x.count > 0, finegray = args->regression != CIF_CAUSE_SPECIFIC;
    struct cif *c = tta_state(run);
    int rc = parts_check_options(run, &tta_survival_cif, &args->parts, e);

    if (rc != 0)
        return rc;
    c->model.parts = &args->parts;
    c->model.jackknife = !regression && !args->test && args->std_err == CIF_JACKKNIFE;
    c->model.no_errors = args->test || (!regression && args->std_err == CIF_AALEN);
    c->model.by_of_parts = !regression;
    c->model.strata_of_parts = args->test;
    c->model.one_by_one = args->test || (regression && finegray);
    if (cif_check_options(args, e) != 0)
        return e->code;
    if (numbers_of(&args->at, "at", 0, HUGE_VAL, &c->at, e) != 0)
        return e->code;
    if (regression)
        rc = model_set_columns(run, !finegray && o->cluster != NULL, true, e);
    else if (args->test)
        rc = tta_set_columns(run, NULL, cif_test_columns, e);
    if (rc == 0)
        rc = model_begin(run, o, &args->model, &c->model, e);
    if (rc == 0 && args->parts.merge)
        rc = cif_check_counts(args, &c->model.counts.of, e);
    if (rc == 0 && args->test && c->model.by_count == 0)
        rc = tta_fail(e, TTA_E_USAGE, "--test needs the groups of --by");
    return rc;
}

static int record(struct tta_run *run, struct tta_error *e)
{
    struct cif *c = tta_state(run);
    const struct outcome_record *r = tta_record(run);

    if (cif_check_cause(tta_args(run), r, e) != 0 ||
        cif_check_new_cause(tta_args(run), c, &r->event_text, e) != 0)
        return e->code;
    return model_record(run, &c->model, e);
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct cif_args *args = tta_args(run);
    struct cif *c = tta_state(run);
    int rc = model_finish(run, &args->outcome, &args->model, &c->model, e);

    if (rc != 0 || model_is_part(&c->model))
        return rc;
    rc = cif_number_causes(args, c, e);
    if (rc != 0)
        return rc;
    return args->model.x.count > 0 ? cif_emit_regressions(run, args, c, e)
           : args->test            ? cif_emit_tests(run, args, c, e)
                                   : cif_emit_curves(run, args, c, e);
}

static void release(struct tta_run *run)
{
    struct cif *c = tta_state(run);

    free(c->cause);
    free(c->name);
    free(c->event);
    free(c->at);
    model_release(&c->model);
}

const struct tta_tool tta_survival_cif = {
    .command = "cif",
    .summary = "cumulative incidence of several causes",
    .example = "  tta-survival cif --time=weeks --event=cause --by=arm cases.csv",
    .about = "The share that has had each cause (Aalen-Johansen); with --test Gray's test, with\n"
             "--x Fine and Gray's regression, or Cox's for each cause.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .drawings = tta_paper,
    .args_size = sizeof(struct cif_args),
    .defaults = &defaults,
    .adds = cif_columns,
    .state_size = sizeof(struct cif),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
