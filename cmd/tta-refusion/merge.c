/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --merge: the sums that --partial wrote, added. */
#include "tta-refusion.h"

/* A row of --partial, as --merge reads it. */
struct partial {
    struct tta_text fingerprint, period;
    int64_t sum[TTA_SUMS];
    struct tta_text cells[TTA_TOTALS_COLUMNS];
};

/* The columns of --merge take the place of the form's. */
int merge_columns(struct tta_run *run, struct tta_error *e)
{
    static const struct tta_column fingerprint[] = {
        {.name = "partial", .type = TTA_TEXT, .help = "what the sums belong to"}, {.name = NULL}};
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);
    struct tta_column c = {.name = state->by == BY_YEAR ? "year" : "month",
                           .type = TTA_TEXT,
                           .offset = offsetof(struct partial, period)};
    int rc = tta_set_columns(run, fingerprint, NULL, e);

    if (rc == 0)
        rc = tta_read_column(run, &c, e);
    for (size_t i = 0; rc == 0 && i < state->totals.columns; i++) {
        struct tta_column cell = {.name = args->by.items[i + 1],
                                  .type = TTA_TEXT,
                                  .flags = TTA_NULLABLE,
                                  .offset = offsetof(struct partial, cells) +
                                            i * sizeof(struct tta_text)};

        rc = tta_read_column(run, &cell, e);
    }
    for (int i = 0; rc == 0 && i < sums_used(args); i++) {
        struct tta_column sum = {.name = sum_names[i],
                                 .type = i == TTA_SUM_CASES ? TTA_INTEGER : TTA_MONEY,
                                 .offset =
                                     offsetof(struct partial, sum) + (size_t)i * sizeof(int64_t)};

        rc = tta_read_column(run, &sum, e);
    }
    return rc == 0 ? tta_set_record_size(run, sizeof(struct partial), e) : rc;
}

/* "2012-01" or "2012" as a number; -1 when it is none. */
static int32_t period_number(const struct state *state, struct tta_text t)
{
    char day[11] = "0000-01-01";
    int year, month, dom;
    tta_date date;

    if (t.len != (state->by == BY_YEAR ? 4 : 7))
        return -1;
    memcpy(day, t.ptr, t.len);
    if (tta_date_parse(tta_text_of(day), TTA_DATE_ISO, &date) != NULL)
        return -1;
    tta_date_to_ymd(date, &year, &month, &dom);
    return state->by == BY_YEAR ? year : year * 12 + month - 1;
}

/* Do the parts come to the benefit? other: those of --compare. */
static bool adds_up(const int64_t *sum, bool other)
{
    int64_t total = 0;

    for (int i = 0; i < 3; i++) {
        int64_t part = sum[(other ? TTA_SUM_OTHER_EMPLOYER : TTA_SUM_EMPLOYER) + i];

        if (part < 0 || !tta_add(total, part, &total))
            return false;
    }
    return total == sum[TTA_SUM_BENEFIT];
}

int merge_row(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct partial *r = tta_record(run);
    struct state *state = tta_state(run);
    int32_t period = period_number(state, r->period);

    if (!tta_text_is(r->fingerprint, state->fingerprint))
        return refusion_wrong(e, "partial", "of other schemes, rates or options than this --merge");
    if (period < 0)
        return refusion_wrong(e, state->by == BY_YEAR ? "year" : "month",
                              state->by == BY_YEAR ? "not a year" : "not a month (yyyy-mm)");
    if (r->sum[TTA_SUM_CASES] < 0 || r->sum[TTA_SUM_CASES] > INT64_C(1000000000000))
        return refusion_wrong(e, "cases", "not a number of cases");
    if (!adds_up(r->sum, false) || (args->compare != NULL && !adds_up(r->sum, true)))
        return refusion_wrong(e, "benefit", "not the sum of its parts");
    if (tta_totals_room(&state->totals, r->sum[TTA_SUM_BENEFIT], e) != 0)
        return e->code;
    return tta_totals_add(&state->totals, period, r->cells, r->sum, e);
}
