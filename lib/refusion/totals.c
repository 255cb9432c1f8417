/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A key is the period in four bytes, then every cell as its length in four
 * bytes and its bytes: no two lists of cells have one key.
 */
#include "tta/refusion_totals.h"

#include <sodium.h>
#include <stdlib.h>

static int put_number(struct tta_buffer *b, uint32_t n)
{
    return tta_buffer_append(b, &n, sizeof n);
}

static uint32_t get_number(const char **p)
{
    uint32_t n;

    memcpy(&n, *p, sizeof n);
    *p += sizeof n;
    return n;
}

int tta_totals_room(struct tta_refusion_totals *t, int64_t benefit_ore, struct tta_error *e)
{
    int64_t sum;

    if (!tta_add(t->benefit_ore, benefit_ore, &sum))
        return tta_fail(e, TTA_E_DATA, "the totals are too large to hold");
    t->benefit_ore = sum;
    return 0;
}

static int grow(struct tta_refusion_totals *t)
{
    size_t cap = (size_t)t->keys.cap;
    void *sums = realloc(t->sums, cap * sizeof *t->sums), *why;

    if (sums == NULL)
        return TTA_E_MEMORY;
    t->sums = sums;
    if (t->explain) {
        why = realloc(t->why, cap * sizeof *t->why);
        if (why == NULL)
            return TTA_E_MEMORY;
        t->why = why;
    }
    t->cap = t->keys.cap;
    return 0;
}

static int find(struct tta_refusion_totals *t, int32_t period, const struct tta_text *cells,
                int32_t *number)
{
    int32_t before = t->keys.count;
    int rc;

    t->key.len = 0;
    rc = put_number(&t->key, (uint32_t)period);
    for (size_t i = 0; rc == 0 && i < t->columns; i++) {
        rc = put_number(&t->key, (uint32_t)cells[i].len);
        if (rc == 0)
            rc = tta_buffer_append(&t->key, cells[i].ptr, cells[i].len);
    }
    if (rc == 0)
        rc = tta_names_number(&t->keys, tta_buffer_text(&t->key), number);
    if (rc != 0 || t->keys.count == before)
        return rc;
    if (t->keys.count > t->cap && grow(t) != 0)
        return TTA_E_MEMORY;
    memset(t->sums[*number], 0, sizeof *t->sums);
    if (t->explain)
        memset(&t->why[*number], 0, sizeof *t->why);
    return 0;
}

int tta_totals_add(struct tta_refusion_totals *t, int32_t period, const struct tta_text *cells,
                   const int64_t add[TTA_SUMS], const struct tta_refusion_why *why,
                   struct tta_error *e)
{
    int32_t number;

    if (find(t, period, cells, &number) != 0)
        return tta_fail_memory(e);
    for (int i = 0; i < TTA_SUMS; i++) {
        t->sums[number][i] += add[i];
        t->all[i] += i == TTA_SUM_CASES ? 0 : add[i];
    }
    if (t->explain && why != NULL &&
        tta_refusion_why_add(&t->why[number], tta_buffer_text(&why->regimes),
                             tta_buffer_text(&why->paragraphs), why->least) != 0)
        return tta_fail_memory(e);
    return 0;
}

void tta_totals_release(struct tta_refusion_totals *t)
{
    for (int32_t i = 0; t->why != NULL && i < t->keys.count && i < t->cap; i++)
        tta_refusion_why_release(&t->why[i]);
    tta_refusion_why_release(&t->at_hand);
    free(t->why);
    tta_names_release(&t->keys);
    tta_buffer_release(&t->key);
    free(t->sums);
}

int32_t tta_totals_key(const struct tta_refusion_totals *t, int32_t number, struct tta_text *cells)
{
    const char *p = tta_names_text(&t->keys, number).ptr;
    int32_t period = (int32_t)get_number(&p);

    for (size_t i = 0; i < t->columns; i++) {
        cells[i].len = get_number(&p);
        cells[i].ptr = p;
        p += cells[i].len;
    }
    return period;
}

/* A number with what it is ordered by. */
struct place {
    const struct tta_refusion_totals *t;
    int32_t number, period;
};

static int by_key(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    struct tta_text left[TTA_TOTALS_COLUMNS], right[TTA_TOTALS_COLUMNS];
    int order = (x->period > y->period) - (x->period < y->period);

    if (order != 0)
        return order;
    tta_totals_key(x->t, x->number, left);
    tta_totals_key(y->t, y->number, right);
    for (size_t i = 0; order == 0 && i < x->t->columns; i++)
        order = tta_text_compare(left[i], right[i]);
    return order;
}

int tta_totals_order(const struct tta_refusion_totals *t, int32_t **order, struct tta_error *e)
{
    size_t count = (size_t)t->keys.count;
    struct place *places = malloc((count + 1) * sizeof *places);
    struct tta_text cells[TTA_TOTALS_COLUMNS];

    *order = malloc((count + 1) * sizeof **order);
    if (places == NULL || *order == NULL) {
        free(places);
        free(*order);
        *order = NULL;
        return tta_fail_memory(e);
    }
    for (size_t i = 0; i < count; i++) {
        places[i].t = t;
        places[i].number = (int32_t)i;
        places[i].period = tta_totals_key(t, (int32_t)i, cells);
    }
    qsort(places, count, sizeof *places, by_key);
    for (size_t i = 0; i < count; i++)
        (*order)[i] = places[i].number;
    free(places);
    return 0;
}

/* The period of a day, and the last day of its month. */
static int32_t period_of(tta_date day, bool by_year, tta_date *end)
{
    int year, month, dom;

    tta_date_to_ymd(day, &year, &month, &dom);
    *end = tta_date_month_end(day);
    return by_year ? year : year * 12 + month - 1;
}

int tta_totals_case(struct tta_refusion_totals *t, const struct tta_refusion_law *law,
                    const struct tta_refusion_case *c, struct tta_refusion_person *person,
                    bool other, bool by_year, const struct tta_text *cells, struct tta_error *e)
{
    struct tta_refusion_walk walk;
    struct tta_refusion_part part;
    int64_t add[TTA_SUMS] = {0};
    int32_t period = -1;
    tta_date end = c->first - 1;
    bool explain = t->explain && !other;
    int rc = 0;

    tta_refusion_why_empty(&t->at_hand);
    tta_refusion_walk_start(&walk, law, c, person, true);
    while (rc == 0 && tta_refusion_walk_next(&walk, &part)) {
        if (part.from > end) {
            int32_t at = period_of(part.from, by_year, &end);

            if (at != period && period >= 0) {
                rc = tta_totals_add(t, period, cells, add, explain ? &t->at_hand : NULL, e);
                memset(add, 0, sizeof add);
                tta_refusion_why_empty(&t->at_hand);
            }
            period = at;
        }
        if (rc == 0 && explain && tta_refusion_why_part(&t->at_hand, &part) != 0)
            rc = tta_fail_memory(e);
        add[TTA_SUM_CASES] = !other;
        add[TTA_SUM_BENEFIT] += other ? 0 : part.benefit_ore;
        add[other ? TTA_SUM_OTHER_EMPLOYER : TTA_SUM_EMPLOYER] += part.employer_ore;
        add[other ? TTA_SUM_OTHER_STATE : TTA_SUM_STATE] += part.state_ore;
        add[other ? TTA_SUM_OTHER_MUNICIPALITY : TTA_SUM_MUNICIPALITY] += part.municipality_ore;
    }
    return rc != 0 ? rc : tta_totals_add(t, period, cells, add, explain ? &t->at_hand : NULL, e);
}

void tta_refusion_fingerprint(const struct tta_refusion_law *const *law, size_t count,
                              struct tta_text options, char out[TTA_FINGERPRINT_SIZE])
{
    crypto_generichash_state state;
    unsigned char hash[16];

    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    for (size_t i = 0; i < count; i++) {
        unsigned char head[3] = {law[i] != NULL, law[i] != NULL && law[i]->dated,
                                 law[i] != NULL && law[i]->above_allowed};

        crypto_generichash_update(&state, head, sizeof head);
        for (size_t j = 0; law[i] != NULL && j < law[i]->count; j++) {
            const struct tta_refusion_scheme *s = &law[i]->scheme[j];

            crypto_generichash_update(&state, s->hash, sizeof s->hash);
            crypto_generichash_update(&state, (const unsigned char *)s->readings,
                                      strlen(s->readings) + 1);
        }
        if (law[i] != NULL) {
            crypto_generichash_update(&state, law[i]->employer.hash, sizeof law[i]->employer.hash);
            crypto_generichash_update(&state, law[i]->maximum.hash, sizeof law[i]->maximum.hash);
        }
    }
    crypto_generichash_update(&state, (const unsigned char *)options.ptr, options.len);
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(out, TTA_FINGERPRINT_SIZE, hash, sizeof hash);
}
