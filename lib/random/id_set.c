/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Texts that were seen, by their keyed hash of 128 bits alone: a million fit in
 * 32 MB. That two different ones of a million hash alike has a chance of 2^-89.
 */
#include "id_set.h"

#include <sodium.h>
#include <stdlib.h>

#define BYTES crypto_shorthash_siphashx24_BYTES

struct tta_id_set {
    unsigned char key[crypto_shorthash_siphashx24_KEYBYTES];
    unsigned char (*slots)[BYTES]; /* all zero: free */
    size_t slot_count, count;
};

static const unsigned char none[BYTES];

/* The place of the hash, or the free one where it belongs. */
static size_t slot_of(const struct tta_id_set *s, const unsigned char *hash)
{
    size_t mask = s->slot_count - 1, i;

    memcpy(&i, hash, sizeof i);
    for (i &= mask; memcmp(s->slots[i], none, BYTES) != 0; i = (i + 1) & mask)
        if (memcmp(s->slots[i], hash, BYTES) == 0)
            break;
    return i;
}

static int grow(struct tta_id_set *s)
{
    unsigned char(*old)[BYTES] = s->slots;
    size_t old_count = s->slot_count, count = old_count == 0 ? 1024 : old_count * 2;

    s->slots = calloc(count, sizeof *s->slots);
    if (s->slots == NULL) {
        s->slots = old;
        return TTA_E_MEMORY;
    }
    s->slot_count = count;
    for (size_t i = 0; i < old_count; i++)
        if (memcmp(old[i], none, BYTES) != 0)
            memcpy(s->slots[slot_of(s, old[i])], old[i], BYTES);
    free(old);
    return 0;
}

int tta_id_set_add(struct tta_id_set **set, struct tta_text id, bool *fresh)
{
    struct tta_id_set *s = *set;
    unsigned char hash[BYTES];
    size_t slot;

    if (s == NULL) {
        s = *set = calloc(1, sizeof *s);
        if (s == NULL || sodium_init() < 0)
            return TTA_E_MEMORY;
        randombytes_buf(s->key, sizeof s->key);
    }
    if (s->count * 4 >= s->slot_count * 3 && grow(s) != 0)
        return TTA_E_MEMORY;
    crypto_shorthash_siphashx24(hash, (const unsigned char *)(id.len == 0 ? "" : id.ptr), id.len,
                                s->key);
    hash[0] |= memcmp(hash, none, BYTES) == 0;
    slot = slot_of(s, hash);
    *fresh = memcmp(s->slots[slot], none, BYTES) == 0;
    memcpy(s->slots[slot], hash, BYTES);
    s->count += *fresh;
    return 0;
}

void tta_id_set_free(struct tta_id_set *s)
{
    if (s != NULL)
        free(s->slots);
    free(s);
}
