/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "icer_rows.h"

#include <math.h>

static const char *const measures[] = {"cost", "effect", "icer", "net_benefit", "quadrant", NULL};
enum { QUADRANT = TTA_ICER_BENEFIT + 1 };
enum { MEASURE, WTP, ESTIMATE, STD_ERR, LOWER, UPPER, BCA_LOWER, BCA_UPPER, ABOVE, WHERE };
const struct tta_column icer_columns[] = {
    {.name = "measure",
     .type = TTA_CHOICE,
     .choices = measures,
     .help = "cost, effect, icer, net_benefit or quadrant"},
    {.name = "wtp", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "of a net benefit"},
    {.name = "estimate",
     .type = TTA_NUMBER,
     .flags = TTA_NULLABLE,
     .help = "intervention less control, or of a quadrant"},
    {.name = "std_err", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "of the estimate"},
    {.name = "lower", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "percentile limit"},
    {.name = "upper", .type = TTA_NUMBER, .flags = TTA_NULLABLE, .help = "percentile limit"},
    {.name = "bca_lower",
     .type = TTA_NUMBER,
     .flags = TTA_NULLABLE,
     .help = "bias-corrected and accelerated limit"},
    {.name = "bca_upper",
     .type = TTA_NUMBER,
     .flags = TTA_NULLABLE,
     .help = "bias-corrected and accelerated limit"},
    {.name = "above",
     .type = TTA_NUMBER,
     .flags = TTA_NULLABLE,
     .help = "share of the draws above 0"},
    {.name = "quadrant",
     .type = TTA_TEXT,
     .flags = TTA_NULLABLE,
     .help = "NE: dearer and better ... axis: no difference"},
    {.name = NULL},
};

struct table {
    const struct tta_icer_arm *arms;
    const struct icer_draws *draws;
    double level;
};

/* A row of a measure from all draws. */
static int emit(struct tta_run *run, const struct table *t, enum tta_icer_measure measure,
                double price, double estimate, double std_err, struct tta_error *e)
{
    const struct icer_draws *d = t->draws;
    union tta_slot *own = tta_own(run);
    struct tta_icer_interval limits;

    for (size_t i = 0; i < d->n; i++)
        d->work[i] = tta_icer_value(measure, price, d->cost[i], d->effect[i]);
    tta_icer_limits(d->work, d->n, estimate, tta_icer_acceleration(t->arms, measure, price),
                    t->level, &limits);
    own[MEASURE].choice = (int32_t)measure;
    if (measure == TTA_ICER_BENEFIT)
        own[WTP].number = price;
    own[ESTIMATE].number = pairs_finite(estimate);
    own[STD_ERR].number = std_err;
    own[LOWER].number = pairs_finite(limits.lower);
    own[UPPER].number = pairs_finite(limits.upper);
    own[BCA_LOWER].number = pairs_finite(limits.bca_lower);
    own[BCA_UPPER].number = pairs_finite(limits.bca_upper);
    own[ABOVE].number = limits.above;
    return tta_emit(run, e);
}

int icer_rows(struct tta_run *run, const struct tta_icer_arm arms[2], const struct tta_icer *fit,
              const struct icer_draws *draws, const struct tta_list *prices, double level,
              struct tta_error *e)
{
    static const char *const names[] = {"NE", "NW", "SW", "SE", "axis"};
    const struct table t = {arms, draws, level};
    union tta_slot *own = tta_own(run);
    double share[TTA_ICER_QUADRANTS];
    size_t other = isnan(fit->ratio) ? 0 : tta_icer_other_side(fit, draws->effect, draws->n);
    int rc = emit(run, &t, TTA_ICER_COST, 0, fit->cost, fit->cost_se, e);

    if (other > 0)
        tta_note(run,
                 "icer: draws without effect, or with one on the other side of 0: %zu of %zu; its "
                 "limits are not sound, see quadrant and net_benefit",
                 other, draws->n);
    if (rc == 0)
        rc = emit(run, &t, TTA_ICER_EFFECT, 0, fit->effect, fit->effect_se, e);
    if (rc == 0 && !isnan(fit->ratio))
        rc = emit(run, &t, TTA_ICER_RATIO, 0, fit->ratio, NAN, e);
    if (rc == 0 && isnan(fit->ratio)) {
        tta_note(run, "icer: the arms have the same mean effect, so it is empty");
        own[MEASURE].choice = TTA_ICER_RATIO;
        rc = tta_emit(run, e);
    }
    for (size_t i = 0; rc == 0 && i < prices->count; i++) {
        double price = pairs_price(prices->items[i]);

        rc = emit(run, &t, TTA_ICER_BENEFIT, price, tta_icer_benefit(fit, price),
                  tta_icer_benefit_se(fit, price), e);
    }
    tta_icer_quadrants(draws->cost, draws->effect, draws->n, share);
    for (int i = 0; rc == 0 && i < TTA_ICER_QUADRANTS; i++) {
        own[MEASURE].choice = QUADRANT;
        own[ESTIMATE].number = share[i];
        own[WHERE].text = tta_text_of(names[i]);
        rc = tta_emit(run, e);
    }
    return rc;
}
