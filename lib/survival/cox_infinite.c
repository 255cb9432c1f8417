/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>

/* Of every row one number: direction'x, or sign times one term. */
struct question {
    const struct tta_cox_data *d;
    const double *direction; /* or NULL */
    size_t term;
    double sign, slack;
    double *value; /* work, by place */
    size_t heap;   /* rows in d->heap, the largest value first */
    double top;    /* where nobody leaves, instead of the heap */
};

static double value_of(const struct question *q, size_t place)
{
    const double *x = q->d->x + place * q->d->p;
    double sum = 0;

    if (q->direction == NULL)
        return q->sign * x[q->term];
    for (size_t j = 0; j < q->d->p; j++)
        sum += x[j] * q->direction[j];
    return sum;
}

static void push(struct question *q, size_t place)
{
    uint32_t *heap = q->d->heap;
    size_t i = q->heap++;

    for (; i > 0 && q->value[heap[(i - 1) / 2]] < q->value[place]; i = (i - 1) / 2)
        heap[i] = heap[(i - 1) / 2];
    heap[i] = (uint32_t)place;
}

static void pop(struct question *q)
{
    uint32_t *heap = q->d->heap, last = heap[--q->heap];
    size_t i = 0;

    for (size_t child = 1; child < q->heap; child = 2 * i + 1) {
        child += child + 1 < q->heap && q->value[heap[child + 1]] > q->value[heap[child]];
        if (q->value[heap[child]] <= q->value[last])
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
}

static void take(struct question *q, size_t place)
{
    q->value[place] = value_of(q, place);
    if (q->d->until == NULL)
        q->top = fmax(q->top, q->value[place]);
    else
        push(q, place);
}

/* The largest value of those at risk; those who have left are thrown out on the way. */
static double largest(struct question *q, size_t block)
{
    if (q->d->until == NULL)
        return q->top;
    while (q->heap > 0 && q->d->until[q->d->heap[0]] <= block)
        pop(q);
    return q->heap > 0 ? q->value[q->d->heap[0]] : -INFINITY;
}

/* Who had a competing event is at risk all the time behind it, from the stratum's last event. */
static void take_late(struct question *q, size_t block, size_t place)
{
    const struct tta_cox_data *d = q->d;

    do
        for (size_t i = 0; i < d->block[block].rows; i++, place++)
            if (d->late[place] > 0)
                take(q, place);
    while (++block < d->blocks && !tta_cox_is_first(d, block));
}

/* Has, at every event, the row with the event the largest value? As a rule false, and soon. */
static bool is_extreme(struct question *q)
{
    size_t place = 0;

    for (size_t b = 0; b < q->d->blocks; b++) {
        double lowest = INFINITY; /* of the events */

        if (tta_cox_is_first(q->d, b)) {
            q->heap = 0;
            q->top = -INFINITY;
            if (q->d->late != NULL)
                take_late(q, b, place);
        }
        for (size_t i = 0; i < q->d->block[b].rows; i++, place++) {
            take(q, place);
            if (i >= q->d->block[b].rows - q->d->block[b].events)
                lowest = fmin(lowest, q->value[place]);
        }
        if (!(lowest >= largest(q, b) - q->slack))
            return false;
    }
    return true;
}

bool tta_cox_is_infinite(const struct tta_cox_data *d, const double *direction, double tolerance,
                         double *work)
{
    struct question q = {.d = d, .direction = direction, .value = work};

    for (size_t j = 0; j < d->p; j++)
        q.slack += fabs(direction[j]);
    q.slack *= tolerance;
    return is_extreme(&q);
}

static bool term_is_extreme(const struct tta_cox_data *d, size_t term, int sign, double *work)
{
    struct question q = {.d = d, .term = term, .sign = sign, .value = work};

    return is_extreme(&q);
}

bool tta_cox_infinite_term(const struct tta_cox_data *d, size_t *term, int *sign, double *work)
{
    for (*term = 0; *term < d->p; ++*term)
        for (*sign = 1; *sign >= -1; *sign -= 2)
            if (term_is_extreme(d, *term, *sign, work))
                return true;
    return false;
}

bool tta_cox_is_constant(const struct tta_cox_data *d, size_t term, double *work)
{
    return term_is_extreme(d, term, 1, work) && term_is_extreme(d, term, -1, work);
}
