/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The infinitesimal jackknife in one pass. With B(t) the sum of step.at_risk until t, a row
 * that came at e and is at risk has U = -(B(t) - B(e)); when it leaves, U stays. The
 * weighted sum over a cluster is then A - R B(t), where A and R (weight at risk) change
 * only when one of its rows comes or leaves, and the sum of squares over clusters
 * is [AA] - 2 B [AR] + B^2 [RR]. So a time costs what its rows cost, not the
 * number of clusters. Sums are long double because the three terms nearly cancel.
 *
 * Without clusters or entries all rows at risk are alike, and the sums of squared weights
 * are enough.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "km.h"

struct member {
    long double a, r;
    long double area;  /* weighted influence on the area under S, until the last change */
    long double s, sb; /* where the integrals of S and S B stood then */
};

struct influence {
    const struct km *km;
    bool grouped; /* by cluster or row; else all rows at risk are alike */
    struct member *member;
    size_t members;
    struct step step;
    long double b;          /* B(t) */
    long double s, sb;      /* integrals of S and of S B */
    long double aa, ar, rr; /* grouped */
    /* not grouped: who is at risk, and of those who left the sum of w^2 U^2, and, with their
       influence on the area x + y (area to come), w^2 x^2, w^2 x y */
    struct tta_tally at_risk;
    long double left, left_x, left_xy;
};

int tta_influence_new(const struct km *km, struct influence **out, struct tta_error *e)
{
    const struct tta_km_input *in = km->in;
    struct influence *x = calloc(1, sizeof *x);

    *out = x;
    if (x == NULL)
        return tta_fail_memory(e);
    x->km = km;
    x->grouped = in->cluster != NULL || in->entry != NULL;
    x->members = in->cluster != NULL ? (size_t)in->clusters : in->n;
    if (!x->grouped)
        return 0;
    x->member = malloc(x->members * sizeof *x->member);
    return x->member == NULL ? tta_fail_memory(e) : 0;
}

void tta_influence_free(struct influence *x)
{
    if (x != NULL)
        free(x->member);
    free(x);
}

static struct member *member_of(struct influence *x, uint32_t row)
{
    return &x->member[x->km->in->cluster != NULL ? (uint32_t)x->km->in->cluster[row] : row];
}

void tta_influence_start(struct influence *x, const struct span *span)
{
    struct influence empty = {
        .km = x->km, .grouped = x->grouped, .member = x->member, .members = x->members};

    *x = empty;
    for (const uint32_t *p = span->first; p < span->last; p++) {
        uint32_t row = x->km->order.row[*p];

        if (x->grouped)
            memset(member_of(x, row), 0, sizeof(struct member));
        else
            tta_km_count(x->km, row, &x->at_risk);
    }
    for (const uint32_t *p = span->first; x->grouped && span->enter == NULL && p < span->last; p++)
        tta_influence_enter(x, x->km->order.row[*p]);
}

void tta_influence_stay(struct influence *x, double survival, double length)
{
    x->s += (long double)survival * length;
    x->sb += (long double)survival * length * x->b;
}

/* What a member's rows have added to the area since its last change. */
static void settle(struct influence *x, struct member *m)
{
    m->area += m->a * (x->s - m->s) - m->r * (x->sb - m->sb);
    m->s = x->s;
    m->sb = x->sb;
}

static void change(struct influence *x, uint32_t row, long double u, long double risk)
{
    struct member *m = member_of(x, row);
    long double w = x->km->in->weight == NULL ? 1 : (long double)x->km->in->weight[row];
    long double a = m->a + w * u, r = m->r + w * risk;

    settle(x, m);
    x->aa += a * a - m->a * m->a;
    x->ar += a * r - m->a * m->r;
    x->rr += r * r - m->r * m->r;
    m->a = a;
    m->r = r;
}

void tta_influence_enter(struct influence *x, uint32_t row)
{
    change(x, row, x->b, 1);
}

void tta_influence_step(struct influence *x, struct step step)
{
    x->step = step;
    x->b += step.at_risk;
}

void tta_influence_leave(struct influence *x, uint32_t row)
{
    if (x->grouped)
        change(x, row, (x->km->in->event[row] ? x->step.event : 0) - x->b, -1);
}

void tta_influence_left(struct influence *x, const struct tta_tally *t, bool event)
{
    long double u = (event ? x->step.event : 0) - x->b, area = -x->sb - u * x->s;
    long double w2 = x->km->weighted ? tta_exact_value(&t->weight2) : (double)t->rows;

    if (x->grouped || t->rows == 0)
        return;
    x->left += w2 * u * u;
    x->left_x += w2 * area * area;
    x->left_xy += w2 * area * u;
    x->at_risk.rows -= t->rows;
    tta_exact_subtract(&x->at_risk.weight2, &t->weight2);
}

static long double risk2(const struct influence *x)
{
    return x->km->weighted ? tta_exact_value(&x->at_risk.weight2) : (double)x->at_risk.rows;
}

double tta_influence_variance(const struct influence *x)
{
    long double v = x->grouped ? x->aa - 2 * x->b * x->ar + x->b * x->b * x->rr
                               : x->left + risk2(x) * x->b * x->b;

    return v > 0 ? (double)v : 0;
}

double tta_influence_mean_variance(struct influence *x, const struct span *span)
{
    long double v = 0;

    if (!x->grouped) {
        v = x->left_x + 2 * x->left_xy * x->s + x->left * x->s * x->s + risk2(x) * x->sb * x->sb;
        return v > 0 ? (double)v : 0;
    }
    for (const uint32_t *p = span->first; p < span->last; p++) {
        struct member *m = member_of(x, x->km->order.row[*p]);

        settle(x, m);
        v += m->area * m->area;
        memset(m, 0, sizeof *m); /* counted once */
    }
    return (double)v;
}
