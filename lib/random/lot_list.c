/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tta/log.h"

void tta_lot_seal(char seal[TTA_SEAL_SIZE], uint64_t places, struct tta_text stratum,
                  uint64_t ordinal, struct tta_text arm)
{
    struct tta_digest d;
    char number[24], hex[TTA_HEX_SIZE];

    tta_digest_begin(&d);
    tta_digest_add(&d, tta_text_of(seal));
    snprintf(number, sizeof number, "%" PRIu64, places);
    tta_digest_add(&d, tta_text_of(number));
    tta_digest_add(&d, stratum);
    snprintf(number, sizeof number, "%" PRIu64, ordinal);
    tta_digest_add(&d, tta_text_of(number));
    tta_digest_add(&d, arm);
    tta_digest_end(&d, hex);
    memcpy(seal, hex, TTA_SEAL_SIZE - 1);
    seal[TTA_SEAL_SIZE - 1] = '\0';
}

int tta_lot_list_add(struct tta_lot_list *l, uint64_t place, uint64_t places,
                     struct tta_text stratum, uint64_t ordinal, struct tta_text arm,
                     struct tta_text seal, struct tta_error *e)
{
    struct tta_list_lot *lot;

    if (place != l->count + 1)
        return tta_fail(e, TTA_E_DATA, "place %" PRIu64 " of the list is missing or moved",
                        l->count + 1);
    tta_lot_seal(l->seal, places, stratum, ordinal, arm);
    if (!tta_text_is(seal, l->seal))
        return tta_fail(e, TTA_E_DATA, "this row of the list was changed: its seal is another");
    l->places = places;
    if (l->count == l->cap) {
        uint64_t cap = l->cap == 0 ? 256 : l->cap * 2;
        struct tta_list_lot *grown = realloc(l->lots, cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        l->lots = grown;
        l->cap = cap;
    }
    lot = &l->lots[l->count++];
    lot->ordinal = ordinal;
    if (tta_names_number(&l->strata, stratum, &lot->stratum) != 0 ||
        tta_names_number(&l->arms, arm, &lot->arm) != 0)
        return tta_fail_memory(e);
    return 0;
}

static int by_number(const void *a, const void *b)
{
    const struct tta_list_lot *x = a, *y = b;
    int order = (x->stratum > y->stratum) - (x->stratum < y->stratum);

    return order != 0 ? order : (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
}

int tta_lot_list_end(struct tta_lot_list *l, struct tta_error *e)
{
    if (l->count == 0)
        return tta_fail(e, TTA_E_DATA, "the list is empty");
    if (l->count < l->places)
        return tta_fail(e, TTA_E_DATA,
                        "the list was cut off: place %" PRIu64 " of %" PRIu64 " is missing",
                        l->count + 1, l->places);
    qsort(l->lots, l->count, sizeof *l->lots, by_number);
    for (uint64_t i = 1; i < l->count; i++)
        if (by_number(&l->lots[i - 1], &l->lots[i]) == 0)
            return tta_fail(e, TTA_E_DATA, "a number stands twice in a stratum of the list");
    return 0;
}

bool tta_lot_list_find(const struct tta_lot_list *l, struct tta_text stratum, uint64_t ordinal,
                       struct tta_text *arm)
{
    const struct tta_list_lot sought = {.stratum = tta_names_find(&l->strata, stratum),
                                        .ordinal = ordinal};
    const struct tta_list_lot *lot =
        bsearch(&sought, l->lots, l->count, sizeof *l->lots, by_number);

    if (lot != NULL)
        *arm = tta_names_text(&l->arms, lot->arm);
    return lot != NULL;
}

void tta_lot_list_release(struct tta_lot_list *l)
{
    tta_names_release(&l->strata);
    tta_names_release(&l->arms);
    free(l->lots);
    memset(l, 0, sizeof *l);
}
