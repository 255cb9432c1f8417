/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/assess.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int tta_runs_test(const uint16_t *arm, size_t n, size_t arms, struct tta_runs *out,
                  struct tta_error *e)
{
    double *count = calloc(arms + 1, sizeof *count), m = (double)n, squares = 0, cubes = 0;

    if (count == NULL)
        return tta_fail_memory(e);
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < n; i++) {
        count[arm[i]]++;
        out->runs += i == 0 || arm[i] != arm[i - 1];
    }
    for (size_t k = 0; k < arms; k++) {
        squares += count[k] * count[k];
        cubes += count[k] * count[k] * count[k];
    }
    free(count);
    out->p = NAN;
    if (n < 2) {
        out->expected = m;
        return 0;
    }
    out->expected = (m * (m + 1) - squares) / m;
    out->variance =
        (squares * (squares + m * (m + 1)) - 2 * m * cubes - m * m * m) / (m * m * (m - 1));
    if (out->variance > 0)
        out->p =
            2 * pnorm5(-fabs((double)out->runs - out->expected) / sqrt(out->variance), 0, 1, 1, 0);
    return 0;
}

/* How many lots an arm must still get until the end, in units of 1 / sum of the shares. */
static double behind(uint64_t share, uint64_t count, size_t end, uint64_t whole)
{
    return (double)share * (double)end - (double)count * (double)whole;
}

double tta_guesses(const uint16_t *arm, size_t n, const uint64_t *share, size_t arms, size_t block,
                   uint64_t *scratch)
{
    uint64_t whole = 0;
    double right = 0;

    memset(scratch, 0, arms * sizeof *scratch);
    for (size_t k = 0; k < arms; k++)
        whole += share[k];
    for (size_t i = 0; i < n; i++) {
        size_t best = 0, ties = 1, end = block == 0 ? i + 1 : (i / block + 1) * block;
        double most = behind(share[0], scratch[0], end, whole);

        for (size_t k = 1; k < arms; k++) {
            double b = behind(share[k], scratch[k], end, whole);

            if (b > most || (b == most && share[k] > share[best])) {
                best = k;
                most = b;
                ties = 1;
            } else if (b == most && share[k] == share[best]) {
                ties++;
            }
        }
        if (share[arm[i]] == share[best] &&
            behind(share[arm[i]], scratch[arm[i]], end, whole) == most)
            right += 1 / (double)ties;
        scratch[arm[i]]++;
    }
    return right;
}

void tta_assessment_release(struct tta_assessment *a)
{
    free(a->strata);
    free(a->row);
    free(a->share);
    memset(a, 0, sizeof *a);
}

/* ---- the units by stratum ---- */

static bool by_group(const struct tta_plan *p, const struct tta_units *u)
{
    return u->group != NULL && p->method != TTA_PAIRS;
}

struct place {
    struct tta_text label;
    size_t row;
};

static int by_label_and_row(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = tta_text_compare(x->label, y->label);

    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static size_t list_places(const struct tta_plan *p, const struct tta_units *u, bool *seen,
                          struct place *out)
{
    size_t n = 0;

    for (size_t i = 0; i < u->n; i++) {
        if (by_group(p, u)) {
            if (seen[u->group[i]])
                continue;
            seen[u->group[i]] = true;
        }
        out[n++] = (struct place){tta_units_label(u, i), i};
    }
    return n;
}

static int list_strata(struct tta_assessment *a, const struct place *places, struct tta_error *e)
{
    a->strata = calloc(a->units + 1, sizeof *a->strata);
    a->row = calloc(a->units + 1, sizeof *a->row);
    if (a->strata == NULL || a->row == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < a->units; i++) {
        if (i == 0 || !tta_text_equal(places[i].label, places[i - 1].label))
            a->strata[a->stratum_count++] = (struct tta_assess_stratum){places[i].label, i, 0};
        a->strata[a->stratum_count - 1].count++;
        a->row[i] = places[i].row;
    }
    return 0;
}

static int list_shares(struct tta_assessment *a, const struct tta_plan *p, struct tta_error *e)
{
    const struct tta_arms *arms = tta_plan_goals(p);
    uint64_t most = 0;

    a->arms = arms->count;
    a->share = calloc(arms->count + 1, sizeof *a->share);
    if (a->share == NULL)
        return tta_fail_memory(e);
    for (size_t k = 0; k < arms->count; k++) {
        a->share[k] = arms->items[k].number;
        a->whole += a->share[k];
        most = a->share[k] > most ? a->share[k] : most;
    }
    a->blind = (double)most / (double)a->whole;
    return 0;
}

int tta_assess_begin(struct tta_assessment *a, const struct tta_plan *p, const struct tta_units *u,
                     struct tta_error *e)
{
    struct place *places = calloc(u->n + 1, sizeof *places);
    bool *seen = calloc((size_t)u->groups.count + 1, sizeof *seen);
    int rc;

    memset(a, 0, sizeof *a);
    if (places == NULL || seen == NULL) {
        rc = tta_fail_memory(e);
    } else {
        a->units = list_places(p, u, seen, places);
        qsort(places, a->units, sizeof *places, by_label_and_row);
        rc = list_strata(a, places, e);
    }
    if (rc == 0)
        rc = list_shares(a, p, e);
    free(places);
    free(seen);
    return rc;
}

double tta_assess_count(const uint16_t *arm, size_t n, size_t k)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += arm[i] == k;
    return (double)count;
}

double tta_assess_expected(const struct tta_assessment *a, size_t n, size_t k)
{
    return (double)n * (double)a->share[k] / (double)a->whole;
}

/* ---- redraws ---- */

struct work {
    uint32_t *counts; /* units x arms */
    uint16_t *arm;    /* of the units by stratum */
    uint64_t *scratch;
    double sum, squares; /* of the share of right guesses */
};

/* After how many lots of a stratum all arms have their share; 0: not known to a guesser. */
static size_t block_of(const struct tta_plan *p, size_t count)
{
    if (p->method == TTA_BLOCKS)
        return p->block_count == 1 ? (size_t)p->blocks[0] : 0;
    return p->method == TTA_COMPLETE || p->method == TTA_CLUSTER || p->method == TTA_STEPPED ||
                   p->method == TTA_CONSTRAINED
               ? count
               : 0;
}

static void add_redraw(const struct tta_assessment *a, const struct tta_plan *p,
                       const struct tta_allocation *drawn, struct work *w)
{
    double right = 0;

    for (size_t i = 0; i < a->units; i++) {
        w->arm[i] = drawn->arm[a->row[i]];
        w->counts[i * a->arms + w->arm[i]]++;
    }
    for (size_t s = 0; s < a->stratum_count; s++)
        right += tta_guesses(w->arm + a->strata[s].begin, a->strata[s].count, a->share, a->arms,
                             block_of(p, a->strata[s].count), w->scratch);
    right /= (double)a->units;
    w->sum += right;
    w->squares += right * right;
}

static void find_worst(struct tta_assessment *a, const struct work *w)
{
    size_t df = 0;

    for (size_t k = 0; k < a->arms; k++)
        df += a->share[k] > 0;
    for (size_t i = 0; i < a->units; i++) {
        double chisq = 0;

        for (size_t k = 0; k < a->arms; k++) {
            double want = (double)a->redraws * (double)a->share[k] / (double)a->whole;
            double miss = w->counts[i * a->arms + k] - want;

            if (want > 0)
                chisq += miss * miss / want;
        }
        if (chisq > a->worst_chisq) {
            a->worst_chisq = chisq;
            a->worst = i;
        }
    }
    a->worst_expected = (double)df - 1;
    a->p = df < 2 ? NAN : pchisq(a->worst_chisq, (double)df - 1, 0, 0) * (double)a->units;
    if (a->p > 1)
        a->p = 1;
}

static int redraw(struct tta_assessment *a, const struct tta_plan *p, const struct tta_key *key,
                  const struct tta_units *u, struct work *w, struct tta_error *e)
{
    int rc = 0;

    for (size_t r = 0; rc == 0 && r < a->redraws; r++) {
        struct tta_allocation drawn;
        struct tta_key derived;
        char label[32];

        snprintf(label, sizeof label, "check %zu", r);
        tta_key_derive(key, tta_text_of(label), &derived);
        rc = tta_allocate(p, &derived, u, &drawn, e);
        tta_key_wipe(&derived);
        if (rc == 0)
            add_redraw(a, p, &drawn, w);
        tta_allocation_release(&drawn);
    }
    return rc;
}

int tta_assess_redraw(struct tta_assessment *a, const struct tta_plan *p, const struct tta_key *key,
                      const struct tta_units *u, size_t redraws, struct tta_error *e)
{
    struct work w = {.counts = calloc(a->units * a->arms + 1, sizeof *w.counts),
                     .arm = calloc(a->units + 1, sizeof *w.arm),
                     .scratch = calloc(a->arms + 1, sizeof *w.scratch)};
    double n = (double)redraws;
    int rc = 0;

    a->redraws = redraws;
    if (w.counts == NULL || w.arm == NULL || w.scratch == NULL)
        rc = tta_fail_memory(e);
    if (rc == 0 && a->units > 0 && redraws > 0)
        rc = redraw(a, p, key, u, &w, e);
    if (rc == 0 && a->units > 0 && redraws > 0) {
        a->guessed = w.sum / n;
        a->guessed_se =
            redraws < 2 ? NAN : sqrt(fmax(0, w.squares - w.sum * w.sum / n) / (n - 1) / n);
        a->foreseen = fmax(a->guessed, a->blind);
        find_worst(a, &w);
    }
    free(w.counts);
    free(w.arm);
    free(w.scratch);
    return rc;
}
