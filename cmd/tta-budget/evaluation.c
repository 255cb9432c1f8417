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

/* Options that need each other, or the text of a horizon. */
static int check(const struct evaluation_args *args, bool horizon, struct tta_error *e)
{
    if (args->first_year == 0 && (args->rate != NULL || args->horizon > 0))
        return tta_fail(e, TTA_E_USAGE, "%s needs --first-year",
                        args->rate != NULL ? "--rate" : "--horizon");
    if (args->first_year != 0 && args->rate == NULL && args->horizon == 0)
        return tta_fail(e, TTA_E_USAGE, "--first-year does nothing without --rate or --horizon");
    return args->rate != NULL && args->horizon == 0 && !horizon
               ? tta_fail(e, TTA_E_USAGE, "--rate needs --horizon or --until")
               : 0;
}

/* TTA_E_USAGE: a price year that the index does not have. */
static int check_price_year(const struct tta_price_index *index, int64_t year, struct tta_error *e)
{
    return year >= index->first_year && year < index->first_year + index->count
               ? 0
               : tta_fail(e, TTA_E_USAGE, "--price-year: price index %s has %d to %d", index->id,
                          (int)index->first_year, (int)(index->first_year + index->count - 1));
}

/* Loads it, and names it in the manifest. */
static int use_rate(struct tta_run *run, const char *rate, struct tta_discount *out,
                    struct tta_error *e)
{
    int rc = tta_discount_load(rate, out, e);

    if (rc == 0 && out->id[0] != '\0')
        rc = tta_used_document(run, "discount", out->id, out->hash, e);
    return rc != 0 ? rc : tta_assume(run, "discount_rate", out->id[0] != '\0' ? out->id : rate, e);
}

int evaluation_rate(struct tta_run *run, const char *rate, struct tta_error *e)
{
    struct tta_discount discount;

    return rate == NULL ? tta_assume(run, "discount_rate", "none", e)
                        : use_rate(run, rate, &discount, e);
}

static int discounting(struct tta_run *run, const struct evaluation_args *args,
                       struct evaluation *out, struct tta_error *e)
{
    int rc;

    if (args->rate == NULL && args->timing != TTA_FLOW_START)
        return tta_fail(e, TTA_E_USAGE, "--timing does nothing without --rate");
    if (args->rate == NULL)
        return tta_assume(run, "discount_rate", "none", e);
    rc = use_rate(run, args->rate, &out->rate, e);
    out->discounts = true;
    if (rc == 0)
        rc = evaluation_year(run, "first_year", args->first_year, e);
    return rc != 0 ? rc : tta_assume(run, "timing", tta_flow_timing_names[args->timing], e);
}

int evaluation_begin(struct tta_run *run, const struct evaluation_args *args,
                     const char *horizon_or_null, struct evaluation *out, struct tta_error *e)
{
    char years[64];
    int rc = check(args, horizon_or_null != NULL, e);

    if (rc != 0)
        return rc;
    out->last_year = INT64_MAX;
    if (args->horizon > 0) {
        out->last_year = args->first_year + args->horizon - 1;
        snprintf(years, sizeof years, "%lld (%lld to %lld)", (long long)args->horizon,
                 (long long)args->first_year, (long long)out->last_year);
        horizon_or_null = years;
    }
    rc = tta_index_load(args->index, &out->index, e);
    if (rc == 0)
        rc = check_price_year(&out->index, args->price_year, e);
    out->payers = args->perspective == 0 ? (1u << TTA_PAYERS) - 1 : 1u << (args->perspective - 1);
    if (rc == 0)
        rc = tta_used_document(run, "index", out->index.id, out->index.hash, e);
    if (rc == 0)
        rc = evaluation_assume(run, args->perspective, out->index.currency, args->price_year,
                               horizon_or_null == NULL ? "as the input" : horizon_or_null, e);
    return rc != 0 ? rc : discounting(run, args, out, e);
}

int evaluation_row_currency(struct tta_text given, const char *currency, struct tta_error *e)
{
    return given.ptr == NULL || tta_text_is(given, currency)
               ? 0
               : tta_fail(e, TTA_E_DATA, "column currency: not %s", currency);
}

int evaluation_currency(const struct evaluation *evaluation, const char *currency,
                        struct tta_error *e)
{
    return strcmp(currency, evaluation->index.currency) == 0
               ? 0
               : tta_fail(e, TTA_E_CONFIG, "prices in %s, and the price index %s in %s", currency,
                          evaluation->index.id, evaluation->index.currency);
}

bool evaluation_beyond(struct evaluation *evaluation, int64_t year)
{
    evaluation->beyond += year > evaluation->last_year;
    return year > evaluation->last_year;
}

bool evaluation_beyond_day(struct evaluation *evaluation, tta_date day)
{
    int year, month, dom;

    tta_date_to_ymd(day, &year, &month, &dom);
    return evaluation_beyond(evaluation, year);
}

tta_date evaluation_last_day(const struct evaluation *evaluation)
{
    tta_date day = TTA_DATE_NONE;

    tta_date_from_ymd((int)evaluation->last_year, 12, 31, &day);
    return day;
}

void evaluation_note_beyond(const struct tta_run *run, const char *what, int64_t rows,
                            const struct evaluation *evaluation)
{
    if (rows > 0)
        tta_note(run, "%s after the horizon, the end of %lld: %lld; the result is without them",
                 what, (long long)evaluation->last_year, (long long)rows);
}

void evaluation_note(const struct tta_run *run)
{
    if (tta_rejected(run) > 0)
        tta_note(run, "rows that were rejected: %lld; the result is without them",
                 (long long)tta_rejected(run));
}
