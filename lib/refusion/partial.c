/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/refusion_partial.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

void tta_partial_name(const struct tta_partial_head *h, char out[TTA_PARTIAL_NAME_SIZE])
{
    snprintf(out, TTA_PARTIAL_NAME_SIZE, "%lld/%lld%s%s", (long long)h->index, (long long)h->count,
             *h->key == '\0' ? "" : " by ", h->key);
}

bool tta_partial_name_parse(struct tta_text name, struct tta_partial_head *h)
{
    static const struct tta_number_style plain = {'.', 0};
    const char *end = name.ptr + name.len, *slash = memchr(name.ptr, '/', name.len);
    const char *blank = memchr(name.ptr, ' ', name.len);
    struct tta_text index = name, count = {slash, 0};

    if (slash == NULL)
        return false;
    if (blank == NULL)
        blank = end;
    index.len = (size_t)(slash - name.ptr);
    count.ptr = slash + 1;
    count.len = blank > slash ? (size_t)(blank - slash) - 1 : 0;
    *h->key = '\0';
    if (blank < end) {
        if (end - blank < 5 || memcmp(blank, " by ", 4) != 0 ||
            end - blank - 4 >= (ptrdiff_t)sizeof h->key)
            return false;
        memcpy(h->key, blank + 4, (size_t)(end - blank) - 4);
        h->key[end - blank - 4] = '\0';
    }
    return tta_integer_parse(index, plain, &h->index) == NULL &&
           tta_integer_parse(count, plain, &h->count) == NULL && h->index >= 1 &&
           h->index <= h->count;
}

void tta_partial_input(const unsigned char hash[32], struct tta_partial_head *h)
{
    sodium_bin2hex(h->input, sizeof h->input, hash, (sizeof h->input - 1) / 2);
}

static int settle(struct tta_partials *p, struct tta_error *e)
{
    for (int i = TTA_SUM_BENEFIT; i < TTA_SUMS; i++)
        if (p->open[i] != 0) {
            tta_fail(e, TTA_E_DATA,
                     "the part that begins here does not hold what it says: rows are missing, or "
                     "too many");
            return tta_error_place(e, p->source, p->line);
        }
    p->rows = false;
    p->source = NULL;
    return 0;
}

static int too_large(struct tta_error *e)
{
    return tta_fail(e, TTA_E_DATA, "the totals are too large to hold");
}

static int append(struct tta_partials *p, const struct tta_partial_head *head, struct tta_error *e)
{
    if (p->count == p->cap) {
        size_t cap = p->cap == 0 ? 64 : p->cap * 2;
        struct tta_partial_head *grown = realloc(p->heads, cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        p->heads = grown;
        p->cap = cap;
    }
    p->heads[p->count++] = *head;
    return 0;
}

int tta_partials_head(struct tta_partials *p, const struct tta_partial_head *head,
                      const char *source, int64_t line, const int64_t sums[TTA_SUMS],
                      struct tta_error *e)
{
    bool nothing = head->count == 1 && sums[TTA_SUM_CASES] == 0;
    int64_t open[TTA_SUMS] = {0};

    if (p->rows && settle(p, e) != 0)
        return e->code;
    if (p->source == NULL) {
        p->source = source;
        p->line = line;
    }
    for (size_t i = 0; i < p->count && !nothing; i++) {
        const struct tta_partial_head *h = &p->heads[i];

        if (strcmp(h->input, head->input) != 0)
            continue;
        if (h->count != head->count || strcmp(h->key, head->key) != 0)
            return tta_fail(e, TTA_E_DATA, "a part of an input that was divided otherwise before");
        if (h->index == head->index)
            return tta_fail(e, TTA_E_DATA, "the same part of the same input stands twice");
    }
    for (int i = TTA_SUM_BENEFIT; i < TTA_SUMS; i++)
        if (!tta_add(p->open[i], sums[i], &open[i]))
            return too_large(e);
    memcpy(p->open, open, sizeof open);
    return nothing ? 0 : append(p, head, e);
}

int tta_partials_row(struct tta_partials *p, const int64_t sums[TTA_SUMS], struct tta_error *e)
{
    p->rows = true;
    for (int i = TTA_SUM_BENEFIT; i < TTA_SUMS; i++)
        if (!tta_add(p->open[i], -sums[i], &p->open[i]))
            return too_large(e);
    return 0;
}

static int by_input(const void *a, const void *b)
{
    const struct tta_partial_head *x = a, *y = b;
    int order = strcmp(x->input, y->input);

    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

int tta_partials_end(struct tta_partials *p, struct tta_error *e)
{
    int64_t next = 1;

    if (settle(p, e) != 0)
        return e->code;
    if (p->count > 0)
        qsort(p->heads, p->count, sizeof *p->heads, by_input);
    /* none stands twice, so the parts of an input are all there when they are 1, 2, ... count */
    for (size_t i = 0; i < p->count; i++) {
        const struct tta_partial_head *h = &p->heads[i];
        bool last = i + 1 == p->count || strcmp(h[1].input, h->input) != 0;

        if (h->index != next || (last && h->index != h->count))
            return tta_fail(e, TTA_E_DATA, "part %lld of %lld of an input is missing",
                            (long long)(h->index != next ? next : next + 1), (long long)h->count);
        next = last ? 1 : next + 1;
    }
    return 0;
}

void tta_partials_release(struct tta_partials *p)
{
    free(p->heads);
}

int tta_partial_inputs_room(struct tta_partial_inputs *p, size_t input, struct tta_error *e)
{
    size_t count = input + 1;
    int64_t(*grown)[TTA_SUMS];

    if (count <= p->count)
        return 0;
    grown = realloc(p->sums, count * sizeof *grown);
    if (grown == NULL)
        return tta_fail_memory(e);
    memset(grown + p->count, 0, (count - p->count) * sizeof *grown);
    p->sums = grown;
    p->count = count;
    return 0;
}

void tta_partial_inputs_case(struct tta_partial_inputs *p, size_t input,
                             const int64_t before[TTA_SUMS], const int64_t after[TTA_SUMS])
{
    int64_t *sums = p->sums[input];

    sums[TTA_SUM_CASES]++;
    for (int i = TTA_SUM_BENEFIT; i < TTA_SUMS; i++)
        sums[i] += after[i] - before[i];
}

const int64_t *tta_partial_inputs_sums(const struct tta_partial_inputs *p, size_t input)
{
    static const int64_t none[TTA_SUMS] = {0};

    return input < p->count ? p->sums[input] : none;
}

void tta_partial_inputs_release(struct tta_partial_inputs *p)
{
    free(p->sums);
}
