/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_NAMES_H
#define TTA_NAMES_H
/*
 * A set of texts numbered 0, 1, 2 ... in the order they were first seen:
 * groups, levels of a factor, consortia. Lookup is by a hash with a key of its own
 * (SipHash), so that nobody can write a file whose texts all meet in one place;
 * it has no influence on any number or order that a caller can see.
 */
#include <stdint.h>

#include "tta/text.h"

struct tta_names {
    char **texts; /* NUL-terminated copies, by number */
    uint32_t *lengths;
    int32_t count, cap;
    int32_t *slots; /* open addressing: number + 1, 0 = free */
    uint32_t slot_count;
    unsigned char key[16];
};

/* The number of the text, new or old. 0 or TTA_E_MEMORY (2^30 texts at the most). {0}: empty. */
int tta_names_number(struct tta_names *n, struct tta_text text, int32_t *number);

/* The number of the text, or -1. */
int32_t tta_names_find(const struct tta_names *n, struct tta_text text);

static inline struct tta_text tta_names_text(const struct tta_names *n, int32_t number)
{
    struct tta_text t = {n->texts[number], n->lengths[number]};

    return t;
}

void tta_names_release(struct tta_names *n);

#endif
