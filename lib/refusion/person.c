/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Weeks of benefit per person (lov 994 §§ 5 and 6). A calendar week counts when
 * benefit was paid in it. Of the weeks before, one bit each says whether there
 * was support; what is left is self-support. When it comes to 52 whole weeks
 * within three years, after the first week of benefit, the count begins anew.
 *
 * Within a gap self-support only grows, and support does not add to it: so it is
 * enough to look when support comes again, or benefit where only that is asked.
 */
#include <string.h>

#include "internal.h"

#define WORDS 3

void tta_refusion_person_begin(struct tta_refusion_person *p,
                               const struct tta_refusion_spell *spells, size_t count)
{
    memset(p, 0, sizeof *p);
    p->last_week = p->first_week = p->counted_last = p->absorbed = TTA_DATE_NONE;
    p->last_day = TTA_DATE_NONE;
    p->spell = spells;
    p->spell_count = count;
}

void tta_refusion_person_before(struct tta_refusion_person *p, tta_date day, int64_t weeks)
{
    if (weeks == 0)
        return;
    /* of the weeks before only the last is needed: self-support is looked for after the first */
    p->counted = weeks;
    p->first_week = p->last_week = p->counted_last = tta_refusion_calendar_week(day) - 1;
    p->support[0] = 1;
}

int64_t tta_refusion_weeks_before(const struct tta_refusion_law *law, tta_date day, int64_t weeks)
{
    tta_date since = tta_refusion_since(law);
    int64_t room = since == TTA_DATE_NONE ? weeks
                   : day < since          ? 0
                                          : (int64_t)tta_refusion_calendar_week(day) -
                                       tta_refusion_calendar_week(since);

    return weeks < room ? weeks : room;
}

/* How many of the count lowest bits are set. */
static int64_t low_bits(const uint64_t *words, int64_t count)
{
    int64_t sum = 0;

    for (int i = 0; i < WORDS && count > 0; i++, count -= 64)
        sum +=
            __builtin_popcountll(count >= 64 ? words[i] : words[i] & ((UINT64_C(1) << count) - 1));
    return sum;
}

/* The bits move up by weeks that had no support. */
static void shift(uint64_t *words, int64_t by)
{
    for (; by >= 64; by -= 64) {
        words[2] = words[1];
        words[1] = words[0];
        words[0] = 0;
        if ((words[1] | words[2]) == 0)
            break; /* nothing is left to move */
    }
    if (by >= 64 || by == 0)
        return;
    words[2] = words[2] << by | words[1] >> (64 - by);
    words[1] = words[1] << by | words[0] >> (64 - by);
    words[0] <<= by;
}

/* Whole weeks of self-support before that week, as far as they can begin the count anew. */
static int64_t self_support(const struct tta_refusion_person *p, int64_t within, int64_t week)
{
    int64_t gone = week - p->last_week; /* weeks since the last support, and one; 0: in this one */
    int64_t window = week - 1 - p->first_week; /* after the first week of benefit */
    int64_t seen;

    if (window > within)
        window = within;
    seen = window - gone + 1; /* of the window: last_week and before */
    return window - (seen > 0 ? low_bits(p->support, seen) : 0) + (gone == 0 && seen > 0);
}

static void mark(struct tta_refusion_person *p, const struct tta_refusion_scheme *rules,
                 int32_t week, bool benefit)
{
    bool looks_back =
        rules->restart_at_benefit ? benefit && p->counted_last != week : p->last_week != week;

    if (looks_back && p->first_week != TTA_DATE_NONE && rules->restart_weeks > 0 &&
        self_support(p, rules->restart_within, week) >= rules->restart_weeks) {
        p->counted = 0;
        p->first_week = TTA_DATE_NONE;
        p->restarted = true;
    }
    if (p->last_week != week) {
        if (p->last_week != TTA_DATE_NONE)
            shift(p->support, (int64_t)week - p->last_week);
        p->last_week = week;
        p->support[0] |= 1;
    }
    if (benefit && p->counted_last != week) {
        p->counted_last = week;
        p->counted++;
        if (p->first_week == TTA_DATE_NONE)
            p->first_week = week;
    }
}

/* The first week from that one on in which a spell has a day not before since; benefit wins. */
static int32_t next_spell(const struct tta_refusion_person *p, tta_date since, int32_t week,
                          bool *benefit)
{
    int32_t best = INT32_MAX;

    *benefit = false;
    for (size_t i = 0; i < p->spell_count; i++) {
        const struct tta_refusion_spell *s = &p->spell[i];
        int32_t from = tta_refusion_calendar_week(s->from < since ? since : s->from);

        if (s->to < since || tta_refusion_calendar_week(s->to) < week)
            continue;
        if (from < week)
            from = week;
        if (from < best) {
            best = from;
            *benefit = false;
        }
        if (from == best)
            *benefit |= s->benefit;
    }
    return best;
}

int64_t tta_refusion_person_week(struct tta_refusion_person *p,
                                 const struct tta_refusion_scheme *rules, tta_date since,
                                 int32_t week)
{
    while (p->spell_count > 0 && p->absorbed < week) {
        bool benefit;
        int32_t at = next_spell(
            p, since, p->absorbed == TTA_DATE_NONE ? TTA_DATE_NONE : p->absorbed + 1, &benefit);

        if (at <= week)
            mark(p, rules, at, benefit);
        p->absorbed = at < week ? at : week;
    }
    mark(p, rules, week, true);
    return p->counted;
}
