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

/* NULL stays NULL. */
static int copy_leavers_column(const struct tta_cox_data *d, const double *from, size_t width,
                               double **to)
{
    if (from == NULL || d->leavers == 0)
        return 0;
    *to = malloc(d->leavers * width * sizeof **to);
    if (*to == NULL)
        return TTA_E_MEMORY;
    for (size_t i = 0; i < d->leavers; i++)
        memcpy(*to + i * width, from + d->leaver[i] * width, width * sizeof **to);
    return 0;
}

static int copy_leavers(struct tta_cox_data *d, struct tta_error *e)
{
    int rc = copy_leavers_column(d, d->x, d->p, &d->leaver_x);

    rc = rc != 0 ? rc : copy_leavers_column(d, d->offset, 1, &d->leaver_offset);
    rc = rc != 0 ? rc : copy_leavers_column(d, d->weight, 1, &d->leaver_weight);
    return rc == 0 ? 0 : tta_fail_memory(e);
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
    struct tta_time_order order;
    int code;

    memset(d, 0, sizeof *d);
    d->p = in->p;
    code = tta_time_order_spans(in->entry, in->time, in->event, in->n, timefix, &order, e);
    if (code == 0)
        code = check_rows(in, e);
    if (code == 0)
        code = tta_cox_arrange(in, late != NULL, &order, d, e);
    tta_time_order_release(&order);
    if (code == 0)
        code = copy_columns(in, d, e);
    if (code == 0)
        code = copy_leavers(d, e);
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
    free(d->leaver_x);
    free(d->leaver_offset);
    free(d->leaver_weight);
    free(d->heap);
    free(d->late);
    free(d->share);
    memset(d, 0, sizeof *d);
}
