/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Constrained randomization (Raab and Butcher 2001): of the allotments of a few
 * clusters one is drawn among the best balanced. All in whole numbers, so that
 * the kept set has the same size on every machine. The scores are not stored:
 * the worst kept one is found digit by digit, each in a walk over all of them.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "allotments.h"

#define UNITS_MOST 10000
#define ALL_MOST UINT64_C(1000000000)
#define SCALE 10000 /* of a standardised covariate */
#define DIGIT 16    /* bits */
#define BINS ((size_t)1 << DIGIT)

struct selection {
    uint64_t *bins;  /* allotments by the digit of their score */
    uint64_t prefix; /* the digits found so far */
    unsigned shift;  /* of this digit */
};

static uint64_t digits_above(uint64_t score, unsigned shift)
{
    return shift + DIGIT >= 64 ? 0 : score >> (shift + DIGIT);
}

static size_t count_digits(void *context, const struct tta_allotment_row *row)
{
    struct selection *s = context;

    for (size_t i = 0; i < row->count; i++)
        if (digits_above(row->scores[i], s->shift) == s->prefix)
            s->bins[row->scores[i] >> s->shift & (BINS - 1)]++;
    return TTA_SEE_ON;
}

/* The score of rank place, from 1, and how many have it or a lower one. */
static int find_rank(const struct tta_allotments *a, uint64_t largest, uint64_t rank,
                     bool *in_first, uint64_t *score, uint64_t *upto, struct tta_error *e)
{
    struct selection s = {.bins = malloc(BINS * sizeof *s.bins)};
    uint64_t below = 0;
    int rc = s.bins == NULL ? tta_fail_memory(e) : 0;

    while (digits_above(largest, s.shift) > 0)
        s.shift += DIGIT;
    for (;; s.shift -= DIGIT) {
        uint64_t digit = 0;

        if (rc != 0)
            break;
        memset(s.bins, 0, BINS * sizeof *s.bins);
        rc = tta_allotments_walk(a, count_digits, &s, in_first, e);
        while (rc == 0 && below + s.bins[digit] < rank)
            below += s.bins[digit++];
        s.prefix = s.prefix << DIGIT | digit;
        if (s.shift == 0) {
            *upto = below + (rc == 0 ? s.bins[digit] : 0);
            break;
        }
    }
    *score = s.prefix;
    free(s.bins);
    return rc;
}

struct pick {
    uint64_t limit, left; /* the left-th from here, from 0, with a score up to limit */
    uint64_t score;
};

static size_t pick_one(void *context, const struct tta_allotment_row *row)
{
    struct pick *p = context;

    for (size_t i = 0; i < row->count; i++)
        if (row->scores[i] <= p->limit && p->left-- == 0) {
            p->score = row->scores[i];
            return i;
        }
    return TTA_SEE_ON;
}

/* Of each unit, as bits: who is in its arm in all that are kept, and who in none. */
struct company {
    uint64_t limit;
    size_t n;
    uint64_t always[64], never[64];
};

static size_t keep_company(void *context, const struct tta_allotment_row *row)
{
    struct company *c = context;

    for (size_t k = 0; k < row->count; k++) {
        uint64_t first;

        if (row->scores[k] > c->limit)
            continue;
        first = tta_allotment_set(row, k);
        for (size_t i = 0; i < c->n; i++) {
            uint64_t with = (first >> i & 1) != 0 ? first : ~first;

            c->always[i] &= with;
            c->never[i] &= ~with;
        }
    }
    return TTA_SEE_ON;
}

/*
 * Pairs of units that every kept allotment puts together, or apart: a constraint that
 * makes such pairs is too tight for the analysis to call the rest random (L. H.
 * Moulton, Clinical Trials 1 (2004) 297). Counted up to 64 units.
 */
static int count_company(const struct tta_allotments *a, uint64_t limit, bool *in_first,
                         struct tta_allocation *out, struct tta_error *e)
{
    struct company c = {.limit = limit, .n = a->n};

    if (a->n > 64)
        return 0;
    memset(c.always, 0xff, sizeof c.always);
    memset(c.never, 0xff, sizeof c.never);
    if (tta_allotments_walk(a, keep_company, &c, in_first, e) != 0)
        return e->code;
    out->pairs_counted = true;
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < i; k++) {
            out->always += c.always[i] >> k & 1;
            out->never += c.never[i] >> k & 1;
        }
    return 0;
}

/* Covariate c as whole numbers: the part of SCALE (v - mean) / sd before the point. */
static int standardise(const struct tta_job *j, size_t c, int64_t *z, struct tta_error *e)
{
    size_t width = j->plan->covariates.count;
    tta_swide sum = 0, squares = 0, n = (tta_swide)j->n;
    int64_t root;

    for (size_t i = 0; i < j->n; i++) {
        tta_swide v = j->units->covariate[tta_row_of(j, i) * width + c];

        sum += v;
        squares += v * v;
    }
    root = (int64_t)tta_square_root((tta_wide)(n * squares - sum * sum));
    if (root == 0)
        return tta_fail(e, TTA_E_DATA, "--covariates: %s is the same in all units",
                        j->plan->covariates.items[c].column);
    for (size_t i = 0; i < j->n; i++) {
        tta_swide v = j->units->covariate[tta_row_of(j, i) * width + c];

        z[i * width + c] = (int64_t)(SCALE * (n * v - sum) / root);
    }
    return 0;
}

static int count_candidates(const struct tta_job *j, struct tta_allotments *a, struct tta_error *e)
{
    uint64_t all = tta_combinations(a->n, a->m, ALL_MOST);

    a->drawn = j->plan->candidates;
    j->out->candidates = a->drawn > 0 ? a->drawn : all;
    if (j->out->candidates == UINT64_MAX)
        return tta_fail(e, TTA_E_DATA,
                        "%zu of %zu units: more than %" PRIu64 " allotments; say with "
                        "--candidates how many of them to draw and to look at",
                        a->m, a->n, ALL_MOST);
    return 0;
}

/* No score is larger: weight (sum of |z|)^2 of each covariate, added up. */
static uint64_t largest_score(const struct tta_allotments *a)
{
    uint64_t largest = 0;

    for (size_t c = 0; c < a->width; c++) {
        uint64_t sum = 0;

        for (size_t i = 0; i < a->n; i++)
            sum += (uint64_t)llabs(a->z[i * a->width + c]);
        largest += a->weight[c] * sum * sum;
    }
    return largest;
}

static int draw_one(const struct tta_job *j, const struct tta_allotments *a, struct tta_stream *s,
                    struct tta_error *e)
{
    const struct tta_fraction keep = j->plan->keep;
    struct tta_allocation *out = j->out;
    uint64_t rank = (uint64_t)(((tta_wide)out->candidates * keep.num + keep.den - 1) / keep.den);
    struct pick pick = {0};
    bool *in_first = calloc(a->n + 1, sizeof *in_first);
    int rc = in_first == NULL ? tta_fail_memory(e) : 0;

    if (rc == 0)
        rc = find_rank(a, largest_score(a), rank, in_first, &pick.limit, &out->kept, e);
    if (rc == 0)
        rc = count_company(a, pick.limit, in_first, out, e);
    if (rc == 0) {
        pick.left = tta_stream_below(s, out->kept);
        rc = tta_allotments_walk(a, pick_one, &pick, in_first, e);
    }
    for (size_t i = 0; rc == 0 && i < a->n; i++)
        j->arm[i] = !in_first[i];
    out->worst_kept = pick.limit;
    out->drawn = pick.score;
    free(in_first);
    return rc;
}

static int prepare(const struct tta_job *j, int64_t *z, uint64_t *weight, struct tta_error *e)
{
    int rc = 0;

    for (size_t c = 0; rc == 0 && c < j->plan->covariates.count; c++) {
        weight[c] = j->plan->covariates.items[c].weight;
        rc = standardise(j, c, z, e);
    }
    return rc;
}

/* How many go to each arm; both get some. */
static int sizes_of(const struct tta_job *j, struct tta_stream *s, uint64_t sizes[2],
                    struct tta_error *e)
{
    const struct tta_arms *arms = &j->plan->arms;

    if (j->n > UNITS_MOST)
        return tta_fail(e, TTA_E_DATA, "--method=constrained is for %d units at most", UNITS_MOST);
    if (tta_plan_is_ratio(j->plan)) {
        tta_sizes_of_ratio(arms, j->n, s, sizes);
    } else {
        sizes[0] = arms->items[0].number;
        sizes[1] = arms->items[1].number;
    }
    return tta_draw_check(sizes, 2, j->n, e);
}

int tta_draw_constrained(struct tta_job *j, const struct tta_things *strata, size_t count,
                         struct tta_error *e)
{
    size_t width = j->plan->covariates.count;
    struct tta_allotments a = {.n = j->n, .width = width, .key = j->key};
    int64_t *z = calloc(j->n * width + 1, sizeof *z);
    uint64_t *weight = calloc(width, sizeof *weight), sizes[2];
    struct tta_stream s;
    int rc = z == NULL || weight == NULL ? tta_fail_memory(e) : 0;

    (void)strata;
    (void)count;
    tta_stream_of(&s, j->key, tta_text_of(""));
    if (rc == 0)
        rc = sizes_of(j, &s, sizes, e);
    if (rc == 0 && j->n > 0) {
        a.m = (size_t)sizes[0];
        a.z = z;
        a.weight = weight;
        rc = prepare(j, z, weight, e);
        if (rc == 0)
            rc = count_candidates(j, &a, e);
        if (rc == 0)
            rc = draw_one(j, &a, &s, e);
    }
    tta_stream_wipe(&s);
    free(z);
    free(weight);
    return rc;
}
