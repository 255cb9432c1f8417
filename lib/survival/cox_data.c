/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "order.h"
#include "tta/text.h"

/* Could be somebody's number: five digits in a row, or ten in all. */
static bool like_a_number(const char *kind)
{
    int all = 0, run = 0;

    for (; *kind != '\0' && run < 5 && all < 10; kind++) {
        bool digit = *kind >= '0' && *kind <= '9';

        run = digit ? run + 1 : 0;
        all += digit;
    }
    return run == 5 || all == 10;
}

/* A kind comes out of a cell, and messages show no CPR number: then the column only. */
const char *tta_cox_term(const struct tta_cox_input *in, size_t term, char out[96])
{
    const char *equals = strchr(in->terms[term], '=');
    struct tta_text name = tta_text_of(in->terms[term]);

    if (equals != NULL && like_a_number(equals))
        name.len = (size_t)(equals - name.ptr);
    return tta_text_printable(name, out, 96);
}

/* Fails for a row with "term x: sentence". */
static int fail_term(const struct tta_cox_input *in, size_t row, size_t term, const char *sentence,
                     struct tta_error *e)
{
    char name[96], text[160] = "term ";

    strcat(text, tta_cox_term(in, term, name));
    strcat(text, sentence);
    return tta_survival_fail_row(e, row, text);
}

static int check_rows(const struct tta_cox_input *in, struct tta_error *e)
{
    for (size_t j = 0; j < in->p; j++)
        for (size_t i = 0; i < in->n; i++)
            if (!isfinite(in->x[j * in->n + i]))
                return fail_term(in, i, j, ": the value is missing or not finite", e);
    for (size_t i = 0; in->weight != NULL && i < in->n; i++)
        if (!(in->weight[i] > 0 && isfinite(in->weight[i])))
            return tta_survival_fail_row(e, i, "the weight is not above 0");
    for (size_t i = 0; in->count != NULL && i < in->n; i++)
        if (!(in->count[i] >= 1 && in->count[i] <= 0x1p53 && in->count[i] == floor(in->count[i])))
            return tta_survival_fail_row(e, i, "the count is not a whole number above 0");
    for (size_t i = 0; in->offset != NULL && i < in->n; i++)
        if (!isfinite(in->offset[i]))
            return tta_survival_fail_row(e, i, "the offset is missing or not finite");
    for (size_t i = 0; in->stratum != NULL && i < in->n; i++)
        if (in->stratum[i] < 0 || in->stratum[i] >= in->strata)
            return tta_survival_fail_row(e, i, "the stratum is out of range");
    for (size_t i = 0; in->cluster != NULL && i < in->n; i++)
        if (in->cluster[i] < 0 || in->cluster[i] >= in->clusters)
            return tta_survival_fail_row(e, i, "the cluster is out of range");
    return 0;
}

/* What arranging the rows needs, freed once it is done. */
struct arranger {
    const struct tta_cox_input *in;
    const struct tta_cox_late *late;
    struct tta_time_order order;
    size_t strata;
    size_t *start;       /* strata + 1: of each stratum in seq */
    uint32_t *seq;       /* places in the order, stratum after stratum */
    uint32_t *entry_seq; /* the same in the order of entries; NULL without entries */
    size_t *from;        /* by block: its first row in seq; it ends where the one before begins */
    size_t *to;
    uint32_t *until; /* by input row; NULL without entries */
    uint32_t *place; /* by input row, UINT32_MAX: in no risk set; NULL without entries */
};

/* The blocks of one stratum, whose rows are seq[first..end-1], latest first. */
static void cut_blocks(struct arranger *a, struct tta_cox_data *d, size_t first, size_t end,
                       int32_t stratum)
{
    const struct tta_cox_input *in = a->in;
    size_t open = end; /* behind the rows that have no block yet */

    while (end > first) {
        struct tta_cox_block b = {.time = a->order.time[a->seq[end - 1]], .stratum = stratum};
        size_t i = end;

        for (; i > first && a->order.time[a->seq[i - 1]] == b.time; i--) {
            uint32_t row = a->order.row[a->seq[i - 1]];
            double count = in->count == NULL ? 1 : in->count[row];

            if (!in->event[row])
                continue;
            b.events++;
            b.tied += count;
            b.weight += in->weight == NULL ? count : count * in->weight[row];
        }
        if (b.events > 0) {
            a->from[d->blocks] = i;
            a->to[d->blocks] = open;
            d->block[d->blocks++] = b;
            d->events += b.tied;
            open = i;
        }
        end = i;
    }
    if (a->late != NULL && open > first) { /* who may come late to all events */
        a->from[d->blocks] = first;
        a->to[d->blocks] = open;
        d->block[d->blocks++] = (struct tta_cox_block){.time = -1, .stratum = stratum};
    }
}

/* For each row of a stratum the first of its blocks whose time is not behind the entry. */
static void find_until(struct arranger *a, const struct tta_cox_data *d, size_t first, size_t end,
                       size_t block)
{
    for (size_t i = end; i > first; i--) {
        uint32_t at = a->entry_seq[i - 1];

        while (block < d->blocks && d->block[block].time > a->order.entry[at])
            block++;
        a->until[a->order.entry_row[at]] = block < d->blocks ? (uint32_t)block : TTA_COX_STAYS;
    }
}

static void put(struct arranger *a, struct tta_cox_data *d, size_t block, uint32_t row)
{
    if (a->until != NULL && a->until[row] <= block)
        return; /* entered when the block's events were over */
    if (a->place != NULL)
        a->place[row] = (uint32_t)d->rows;
    if (d->until != NULL)
        d->until[d->rows] = a->until[row];
    d->row[d->rows++] = row;
    d->block[block].rows++;
}

static void fill_blocks(struct arranger *a, struct tta_cox_data *d)
{
    const uint8_t *event = a->in->event;

    for (size_t b = 0; b < d->blocks; b++) {
        size_t i = a->to[b];

        for (; i > a->from[b]; i--)
            if (a->order.time[a->seq[i - 1]] > d->block[b].time ||
                !event[a->order.row[a->seq[i - 1]]])
                put(a, d, b, a->order.row[a->seq[i - 1]]);
        for (; i < a->to[b] && a->order.time[a->seq[i]] == d->block[b].time; i++)
            if (event[a->order.row[a->seq[i]]])
                put(a, d, b, a->order.row[a->seq[i]]);
    }
}

/* Within a stratum the latest entries leave first. */
static void line_up_leavers(struct arranger *a, struct tta_cox_data *d, const size_t *start)
{
    size_t n = 0;

    for (size_t g = 0; g < a->strata; g++)
        for (size_t i = start[g + 1]; i > start[g]; i--) {
            uint32_t row = a->order.entry_row[a->entry_seq[i - 1]], until = a->until[row];

            if (a->place[row] == UINT32_MAX || until == TTA_COX_STAYS)
                continue;
            d->leaver[n++] = a->place[row];
            d->block[until].leavers++;
        }
}

static int arranger_init(struct arranger *a, struct tta_cox_data *d, struct tta_error *e)
{
    size_t n = a->in->n, events = 0;
    bool spans = a->in->entry != NULL;

    for (size_t i = 0; i < n; i++)
        events += a->in->event[i];
    if (events == 0)
        return tta_fail(e, TTA_E_DATA, "no events: every row is censored");
    a->strata = a->in->stratum == NULL ? 1 : (size_t)a->in->strata;
    a->start = malloc((a->strata + 1) * sizeof *a->start);
    a->seq = malloc(n * sizeof *a->seq);
    events += a->late == NULL ? 0 : a->strata;
    a->from = malloc(2 * events * sizeof *a->from);
    d->block = malloc(events * sizeof *d->block);
    d->row = malloc(n * sizeof *d->row);
    if (spans) {
        a->entry_seq = malloc(n * sizeof *a->entry_seq);
        a->until = malloc(2 * n * sizeof *a->until);
        d->until = malloc(n * sizeof *d->until);
        d->leaver = malloc(n * sizeof *d->leaver);
        d->heap = malloc(n * sizeof *d->heap);
    }
    if (a->start == NULL || a->seq == NULL || a->from == NULL || d->block == NULL ||
        d->row == NULL ||
        (spans && (a->entry_seq == NULL || a->until == NULL || d->until == NULL ||
                   d->leaver == NULL || d->heap == NULL)))
        return tta_fail_memory(e);
    a->to = a->from + events;
    if (spans) {
        a->place = a->until + n;
        memset(a->place, 0xff, n * sizeof *a->place);
    }
    return 0;
}

static int arrange_rows(struct arranger *a, struct tta_cox_data *d, struct tta_error *e)
{
    int code = arranger_init(a, d, e);

    if (code != 0)
        return code;
    if (a->entry_seq != NULL) /* start comes out the same from both */
        tta_order_by_stratum(a->in->stratum, a->strata, a->order.entry_row, a->in->n, a->start,
                             a->entry_seq);
    tta_order_by_stratum(a->in->stratum, a->strata, a->order.row, a->in->n, a->start, a->seq);
    for (size_t g = 0; g < a->strata; g++) {
        size_t block = d->blocks;

        cut_blocks(a, d, a->start[g], a->start[g + 1], (int32_t)g);
        if (a->entry_seq != NULL)
            find_until(a, d, a->start[g], a->start[g + 1], block);
    }
    fill_blocks(a, d);
    if (a->entry_seq != NULL)
        line_up_leavers(a, d, a->start);
    d->whole = d->rows == a->in->n;
    return 0;
}

static void arranger_release(struct arranger *a)
{
    tta_time_order_release(&a->order);
    free(a->start);
    free(a->seq);
    free(a->entry_seq);
    free(a->from);
    free(a->until);
}

/*
 * Mean and standard deviation of a covariate over the rows at risk. The shift
 * by one of the values keeps a calendar year from losing its digits; neither
 * result need be exact. false: it is constant.
 */
static bool centre_and_scale(const double *x, const uint32_t *row, size_t rows, double *centre,
                             double *scale)
{
    double shift = x[row[0]], sum = 0, squares = 0;
    bool constant = true;

    for (size_t i = 0; i < rows; i++) {
        double v = x[row[i]] - shift;

        constant = constant && v == 0;
        sum += v;
        squares += v * v;
    }
    sum /= (double)rows;
    *centre = shift + sum;
    *scale = sqrt(squares / (double)rows - sum * sum);
    return !constant;
}

static int copy_covariates(const struct tta_cox_input *in, struct tta_cox_data *d,
                           struct tta_error *e)
{
    char name[96];

    for (size_t j = 0; j < d->p; j++) {
        const double *x = in->x + j * in->n;
        double *to = d->x + j;

        if (!centre_and_scale(x, d->row, d->rows, &d->centre[j], &d->scale[j]))
            return tta_fail(e, TTA_E_DATA, "term %s has the same value in every row%s",
                            tta_cox_term(in, j, name),
                            d->whole ? "" : " that is at risk at an event");
        if (!isnormal(d->scale[j]))
            return tta_fail(e, TTA_E_DATA, "term %s spans too wide or too small a range",
                            tta_cox_term(in, j, name));
        for (size_t i = 0; i < d->rows; i++, to += d->p)
            *to = (x[d->row[i]] - d->centre[j]) / d->scale[j];
    }
    return 0;
}

static int copy_columns(const struct tta_cox_input *in, struct tta_cox_data *d, struct tta_error *e)
{
    bool weighted = in->weight != NULL || in->count != NULL;

    d->scale = malloc(2 * d->p * sizeof *d->scale);
    d->x = malloc(d->rows * d->p * sizeof *d->x);
    if (weighted)
        d->weight = malloc(d->rows * sizeof *d->weight);
    if (in->offset != NULL)
        d->offset = malloc(d->rows * sizeof *d->offset);
    if (d->scale == NULL || d->x == NULL || (weighted && d->weight == NULL) ||
        (in->offset != NULL && d->offset == NULL))
        return tta_fail_memory(e);
    d->centre = d->scale + d->p;
    for (size_t i = 0; weighted && i < d->rows; i++)
        d->weight[i] = (in->weight == NULL ? 1 : in->weight[d->row[i]]) *
                       (in->count == NULL ? 1 : in->count[d->row[i]]);
    for (size_t i = 0; d->offset != NULL && i < d->rows; i++)
        d->offset[i] = in->offset[d->row[i]];
    return copy_covariates(in, d, e);
}

/* G just before the time. */
static double share_at(const struct tta_cox_late *l, size_t stratum, double time)
{
    size_t low = l->start[stratum], high = l->start[stratum + 1];

    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if (l->time[middle] <= time)
            low = middle;
        else
            high = middle;
    }
    return l->g[low];
}

static int copy_late(const struct tta_cox_late *l, struct tta_cox_data *d, struct tta_error *e)
{
    d->late = malloc(d->rows * sizeof *d->late);
    d->share = malloc(d->blocks * sizeof *d->share);
    if (d->late == NULL || d->share == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < d->rows; i++)
        d->late[i] = l->factor[d->row[i]];
    for (size_t b = 0; b < d->blocks; b++)
        d->share[b] = share_at(l, (size_t)d->block[b].stratum, d->block[b].time);
    return 0;
}

int tta_cox_data_make(const struct tta_cox_input *in, bool timefix, const struct tta_cox_late *late,
                      struct tta_cox_data *d, struct tta_error *e)
{
    struct arranger a = {.in = in, .late = late};
    int code;

    memset(d, 0, sizeof *d);
    d->p = in->p;
    code = tta_time_order_spans(in->entry, in->time, in->event, in->n, timefix, &a.order, e);
    if (code == 0)
        code = check_rows(in, e);
    if (code == 0)
        code = arrange_rows(&a, d, e);
    arranger_release(&a);
    if (code == 0)
        code = copy_columns(in, d, e);
    if (code == 0 && late != NULL)
        code = copy_late(late, d, e);
    if (code != 0)
        tta_cox_data_release(d);
    return code;
}

void tta_cox_data_release(struct tta_cox_data *d)
{
    free(d->block);
    free(d->x);
    free(d->scale);
    free(d->offset);
    free(d->weight);
    free(d->row);
    free(d->until);
    free(d->leaver);
    free(d->heap);
    free(d->late);
    free(d->share);
    memset(d, 0, sizeof *d);
}
