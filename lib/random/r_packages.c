/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What R's packages blockrand and randomizr draw; tta/replay.h has the rules. */
#include <math.h>
#include <stdlib.h>

#include "tta/replay.h"

size_t tta_r_blocks_room(const struct tta_r_blocks *b, size_t n)
{
    uint32_t most = 0;

    for (size_t i = 0; i < b->multiple_count; i++)
        if (b->multiples[i] > most)
            most = b->multiples[i];
    return n + most * b->level_count;
}

size_t tta_r_blockrand(struct tta_r *r, const struct tta_r_blocks *b, size_t n, uint16_t *out,
                       uint32_t *block)
{
    size_t done = 0;

    while (done < n) {
        size_t i = b->multiple_count > 1 ? (size_t)tta_r_index(r, b->multiple_count) : 0;
        size_t size = b->multiples[i] * b->level_count;

        for (size_t k = 0; k < size; k++)
            out[done + k] = b->levels[k % b->level_count];
        for (size_t k = 0; block != NULL && k < size; k++)
            block[done + k] = (uint32_t)size;
        tta_r_shuffle(r, out + done, size);
        done += size;
    }
    return done;
}

int tta_r_complete_ra(struct tta_r *r, size_t arms, const uint32_t *ratio, uint16_t *out, size_t n,
                      struct tta_error *e)
{
    const double even[] = {0.5, 0.5};
    uint16_t odd;
    size_t second;
    int rc;

    if (arms != 2 || (ratio != NULL && ratio[0] != ratio[1]))
        return tta_r_block_ra(r, arms, ratio, out, n, e);
    rc = tta_r_simple(r, 2, even, &odd, 1, e);
    if (rc != 0)
        return rc;
    second = n / 2 + (odd == 1 ? n % 2 : 0);
    for (size_t i = 0; i < n; i++)
        out[i] = i >= n - second;
    tta_r_shuffle(r, out, n);
    return 0;
}

int tta_r_block_ra(struct tta_r *r, size_t arms, const uint32_t *ratio, uint16_t *out, size_t n,
                   struct tta_error *e)
{
    double *over = malloc((arms + 1) * sizeof *over), sum = 0;
    size_t done = 0, rest;
    int rc = 0;

    if (over == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < arms; i++)
        sum += ratio == NULL ? 1 : ratio[i];
    for (size_t i = 0; i < arms; i++) {
        double chance = (ratio == NULL ? 1 : ratio[i]) / sum, whole = floor((double)n * chance);

        over[i] = (double)n * chance - whole;
        for (; whole > 0 && done < n; whole--)
            out[done++] = (uint16_t)i;
    }
    rest = n - done;
    for (size_t i = 0; i < arms; i++)
        over[i] /= (double)rest;
    if (rest > 0)
        rc = tta_r_without(r, arms, over, out + done, rest, e);
    free(over);
    if (rc == 0)
        tta_r_shuffle(r, out, n);
    return rc;
}
