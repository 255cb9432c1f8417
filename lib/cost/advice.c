/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who could apply together: all sets of up to four partners, tried one by one. */
#include <string.h>

#include "tta/cost.h"

struct search {
    const struct tta_neighbours *all;
    int32_t who;
    int64_t minimum;
    struct tta_advice *out;
    size_t want, found;
    struct tta_advice set; /* the one that is being made */
};

static bool near(const struct search *s, int32_t a, int32_t b)
{
    return s->all->near[(size_t)a * s->all->n + (size_t)b] != 0;
}

/* Do the asker and the partners, but the one at `without`, hang together? */
static bool connected(const struct search *s, size_t without)
{
    bool reached[TTA_ADVICE_PARTNERS] = {false}, more = true;

    while (more) {
        more = false;
        for (size_t i = 0; i < s->set.partners; i++) {
            bool touches = near(s, s->who, s->set.partner[i]);

            if (i == without || reached[i])
                continue;
            for (size_t k = 0; k < s->set.partners; k++)
                touches = touches || (reached[k] && near(s, s->set.partner[k], s->set.partner[i]));
            if (touches)
                reached[i] = more = true;
        }
    }
    for (size_t i = 0; i < s->set.partners; i++)
        if (i != without && !reached[i])
            return false;
    return true;
}

static bool can_spare_one(const struct search *s)
{
    for (size_t i = 0; i < s->set.partners; i++)
        if (s->set.cases - s->all->cases[s->set.partner[i]] >= s->minimum && connected(s, i))
            return true;
    return false;
}

static bool before(const struct tta_advice *a, const struct tta_advice *b)
{
    if (a->partners != b->partners)
        return a->partners < b->partners;
    return a->cases < b->cases; /* equal ones are found in order */
}

static void keep(struct search *s)
{
    size_t i = s->found < s->want ? s->found++ : s->want;

    for (; i > 0 && before(&s->set, &s->out[i - 1]); i--)
        if (i < s->want)
            s->out[i] = s->out[i - 1];
    if (i < s->want)
        s->out[i] = s->set;
}

/* All sets of that many partners more, of numbers from `from` on. */
static void extend(struct search *s, size_t more, int32_t from)
{
    if (more == 0) {
        if (s->set.cases >= s->minimum && connected(s, SIZE_MAX) && !can_spare_one(s))
            keep(s);
        return;
    }
    for (int32_t i = from; (size_t)i < s->all->n; i++) {
        if (i == s->who || s->all->free[i] == 0)
            continue;
        s->set.partner[s->set.partners++] = i;
        s->set.cases += s->all->cases[i];
        extend(s, more - 1, i + 1);
        s->set.cases -= s->all->cases[i];
        s->set.partners--;
    }
}

size_t tta_consortium_advice(const struct tta_neighbours *all, int32_t who, int64_t minimum,
                             size_t most, struct tta_advice *out, size_t want)
{
    struct search s = {.all = all, .who = who, .minimum = minimum, .out = out, .want = want};

    s.set.cases = all->cases[who];
    for (size_t partners = 1; partners <= most && s.found < want; partners++)
        extend(&s, partners, 0);
    return s.found;
}
