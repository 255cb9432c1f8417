/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Questions that are asked one after the other of one slot, as one. */
#include "internal.h"

/* The numbers of a question as bits from *from; false: they lie too far from each other. */
static bool number_bits(const struct tta_rules_step *s, int64_t *from, uint64_t *bits)
{
    *from = s->lo;
    if (s->op == OP_BITS)
        *bits = (uint64_t)s->hi;
    else if (s->op == OP_RANGE && s->lo > TTA_INTEGER_NONE / 2 && s->lo <= s->hi &&
             s->hi < INT64_MAX / 2 && s->hi - s->lo < 64)
        *bits = UINT64_MAX >> (63 - (s->hi - s->lo));
    else
        return false;
    return true;
}

/* One or the other of some numbers. */
static bool join_numbers(struct tta_rules_step *s, const struct tta_rules_step *next)
{
    int64_t a, b;
    uint64_t x, y;

    if (!number_bits(s, &a, &x) || !number_bits(next, &b, &y))
        return false;
    if (b < a) {
        int64_t from = a;
        uint64_t bits = x;

        a = b;
        x = y;
        b = from;
        y = bits;
    }
    if (b - a >= 64 || y > UINT64_MAX >> (b - a))
        return false;
    s->op = OP_BITS;
    s->how = OP_BITS;
    s->lo = a;
    s->hi = (int64_t)(x | y << (b - a));
    return true;
}

static bool join_choices(struct tta_rules_step *s, const struct tta_rules_step *yes,
                         const struct tta_rules_step *no)
{
    if (no->op == OP_SET && no->slot == s->slot && no->yes == s->yes) {
        s->lo |= no->lo;
        s->no = no->no;
        return true;
    }
    if (yes->op == OP_SET && yes->slot == s->slot && yes->no == s->no) {
        s->lo &= yes->lo;
        s->yes = yes->yes;
        return true;
    }
    return false;
}

bool tta_rules_join(struct tta_rules_step *s, const struct tta_rules_step *yes,
                    const struct tta_rules_step *no)
{
    if (s->op == OP_SET)
        return join_choices(s, yes, no);
    if ((s->op != OP_RANGE && s->op != OP_BITS) || s->how == OP_COMPUTED || no->slot != s->slot ||
        no->yes != s->yes || (no->op != OP_RANGE && no->op != OP_BITS) || !join_numbers(s, no))
        return false;
    s->no = no->no;
    return true;
}
