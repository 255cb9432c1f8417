/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The memory of a table: blocks that are freed together. */
#include <stdlib.h>

#include "internal.h"

struct tta_rules_block {
    struct tta_rules_block *next;
    max_align_t bytes[];
};

void *tta_rules_alloc(struct tta_rules *t, size_t count, size_t size)
{
    struct tta_rules_block *b;

    if (size != 0 && count > (SIZE_MAX - sizeof *b) / size)
        return NULL;
    b = calloc(1, sizeof *b + count * size);
    if (b == NULL)
        return NULL;
    b->next = t->program->blocks;
    t->program->blocks = b;
    return b->bytes;
}

const char *tta_rules_string(struct tta_rules *t, const char *text)
{
    size_t len = text == NULL ? 0 : strlen(text);
    char *copy;

    if (len == 0)
        return "";
    copy = tta_rules_alloc(t, len + 1, 1);
    if (copy != NULL)
        memcpy(copy, text, len + 1);
    return copy;
}

void tta_rules_free(struct tta_rules *t)
{
    struct tta_rules_block *b, *next;

    if (t == NULL)
        return;
    for (b = t->program == NULL ? NULL : t->program->blocks; b != NULL; b = next) {
        next = b->next;
        free(b);
    }
    if (t->program != NULL) {
        tta_rules_unsettle(t);
        free(t->program->code);
        free(t->program->values);
    }
    free(t->program);
    free(t);
}

int32_t tta_rules_choice(const struct tta_rules_column *column, struct tta_text name)
{
    for (size_t i = 0; i < column->value_count; i++)
        if (tta_text_is(name, column->values[i]))
            return (int32_t)i;
    return TTA_CHOICE_NONE;
}
