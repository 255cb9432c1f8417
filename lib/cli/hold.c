/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows held until the end, as the text they will go out with. Blocks, because
 * one growing buffer would need twice its size while it moves.
 */
#include <stdlib.h>

#include "cli.h"

#define BLOCK (1024 * 1024)

struct tta_held {
    char **blocks;
    size_t block_count, used; /* used: bytes of the last block */
    struct tta_text *rows;
    size_t count, cap;
};

static char *room(struct tta_held *h, size_t len)
{
    if (h->block_count == 0 || BLOCK - h->used < len || len > BLOCK) {
        char **grown = realloc(h->blocks, (h->block_count + 1) * sizeof *grown);

        if (grown == NULL)
            return NULL;
        h->blocks = grown;
        h->blocks[h->block_count] = malloc(len > BLOCK ? len : BLOCK);
        if (h->blocks[h->block_count] == NULL)
            return NULL;
        h->block_count++;
        h->used = 0;
    }
    h->used = len > BLOCK ? BLOCK : h->used + len;
    return h->blocks[h->block_count - 1] + (len > BLOCK ? 0 : h->used - len);
}

int tta_held_add(struct tta_held **held, const struct tta_buffer *text, size_t from,
                 struct tta_error *e)
{
    struct tta_held *h = *held == NULL ? calloc(1, sizeof *h) : *held;
    size_t len = text->len - from;
    char *copy;

    if (h == NULL)
        return tta_fail_memory(e);
    *held = h;
    if (h->count == h->cap) {
        size_t cap = h->cap == 0 ? 256 : h->cap * 2;
        struct tta_text *grown = realloc(h->rows, cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        h->rows = grown;
        h->cap = cap;
    }
    copy = room(h, len);
    if (copy == NULL)
        return tta_fail_memory(e);
    if (len > 0)
        memcpy(copy, text->ptr + from, len);
    h->rows[h->count].ptr = copy;
    h->rows[h->count++].len = len;
    return 0;
}

struct tta_text tta_held_get(const struct tta_held *h, size_t index)
{
    return h->rows[index];
}

void tta_held_free(struct tta_held *h)
{
    if (h == NULL)
        return;
    for (size_t i = 0; i < h->block_count; i++)
        free(h->blocks[i]);
    free(h->blocks);
    free(h->rows);
    free(h);
}
