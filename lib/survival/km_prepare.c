/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "km.h"

static int check_numbers(const int32_t *number, size_t n, int32_t count, const char *sentence,
                         struct tta_error *e)
{
    for (size_t i = 0; number != NULL && i < n; i++)
        if (number[i] < 0 || number[i] >= count)
            return tta_survival_fail_row(e, i, sentence);
    return 0;
}

int tta_survival_check_weights(const double *weight, size_t n, bool *fractional,
                               struct tta_error *e)
{
    *fractional = false;
    for (size_t i = 0; weight != NULL && i < n; i++) {
        if (!(weight[i] > 0))
            return tta_survival_fail_row(e, i, "the weight is not above 0");
        if (!(weight[i] >= TTA_WEIGHT_LEAST && weight[i] <= TTA_WEIGHT_MOST))
            return tta_survival_fail_row(e, i, "the weight is not from 1e-7 to 1e12");
        *fractional = *fractional || weight[i] != floor(weight[i]);
    }
    return 0;
}

static int check_options(const struct km *km, struct tta_error *e)
{
    const struct tta_km_options *o = km->options;
    const struct tta_km_input *in = km->in;

    if (in->n > 0 && (in->time == NULL || in->event == NULL))
        return tta_fail(e, TTA_E_USAGE, "a survival curve needs times and events");
    if (o->conf_type < TTA_CONF_LOG || o->conf_type > TTA_CONF_ARCSIN)
        return tta_fail(e, TTA_E_USAGE, "unknown type of confidence limits");
    if (o->estimator < TTA_KM_KAPLAN_MEIER || o->estimator > TTA_KM_FLEMING_HARRINGTON)
        return tta_fail(e, TTA_E_USAGE, "unknown estimator");
    if (!(o->tau >= 0) || isinf(o->tau))
        return tta_fail(e, TTA_E_USAGE, "the end of a restricted mean must be above 0");
    return 0;
}

/* What the weights ask for, once it is known how they are. */
static int check_combination(const struct km *km, struct tta_error *e)
{
    const struct tta_km_input *in = km->in;

    if (km->options->estimator == TTA_KM_FLEMING_HARRINGTON && km->fractional)
        return tta_fail(e, TTA_E_USAGE,
                        "the Fleming-Harrington estimate counts tied persons one by one, so "
                        "weights must be whole numbers");
    if (in->tally != NULL && km->robust && (in->cluster != NULL || in->entry != NULL))
        return tta_fail(e, TTA_E_USAGE,
                        "robust errors with clusters or entries need the rows, not counts");
    return 0;
}

/*
 * Sets place[0..n-1] to places in the order, group by group; start[g] is where group g
 * begins, start[groups] is n.
 */
static void place_by_group(const struct tta_km_input *in, const uint32_t *row, size_t groups,
                           size_t *start, uint32_t *place)
{
    memset(start, 0, (groups + 1) * sizeof *start);
    if (groups == 1) {
        for (size_t i = 0; i < in->n; i++)
            place[i] = (uint32_t)i;
        start[1] = in->n;
        return;
    }
    for (size_t i = 0; i < in->n; i++)
        start[in->group[i] + 1]++;
    for (size_t g = 0; g < groups; g++)
        start[g + 1] += start[g];
    for (size_t i = 0; i < in->n; i++)
        place[start[in->group[row[i]]]++] = (uint32_t)i;
    /* each start has moved to its end, which is the next one's start */
    for (size_t g = groups; g > 0; g--)
        start[g] = start[g - 1];
    start[0] = 0;
}

int tta_km_prepare(const struct tta_km_input *in, const struct tta_km_options *options,
                   struct km *km, struct tta_error *e)
{
    int code;

    memset(km, 0, sizeof *km);
    km->in = in;
    km->options = options;
    km->groups = in->group == NULL || in->groups < 1 ? 1 : (size_t)in->groups;
    if ((code = check_options(km, e)) != 0 ||
        (code = tta_survival_quantile(options->level, &km->z, e)) != 0 ||
        (code = tta_time_order_spans(in->entry, in->time, in->event, in->n, options->timefix,
                                     &km->order, e)) != 0 ||
        (code = check_numbers(in->group, in->n, in->groups, "the group is out of range", e)) != 0 ||
        (code = check_numbers(in->cluster, in->n, in->clusters, "the cluster is out of range",
                              e)) != 0 ||
        (in->tally == NULL &&
         (code = tta_survival_check_weights(in->weight, in->n, &km->fractional, e)) != 0))
        return code;
    km->weighted = in->tally != NULL ? in->weighted : in->weight != NULL;
    km->fractional = in->tally != NULL ? in->fractional : km->fractional;
    km->robust = options->robust || in->cluster != NULL || km->fractional;
    if ((code = check_combination(km, e)) != 0)
        return code;
    km->start = malloc((km->groups + 1) * sizeof *km->start);
    km->place = malloc(in->n * sizeof *km->place);
    km->event = malloc(in->n);
    if (in->entry != NULL)
        km->enter_place = malloc(in->n * sizeof *km->enter_place);
    if (km->start == NULL || km->place == NULL || km->event == NULL ||
        (in->entry != NULL && km->enter_place == NULL))
        return tta_fail_memory(e);
    if (in->entry != NULL)
        place_by_group(in, km->order.entry_row, km->groups, km->start, km->enter_place);
    place_by_group(in, km->order.row, km->groups, km->start, km->place);
    for (size_t i = 0; i < in->n; i++)
        km->event[i] = in->event[km->order.row[i]];
    return 0;
}

void tta_km_finish(struct km *km)
{
    tta_time_order_release(&km->order);
    free(km->start);
    free(km->place);
    free(km->enter_place);
    free(km->event);
}
