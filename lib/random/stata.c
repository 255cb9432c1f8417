/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stata's runiform(), before and since version 14; tta/replay.h says from where. */
#include "tta/replay.h"

#define WORDS 312
#define MIDDLE 156

static uint32_t kiss32(struct tta_stata *s)
{
    s->x = 69069 * s->x + 1234567;
    s->y ^= s->y << 13;
    s->y ^= s->y >> 17;
    s->y ^= s->y << 5;
    s->z = 65184 * (s->z & 65535) + (s->z >> 16);
    s->w = 63663 * (s->w & 65535) + (s->w >> 16);
    return s->x + s->y + s->z + (s->w << 16);
}

void tta_stata_seed(struct tta_stata *s, uint32_t seed, enum tta_stata_generator generator)
{
    s->generator = generator;
    s->at = WORDS;
    s->x = seed;
    s->y = 521288629;
    s->z = 362436069;
    s->w = 2262615;
    s->mt[0] = seed;
    for (uint64_t i = 1; i < WORDS; i++)
        s->mt[i] = UINT64_C(6364136223846793005) * (s->mt[i - 1] ^ s->mt[i - 1] >> 62) + i;
    for (int i = 0; generator == TTA_STATA_KISS32 && i < 100; i++)
        kiss32(s);
}

static void twist(uint64_t *mt)
{
    for (int i = 0; i < WORDS; i++) {
        uint64_t x = (mt[i] & UINT64_C(0xffffffff80000000)) | (mt[(i + 1) % WORDS] & 0x7fffffff);

        mt[i] =
            mt[(i + MIDDLE) % WORDS] ^ x >> 1 ^ ((x & 1) != 0 ? UINT64_C(0xb5026f5aa96619e9) : 0);
    }
}

uint64_t tta_stata_word(struct tta_stata *s)
{
    uint64_t x;

    if (s->at == WORDS) {
        twist(s->mt);
        s->at = 0;
    }
    x = s->mt[s->at++];
    x ^= x >> 29 & UINT64_C(0x5555555555555555);
    x ^= x << 17 & UINT64_C(0x71d67fffeda60000);
    x ^= x << 37 & UINT64_C(0xfff7eee000000000);
    return x ^ x >> 43;
}

double tta_stata_uniform(struct tta_stata *s)
{
    return s->generator == TTA_STATA_KISS32 ? kiss32(s) / 4294967296.0
                                            : (double)(tta_stata_word(s) >> 11) * 0x1p-53;
}
