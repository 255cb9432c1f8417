/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/random.h"

#include <sodium.h>
#include <string.h>

#define BLOCK 64
#define LAST_BLOCK (UINT64_C(1) << 32)

static const unsigned char nonce[] = {'L', 'i', 'b', 's', 'o', 'd', 'i', 'u', 'm', 'D', 'R', 'G'};

/* So that a missing text (ptr NULL) hashes as the empty one. */
static const unsigned char *bytes_of(struct tta_text t)
{
    return (const unsigned char *)(t.ptr == NULL ? "" : t.ptr);
}

void tta_key_from_text(struct tta_text seed, struct tta_key *out)
{
    crypto_generichash(out->bytes, sizeof out->bytes, bytes_of(seed), seed.len, NULL, 0);
}

void tta_key_derive(const struct tta_key *key, struct tta_text label, struct tta_key *out)
{
    struct tta_key derived;

    crypto_generichash(derived.bytes, sizeof derived.bytes, bytes_of(label), label.len, key->bytes,
                       sizeof key->bytes);
    *out = derived;
    tta_key_wipe(&derived);
}

void tta_key_wipe(struct tta_key *key)
{
    sodium_memzero(key, sizeof *key);
}

void tta_stream_init(struct tta_stream *s, const struct tta_key *derived)
{
    /* only picks the processor's fastest code: the numbers are the same if it fails */
    int ignored = sodium_init();

    (void)ignored;
    s->key = *derived;
    s->block = 0;
    s->at = TTA_STREAM_BYTES;
    s->spent = false;
}

void tta_stream_of(struct tta_stream *s, const struct tta_key *key, struct tta_text label)
{
    struct tta_key derived;

    tta_key_derive(key, label, &derived);
    tta_stream_init(s, &derived);
    tta_key_wipe(&derived);
}

/* Both are whole numbers of buffers, so no buffer ever reaches over the last block. */
_Static_assert(TTA_STREAM_BYTES % BLOCK == 0, "whole blocks");
_Static_assert(LAST_BLOCK % (TTA_STREAM_BYTES / BLOCK) == 0, "whole buffers");

void tta_stream_refill(struct tta_stream *s)
{
    memset(s->bytes, 0, sizeof s->bytes);
    s->at = 0;
    if (s->block >= LAST_BLOCK) {
        s->spent = true;
        return;
    }
    crypto_stream_chacha20_ietf_xor_ic(s->bytes, s->bytes, sizeof s->bytes, nonce,
                                       (uint32_t)s->block, s->key.bytes);
    s->block += TTA_STREAM_BYTES / BLOCK;
}

void tta_stream_seek(struct tta_stream *s, uint64_t word)
{
    const uint64_t words = TTA_STREAM_BYTES / 8;

    s->block = word / words * (TTA_STREAM_BYTES / BLOCK);
    s->at = TTA_STREAM_BYTES;
    if (word % words != 0) {
        tta_stream_refill(s);
        s->at = (uint32_t)(word % words * 8);
    }
}

void tta_stream_wipe(struct tta_stream *s)
{
    sodium_memzero(s, sizeof *s);
}

int tta_stream_check(const struct tta_stream *s, struct tta_error *e)
{
    return s->spent ? tta_fail(e, TTA_E_INTERNAL, "a random stream was used up (2^35 words)") : 0;
}
