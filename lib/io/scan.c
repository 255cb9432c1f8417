/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * 64 bytes at a time become one bit each, and only the set bits are visited:
 * on case files (cells of six bytes) several times as fast as a memchr per cell.
 * The idea, and that of writing marks by eights, is that of G. Langdale and
 * D. Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 28 (2019),
 * sections 3.1 and 3.2.
 */
#include "scan.h"

#define INLINE static inline __attribute__((always_inline))

/* One bit for every byte that is marked; *high gathers the top bits of the bytes. */
typedef uint64_t match_fn(const char *p, char delimiter, uint64_t *high);

INLINE uint64_t match_any(const char *p, char delimiter, uint64_t *high)
{
    uint64_t bits = 0;

    for (int i = 0; i < 64; i++) {
        unsigned char c = (unsigned char)p[i];

        bits |= (uint64_t)(p[i] == delimiter || c == '"' || c < 0x20) << i;
        *high |= c >> 7;
    }
    return bits;
}

/* The places of the set bits, behind base. Writes up to 64 marks, all of them meant or overwritten.
 */
INLINE size_t place_marks(uint64_t bits, uint32_t base, uint32_t *marks)
{
    size_t count = (size_t)__builtin_popcountll(bits);

    for (size_t n = 0; n < count; n += 8)
        for (size_t i = 0; i < 8; i++) {
            marks[n + i] = base + (uint32_t)__builtin_ctzll(bits | (UINT64_C(1) << 63));
            bits &= bits - 1;
        }
    return count;
}

INLINE size_t scan(match_fn *match, const char *buf, size_t from, size_t to, char delimiter,
                   uint32_t *marks, size_t max, size_t *scanned, bool *high)
{
    uint64_t any_high = 0;
    size_t n = 0, i = from;

    for (; i + 64 <= to && n + TTA_SCAN_ROOM <= max; i += 64)
        n += place_marks(match(buf + i, delimiter, &any_high), (uint32_t)i, marks + n);
    if (i + 64 > to)
        for (; i < to && n < max; i++) {
            unsigned char c = (unsigned char)buf[i];

            if (buf[i] == delimiter || c == '"' || c < 0x20)
                marks[n++] = (uint32_t)i;
            any_high |= c >> 7;
        }
    *scanned = i;
    *high = *high || any_high != 0;
    return n;
}

#if defined(__x86_64__)
#include <immintrin.h>

INLINE uint64_t match16(__m128i v, char delimiter, uint64_t *high)
{
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v);
    __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(delimiter)),
                               _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));

    *high |= (uint64_t)(unsigned)_mm_movemask_epi8(v);
    return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(hit, control));
}

INLINE uint64_t match_sse2(const char *p, char delimiter, uint64_t *high)
{
    const __m128i *v = (const __m128i *)(const void *)p;

    return match16(_mm_loadu_si128(v), delimiter, high) |
           match16(_mm_loadu_si128(v + 1), delimiter, high) << 16 |
           match16(_mm_loadu_si128(v + 2), delimiter, high) << 32 |
           match16(_mm_loadu_si128(v + 3), delimiter, high) << 48;
}

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

AVX2 INLINE uint64_t match32(__m256i v, char delimiter, uint64_t *high)
{
    __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(0x1F)), v);
    __m256i hit = _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(delimiter)),
                                  _mm256_cmpeq_epi8(v, _mm256_set1_epi8('"')));

    *high |= (uint64_t)(unsigned)_mm256_movemask_epi8(v);
    return (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_or_si256(hit, control));
}

AVX2 INLINE uint64_t match_avx2(const char *p, char delimiter, uint64_t *high)
{
    const __m256i *v = (const __m256i *)(const void *)p;

    return match32(_mm256_loadu_si256(v), delimiter, high) |
           match32(_mm256_loadu_si256(v + 1), delimiter, high) << 32;
}

AVX2 static size_t scan_avx2(const char *buf, size_t from, size_t to, char delimiter,
                             uint32_t *marks, size_t max, size_t *scanned, bool *high)
{
    return scan(match_avx2, buf, from, to, delimiter, marks, max, scanned, high);
}

size_t tta_scan(const char *buf, size_t from, size_t to, char delimiter, uint32_t *marks,
                size_t max, size_t *scanned, bool *high)
{
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))
        return scan_avx2(buf, from, to, delimiter, marks, max, scanned, high);
    return scan(match_sse2, buf, from, to, delimiter, marks, max, scanned, high);
}

#else /* any other machine: the compiler finds its own vectors */

size_t tta_scan(const char *buf, size_t from, size_t to, char delimiter, uint32_t *marks,
                size_t max, size_t *scanned, bool *high)
{
    return scan(match_any, buf, from, to, delimiter, marks, max, scanned, high);
}
#endif

size_t tta_scan_plain(const char *buf, size_t from, size_t to, char delimiter, uint32_t *marks,
                      size_t max, size_t *scanned, bool *high)
{
    return scan(match_any, buf, from, to, delimiter, marks, max, scanned, high);
}
