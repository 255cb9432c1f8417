/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pairs.h"

#include <math.h>
#include <stdlib.h>

int pairs_add(struct pairs *p, int64_t cost_ore, double effect, struct tta_error *e)
{
    if (p->n == p->cap) {
        size_t cap = p->cap == 0 ? 1024 : 2 * p->cap;
        double *cost = realloc(p->cost, cap * sizeof *cost), *effects;

        if (cost == NULL)
            return tta_fail_memory(e);
        p->cost = cost;
        effects = realloc(p->effect, cap * sizeof *effects);
        if (effects == NULL)
            return tta_fail_memory(e);
        p->effect = effects;
        p->cap = cap;
    }
    p->cost[p->n] = (double)cost_ore / 100;
    p->effect[p->n++] = effect;
    return 0;
}

struct tta_icer_arm pairs_arm(const struct pairs *p)
{
    struct tta_icer_arm arm = {p->n, p->cost, p->effect};

    return arm;
}

void pairs_release(struct pairs *p)
{
    free(p->cost);
    free(p->effect);
}

double pairs_price(const char *checked)
{
    static const struct tta_number_style plain = {'.', 0};
    double price = -1;

    tta_double_parse(tta_text_of(checked), plain, &price);
    return price;
}

int pairs_prices_check(const struct tta_list *prices, struct tta_error *e)
{
    for (size_t i = 0; i < prices->count; i++)
        if (!(pairs_price(prices->items[i]) >= 0))
            return tta_fail(e, TTA_E_USAGE, "--wtp: value %zu is not an amount of kroner", i + 1);
    return 0;
}

double pairs_finite(double value)
{
    return isfinite(value) ? value + 0.0 : NAN; /* + 0.0: -0 is 0 */
}
