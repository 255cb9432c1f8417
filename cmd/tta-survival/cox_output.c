/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox_output.h"

#include <stdlib.h>

enum {
    N,
    EVENTS,
    TIES,
    LOGLIK_NULL,
    LOGLIK,
    LR,
    LR_DF,
    LR_P,
    WALD,
    WALD_DF,
    WALD_P,
    SCORE,
    SCORE_DF,
    SCORE_P,
    CONCORDANCE,
    CONCORDANCE_SE
};
const struct tta_column cox_summary_columns[] = {
    {.name = "n", .type = TTA_INTEGER, .help = "rows in the model"},
    {.name = "events", .type = TTA_INTEGER, .help = "of them"},
    {.name = "ties", .type = TTA_TEXT, .help = "how events at one time were taken"},
    {.name = "loglik_null", .type = TTA_NUMBER, .help = "log partial likelihood without terms"},
    {.name = "loglik", .type = TTA_NUMBER, .help = "and with them"},
    {.name = "lr_chisq", .type = TTA_NUMBER, .help = "likelihood-ratio test of all terms"},
    {.name = "lr_df", .type = TTA_NUMBER, .help = "degrees of freedom"},
    {.name = "lr_p", .type = TTA_NUMBER, .help = "its p"},
    {.name = "wald_chisq", .type = TTA_NUMBER, .help = "Wald test, robust where that was asked"},
    {.name = "wald_df", .type = TTA_NUMBER, .help = "degrees of freedom"},
    {.name = "wald_p", .type = TTA_NUMBER, .help = "its p"},
    {.name = "score_chisq", .type = TTA_NUMBER, .help = "score (log-rank) test"},
    {.name = "score_df", .type = TTA_NUMBER, .help = "degrees of freedom"},
    {.name = "score_p", .type = TTA_NUMBER, .help = "its p"},
    {.name = "concordance", .type = TTA_NUMBER, .help = "pairs in the order that is predicted"},
    {.name = "concordance_se", .type = TTA_NUMBER, .help = "its standard error"},
    {.name = NULL},
};

static void put_test(union tta_slot *own, const struct tta_cox_test *t)
{
    own[0].number = t->statistic;
    own[1].number = t->df;
    own[2].number = t->p_value;
}

int cox_emit_summary(struct tta_run *run, const struct model *m, const struct tta_cox_fit *fit,
                     struct tta_error *e)
{
    struct tta_concordance c;
    union tta_slot *own = tta_own(run);
    int rc = tta_cox_concordance(&m->in, &m->options, fit, &c, e);

    if (rc != 0)
        return rc;
    own[N].integer = (int64_t)fit->n;
    own[EVENTS].integer = (int64_t)fit->events;
    own[TIES].text = tta_text_of(model_ties[m->options.ties]);
    own[LOGLIK_NULL].number = fit->loglik_null;
    own[LOGLIK].number = fit->loglik;
    put_test(own + LR, &fit->likelihood_ratio);
    put_test(own + WALD, &fit->wald);
    put_test(own + SCORE, &fit->score);
    own[CONCORDANCE].number = c.c;
    own[CONCORDANCE_SE].number = c.se;
    return tta_emit(run, e);
}
