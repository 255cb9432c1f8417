/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compare.h"

#include <inttypes.h>

bool compare_knows(const struct comparison *state, struct tta_text name)
{
    const struct tta_plan *p = &state->lots.plan;
    const struct tta_arms *arms = p->arms.count == 0 ? &p->steps : &p->arms;

    for (size_t i = 0; i < arms->count; i++)
        if (tta_text_is(name, arms->items[i].name))
            return true;
    return false;
}

int compare_list(const struct comparison *state, struct tta_error *e)
{
    const struct tta_audit *claim = &state->claim, *now = &state->lots.audit;

    if (claim->marks == NULL || strcmp(claim->list, now->list) == 0)
        return 0;
    for (size_t i = 0; i < state->rows; i++)
        if (memcmp(claim->marks + 2 * i, now->marks + 2 * i, 2) != 0)
            return tta_fail(e, TTA_E_NO, "row %zu is not the one of the list that was drawn",
                            i + 1);
    return tta_fail(e, TTA_E_NO, "the rows are not those of the list that was drawn");
}

int compare_rows(const struct comparison *state, struct tta_error *e)
{
    const struct lots *l = &state->lots;

    for (size_t i = 0; i < state->rows; i++) {
        const char *drawn = lots_drawn_name(l, i);

        if (state->arm[i] >= 0 && !tta_text_is(tta_names_text(&state->given, state->arm[i]), drawn))
            return tta_fail(e, TTA_E_NO, "row %zu: drawn is %s, the list says %s", i + 1, drawn,
                            state->given.texts[state->arm[i]]);
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
