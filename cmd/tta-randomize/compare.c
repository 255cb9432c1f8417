/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compare.h"

#include <inttypes.h>
#include <stdlib.h>

bool compare_knows(const struct comparison *state, struct tta_text name)
{
    const struct tta_plan *p = &state->lots.plan;
    const struct tta_arms *arms = p->arms.count == 0 ? &p->steps : &p->arms;

    for (size_t i = 0; i < arms->count; i++)
        if (tta_text_is(name, arms->items[i].name))
            return true;
    return false;
}

struct compared_row *compare_new_row(const struct tta_run *run, struct comparison *c,
                                     struct tta_error *e)
{
    struct compared_row *row;

    if (c->rows == c->cap) {
        size_t cap = c->cap == 0 ? 1024 : c->cap * 2;
        struct compared_row *grown = realloc(c->row, cap * sizeof *grown);

        if (grown == NULL) {
            tta_fail_memory(e);
            return NULL;
        }
        c->row = grown;
        c->cap = cap;
    }
    row = &c->row[c->rows];
    row->arm = -1;
    row->place.file = tta_row_place(run, &row->place.line);
    return row;
}

static int differs(const struct compared_row *row, struct tta_error *e)
{
    return tta_error_place(e, row->place.file, row->place.line);
}

int compare_list(const struct comparison *state, struct tta_error *e)
{
    const struct tta_audit *claim = &state->claim, *now = &state->lots.audit;

    if (claim->marks == NULL || strcmp(claim->list, now->list) == 0)
        return 0;
    for (size_t i = 0; i < state->rows; i++)
        if (memcmp(claim->marks + 2 * i, now->marks + 2 * i, 2) != 0) {
            tta_fail(e, TTA_E_NO, "this row is not the one of the list that was drawn");
            return differs(&state->row[i], e);
        }
    return tta_fail(e, TTA_E_NO, "the rows are not those of the list that was drawn");
}

int compare_rows(const struct comparison *state, struct tta_error *e)
{
    const struct lots *l = &state->lots;

    for (size_t i = 0; i < state->rows; i++) {
        const char *drawn = lots_drawn_name(l, i);
        int32_t arm = state->row[i].arm;

        if (arm >= 0 && !tta_text_is(tta_names_text(&state->given, arm), drawn)) {
            tta_fail(e, TTA_E_NO, "drawn is %s, the list says %s", drawn, state->given.texts[arm]);
            return differs(&state->row[i], e);
        }
    }
    return 0;
}

int compare_claim(const struct comparison *state, struct tta_error *e)
{
    const struct tta_audit *claim = &state->claim, *now = &state->lots.audit;

    if (claim->plan == NULL)
        return 0;
    if (strcmp(claim->columns, now->columns) != 0)
        return tta_fail(e, TTA_E_NO, "the columns that the draw depends on are not those drawn");
    if (strcmp(claim->allocation, now->allocation) != 0)
        return tta_fail(e, TTA_E_NO, "the allocation is not the one of the audit file");
    return 0;
}

int compare_before(const struct comparison *state, struct tta_error *e)
{
    const struct lots *l = &state->lots;
    char hex[TTA_HEX_SIZE] = "";

    if (state->claim.plan == NULL)
        return 0;
    if (!l->replayed)
        tta_key_commitment(&l->key, hex);
    if (!l->replayed && (strcmp(hex, state->claim.commitment) != 0 ||
                         (state->promised[0] != '\0' && strcmp(hex, state->promised) != 0)))
        return tta_fail(e, TTA_E_NO, "the key is not the one that was committed to");
    if (state->rows != state->claim.rows)
        return tta_fail(e, TTA_E_NO, "the list has %zu rows, drawn were %" PRIu64, state->rows,
                        state->claim.rows);
    return 0;
}
