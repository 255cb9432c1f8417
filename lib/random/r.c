/* SPDX-License-Identifier: GPL-2.0-or-later */
/* R's generator and sample(); tta/replay.h has the rules. */
#include <math.h>
#include <stdbool.h>

#include "tta/replay.h"

#define WORDS 624
#define MIDDLE 397
#define UNIT 2.3283064365386963e-10 /* 2^-32, nearly: R's own constant */
#define LEAST 2.328306437080797e-10 /* 1 / (2^32 - 1) */

void tta_r_seed(struct tta_r *r, int32_t seed, enum tta_r_sampling sampling)
{
    uint32_t s = (uint32_t)seed;

    for (int i = 0; i < 51; i++) /* the first word of R's state is the position: dropped */
        s = 69069 * s + 1;
    for (int i = 0; i < WORDS; i++) {
        s = 69069 * s + 1;
        r->state[i] = s;
    }
    r->at = WORDS;
    r->sampling = sampling;
}

static void twist(uint32_t *mt)
{
    for (int i = 0; i < WORDS; i++) {
        uint32_t y = (mt[i] & 0x80000000U) | (mt[(i + 1) % WORDS] & 0x7fffffffU);

        mt[i] = mt[(i + MIDDLE) % WORDS] ^ y >> 1 ^ ((y & 1) != 0 ? 0x9908b0dfU : 0);
    }
}

double tta_r_uniform(struct tta_r *r)
{
    uint32_t y;
    double u;

    if (r->at == WORDS) {
        twist(r->state);
        r->at = 0;
    }
    y = r->state[r->at++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c5680U;
    y ^= y << 15 & 0xefc60000U;
    y ^= y >> 18;
    u = y * UNIT;
    if (u <= 0)
        return 0.5 * LEAST;
    return 1 - u <= 0 ? 1 - 0.5 * LEAST : u;
}

static uint64_t below_by_rejection(struct tta_r *r, uint64_t n)
{
    uint64_t v;
    int bits = 0;

    while (n > UINT64_C(1) << bits)
        bits++;
    do {
        v = 0;
        for (int k = 0; k <= bits; k += 16)
            v = v << 16 | (uint64_t)floor(tta_r_uniform(r) * 65536);
        v &= (UINT64_C(1) << bits) - 1;
    } while (v >= n);
    return v;
}

uint64_t tta_r_index(struct tta_r *r, uint64_t n)
{
    const double wide = 33554432;
    double u;

    if (r->sampling == TTA_R_REJECTION)
        return below_by_rejection(r, n);
    u = tta_r_uniform(r);
    if (n > INT32_MAX)
        u = (floor(wide * u) + tta_r_uniform(r)) / wide;
    return (uint64_t)floor((double)n * u);
}

void tta_r_shuffle(struct tta_r *r, uint16_t *list, size_t n)
{
    for (size_t left = n; left > 0; left--) {
        size_t j = (size_t)tta_r_index(r, left);
        uint16_t taken = list[j];

        list[j] = list[left - 1];
        list[left - 1] = taken; /* the place that is free now; turned round below */
    }
    for (size_t i = 0; i < n / 2; i++) {
        uint16_t swap = list[i];

        list[i] = list[n - 1 - i];
        list[n - 1 - i] = swap;
    }
}

/* ---- with chances ---- */

#define MOST 200

struct chances {
    double p[MOST];
    uint16_t arm[MOST];
    size_t count;
};

/* Lets the chance at root sink in the heap of those before end; the least is on top. */
static void sink(struct chances *c, size_t root, size_t end)
{
    double p = c->p[root];
    uint16_t arm = c->arm[root];

    for (;;) {
        size_t child = 2 * root + 1;

        if (child < end && child + 1 < end && c->p[child] > c->p[child + 1])
            child++;
        if (child >= end || !(p > c->p[child]))
            break;
        c->p[root] = c->p[child];
        c->arm[root] = c->arm[child];
        root = child;
    }
    c->p[root] = p;
    c->arm[root] = arm;
}

/* Largest first. What ties come to is R's heapsort's, and part of the replay. */
static void order(struct chances *c)
{
    for (size_t i = c->count / 2; i-- > 0;)
        sink(c, i, c->count);
    for (size_t end = c->count; end-- > 1;) {
        double p = c->p[end];
        uint16_t arm = c->arm[end];

        c->p[end] = c->p[0];
        c->arm[end] = c->arm[0];
        c->p[0] = p;
        c->arm[0] = arm;
        sink(c, 0, end);
    }
}

static int chances_of(struct chances *c, size_t arms, const double *prob, struct tta_error *e)
{
    double sum = 0;

    if (arms == 0 || arms > MOST)
        return tta_fail(e, TTA_E_DATA, "R draws from 1 to %d arms in this way, here are %zu", MOST,
                        arms);
    for (size_t i = 0; i < arms; i++)
        sum += prob[i];
    c->count = arms;
    for (size_t i = 0; i < arms; i++) {
        c->p[i] = prob[i] / sum;
        c->arm[i] = (uint16_t)i;
    }
    order(c);
    return 0;
}

int tta_r_simple(struct tta_r *r, size_t arms, const double *prob, uint16_t *out, size_t n,
                 struct tta_error *e)
{
    struct chances c;
    int rc;

    if (prob == NULL) {
        for (size_t i = 0; i < n; i++)
            out[i] = (uint16_t)tta_r_index(r, arms);
        return 0;
    }
    rc = chances_of(&c, arms, prob, e);
    if (rc != 0)
        return rc;
    arms = arms < MOST ? arms : MOST; /* as chances_of saw to; the compiler does not see it */
    for (size_t j = 1; j < arms; j++)
        c.p[j] += c.p[j - 1];
    for (size_t i = 0; i < n; i++) {
        double u = tta_r_uniform(r);
        size_t j = 0;

        while (j + 1 < arms && u > c.p[j])
            j++;
        out[i] = c.arm[j];
    }
    return 0;
}

int tta_r_without(struct tta_r *r, size_t arms, const double *prob, uint16_t *out, size_t n,
                  struct tta_error *e)
{
    struct chances c;
    double whole = 1;
    int rc = chances_of(&c, arms, prob, e);

    for (size_t i = 0; rc == 0 && i < n && c.count > 0; i++) {
        double want = whole * tta_r_uniform(r), sum = 0;
        size_t j = 0;

        for (; j + 1 < c.count; j++) {
            sum += c.p[j];
            if (want <= sum)
                break;
        }
        out[i] = c.arm[j];
        whole -= c.p[j];
        for (c.count--; j < c.count && j + 1 < MOST; j++) { /* the compiler knows no count */
            c.p[j] = c.p[j + 1];
            c.arm[j] = c.arm[j + 1];
        }
    }
    return rc;
}
