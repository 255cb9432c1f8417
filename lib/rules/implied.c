/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the answer to one question says of another about the same value. */
#include "internal.h"

static bool same_question(const struct tta_rules_step *a, const struct tta_rules_step *b)
{
    return a->op == b->op && a->slot == b->slot && a->lo == b->lo && a->hi == b->hi;
}

static bool is_range(const struct tta_rules_step *s)
{
    return s->op == OP_RANGE || s->op == OP_RANGE_DATE;
}

static int implied_range(const struct tta_rules_step *known, bool answer,
                         const struct tta_rules_step *asked)
{
    if (answer && (known->hi < asked->lo || known->lo > asked->hi))
        return 0;
    if (answer && known->lo >= asked->lo && known->hi <= asked->hi)
        return 1;
    return !answer && known->lo <= asked->lo && known->hi >= asked->hi ? 0 : -1;
}

/* The choices that a question is about, as bits; false: it is about something else. */
static bool choice_set(const struct tta_rules_step *s, uint64_t *set)
{
    if (s->op == OP_SET)
        *set = (uint64_t)s->lo;
    else if (s->op == OP_CHOICE && s->lo < 64)
        *set = UINT64_C(1) << s->lo;
    else
        return false;
    return true;
}

uint64_t tta_rules_all_choices(const struct tta_rules *t, uint16_t slot)
{
    const struct tta_rules_column *c = tta_rules_slot(t, slot);
    size_t count = c->type == TTA_CHOICE ? c->value_count
                                         : tta_rules_words_count(t->program->limits[slot].words);

    return count == 0 || count > 64 ? 0 : UINT64_MAX >> (64 - count);
}

static int implied_choice(const struct tta_rules *t, const struct tta_rules_step *known,
                          bool answer, const struct tta_rules_step *asked)
{
    uint64_t left, wanted, all;

    if (!choice_set(known, &left) || !choice_set(asked, &wanted))
        return -1;
    all = tta_rules_all_choices(t, known->slot);
    if (all == 0)
        return -1;
    if (!answer)
        left = ~left & all;
    return (left & wanted) == 0 ? 0 : (left & ~wanted) == 0 ? 1 : -1;
}

static bool begins(struct tta_text t, struct tta_text start)
{
    return t.len >= start.len && (start.len == 0 || memcmp(t.ptr, start.ptr, start.len) == 0);
}

static int implied_text(const struct tta_rules *t, const struct tta_rules_step *known, bool answer,
                        const struct tta_rules_step *asked)
{
    struct tta_text a = t->program->texts[known->lo], b = t->program->texts[asked->lo];

    if (known->op == OP_TEXT) /* equality itself was looked at before */
        return !answer ? -1 : asked->op == OP_TEXT ? 0 : begins(a, b);
    if (!answer)
        return begins(b, a) ? 0 : -1;
    if (asked->op == OP_PREFIX && begins(a, b))
        return 1;
    return begins(b, a) ? -1 : 0;
}

static bool is_text(const struct tta_rules_step *s)
{
    return s->op == OP_TEXT || s->op == OP_PREFIX;
}

/* a < b, and nothing but the other way round is asked. */
static int implied_order(const struct tta_rules_step *known, bool answer,
                         const struct tta_rules_step *asked)
{
    bool less = known->op == OP_LESS || known->op == OP_LESS_DATE;
    bool turned = asked->slot == known->lo && asked->lo == known->slot;

    return less && answer && turned && asked->op == known->op ? 0 : -1;
}

int tta_rules_implied(const struct tta_rules *t, const struct tta_rules_step *known, bool answer,
                      const struct tta_rules_step *asked)
{
    if (asked->op >= OP_BEGIN)
        return -1;
    if (same_question(known, asked))
        return answer;
    if (asked->op == OP_MISSING && known->op != OP_MISSING)
        return known->slot == asked->slot ||
                       (tta_rules_is_pair(known->op) && known->lo == asked->slot)
                   ? 0
                   : -1;
    if (tta_rules_is_pair(known->op))
        return implied_order(known, answer, asked);
    if (known->slot != asked->slot)
        return -1;
    if (is_range(known) && is_range(asked))
        return implied_range(known, answer, asked);
    if (is_text(known) && is_text(asked))
        return implied_text(t, known, answer, asked);
    return implied_choice(t, known, answer, asked);
}
