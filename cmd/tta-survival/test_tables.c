/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "test_tables.h"

enum { GROUP, N, OBSERVED, EXPECTED, CHISQ, DF, P };
const struct tta_column test_columns[] = {
    {.name = "group", .type = TTA_TEXT, .help = "COLUMN=VALUE of --by"},
    {.name = "n", .type = TTA_NUMBER, .help = "persons"},
    {.name = "observed", .type = TTA_NUMBER, .help = "events, weighted"},
    {.name = "expected", .type = TTA_NUMBER, .help = "events, were the groups alike"},
    {.name = "chisq", .type = TTA_NUMBER, .help = "of the test, the same in every row"},
    {.name = "df", .type = TTA_NUMBER, .help = "degrees of freedom"},
    {.name = "p", .type = TTA_NUMBER, .help = "p-value"},
    {.name = NULL},
};
enum { V_GROUP, V_OTHER, V_COVARIANCE };
const struct tta_column test_variance_columns[] = {
    {.name = "group", .type = TTA_TEXT, .help = "COLUMN=VALUE of --by"},
    {.name = "other", .type = TTA_TEXT, .help = "COLUMN=VALUE of --by"},
    {.name = "covariance", .type = TTA_NUMBER, .help = "of their observed - expected"},
    {.name = NULL},
};

int test_write_variance(struct tta_run *run, const struct grouped *g, const struct tta_logrank *t,
                        struct tta_error *e)
{
    int32_t k = t->groups;
    int rc = 0;

    for (int32_t i = 0; rc == 0 && i < k * k; i++) {
        union tta_slot *own = tta_own(run);

        own[V_GROUP].text = tta_text_of(grouped_label(g, i / k));
        own[V_OTHER].text = tta_text_of(grouped_label(g, i % k));
        own[V_COVARIANCE].number = t->variance[i];
        rc = tta_emit(run, e);
    }
    return rc;
}

int test_write(struct tta_run *run, const struct grouped *g, const struct tta_logrank *t,
               struct tta_error *e)
{
    int rc = 0;

    for (int32_t i = 0; rc == 0 && i < t->groups; i++) {
        union tta_slot *own = tta_own(run);

        own[GROUP].text = tta_text_of(grouped_label(g, i));
        own[N].number = t->n[i];
        own[OBSERVED].number = t->observed[i];
        own[EXPECTED].number = t->expected[i];
        own[CHISQ].number = t->chisq;
        own[DF].number = t->df;
        own[P].number = t->p_value;
        rc = tta_emit(run, e);
    }
    return rc;
}
