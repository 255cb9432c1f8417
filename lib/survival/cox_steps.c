/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool any_tied(const struct tta_cox_data *d)
{
    for (size_t b = 0; b < d->blocks; b++)
        if (d->block[b].tied > 1)
            return true;
    return false;
}

static int init(const struct tta_cox_data *d, bool own, struct tta_cox_steps *s,
                struct tta_error *e)
{
    size_t blocks = d->blocks, p = d->p,
           each = 3 + 2 * p + (own ? 1 + p : 0) + (d->late != NULL ? 1 + p : 0);
    double *b = calloc(blocks * each, sizeof *b);

    *s = (struct tta_cox_steps){.p = p, .blocks = blocks};
    if (b == NULL)
        return tta_fail_memory(e);
    s->hazard = b;
    s->variance = b + blocks;
    s->n_risk = b + 2 * blocks;
    s->mean = b + 3 * blocks;
    s->centre = s->mean + p * blocks;
    if (own) {
        s->own = s->centre + p * blocks;
        s->own_mean = s->own + blocks;
    }
    if (d->late != NULL) {
        s->late = b + blocks * (each - 1 - p);
        s->late_mean = s->late + blocks;
    }
    return 0;
}

/* One event, or all of a time at once after Breslow: each has the whole risk set. */
static void whole_step(const struct tta_cox_sweep *w, struct tta_cox_steps *s)
{
    const struct tta_cox_sums *r = &w->all;
    size_t b = w->block, p = s->p;
    double weight = w->d->block[b].weight, scale = exp(-w->base);

    s->hazard[b] = weight / r->s0 * scale;
    s->variance[b] = weight / r->s0 / r->s0 * scale * scale;
    for (size_t j = 0; j < p; j++) {
        s->centre[b * p + j] = r->s1[j] / r->s0;
        s->mean[b * p + j] = s->centre[b * p + j] * s->hazard[b];
    }
}

/* Efron: as in add_events of cox_likelihood.c. */
static void tied_step(const struct tta_cox_sweep *w, struct tta_cox_steps *s)
{
    const struct tta_cox_sums *r = &w->all, *t = &w->tied;
    size_t b = w->block, p = s->p;
    double m = w->d->block[b].tied, each = w->d->block[b].weight / m, scale = exp(-w->base);

    for (double l = 0; l < m; l++) {
        double f = l / m, s0 = r->s0 - f * t->s0, h = each / s0 * scale;

        s->hazard[b] += h;
        s->variance[b] += h / s0 * scale;
        s->own[b] += f * h;
        for (size_t j = 0; j < p; j++) {
            double mean = (r->s1[j] - f * t->s1[j]) / s0;

            s->centre[b * p + j] += mean / m;
            s->mean[b * p + j] += h * mean;
            s->own_mean[b * p + j] += f * h * mean;
        }
    }
}

/* Those after a competing event bear the hazards of the later blocks, latest first. */
static void accumulate_late(const struct tta_cox_data *d, struct tta_cox_steps *s)
{
    size_t p = s->p;

    for (size_t b = 1; b < d->blocks; b++) {
        if (tta_cox_is_first(d, b))
            continue;
        s->late[b] = s->late[b - 1] + d->share[b - 1] * s->hazard[b - 1];
        for (size_t j = 0; j < p; j++)
            s->late_mean[b * p + j] =
                s->late_mean[(b - 1) * p + j] + d->share[b - 1] * s->mean[(b - 1) * p + j];
    }
}

static void accumulate(const struct tta_cox_data *d, struct tta_cox_steps *s)
{
    size_t p = s->p;

    for (size_t b = d->blocks; b-- > 0;) {
        if (b + 1 == d->blocks || tta_cox_is_first(d, b + 1))
            continue;
        s->hazard[b] += s->hazard[b + 1];
        s->variance[b] += s->variance[b + 1];
        for (size_t j = 0; j < p; j++)
            s->mean[b * p + j] += s->mean[(b + 1) * p + j];
    }
}

int tta_cox_steps_make(const struct tta_cox_data *d, enum tta_ties ties, const double *beta,
                       struct tta_cox_steps *s, struct tta_error *e)
{
    bool efron = ties == TTA_TIES_EFRON && any_tied(d);
    double *work = malloc(tta_cox_work_size(d) * sizeof *work);
    struct tta_cox_sweep w;

    if (work == NULL || init(d, efron, s, e) != 0) {
        free(work);
        return tta_fail_memory(e);
    }
    w = tta_cox_sweep(d, beta, false, work);
    while (tta_cox_sweep_next(&w)) {
        s->n_risk[w.block] = (double)w.at_risk;
        if (efron && d->block[w.block].tied > 1)
            tied_step(&w, s);
        else
            whole_step(&w, s);
    }
    if (d->late != NULL)
        accumulate_late(d, s);
    accumulate(d, s);
    s->work = work;
    s->eta = w.eta;
    return 0;
}

void tta_cox_steps_release(struct tta_cox_steps *s)
{
    free(s->hazard);
    free(s->work);
    memset(s, 0, sizeof *s);
}

void tta_cox_score_residual(const struct tta_cox_data *d, const struct tta_cox_steps *s,
                            size_t block, size_t place, double event, double *score)
{
    size_t p = d->p, until = d->until == NULL ? TTA_COX_STAYS : d->until[place];
    bool stays = until == TTA_COX_STAYS, own = event > 0 && s->own != NULL;
    const double *x = d->x + place * p, *mean = s->mean + block * p,
                 *centre = s->centre + block * p;
    double risk = exp(s->eta[place]), hazard = tta_cox_exposure(d, s, block, place, event);

    for (size_t j = 0; j < p; j++) {
        double part = mean[j] - (stays ? 0 : s->mean[until * p + j]) -
                      (own ? s->own_mean[block * p + j] : 0) +
                      (d->late != NULL ? d->late[place] * s->late_mean[block * p + j] : 0);

        score[j] = event * (x[j] - centre[j]) - risk * (x[j] * hazard - part);
    }
}

double tta_cox_exposure(const struct tta_cox_data *d, const struct tta_cox_steps *s, size_t block,
                        size_t place, double event)
{
    uint32_t until = d->until == NULL ? TTA_COX_STAYS : d->until[place];

    return s->hazard[block] - (until == TTA_COX_STAYS ? 0 : s->hazard[until]) -
           (event > 0 && s->own != NULL ? s->own[block] : 0) +
           (d->late != NULL ? d->late[place] * s->late[block] : 0);
}
