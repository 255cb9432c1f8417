/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tta/cost_net.h"

#define MOST_COUNTS 1000

/* Weeks that were taken, linked to those of the same case before them. */
struct tta_net_spell {
    int64_t year, from_micro, weeks_micro; /* from: in the count of the refusion */
    int32_t before, count;                 /* before: + 1, 0 at the first; count: which one */
    int16_t benefit;
    bool shared; /* the count is one over benefits and years, and the week was said */
};

int tta_net_weeks_of(int64_t year)
{
    tta_date day;
    int of, week;

    if (year < 1 || year > 9999 || !tta_date_from_ymd((int)year, 12, 28, &day))
        return TTA_NET_WEEKS;
    tta_date_iso_week(day, &of, &week); /* of the last week whose Thursday is in the year */
    return week;
}

bool tta_benefit_outside(const struct tta_benefits *benefits, struct tta_text id, int64_t year,
                         int64_t weeks_micro)
{
    const struct tta_benefit *b = tta_benefit_named(benefits, id);
    const struct tta_benefit_scheme *s;
    tta_date first, last;

    if (b == NULL || b->scheme < 0 || year < 1 || year > 9999 ||
        !tta_date_from_ymd((int)year, 1, 4, &first))
        return false;
    s = &benefits->scheme[b->scheme];
    first -= tta_date_weekday(first); /* 4 January is in the first week */
    last = first + 7 * tta_net_weeks_of(year) - 1;
    if (first < s->valid_from)
        first = s->valid_from;
    if (s->valid_to != TTA_DATE_NONE && last > s->valid_to)
        last = s->valid_to;
    return weeks_micro > (last < first ? 0 : (last - first + 1) * TTA_MICRO / 7);
}

/* Room for number, zeroed. */
static void *room(void *items, size_t size, size_t number, size_t *cap)
{
    size_t more = *cap == 0 ? 1024 : *cap;
    char *out;

    if (number < *cap)
        return items;
    while (more <= number)
        more *= 2;
    out = realloc(items, more * size);
    if (out != NULL) {
        memset(out + *cap * size, 0, (more - *cap) * size);
        *cap = more;
    }
    return out;
}

static int reserve(struct tta_net_weeks *w, size_t case_number, size_t case_year)
{
    int64_t *years = room(w->year_micro, sizeof *years, case_year, &w->years_cap);
    int32_t *last = room(w->last, sizeof *last, case_number, &w->cases_cap);
    struct tta_net_spell *spells = room(w->spells, sizeof *spells, w->count, &w->cap);

    w->year_micro = years == NULL ? w->year_micro : years;
    w->last = last == NULL ? w->last : last;
    w->spells = spells == NULL ? w->spells : spells;
    return years == NULL || last == NULL || spells == NULL ? TTA_E_MEMORY : 0;
}

static int check(const struct tta_net_weeks *w, int32_t last, const struct tta_net_spell *more,
                 struct tta_error *e)
{
    for (int32_t i = last; i > 0; i = w->spells[i - 1].before) {
        const struct tta_net_spell *s = &w->spells[i - 1];
        bool same = s->benefit == more->benefit && s->year == more->year;

        if ((same || (s->shared && more->shared)) && s->count == more->count &&
            s->from_micro < more->from_micro + more->weeks_micro &&
            more->from_micro < s->from_micro + s->weeks_micro)
            return tta_fail(e, TTA_E_DATA,
                            same ? "column weeks: some of these weeks are in a row before "
                                   "(see first_week)"
                                 : "column weeks: some of these weeks of the count of the "
                                   "refusion are in a row before, of another benefit or year "
                                   "(see first_week)");
    }
    return 0;
}

/* Of the year, with those of the case before; adds them up. */
static int check_year(int64_t year, int64_t weeks_micro, bool alongside, int64_t *sum,
                      struct tta_error *e)
{
    int64_t most = tta_net_weeks_of(year);

    if (weeks_micro > most * TTA_MICRO)
        return tta_fail(e, TTA_E_DATA, "column weeks: more than the %d weeks of the year",
                        (int)most);
    *sum += alongside ? 0 : weeks_micro;
    return *sum <= most * TTA_MICRO
               ? 0
               : tta_fail(e, TTA_E_DATA, "column weeks: more than %d weeks of one case in one year",
                          (int)most);
}

int tta_net_weeks_take(struct tta_net_weeks *w, const struct tta_benefits *benefits,
                       struct tta_text id, int32_t case_number, int64_t year, int64_t weeks_micro,
                       int64_t first_week, int64_t count, struct tta_error *e)
{
    const struct tta_benefit *b = tta_benefit_named(benefits, id);
    bool said = first_week != TTA_INTEGER_NONE;
    struct tta_net_spell more = {.year = year,
                                 .from_micro = said ? (first_week - 1) * TTA_MICRO : 0,
                                 .weeks_micro = weeks_micro,
                                 .benefit = (int16_t)(b - benefits->benefit)};
    int64_t sum;
    int32_t at;
    char key[48];

    if (count < 1 || count > MOST_COUNTS)
        return tta_fail(e, TTA_E_DATA, "column count: not 1 to %d", MOST_COUNTS);
    more.count = (int32_t)count;
    more.shared = said && b->scheme >= 0 && benefits->scheme[b->scheme].counts_benefit;
    snprintf(key, sizeof key, "%d/%lld", case_number, (long long)year);
    if (tta_names_number(&w->case_years, tta_text_of(key), &at) != 0 ||
        reserve(w, (size_t)case_number, (size_t)at) != 0)
        return tta_fail_memory(e);
    more.before = w->last[case_number];
    sum = w->year_micro[at];
    if (check(w, more.before, &more, e) != 0 ||
        check_year(year, weeks_micro, b->alongside, &sum, e) != 0)
        return e->code;
    w->year_micro[at] = sum;
    w->spells[w->count++] = more;
    w->last[case_number] = (int32_t)w->count;
    return 0;
}

void tta_net_weeks_release(struct tta_net_weeks *w)
{
    tta_names_release(&w->case_years);
    free(w->year_micro);
    free(w->spells);
    free(w->last);
}
