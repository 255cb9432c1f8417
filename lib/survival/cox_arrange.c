/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which rows every risk set gains and loses. */
#include <stdlib.h>
#include <string.h>

#include "cox.h"
#include "order.h"

/* What arranging the rows needs, freed once it is done. */
struct arranger {
    const struct tta_cox_input *in;
    bool late;
    const struct tta_time_order *order;
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
        struct tta_cox_block b = {.time = a->order->time[a->seq[end - 1]], .stratum = stratum};
        size_t i = end;

        for (; i > first && a->order->time[a->seq[i - 1]] == b.time; i--) {
            uint32_t row = a->order->row[a->seq[i - 1]];
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
    if (a->late && open > first) { /* who may come late to all events */
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

        while (block < d->blocks && d->block[block].time > a->order->entry[at])
            block++;
        a->until[a->order->entry_row[at]] = block < d->blocks ? (uint32_t)block : TTA_COX_STAYS;
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
            if (a->order->time[a->seq[i - 1]] > d->block[b].time ||
                !event[a->order->row[a->seq[i - 1]]])
                put(a, d, b, a->order->row[a->seq[i - 1]]);
        for (; i < a->to[b] && a->order->time[a->seq[i]] == d->block[b].time; i++)
            if (event[a->order->row[a->seq[i]]])
                put(a, d, b, a->order->row[a->seq[i]]);
    }
}

/* Within a stratum the latest entries leave first. */
static void line_up_leavers(struct arranger *a, struct tta_cox_data *d, const size_t *start)
{
    for (size_t g = 0; g < a->strata; g++)
        for (size_t i = start[g + 1]; i > start[g]; i--) {
            uint32_t row = a->order->entry_row[a->entry_seq[i - 1]], until = a->until[row];

            if (a->place[row] == UINT32_MAX || until == TTA_COX_STAYS)
                continue;
            d->leaver[d->leavers++] = a->place[row];
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
    events += a->late ? a->strata : 0;
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
    if (arranger_init(a, d, e) != 0)
        return e->code;
    if (a->entry_seq != NULL) /* start comes out the same from both */
        tta_order_by_stratum(a->in->stratum, a->strata, a->order->entry_row, a->in->n, a->start,
                             a->entry_seq);
    tta_order_by_stratum(a->in->stratum, a->strata, a->order->row, a->in->n, a->start, a->seq);
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
    free(a->start);
    free(a->seq);
    free(a->entry_seq);
    free(a->from);
    free(a->until);
}

int tta_cox_arrange(const struct tta_cox_input *in, bool late, const struct tta_time_order *order,
                    struct tta_cox_data *d, struct tta_error *e)
{
    struct arranger a = {.in = in, .late = late, .order = order};
    int code = arrange_rows(&a, d, e);

    arranger_release(&a);
    return code;
}
