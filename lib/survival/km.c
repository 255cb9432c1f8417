/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/survival.h"

#include <math.h>
#include <stdlib.h>

#include "order.h"

static int check_groups_and_weights(const struct tta_km_input *in, struct tta_error *e)
{
    double total = 0;

    for (size_t i = 0; in->group != NULL && i < in->n; i++)
        if (in->group[i] < 0 || in->group[i] >= in->groups)
            return tta_survival_fail_row(e, i, "the group is out of range");
    for (size_t i = 0; in->weight != NULL && i < in->n; i++) {
        if (!(in->weight[i] > 0) || in->weight[i] != floor(in->weight[i]))
            return tta_survival_fail_row(e, i, "the weight is not a whole number above 0");
        total += in->weight[i];
        if (!(total <= 0x1p53)) /* beyond it a double no longer counts */
            return tta_survival_fail_row(e, i, "the sum of the weights is too large");
    }
    return 0;
}

/*
 * Sets place[0..n-1] to places in the order, group by group, each by time;
 * start[g] is where group g begins, start[groups] is n.
 */
static void place_by_group(const struct tta_km_input *in, const struct tta_time_order *order,
                           size_t groups, size_t *start, uint32_t *place)
{
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
        place[start[in->group[order->row[i]]]++] = (uint32_t)i;
    /* each start has moved to its end, which is the next one's start */
    for (size_t g = groups; g > 0; g--)
        start[g] = start[g - 1];
    start[0] = 0;
}

static size_t count_rows(const double *time, const size_t *start, size_t groups,
                         const uint32_t *place)
{
    size_t count = 0;

    for (size_t g = 0; g < groups; g++)
        for (size_t i = start[g]; i < start[g + 1]; i++)
            count += i == start[g] || time[place[i]] != time[place[i - 1]];
    return count;
}

/* The limits of R's survfit_confint; se is that of log S. */
static void set_limits(struct tta_km_row *r, double se, enum tta_conf_type type, double z)
{
    double s = r->survival, width;

    r->lower = r->upper = NAN;
    if (s <= 0)
        return;
    switch (type) {
    case TTA_CONF_LOG:
        r->lower = exp(log(s) - z * se);
        r->upper = fmin(exp(log(s) + z * se), 1);
        break;
    case TTA_CONF_LOG_LOG:
        if (s >= 1)
            return;
        width = z * se / log(s);
        r->lower = exp(-exp(log(-log(s)) - width));
        r->upper = exp(-exp(log(-log(s)) + width));
        break;
    case TTA_CONF_PLAIN:
        r->lower = fmax(s - z * se * s, 0);
        r->upper = fmin(s + z * se * s, 1);
        break;
    }
}

/* One group: places first..last-1. Returns the row after the last one written. */
static struct tta_km_row *curve(const struct tta_km_input *in, const struct tta_time_order *order,
                                const uint32_t *first, const uint32_t *last,
                                const struct tta_km_options *options, double z,
                                struct tta_km_row *r)
{
    double at_risk = 0, survival = 1, variance = 0; /* variance of log S */

    for (const uint32_t *p = first; p < last; p++)
        at_risk += in->weight == NULL ? 1 : in->weight[order->row[*p]];
    while (first < last) {
        double time = order->time[*first], count[2] = {0, 0};

        for (; first < last && order->time[*first] == time; first++) {
            uint32_t row = order->row[*first];

            count[in->event[row]] += in->weight == NULL ? 1 : in->weight[row];
        }
        survival *= (at_risk - count[1]) / at_risk;
        if (count[1] > 0) /* infinite when nobody is left, and S then 0 */
            variance += count[1] / (at_risk * (at_risk - count[1]));
        *r = (struct tta_km_row){.group = 0,
                                 .time = time,
                                 .n_risk = at_risk,
                                 .n_event = count[1],
                                 .n_censor = count[0],
                                 .survival = survival};
        r->std_err = survival * sqrt(variance); /* NaN once S is 0 */
        set_limits(r, sqrt(variance), options->conf_type, z);
        at_risk -= count[0] + count[1];
        r++;
    }
    return r;
}

static int check_options(const struct tta_km_input *in, const struct tta_km_options *o, double *z,
                         struct tta_error *e)
{
    if (in->n > 0 && (in->time == NULL || in->event == NULL))
        return tta_fail(e, TTA_E_USAGE, "a Kaplan-Meier curve needs times and events");
    if (o->conf_type != TTA_CONF_LOG && o->conf_type != TTA_CONF_LOG_LOG &&
        o->conf_type != TTA_CONF_PLAIN)
        return tta_fail(e, TTA_E_USAGE, "unknown type of confidence limits");
    return tta_survival_quantile(o->level, z, e);
}

int tta_km(const struct tta_km_input *in, const struct tta_km_options *options,
           struct tta_km_row **rows, size_t *count, struct tta_error *e)
{
    static const struct tta_km_options usual = {TTA_CONF_LOG, 0.95, true};
    const struct tta_km_options *o = options == NULL ? &usual : options;
    size_t groups = in->group == NULL || in->groups < 1 ? 1 : (size_t)in->groups;
    struct tta_time_order order = {0};
    size_t *start = NULL;
    uint32_t *place = NULL;
    struct tta_km_row *r;
    double z;
    int code;

    *rows = NULL;
    *count = 0;
    if ((code = check_options(in, o, &z, e)) != 0 ||
        (code = check_groups_and_weights(in, e)) != 0 ||
        (code = tta_time_order_make(in->time, in->event, in->n, o->timefix, &order, e)) != 0)
        return code;
    start = calloc(groups + 1, sizeof *start);
    place = malloc(in->n * sizeof *place);
    if (start == NULL || place == NULL) {
        code = tta_fail_memory(e);
        goto end;
    }
    place_by_group(in, &order, groups, start, place);
    *count = count_rows(order.time, start, groups, place);
    *rows = r = malloc(*count * sizeof **rows);
    if (r == NULL) {
        *count = 0;
        code = tta_fail_memory(e);
        goto end;
    }
    for (size_t g = 0; g < groups; g++) {
        struct tta_km_row *end = curve(in, &order, place + start[g], place + start[g + 1], o, z, r);

        for (; r < end; r++)
            r->group = (int32_t)g;
    }
end:
    free(start);
    free(place);
    tta_time_order_release(&order);
    return code;
}
