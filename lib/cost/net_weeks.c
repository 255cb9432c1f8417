/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "tta/cost_net.h"

#define MOST_COUNTS 1000

/* Weeks that were taken, linked to those of the same case and year before them. */
struct tta_net_spell {
    int64_t from_micro, weeks_micro; /* in the count of the refusion */
    int32_t benefit, before, count;  /* before: -1 at the first; count: which one */
    bool alongside;
};

static int grow(struct tta_net_weeks *w)
{
    size_t cap = w->cap == 0 ? 1024 : 2 * w->cap;
    struct tta_net_spell *spells = realloc(w->spells, cap * sizeof *spells);
    int32_t *last;

    if (spells == NULL)
        return TTA_E_MEMORY;
    w->spells = spells;
    last = realloc(w->last, cap * sizeof *last);
    if (last == NULL)
        return TTA_E_MEMORY;
    w->last = last;
    w->cap = cap;
    return 0;
}

static int check(const struct tta_net_weeks *w, int32_t last, const struct tta_net_spell *more,
                 struct tta_error *e)
{
    int64_t sum = more->alongside ? 0 : more->weeks_micro;

    for (int32_t i = last; i >= 0; i = w->spells[i].before) {
        const struct tta_net_spell *s = &w->spells[i];

        if (s->benefit == more->benefit && s->count == more->count &&
            s->from_micro < more->from_micro + more->weeks_micro &&
            more->from_micro < s->from_micro + s->weeks_micro)
            return tta_fail(e, TTA_E_DATA,
                            "column weeks: some of these weeks are in a row before "
                            "(see first_week)");
        if (!s->alongside)
            sum += s->weeks_micro;
    }
    if (sum > TTA_NET_WEEKS * TTA_MICRO)
        return tta_fail(e, TTA_E_DATA, "column weeks: more than %d weeks of one case in one year",
                        TTA_NET_WEEKS);
    return 0;
}

int tta_net_weeks_take(struct tta_net_weeks *w, const struct tta_benefits *benefits,
                       struct tta_text id, int32_t case_number, int64_t year, int64_t weeks_micro,
                       int64_t first_week, struct tta_error *e)
{
    return tta_net_weeks_take_of(w, benefits, id, case_number, year, weeks_micro, first_week, 1, e);
}

int tta_net_weeks_take_of(struct tta_net_weeks *w, const struct tta_benefits *benefits,
                          struct tta_text id, int32_t case_number, int64_t year,
                          int64_t weeks_micro, int64_t first_week, int64_t count,
                          struct tta_error *e)
{
    struct tta_net_spell more = {
        .from_micro = (first_week - 1) * TTA_MICRO, .weeks_micro = weeks_micro, .before = -1};
    int32_t known = w->case_years.count, at;
    char key[48];

    if (count < 1 || count > MOST_COUNTS)
        return tta_fail(e, TTA_E_DATA, "column count: not 1 to %d", MOST_COUNTS);
    more.count = (int32_t)count;
    while (!tta_text_is(id, benefits->benefit[more.benefit].id))
        more.benefit++;
    more.alongside = benefits->benefit[more.benefit].alongside;
    snprintf(key, sizeof key, "%d/%lld", case_number, (long long)year);
    if ((w->count == w->cap && grow(w) != 0) ||
        tta_names_number(&w->case_years, tta_text_of(key), &at) != 0)
        return tta_fail_memory(e);
    if (at == known)
        w->last[at] = -1;
    more.before = w->last[at];
    if (check(w, more.before, &more, e) != 0)
        return e->code;
    w->last[at] = (int32_t)w->count;
    w->spells[w->count++] = more;
    return 0;
}

void tta_net_weeks_release(struct tta_net_weeks *w)
{
    tta_names_release(&w->case_years);
    free(w->spells);
    free(w->last);
}
