/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta-refusion.h"

void explain_start(struct state *state)
{
    state->regimes.len = state->paragraphs.len = 0;
}

/* Appends the word unless it stands there. */
static int append(struct tta_buffer *b, const char *word, const char *between)
{
    size_t len = strlen(word), gap = strlen(between);

    for (size_t at = 0; at < b->len;) {
        const char *end = memchr(b->ptr + at, *between, b->len - at);
        size_t here = end == NULL ? b->len - at : (size_t)(end - b->ptr) - at;

        if (here == len && memcmp(b->ptr + at, word, len) == 0)
            return 0;
        at += here + gap;
    }
    if (b->len > 0 && tta_buffer_string(b, between) != 0)
        return TTA_E_MEMORY;
    return tta_buffer_string(b, word);
}

int explain_part(struct state *state, const struct tta_refusion_part *part, int32_t *least,
                 struct tta_error *e)
{
    const char *paragraph[TTA_REFUSION_REASONS];
    enum tta_confidence confidence;
    size_t count = tta_refusion_reasons(part, paragraph, &confidence);
    int rc = part->weekdays == 0 ? 0 : append(&state->regimes, part->scheme->id, "+");

    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = append(&state->paragraphs, paragraph[i], "; ");
    if ((int32_t)confidence > *least)
        *least = (int32_t)confidence;
    return rc == 0 ? 0 : tta_fail_memory(e);
}
