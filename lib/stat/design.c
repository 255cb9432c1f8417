/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "tta/frame.h"

/* "name=level" at the end of the buffer. */
static int label(struct tta_buffer *b, const struct tta_variable *v, int32_t level)
{
    struct tta_text t = tta_variable_level(v, level);
    int rc = tta_buffer_format(b, "%s%s=", b->len > 0 ? ", " : "", v->name);

    return rc == 0 ? tta_buffer_append(b, t.ptr, t.len) : rc;
}

/* A combination of levels, as a number that orders like the levels themselves. */
struct combination {
    const int32_t *levels; /* count of them */
    size_t count;
    int32_t place;
};

static int by_levels(const void *a, const void *b)
{
    const struct combination *x = a, *y = b;

    for (size_t i = 0; i < x->count; i++)
        if (x->levels[i] != y->levels[i])
            return x->levels[i] < y->levels[i] ? -1 : 1;
    return 0;
}

/* Numbers the combinations as they come; keys holds their levels one after the other. */
static int collect(const struct tta_variable *v, size_t count, size_t n, struct tta_groups *out,
                   struct tta_names *keys)
{
    int32_t *key = malloc(count * sizeof *key + 1);
    int rc = key == NULL ? TTA_E_MEMORY : 0;

    for (size_t row = 0; rc == 0 && row < n; row++) {
        struct tta_text t = {(const char *)key, count * sizeof *key};

        for (size_t i = 0; i < count; i++)
            key[i] = v[i].level[row];
        rc = tta_names_number(keys, t, &out->of_row[row]);
    }
    free(key);
    return rc;
}

/* Puts the groups in order of their levels, and names them. */
static int arrange(const struct tta_variable *v, size_t count, size_t n, struct tta_groups *out,
                   const struct tta_names *keys)
{
    struct combination *c = malloc(((size_t)keys->count + 1) * sizeof *c);
    int32_t *rank = malloc(((size_t)keys->count + 1) * sizeof *rank);
    int rc = c == NULL || rank == NULL ? TTA_E_MEMORY : 0;

    for (int32_t i = 0; rc == 0 && i < keys->count; i++) {
        c[i].levels = (const int32_t *)(const void *)keys->texts[i];
        c[i].count = count;
        c[i].place = i;
    }
    if (rc == 0)
        qsort(c, (size_t)keys->count, sizeof *c, by_levels);
    for (int32_t i = 0; rc == 0 && i < keys->count; i++) {
        struct tta_buffer b = {0};

        rank[c[i].place] = i;
        for (size_t j = 0; rc == 0 && j < count; j++)
            rc = label(&b, &v[j], c[i].levels[j]);
        out->labels[i] = rc == 0 ? tta_text_copy(tta_buffer_text(&b)) : NULL;
        rc = out->labels[i] == NULL ? TTA_E_MEMORY : rc;
        out->count += rc == 0;
        tta_buffer_release(&b);
    }
    for (size_t row = 0; rc == 0 && row < n; row++)
        out->of_row[row] = rank[out->of_row[row]];
    free(c);
    free(rank);
    return rc;
}

int tta_groups_make(const struct tta_variable *v, size_t count, size_t n, struct tta_groups *out,
                    struct tta_error *e)
{
    struct tta_names keys = {0};
    int rc = TTA_E_MEMORY;

    memset(out, 0, sizeof *out);
    out->of_row = malloc(n * sizeof *out->of_row + 1);
    if (out->of_row != NULL)
        rc = collect(v, count, n, out, &keys);
    if (rc == 0) {
        out->labels = calloc((size_t)keys.count + 1, sizeof *out->labels);
        rc = out->labels == NULL ? TTA_E_MEMORY : arrange(v, count, n, out, &keys);
    }
    tta_names_release(&keys);
    return rc == 0 ? 0 : tta_fail_memory(e);
}

void tta_groups_release(struct tta_groups *g)
{
    for (int32_t i = 0; i < g->count; i++)
        free(g->labels[i]);
    free(g->labels);
    free(g->of_row);
    memset(g, 0, sizeof *g);
}
