/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/names.h"

#include <sodium.h>
#include <stdlib.h>

static uint32_t hash(const struct tta_names *n, struct tta_text t)
{
    unsigned char h[crypto_shorthash_BYTES];
    uint32_t out;

    crypto_shorthash(h, (const unsigned char *)(t.len == 0 ? "" : t.ptr), t.len, n->key);
    memcpy(&out, h, sizeof out);
    return out;
}

/* The slot that holds the text, or the free one where it belongs. */
static uint32_t slot_of(const struct tta_names *n, struct tta_text text)
{
    uint32_t mask = n->slot_count - 1, i = hash(n, text) & mask;

    while (n->slots[i] != 0 && !tta_text_equal(tta_names_text(n, n->slots[i] - 1), text))
        i = (i + 1) & mask;
    return i;
}

_Static_assert(sizeof((struct tta_names *)0)->key == crypto_shorthash_KEYBYTES, "SipHash");

static int grow(struct tta_names *n)
{
    bool full = n->cap > INT32_MAX / 2;
    int32_t cap = n->cap == 0 ? 16 : full ? n->cap : n->cap * 2;
    char **texts = full ? NULL : realloc(n->texts, (size_t)cap * sizeof *texts);
    uint32_t *lengths;
    int32_t *slots;

    if (n->cap == 0)
        randombytes_buf(n->key, sizeof n->key);
    if (texts == NULL)
        return TTA_E_MEMORY;
    n->texts = texts;
    lengths = realloc(n->lengths, (size_t)cap * sizeof *lengths);
    if (lengths == NULL)
        return TTA_E_MEMORY;
    n->lengths = lengths;
    slots = calloc((size_t)cap * 2, sizeof *slots); /* never more than half full */
    if (slots == NULL)
        return TTA_E_MEMORY;
    free(n->slots);
    n->slots = slots;
    n->slot_count = (uint32_t)cap * 2;
    n->cap = cap;
    for (int32_t i = 0; i < n->count; i++)
        n->slots[slot_of(n, tta_names_text(n, i))] = i + 1;
    return 0;
}

int tta_names_number(struct tta_names *n, struct tta_text text, int32_t *number)
{
    uint32_t slot;

    if (n->count == n->cap && grow(n) != 0)
        return TTA_E_MEMORY;
    slot = slot_of(n, text);
    if (n->slots[slot] == 0) {
        n->texts[n->count] = tta_text_copy(text);
        if (n->texts[n->count] == NULL)
            return TTA_E_MEMORY;
        n->lengths[n->count] = (uint32_t)text.len;
        n->slots[slot] = ++n->count;
    }
    *number = n->slots[slot] - 1;
    return 0;
}

int32_t tta_names_find(const struct tta_names *n, struct tta_text text)
{
    return n->count == 0 ? -1 : n->slots[slot_of(n, text)] - 1;
}

void tta_names_release(struct tta_names *n)
{
    for (int32_t i = 0; i < n->count; i++)
        free(n->texts[i]);
    free(n->texts);
    free(n->lengths);
    free(n->slots);
    memset(n, 0, sizeof *n);
}
