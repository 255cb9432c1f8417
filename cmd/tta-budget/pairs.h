/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_PAIRS_H
#define TTA_CMD_BUDGET_PAIRS_H
/* Costs and effects of the cases of an arm, and the prices of --wtp. */
#include "tta/cost_icer.h"
#include "tta/tool.h"

struct pairs {
    double *cost, *effect;
    size_t n, cap;
};

int pairs_add(struct pairs *p, int64_t cost_ore, double effect, struct tta_error *e);
struct tta_icer_arm pairs_arm(const struct pairs *p);
void pairs_release(struct pairs *p);

/* TTA_E_USAGE: not numbers, or negative. */
int pairs_prices_check(const struct tta_list *prices, struct tta_error *e);
double pairs_price(const char *checked);

/* NaN, which is written as nothing, for what is not finite. */
double pairs_finite(double value);

#endif
