/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The log in memory: units by id, and how many of each stratum there are. */
#include "log.h"

#include <stdlib.h>

static int grow(struct tta_log *l, struct tta_error *e)
{
    size_t cap = l->cap == 0 ? 256 : l->cap * 2;
    struct tta_log_unit *grown = realloc(l->units, cap * sizeof *grown);

    if (grown == NULL)
        return tta_fail_memory(e);
    l->units = grown;
    l->cap = cap;
    return 0;
}

/* The count of a stratum, which may be new. */
static int grow_taken(struct tta_log *l, int32_t stratum, struct tta_error *e)
{
    size_t cap = l->taken_cap == 0 ? 16 : l->taken_cap * 2;
    uint64_t *grown;

    if ((size_t)stratum < l->taken_cap)
        return 0;
    grown = realloc(l->taken, cap * sizeof *grown);
    if (grown == NULL)
        return tta_fail_memory(e);
    memset(grown + l->taken_cap, 0, (cap - l->taken_cap) * sizeof *grown);
    l->taken = grown;
    l->taken_cap = cap;
    return 0;
}

int tta_log_keep(struct tta_log *l, struct tta_text id, const char *cells, struct tta_text stratum,
                 struct tta_text arm, struct tta_error *e)
{
    struct tta_log_unit *unit;

    if (tta_names_find(&l->ids, id) >= 0)
        return tta_fail(e, TTA_E_DATA, "this unit is in the log twice");
    if (l->count == l->cap && grow(l, e) != 0)
        return e->code;
    unit = &l->units[l->count];
    if (tta_names_number(&l->ids, id, &unit->id) != 0 ||
        tta_names_number(&l->strata, stratum, &unit->stratum) != 0 ||
        tta_names_number(&l->arms, arm, &unit->arm) != 0)
        return tta_fail_memory(e);
    if (grow_taken(l, unit->stratum, e) != 0)
        return e->code;
    unit->cells = tta_text_copy(tta_text_of(cells));
    if (unit->cells == NULL)
        return tta_fail_memory(e);
    unit->ordinal = ++l->taken[unit->stratum];
    memcpy(unit->receipt, l->chain.head, sizeof unit->receipt);
    l->count++;
    return 0;
}

const struct tta_log_unit *tta_log_find(const struct tta_log *l, struct tta_text id)
{
    int32_t number = tta_names_find(&l->ids, id);

    return number < 0 ? NULL : &l->units[number]; /* units and ids have one order */
}

uint64_t tta_log_taken(const struct tta_log *l, struct tta_text stratum)
{
    int32_t number = tta_names_find(&l->strata, stratum);

    return number < 0 ? 0 : l->taken[number];
}

int tta_log_begin(struct tta_log *l, struct tta_text origin, struct tta_buffer *out,
                  struct tta_error *e)
{
    l->origin = tta_text_copy(origin);
    return l->origin == NULL ? tta_fail_memory(e) : tta_chain_add(&l->chain, origin, out, e);
}

void tta_log_release(struct tta_log *l)
{
    for (size_t i = 0; i < l->count; i++)
        free(l->units[i].cells);
    free(l->units);
    free(l->taken);
    free(l->origin);
    tta_names_release(&l->ids);
    tta_names_release(&l->strata);
    tta_names_release(&l->arms);
    memset(l, 0, sizeof *l);
}
