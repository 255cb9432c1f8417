/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tta-survival zph: are the hazards proportional? (lib/survival/cox_zph.c) */
#include <stdlib.h>

#include "model.h"
#include "tta-survival.h"

struct args {
    struct outcome_args outcome;
    struct model_args model;
    int transform;
    bool per_term;
};

static const struct args defaults = {.model.level = 0.95};
static const char *const transforms[] = {"km", "rank", "identity", "log", NULL};

static const struct tta_option options[] = {
    OUTCOME_OPTIONS(struct args),
    MODEL_OPTIONS(struct args),
    OUTCOME_WEIGHT(struct args, "the row's part of the likelihood, above 0"),
    {.name = "transform",
     .value = "km|rank|identity|log",
     .kind = TTA_OPT_CHOICE,
     .choices = transforms,
     .offset = offsetof(struct args, transform),
     .help = "what of time the coefficients may follow [km]"},
    {.name = "per-term",
     .kind = TTA_OPT_FLAG,
     .offset = offsetof(struct args, per_term),
     .help = "test the terms of a factor one by one"},
    {.name = NULL},
};

enum { TERM, CHISQ, DF, P };
static const struct tta_column adds[] = {
    {.name = "term", .type = TTA_TEXT, .help = "of --x, or GLOBAL for all of them"},
    {.name = "chisq", .type = TTA_NUMBER, .help = "score test of its product with time"},
    {.name = "df", .type = TTA_NUMBER, .help = "degrees of freedom"},
    {.name = "p", .type = TTA_NUMBER, .help = "small: the hazard ratio changes with time"},
    {.name = NULL},
};

static int begin(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct model *m = tta_state(run);

    m->no_errors = true; /* the test is by the model's own information */
    return model_begin(run, &args->outcome, &args->model, m, e);
}

static int record(struct tta_run *run, struct tta_error *e)
{
    return model_record(run, tta_state(run), e);
}

static int emit(struct tta_run *run, const char *term, const struct tta_cox_test *test,
                struct tta_error *e)
{
    union tta_slot *own = tta_own(run);

    own[TERM].text = tta_text_of(term);
    own[CHISQ].number = test->statistic;
    own[DF].number = test->df;
    own[P].number = test->p_value;
    return tta_emit(run, e);
}

static int test(struct tta_run *run, const struct model *m, const struct tta_cox_fit *fit,
                struct tta_error *e)
{
    const struct args *args = tta_args(run);
    size_t p = m->in.p, tests = args->per_term ? p : m->formula.count;
    size_t *test_of = malloc(p * sizeof *test_of);
    struct tta_cox_test *result = malloc((tests + 1) * sizeof *result);
    int rc = test_of == NULL || result == NULL ? tta_fail_memory(e) : 0;

    for (size_t j = 0; rc == 0 && j < p; j++)
        test_of[j] = args->per_term ? j : m->design.item_of[j];
    if (rc == 0)
        rc = tta_cox_zph(&m->in, &m->options, fit, (enum tta_zph_transform)args->transform, test_of,
                         tests, result, e);
    for (size_t i = 0; rc == 0 && i <= tests; i++)
        rc = emit(run,
                  i == tests       ? "GLOBAL"
                  : args->per_term ? m->design.terms[i]
                                   : m->formula.item[i].label,
                  &result[i], e);
    free(test_of);
    free(result);
    return rc;
}

static int end(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct model *m = tta_state(run);
    struct tta_cox_fit fit = {0};
    int rc = model_finish(run, &args->outcome, &args->model, m, e);

    if (rc == 0)
        rc = tta_cox(&m->in, &m->options, &fit, e);
    if (rc == 0)
        rc = test(run, m, &fit, e);
    tta_cox_release(&fit);
    return rc;
}

static void release(struct tta_run *run)
{
    model_release(tta_state(run));
}

const struct tta_tool tta_survival_zph = {
    .command = "zph",
    .summary = "do the hazard ratios of a Cox regression change with time",
    .example = "  tta-survival zph --time=weeks --event=returned --x=arm,age cases.csv",
    .about = "The score test of R's cox.zph (survival 3): one row for each item of --x, and\n"
             "GLOBAL for all. A small p says that the hazards are not proportional.",
    .shape = TTA_SUMMARY,
    .whole = true,
    .options = options,
    .drawings = tta_paper,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .adds = adds,
    .state_size = sizeof(struct model),
    .begin = begin,
    .record = record,
    .end = end,
    .release = release,
};
