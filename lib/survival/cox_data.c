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

static int check_covariates(const struct tta_cox_input *in, struct tta_error *e)
{
    char name[96], sentence[160] = "term ";

    for (size_t j = 0; j < in->p; j++)
        for (size_t i = 0; i < in->n; i++)
            if (!isfinite(in->x[j * in->n + i])) {
                strcat(sentence, tta_cox_term(in, j, name));
                strcat(sentence, ": the value is missing or not finite");
                return tta_survival_fail_row(e, i, sentence);
            }
    return 0;
}

/*
 * Puts the rows latest first, the events of a time after all its other rows, and
 * cuts blocks behind the events. What is left behind the last block was
 * censored before the first event and is in no risk set.
 */
static void cut_blocks(const struct tta_time_order *order, const uint8_t *event,
                       struct tta_cox_data *d, uint32_t *row)
{
    size_t end = order->n, n = 0;

    while (end > 0) {
        size_t first = end - 1, events = 0;

        while (first > 0 && order->time[first - 1] == order->time[end - 1])
            first--;
        for (size_t i = first; i < end; i++) {
            if (!event[order->row[i]])
                row[n++] = order->row[i];
            else
                events++;
        }
        for (size_t i = first; events > 0 && i < end; i++)
            if (event[order->row[i]])
                row[n++] = order->row[i];
        if (events > 0) {
            d->block[d->blocks].rows = n - d->rows;
            d->block[d->blocks++].events = events;
            d->rows = n;
        }
        end = first;
    }
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
                           const uint32_t *row, struct tta_error *e)
{
    char name[96];

    for (size_t j = 0; j < d->p; j++) {
        const double *x = in->x + j * in->n;
        double *to = d->x + j, centre;

        if (!centre_and_scale(x, row, d->rows, &centre, &d->scale[j]))
            return tta_fail(e, TTA_E_DATA, "term %s has the same value in every row%s",
                            tta_cox_term(in, j, name),
                            d->rows < in->n ? " that is at risk at an event" : "");
        if (!isnormal(d->scale[j]))
            return tta_fail(e, TTA_E_DATA, "term %s spans too wide or too small a range",
                            tta_cox_term(in, j, name));
        for (size_t i = 0; i < d->rows; i++, to += d->p)
            *to = (x[row[i]] - centre) / d->scale[j];
    }
    return 0;
}

static int arrange(const struct tta_cox_input *in, const struct tta_time_order *order,
                   struct tta_cox_data *d, struct tta_error *e)
{
    uint32_t *row = malloc(in->n * sizeof *row);
    size_t events = 0;
    int code = 0;

    for (size_t i = 0; i < in->n; i++)
        events += in->event[i];
    if (events == 0) {
        code = tta_fail(e, TTA_E_DATA, "no events: every row is censored");
        goto end;
    }
    d->block = malloc(events * sizeof *d->block);
    d->scale = malloc(in->p * sizeof *d->scale);
    if (row == NULL || d->block == NULL || d->scale == NULL) {
        code = tta_fail_memory(e);
        goto end;
    }
    cut_blocks(order, in->event, d, row);
    d->x = malloc(d->rows * in->p * sizeof *d->x);
    code = d->x == NULL ? tta_fail_memory(e) : copy_covariates(in, d, row, e);
end:
    free(row);
    return code;
}

int tta_cox_data_make(const struct tta_cox_input *in, bool timefix, struct tta_cox_data *d,
                      struct tta_error *e)
{
    struct tta_time_order order;
    int code;

    memset(d, 0, sizeof *d);
    d->p = in->p;
    code = tta_time_order_make(in->time, in->event, in->n, timefix, &order, e);
    if (code == 0)
        code = check_covariates(in, e);
    if (code == 0)
        code = arrange(in, &order, d, e);
    tta_time_order_release(&order);
    if (code != 0)
        tta_cox_data_release(d);
    return code;
}

void tta_cox_data_release(struct tta_cox_data *d)
{
    free(d->block);
    free(d->x);
    free(d->scale);
    memset(d, 0, sizeof *d);
}
