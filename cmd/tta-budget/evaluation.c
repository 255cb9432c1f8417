/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "evaluation.h"

#include <stdio.h>

const char *const evaluation_perspectives[] = {"public", "kommune", "region", "stat", NULL};

int evaluation_year(struct tta_run *run, const char *key, int64_t year, struct tta_error *e)
{
    char text[TTA_NUMBER_SIZE];

    tta_integer_write(year, text);
    return tta_assume(run, key, text, e);
}

int evaluation_assume(struct tta_run *run, int perspective, const char *currency,
                      int64_t price_year, const char *horizon, struct tta_error *e)
{
    int rc = tta_assume(run, "perspective", evaluation_perspectives[perspective], e);

    if (rc == 0)
        rc = tta_assume(run, "currency", currency, e);
    if (rc == 0)
        rc = evaluation_year(run, "price_year", price_year, e);
    return rc != 0 ? rc : tta_assume(run, "horizon", horizon, e);
}

static int discounting(struct tta_run *run, const struct evaluation_args *args,
                       struct evaluation *out, struct tta_error *e)
{
    int rc;

    if (args->rate == NULL)
        return args->first_year == 0
                   ? tta_assume(run, "discount_rate", "none", e)
                   : tta_fail(e, TTA_E_USAGE, "--first-year does nothing without --rate");
    if (args->first_year == 0)
        return tta_fail(e, TTA_E_USAGE, "--rate needs --first-year");
    rc = tta_discount_load(args->rate, &out->rate, e);
    out->discounts = true;
    if (rc == 0 && out->rate.id[0] != '\0')
        rc = tta_used_document(run, "discount", out->rate.id, out->rate.hash, e);
    if (rc == 0)
        rc = tta_assume(run, "discount_rate", out->rate.id[0] != '\0' ? out->rate.id : args->rate,
                        e);
    if (rc == 0)
        rc = evaluation_year(run, "first_year", args->first_year, e);
    return rc != 0 ? rc : tta_assume(run, "timing", tta_flow_timing_names[args->timing], e);
}

int evaluation_begin(struct tta_run *run, const struct evaluation_args *args,
                     const char *horizon_or_null, struct evaluation *out, struct tta_error *e)
{
    int rc = tta_index_load(args->index, &out->index, e);

    out->payers = args->perspective == 0 ? (1u << TTA_PAYERS) - 1 : 1u << (args->perspective - 1);
    if (rc == 0)
        rc = tta_used_document(run, "index", out->index.id, out->index.hash, e);
    if (rc == 0)
        rc = evaluation_assume(run, args->perspective, out->index.currency, args->price_year,
                               horizon_or_null == NULL ? "as the input" : horizon_or_null, e);
    return rc != 0 ? rc : discounting(run, args, out, e);
}

int evaluation_currency(const struct evaluation *evaluation, const char *currency,
                        struct tta_error *e)
{
    return strcmp(currency, evaluation->index.currency) == 0
               ? 0
               : tta_fail(e, TTA_E_CONFIG, "prices in %s, and the price index %s in %s", currency,
                          evaluation->index.id, evaluation->index.currency);
}

void evaluation_note(const struct tta_run *run)
{
    if (tta_rejected(run) > 0)
        tta_note(run, "rows that were rejected: %lld; the result is without them",
                 (long long)tta_rejected(run));
}
