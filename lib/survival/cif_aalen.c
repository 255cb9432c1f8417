/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "order.h"
#include "tta/competing.h"

/*
 * With S and F just after a time, the share that has the cause by t is F + S x what comes; an
 * event of the cause moves it by 1 - (F(t) - F)/S, one of another by -(F(t) - F)/S, each
 * with the variance of d hypergeometric events, S(before)^2 d (n - d) / (n - 1) / n^2. So the
 * variance at t is a square in F(t), whose coefficients are sums over the times until then.
 */
struct square {
    double one, first, second; /* one - 2 F(t) first + F(t)^2 second */
};

static void add_events(struct square *sum, double d, double n, double before, double constant,
                       double slope)
{
    double v = before * before * d / (n * n) * (n > 1 ? (n - d) / (n - 1) : 1);

    sum->one += v * constant * constant;
    sum->first += v * constant * slope;
    sum->second += v * slope * slope;
}

/* rows: causes x times, one group. */
static void pass_cause(struct tta_cif_row *rows, size_t causes, size_t times, size_t cause,
                       double z)
{
    struct square sum = {0, 0, 0};
    double s = 1;

    for (size_t t = 0; t < times; t++) {
        struct tta_cif_row *row = &rows[cause * times + t];
        double n = row->n_risk, own = row->n_event, others = 0, before = s, slope, width;

        for (size_t k = 0; k < causes; k++)
            others += k == cause ? 0 : rows[k * times + t].n_event;
        s *= (n - own - others) / n;
        slope = s > 0 ? 1 / s : 0; /* nobody is left to have it */
        if (own > 0)
            add_events(&sum, own, n, before, 1 + row->cif * slope, slope);
        if (others > 0)
            add_events(&sum, others, n, before, row->cif * slope, slope);
        row->std_err = sqrt(fmax(sum.one - row->cif * (2 * sum.first - row->cif * sum.second), 0));
        width = z * row->std_err / row->cif;
        if (row->cif > 0) {
            row->lower = row->cif * exp(-width);
            row->upper = fmin(1, row->cif * exp(width));
        }
    }
}

int tta_cif_aalen(struct tta_cif_row *rows, size_t count, double level, struct tta_error *e)
{
    double z;
    int code = tta_survival_quantile(level, &z, e);

    for (size_t first = 0, end; code == 0 && first < count; first = end) {
        size_t times = 0;

        for (end = first; end < count && rows[end].group == rows[first].group; end++)
            times += rows[end].cause == rows[first].cause;
        for (size_t k = 0; k < (end - first) / times; k++)
            pass_cause(rows + first, (end - first) / times, times, k, z);
    }
    return code;
}
