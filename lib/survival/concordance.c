/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cox.h"
#include "order.h"

/* A Fenwick tree of weights by rank 1..n, and the weights themselves. */
struct tree {
    size_t n;
    double *sum, *value; /* n + 1 */
    double total;
};

static void tree_add(struct tree *t, size_t rank, double w)
{
    t->value[rank] += w;
    t->total += w;
    for (; rank <= t->n; rank += rank & -rank)
        t->sum[rank] += w;
}

/* Weights below, at and above a rank. */
struct parts {
    double below, at, above;
};

static struct parts tree_parts(const struct tree *t, size_t rank)
{
    struct parts p = {0, t->value[rank], 0};

    for (size_t i = rank - 1; i > 0; i -= i & -i)
        p.below += t->sum[i];
    p.above = t->total - p.below - p.at;
    return p;
}

/* The rows of a stratum so far, by rising risk. */
struct ranking {
    double risk;   /* of the last one */
    uint32_t rank; /* its rank, from 1 */
};

struct work {
    const struct tta_cox_input *in;
    struct tta_time_order order;
    struct ranking *ranking; /* by stratum */
    uint32_t *rank;          /* by row, within the stratum */
    size_t *start;           /* strata + 1 */
    uint32_t *seq;           /* places in the order of times, by stratum */
    uint32_t *entry_seq;     /* of entries; or NULL */
    double *agree, *all;     /* by row: derivatives of concordant + tied / 2, and of all pairs */
    double *doubles;         /* holds the trees and the sums by row */
    struct tree risk_set;    /* of those at risk */
    struct tree events;      /* that the sweep has passed */
};

static double weight_of(const struct tta_cox_input *in, size_t row)
{
    return (in->weight == NULL ? 1 : in->weight[row]) * (in->count == NULL ? 1 : in->count[row]);
}

static double risk_of(const struct tta_cox_input *in, const double *coef, size_t row)
{
    double risk = in->offset == NULL ? 0 : in->offset[row];

    for (size_t j = 0; j < in->p; j++)
        risk += coef[j] * in->x[j * in->n + row];
    return risk;
}

/* A key that sorts as the number does, also below 0. */
static uint64_t key_of(double risk)
{
    double number = risk + 0.0; /* -0.0 becomes 0.0 */
    uint64_t bits;

    memcpy(&bits, &number, sizeof bits);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static int rank_rows(struct work *w, const double *coef, struct tta_error *e)
{
    const struct tta_cox_input *in = w->in;
    struct tta_sort_item *items = malloc(2 * in->n * sizeof *items);
    uint32_t *buckets = malloc(TTA_SORT_BUCKETS * sizeof *buckets);
    const struct tta_sort_item *sorted;
    double *risk = w->agree; /* which comes later */

    if (items == NULL || buckets == NULL) {
        free(items);
        free(buckets);
        return tta_fail_memory(e);
    }
    for (size_t i = 0; i < in->n; i++) {
        risk[i] = risk_of(in, coef, i);
        items[i] = (struct tta_sort_item){key_of(risk[i]), (uint32_t)i};
    }
    sorted = tta_sort_items(items, items + in->n, in->n, buckets);
    for (size_t i = 0; i < in->n; i++) {
        uint32_t row = sorted[i].row;
        struct ranking *r = &w->ranking[in->stratum == NULL ? 0 : in->stratum[row]];

        if (r->rank == 0 || risk[row] > r->risk)
            *r = (struct ranking){risk[row], r->rank + 1};
        w->rank[row] = r->rank;
    }
    memset(risk, 0, in->n * sizeof *risk);
    free(items);
    free(buckets);
    return 0;
}

/* The share that row, while at risk, has in the pairs with events passed so far; sign 1 at its
 * end, -1 when it came in. */
static void settle(struct work *w, size_t row, double sign)
{
    struct parts p = tree_parts(&w->events, w->rank[row]);

    w->agree[row] += sign * (p.above + p.at / 2);
    w->all[row] += sign * w->events.total;
}

static void enter(struct work *w, size_t row)
{
    tree_add(&w->risk_set, w->rank[row], weight_of(w->in, row));
    settle(w, row, -1);
}

static void leave(struct work *w, size_t row)
{
    tree_add(&w->risk_set, w->rank[row], -weight_of(w->in, row));
    settle(w, row, 1);
}

static void pass_event(struct work *w, size_t row, struct tta_concordance *out)
{
    struct parts p = tree_parts(&w->risk_set, w->rank[row]);
    double weight = weight_of(w->in, row);

    out->concordant += weight * p.below;
    out->discordant += weight * p.above;
    out->tied_x += weight * p.at;
    w->agree[row] += p.below + p.at / 2;
    w->all[row] += w->risk_set.total;
}

/* The rows of one time, seq[first..end-1]. */
static void pass_time(struct work *w, size_t first, size_t end, struct tta_concordance *out)
{
    const uint8_t *event = w->in->event;

    for (size_t i = first; i < end; i++)
        if (!event[w->order.row[w->seq[i]]])
            enter(w, w->order.row[w->seq[i]]);
    for (size_t i = first; i < end; i++)
        if (event[w->order.row[w->seq[i]]])
            pass_event(w, w->order.row[w->seq[i]], out);
    for (size_t i = first; i < end; i++) {
        uint32_t row = w->order.row[w->seq[i]];

        if (event[row])
            tree_add(&w->events, w->rank[row], weight_of(w->in, row));
    }
    for (size_t i = first; i < end; i++)
        if (event[w->order.row[w->seq[i]]])
            enter(w, w->order.row[w->seq[i]]);
}

/* Pairs of events at one time: all of them, and those of equal risk. */
static void count_ties(struct work *w, size_t first, size_t end, struct tta_concordance *out)
{
    double total = 0, squares = 0, pairs = 0;

    for (size_t i = first; i < end; i++) {
        uint32_t row = w->order.row[w->seq[i]];
        double weight = weight_of(w->in, row);

        if (!w->in->event[row])
            continue;
        pairs += weight * w->events.value[w->rank[row]]; /* those of this time so far */
        w->events.value[w->rank[row]] += weight;
        total += weight;
        squares += weight * weight;
    }
    for (size_t i = first; i < end; i++) {
        uint32_t row = w->order.row[w->seq[i]];

        if (w->in->event[row])
            w->events.value[w->rank[row]] = 0;
    }
    out->tied_xy += pairs;
    out->tied_y += (total * total - squares) / 2 - pairs;
}

static size_t same_time(const struct work *w, size_t first, size_t end)
{
    size_t i = end;

    while (i > first && w->order.time[w->seq[i - 1]] == w->order.time[w->seq[end - 1]])
        i--;
    return i;
}

static void clear_trees(struct work *w, size_t stratum)
{
    struct tree *const trees[] = {&w->risk_set, &w->events};

    for (size_t t = 0; t < 2; t++) {
        trees[t]->n = w->ranking[stratum].rank;
        trees[t]->total = 0;
        memset(trees[t]->sum, 0, (trees[t]->n + 1) * sizeof(double));
        memset(trees[t]->value, 0, (trees[t]->n + 1) * sizeof(double));
    }
}

static void pass_stratum(struct work *w, size_t stratum, struct tta_concordance *out)
{
    size_t first = w->start[stratum], end = w->start[stratum + 1], entry = end;

    clear_trees(w, stratum);
    for (size_t i = end, next; i > first; i = next) { /* before the trees hold anything */
        next = same_time(w, first, i);
        count_ties(w, next, i, out);
    }
    for (size_t i = end, next; i > first; i = next) {
        double time = w->order.time[w->seq[i - 1]];

        next = same_time(w, first, i);
        for (; w->entry_seq != NULL && entry > first &&
               w->order.entry[w->entry_seq[entry - 1]] >= time;
             entry--)
            leave(w, w->order.entry_row[w->entry_seq[entry - 1]]);
        pass_time(w, next, i, out);
    }
    for (size_t i = first; i < end; i++) {
        size_t at = w->entry_seq == NULL ? w->order.row[w->seq[i]] : 0;

        if (w->entry_seq == NULL)
            settle(w, at, 1);
        else if (i < entry)
            settle(w, w->order.entry_row[w->entry_seq[i]], 1);
    }
}

static int work_init(struct work *w, size_t strata, struct tta_error *e)
{
    size_t n = w->in->n;

    w->ranking = calloc(strata, sizeof *w->ranking);
    w->rank = malloc(n * sizeof *w->rank);
    w->start = malloc((strata + 1) * sizeof *w->start);
    w->seq = malloc(2 * n * sizeof *w->seq);
    w->doubles = calloc(6 * n + 4, sizeof *w->doubles);
    if (w->ranking == NULL || w->rank == NULL || w->start == NULL || w->seq == NULL ||
        w->doubles == NULL)
        return tta_fail_memory(e);
    w->entry_seq = w->in->entry == NULL ? NULL : w->seq + n;
    w->agree = w->doubles;
    w->all = w->doubles + n;
    w->risk_set.sum = w->doubles + 2 * n;
    w->risk_set.value = w->risk_set.sum + n + 1;
    w->events.sum = w->risk_set.value + n + 1;
    w->events.value = w->events.sum + n + 1;
    return 0;
}

/* The infinitesimal jackknife: what each cluster, or row, does to c. */
static int find_se(struct work *w, struct tta_concordance *out, struct tta_error *e)
{
    const struct tta_cox_input *in = w->in;
    double pairs = out->concordant + out->discordant + out->tied_x, sum = 0;
    double *cluster = in->cluster == NULL ? NULL : calloc((size_t)in->clusters, sizeof *cluster);

    if (in->cluster != NULL && cluster == NULL)
        return tta_fail_memory(e);
    out->c = (out->concordant + out->tied_x / 2) / pairs;
    for (size_t i = 0; i < in->n; i++) {
        double d = weight_of(in, i) * (w->agree[i] - out->c * w->all[i]) / pairs;

        if (cluster == NULL)
            sum += d * d / (in->count == NULL ? 1 : in->count[i]);
        else
            cluster[in->cluster[i]] += d;
    }
    for (int32_t c = 0; cluster != NULL && c < in->clusters; c++)
        sum += cluster[c] * cluster[c];
    out->se = sqrt(sum);
    free(cluster);
    return 0;
}

int tta_cox_concordance(const struct tta_cox_input *in, const struct tta_cox_options *options,
                        const struct tta_cox_fit *fit, struct tta_concordance *out,
                        struct tta_error *e)
{
    bool timefix = options == NULL || options->timefix;
    size_t strata = in->stratum == NULL ? 1 : (size_t)in->strata;
    struct work w = {.in = in};
    int code = tta_time_order_spans(in->entry, in->time, in->event, in->n, timefix, &w.order, e);

    memset(out, 0, sizeof *out);
    if (code == 0)
        code = work_init(&w, strata, e);
    if (code == 0) {
        if (w.entry_seq != NULL)
            tta_order_by_stratum(in->stratum, strata, w.order.entry_row, in->n, w.start,
                                 w.entry_seq);
        tta_order_by_stratum(in->stratum, strata, w.order.row, in->n, w.start, w.seq);
        code = rank_rows(&w, fit->coef, e);
    }
    if (code == 0) {
        for (size_t g = 0; g < strata; g++)
            if (w.start[g] < w.start[g + 1])
                pass_stratum(&w, g, out);
        code = find_se(&w, out, e);
    }
    tta_time_order_release(&w.order);
    free(w.ranking);
    free(w.rank);
    free(w.start);
    free(w.seq);
    free(w.doubles);
    return code;
}
