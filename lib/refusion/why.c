/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of words as text: short, so looked through from the front. */
#include <stdlib.h>
#include <string.h>

#include "tta/refusion.h"

#define REGIMES "+"
#define PARAGRAPHS "; "

/* The word at the front of the list, which is shortened by it. */
static struct tta_text next_word(struct tta_text *list, const char *between)
{
    struct tta_text word = *list;
    size_t gap = strlen(between);

    for (size_t i = 0; i + gap <= list->len; i++)
        if (memcmp(list->ptr + i, between, gap) == 0) {
            word.len = i;
            list->ptr += i + gap;
            list->len -= i + gap;
            return word;
        }
    list->len = 0;
    return word;
}

/* Appends the word unless it stands there. */
static int append(struct tta_buffer *b, struct tta_text word, const char *between)
{
    struct tta_text list = tta_buffer_text(b);

    while (list.len > 0)
        if (tta_text_equal(next_word(&list, between), word))
            return 0;
    if (b->len > 0 && tta_buffer_string(b, between) != 0)
        return TTA_E_MEMORY;
    return tta_buffer_append(b, word.ptr, word.len);
}

int tta_refusion_why_part(struct tta_refusion_why *why, const struct tta_refusion_part *part)
{
    const char *paragraph[TTA_REFUSION_REASONS];
    enum tta_confidence least;
    size_t count = tta_refusion_reasons(part, paragraph, &least);
    int rc =
        part->weekdays == 0 ? 0 : append(&why->regimes, tta_text_of(part->scheme->id), REGIMES);

    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = append(&why->paragraphs, tta_text_of(paragraph[i]), PARAGRAPHS);
    if (least > why->least)
        why->least = least;
    return rc;
}

int tta_refusion_why_add(struct tta_refusion_why *why, struct tta_text regimes,
                         struct tta_text paragraphs, enum tta_confidence least)
{
    int rc = 0;

    while (rc == 0 && regimes.len > 0)
        rc = append(&why->regimes, next_word(&regimes, REGIMES), REGIMES);
    while (rc == 0 && paragraphs.len > 0)
        rc = append(&why->paragraphs, next_word(&paragraphs, PARAGRAPHS), PARAGRAPHS);
    if (least > why->least)
        why->least = least;
    return rc;
}

static int by_bytes(const void *a, const void *b)
{
    return tta_text_compare(*(const struct tta_text *)a, *(const struct tta_text *)b);
}

static int put_in_order(struct tta_buffer *b, const char *between)
{
    struct tta_buffer sorted = {0};
    struct tta_text list = tta_buffer_text(b), *words = malloc((b->len + 1) * sizeof *words);
    size_t count = 0;
    int rc = words == NULL ? TTA_E_MEMORY : 0;

    while (rc == 0 && list.len > 0)
        words[count++] = next_word(&list, between);
    if (count > 1)
        qsort(words, count, sizeof *words, by_bytes);
    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = append(&sorted, words[i], between);
    free(words);
    if (rc != 0) {
        tta_buffer_release(&sorted);
        return rc;
    }
    tta_buffer_release(b);
    *b = sorted;
    return 0;
}

int tta_refusion_why_order(struct tta_refusion_why *why)
{
    int rc = put_in_order(&why->regimes, REGIMES);

    return rc == 0 ? put_in_order(&why->paragraphs, PARAGRAPHS) : rc;
}

void tta_refusion_why_empty(struct tta_refusion_why *why)
{
    why->regimes.len = why->paragraphs.len = 0;
    why->least = TTA_SEEN;
}

void tta_refusion_why_release(struct tta_refusion_why *why)
{
    tta_buffer_release(&why->regimes);
    tta_buffer_release(&why->paragraphs);
}
