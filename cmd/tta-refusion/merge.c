/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --merge: the sums that --partial wrote, added. */
#include "tta-refusion.h"

/* A row of --partial, as --merge reads it. */
struct partial {
    struct tta_text id, input, part, period; /* input, part: in heads; period: in sums */
    int64_t sum[TTA_SUMS];
    struct tta_text regime, paragraph;
    int32_t confidence;
    struct tta_text cells[TTA_TOTALS_COLUMNS];
};

/* The columns of --merge take the place of the form's. */
int merge_columns(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct state *state = tta_state(run);
    struct tta_column c = {.name = state->by == BY_YEAR ? "year" : "month",
                           .type = TTA_TEXT,
                           .flags = TTA_NULLABLE,
                           .offset = offsetof(struct partial, period)};
    static const struct tta_column none[] = {{.name = NULL}};
    static const size_t places[] = {offsetof(struct partial, id), offsetof(struct partial, input),
                                    offsetof(struct partial, part)};
    int rc = tta_set_columns(run, none, NULL, e);

    for (size_t i = 0; rc == 0 && i < 3; i++) {
        struct tta_column p = partial_columns[i];

        p.offset = places[i];
        rc = tta_read_column(run, &p, e);
    }
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
    for (size_t i = 0; rc == 0 && args->explain && i < 3; i++) {
        static const size_t offsets[] = {offsetof(struct partial, regime),
                                         offsetof(struct partial, paragraph),
                                         offsetof(struct partial, confidence)};
        struct tta_column why = refusion_explained[i];

        why.flags = TTA_NULLABLE; /* in heads */
        why.offset = offsets[i];
        rc = tta_read_column(run, &why, e);
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

/* Of the same laws, rates, options and tables as this run, and as the rows before? */
static int check_id(struct state *state, struct tta_text id, struct tta_error *e)
{
    size_t len = TTA_FINGERPRINT_SIZE - 1;

    if (id.len < len || memcmp(id.ptr, state->fingerprint, len) != 0)
        return refusion_wrong(e, "partial", "of other schemes, rates or options than this --merge");
    if (state->partial_id.len == 0 && tta_buffer_append(&state->partial_id, id.ptr, id.len) != 0)
        return tta_fail_memory(e);
    return tta_text_equal(id, tta_buffer_text(&state->partial_id))
               ? 0
               : refusion_wrong(e, "partial", "with another --activity or --history than before");
}

/* A row that says what its part holds. */
static int take_head(struct tta_run *run, const struct partial *r, struct tta_error *e)
{
    struct state *state = tta_state(run);
    struct tta_partial_head head;
    int64_t line;
    const char *source = tta_row_place(run, &line);

    if (r->period.len > 0 || !tta_partial_name_parse(r->part, &head))
        return refusion_wrong(e, "part", "not as --partial writes it");
    if (r->input.len != sizeof head.input - 1)
        return refusion_wrong(e, "input", "not as --partial writes it");
    memcpy(head.input, r->input.ptr, r->input.len);
    head.input[r->input.len] = '\0';
    if (tta_partials_head(&state->partials, &head, source, line, r->sum, e) != 0)
        return e->code;
    if (state->merged_from != tta_input_number(run) + 1) {
        state->merged_from = tta_input_number(run) + 1;
        state->input_count++;
    }
    return 0;
}

int merge_row(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    const struct partial *r = tta_record(run);
    struct state *state = tta_state(run);
    int32_t period = period_number(state, r->period);

    if (check_id(state, r->id, e) != 0)
        return e->code;
    if (r->sum[TTA_SUM_CASES] < 0 || r->sum[TTA_SUM_CASES] > INT64_C(1000000000))
        return refusion_wrong(e, "cases", "not a number of cases");
    if (!adds_up(r->sum, false) || (args->compare.count > 0 && !adds_up(r->sum, true)))
        return refusion_wrong(e, "benefit", "not the sum of its parts");
    if (r->input.len > 0 || r->part.len > 0)
        return take_head(run, r, e);
    if (period < 0)
        return refusion_wrong(e, state->by == BY_YEAR ? "year" : "month",
                              state->by == BY_YEAR ? "not a year" : "not a month (yyyy-mm)");
    if (args->explain && r->confidence == TTA_CHOICE_NONE)
        return refusion_wrong(e, "confidence", "empty");
    if (tta_partials_row(&state->partials, r->sum, e) != 0 ||
        tta_totals_room(&state->totals, r->sum[TTA_SUM_BENEFIT], e) != 0)
        return e->code;
    tta_refusion_why_empty(&state->why);
    if (args->explain && tta_refusion_why_add(&state->why, r->regime, r->paragraph,
                                              (enum tta_confidence)r->confidence) != 0)
        return tta_fail_memory(e);
    return tta_totals_add(&state->totals, period, r->cells, r->sum, &state->why, e);
}

int merge_end(struct tta_run *run, struct tta_error *e)
{
    struct state *state = tta_state(run);

    if (tta_rejected(run) > 0)
        return tta_fail(e, TTA_E_DATA, "a bad row of a part: the sums would lack it");
    if (tta_input_hash(run, state->input_count) != NULL)
        return tta_fail(
            e, TTA_E_DATA,
            "a file does not say what it holds: not written by --partial, or cut short");
    return tta_partials_end(&state->partials, e);
}
