/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_RANDOM_H
#define TTA_RANDOM_H
/*
 * The frozen generator tta-1: draws that anyone can do again, with us or without.
 *
 * What follows is the specification. It never changes; another way of drawing
 * would be called tta-2. tests/known-answers/tta-1.sh does all of it with b2sum,
 * openssl and perl, and tta-1.txt beside it holds the answers.
 *
 * 1. KEY. 32 bytes. From a seed text: the BLAKE2b digest of 32 bytes (RFC 7693,
 *    no key, no salt) of the text's bytes, UTF-8 as typed, without a newline or
 *    NUL. "b2sum -l 256". From a key file: its 32 bytes as they are.
 * 2. STRATUM. Every stratum has a label, bytes; where nothing is stratified the
 *    label is empty. Its derived key is the 32-byte BLAKE2b digest of the label
 *    under the key ("openssl mac -macopt hexkey:KEY -macopt size:32 BLAKE2BMAC").
 * 3. STREAM. ChaCha20 as in RFC 8439 under the derived key: nonce the 12 bytes
 *    of ASCII "LibsodiumDRG", block counter from 0. (The same bytes as libsodium's
 *    randombytes_buf_deterministic.) Read as a row of words: bytes 0-7 are the
 *    first, 8-15 the second, each a 64-bit number, low byte first. A stream ends
 *    after 2^32 blocks, that is 2^35 words; nothing is drawn beyond it.
 * 4. DRAW BELOW n, for 1 <= n < 2^64: take the next word w; while
 *    w >= floor(2^64 / n) * n take the next one instead; the draw is w mod n.
 *    (A power of two never rejects. n = 1 also takes a word.)
 * 5. SHUFFLE of a list e[0] .. e[n-1]: for i = n-1, n-2, ... 1: j = a draw below
 *    i + 1; exchange e[i] and e[j].
 * 6. COMPLETE RANDOMIZATION of n units to arms of fixed sizes: a list with the
 *    first arm as often as its size says, then the second, and so on in the order
 *    given; the list shuffled; the unit in place i of the input gets e[i].
 *    So the whole list is one draw: with another n, all may change.
 *
 * How every method of tta/allocate.h uses these steps stands in man tta-generator.
 *
 * Keys are secrets unless they come from a published seed: whoever holds one
 * wipes it (tta_key_wipe, tta_stream_wipe). Nothing here does I/O.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tta/error.h"
#include "tta/text.h"

struct tta_key {
    unsigned char bytes[32];
};

/* Step 1. Any text, an empty one too; whether that is wise is for the caller. */
void tta_key_from_text(struct tta_text seed, struct tta_key *out);

/* Step 2. out may be the key itself. */
void tta_key_derive(const struct tta_key *key, struct tta_text label, struct tta_key *out);

void tta_key_wipe(struct tta_key *key);

/* Step 3, made in pieces of 16 blocks. Holds the key: wipe it. */
#define TTA_STREAM_BYTES 1024

struct tta_stream {
    struct tta_key key;
    uint64_t block; /* the next block to make, 2^32 at the end */
    uint32_t at;    /* the next byte of the buffer */
    bool spent;     /* words were asked for beyond the end */
    unsigned char bytes[TTA_STREAM_BYTES];
};

/* From a derived key (step 2), at word 0. */
void tta_stream_init(struct tta_stream *s, const struct tta_key *derived);

/* Steps 2 and 3 at once: the stream of a stratum. */
void tta_stream_of(struct tta_stream *s, const struct tta_key *key, struct tta_text label);

/* Goes to a word (0 .. 2^35), as if that many had been taken. */
void tta_stream_seek(struct tta_stream *s, uint64_t word);

void tta_stream_wipe(struct tta_stream *s);

/* Fails (TTA_E_INTERNAL) when the stream has been asked for more than it holds. */
int tta_stream_check(const struct tta_stream *s, struct tta_error *e);

/* Fills the buffer again; tta_stream_next calls it. */
void tta_stream_refill(struct tta_stream *s);

/*
 * The next word. Beyond the end it is 0 and the stream is spent, which stays:
 * tta_stream_check once after many draws is enough.
 */
static inline uint64_t tta_stream_next(struct tta_stream *s)
{
    if (s->at == TTA_STREAM_BYTES)
        tta_stream_refill(s);
    const unsigned char *b = s->bytes + s->at;
    s->at += 8;
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
           (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
           (uint64_t)b[7] << 56;
}

/*
 * Step 4, n at least 1. w is in the last, broken run of n numbers when its run's
 * first, w - w mod n, has fewer than n numbers from there to 2^64.
 */
static inline uint64_t tta_stream_below(struct tta_stream *s, uint64_t n)
{
    for (;;) {
        uint64_t w = tta_stream_next(s), rest = w % n;
        if (w - rest <= UINT64_MAX - n + 1)
            return rest;
    }
}

/* Step 5. Ask tta_stream_check afterwards. */
void tta_shuffle_u16(uint16_t *list, size_t n, struct tta_stream *s);
void tta_shuffle_u32(uint32_t *list, size_t n, struct tta_stream *s);

/*
 * Step 6: arm_of_unit[0 .. n-1] becomes the place of each unit's arm in sizes.
 * The sizes must add up to n, or it fails (TTA_E_DATA) with the sum and n and
 * arm_of_unit untouched. An arm of size 0 gets nobody. At most 65,535 arms.
 */
int tta_draw_complete(const uint64_t sizes[], size_t arms, size_t n, struct tta_stream *s,
                      uint16_t *arm_of_unit, struct tta_error *e);
/* Whether they add up, alone. */
int tta_draw_check(const uint64_t sizes[], size_t arms, size_t n, struct tta_error *e);

#endif
