/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t count_tied(const struct tta_cox_data *d)
{
    size_t count = 0;

    for (size_t b = 0; b < d->blocks; b++)
        count += d->block[b].tied > 1;
    return count;
}

/* tied: how many blocks have ties that matter. */
static int init(const struct tta_cox_data *d, size_t tied, bool curve, struct tta_cox_steps *s,
                struct tta_error *e)
{
    size_t blocks = d->blocks, p = d->p;
    double *b =
        calloc(blocks * (1 + 2 * p + (d->late != NULL ? 1 + p : 0) + (curve ? 2 : 0)), sizeof *b);

    *s = (struct tta_cox_steps){.p = p, .blocks = blocks, .hazard = b};
    if (tied > 0) {
        s->own = calloc((tied + 1) * (1 + p), sizeof *s->own);
        s->own_at = calloc(blocks, sizeof *s->own_at);
    }
    if (b == NULL || (tied > 0 && (s->own == NULL || s->own_at == NULL))) {
        tta_cox_steps_release(s);
        return tta_fail_memory(e);
    }
    s->mean = b += blocks;
    s->centre = b += p * blocks;
    b += p * blocks;
    if (d->late != NULL) {
        s->late = b;
        s->late_mean = b += blocks;
        b += p * blocks;
    }
    if (curve) {
        s->variance = b;
        s->n_risk = b + blocks;
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
    if (s->variance != NULL)
        s->variance[b] = weight / r->s0 / r->s0 * scale * scale;
    for (size_t j = 0; j < p; j++) {
        s->centre[b * p + j] = r->s1[j] / r->s0;
        s->mean[b * p + j] = s->centre[b * p + j] * s->hazard[b];
    }
}

/* Efron: as in add_events of cox_likelihood.c. own: of this block. */
static void tied_step(const struct tta_cox_sweep *w, struct tta_cox_steps *s, double *own)
{
    const struct tta_cox_sums *r = &w->all, *t = &w->tied;
    size_t b = w->block, p = s->p;
    double m = w->d->block[b].tied, each = w->d->block[b].weight / m, scale = exp(-w->base);

    for (double l = 0; l < m; l++) {
        double f = l / m, s0 = r->s0 - f * t->s0, h = each / s0 * scale;

        s->hazard[b] += h;
        if (s->variance != NULL)
            s->variance[b] += h / s0 * scale;
        own[0] += f * h;
        for (size_t j = 0; j < p; j++) {
            double mean = (r->s1[j] - f * t->s1[j]) / s0;

            s->centre[b * p + j] += mean / m;
            s->mean[b * p + j] += h * mean;
            own[1 + j] += f * h * mean;
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
        if (s->variance != NULL)
            s->variance[b] += s->variance[b + 1];
        for (size_t j = 0; j < p; j++)
            s->mean[b * p + j] += s->mean[(b + 1) * p + j];
    }
}

static int make(const struct tta_cox_data *d, enum tta_ties ties, const double *beta, bool curve,
                struct tta_cox_steps *s, struct tta_error *e)
{
    size_t tied = ties == TTA_TIES_EFRON ? count_tied(d) : 0;
    uint32_t next = 1;
    double *work = malloc(tta_cox_work_size(d) * sizeof *work);
    struct tta_cox_sweep w;

    if (work == NULL || init(d, tied, curve, s, e) != 0) {
        free(work);
        return tta_fail_memory(e);
    }
    w = tta_cox_sweep(d, beta, false, work);
    while (tta_cox_sweep_next(&w)) {
        if (s->n_risk != NULL)
            s->n_risk[w.block] = (double)w.at_risk;
        if (tied > 0 && d->block[w.block].tied > 1) {
            s->own_at[w.block] = next;
            tied_step(&w, s, s->own + next++ * (1 + s->p));
        } else {
            whole_step(&w, s);
        }
    }
    if (d->late != NULL)
        accumulate_late(d, s);
    accumulate(d, s);
    s->work = work;
    s->eta = w.eta;
    return 0;
}

int tta_cox_steps_make(const struct tta_cox_data *d, enum tta_ties ties, const double *beta,
                       struct tta_cox_steps *s, struct tta_error *e)
{
    return make(d, ties, beta, false, s, e);
}

int tta_cox_steps_curve(const struct tta_cox_data *d, enum tta_ties ties, const double *beta,
                        struct tta_cox_steps *s, struct tta_error *e)
{
    return make(d, ties, beta, true, s, e);
}

void tta_cox_steps_release(struct tta_cox_steps *s)
{
    free(s->hazard);
    free(s->own_at);
    free(s->own);
    free(s->work);
    memset(s, 0, sizeof *s);
}

void tta_cox_score_residual(const struct tta_cox_data *d, const struct tta_cox_steps *s,
                            size_t block, size_t place, double event, double *score)
{
    size_t p = d->p, until = d->until == NULL ? TTA_COX_STAYS : d->until[place];
    bool stays = until == TTA_COX_STAYS;
    const double *own = event > 0 && s->own != NULL ? s->own + s->own_at[block] * (1 + p) : NULL;
    const double *x = d->x + place * p, *mean = s->mean + block * p,
                 *centre = s->centre + block * p;
    double risk = exp(s->eta[place]), hazard = tta_cox_exposure(d, s, block, place, event);

    for (size_t j = 0; j < p; j++) {
        double part = mean[j] - (stays ? 0 : s->mean[until * p + j]) -
                      (own != NULL ? own[1 + j] : 0) +
                      (d->late != NULL ? d->late[place] * s->late_mean[block * p + j] : 0);

        score[j] = event * (x[j] - centre[j]) - risk * (x[j] * hazard - part);
    }
}

double tta_cox_exposure(const struct tta_cox_data *d, const struct tta_cox_steps *s, size_t block,
                        size_t place, double event)
{
    uint32_t until = d->until == NULL ? TTA_COX_STAYS : d->until[place];

    return s->hazard[block] - (until == TTA_COX_STAYS ? 0 : s->hazard[until]) -
           (event > 0 && s->own != NULL ? s->own[s->own_at[block] * (1 + s->p)] : 0) +
           (d->late != NULL ? d->late[place] * s->late[block] : 0);
}
