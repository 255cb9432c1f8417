/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the weeks of a case to rows by year and benefit, numbered as the refusion counts. */
#include <stdlib.h>
#include <string.h>

#include "tta/cost_dream.h"

static const struct tta_dream_code *code_at(const struct tta_dream_walk *w, int32_t i)
{
    uint8_t code = i < 0 || i >= w->c->count ? 0 : w->c->week[i].code;

    return code == 0 ? NULL : &w->codes->code[code - 1];
}

/* Runs of weeks with other support, which are no self-support. */
static int other_support(struct tta_dream_walk *w, size_t *count)
{
    const struct tta_dream_case *c = w->c;

    *count = 0;
    for (int32_t i = 0; i < c->count; i++) {
        const struct tta_dream_code *code = code_at(w, i), *before = code_at(w, i - 1);

        if (code == NULL || code->counts != TTA_DREAM_OTHER)
            continue;
        if (before == NULL || before->counts != TTA_DREAM_OTHER) {
            if (w->other == NULL && (w->other = calloc((size_t)c->count, sizeof *w->other)) == NULL)
                return TTA_E_MEMORY;
            w->other[*count].from = 7 * (c->first + i) - 3;
            ++*count;
        }
        w->other[*count - 1].to = 7 * (c->first + i) + 3;
    }
    return 0;
}

int tta_dream_walk_start(struct tta_dream_walk *w, const struct tta_dream_codes *codes,
                         const struct tta_refusion_scheme *scheme, const struct tta_dream_case *c,
                         struct tta_dream_window window, struct tta_error *e)
{
    size_t others;

    memset(w, 0, sizeof *w);
    w->codes = codes;
    w->scheme = scheme;
    w->c = c;
    w->window = window;
    if (other_support(w, &others) != 0)
        return tta_fail_memory(e);
    tta_refusion_person_begin(&w->person, w->other, others);
    return 0;
}

void tta_dream_walk_release(struct tta_dream_walk *w)
{
    free(w->other);
    w->other = NULL;
}

/* The number of a week of benefit in the count; a count that begins anew is another one. */
static void number_week(struct tta_dream_walk *w, const struct tta_dream_code *code)
{
    const struct tta_dream_code *before = code_at(w, w->next - 1);
    tta_date since = w->scheme->counted_since;
    int32_t week = w->c->first + w->next, number;

    w->spell_weeks =
        before != NULL && strcmp(before->benefit, code->benefit) == 0 ? w->spell_weeks + 1 : 1;
    if (w->scheme->counted == TTA_WEEKS_OF_BENEFIT &&
        (since == TTA_DATE_NONE || week >= tta_refusion_calendar_week(since)))
        number = (int32_t)tta_refusion_person_week(&w->person, w->scheme, since, week);
    else
        number = w->spell_weeks;
    if (number != w->number + 1 || w->number == 0)
        w->count++;
    w->number = number;
}

static void add_week(struct tta_dream_row *rows, size_t *count, int32_t year, int32_t first_week,
                     int32_t number, const char *benefit)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(rows[i].benefit, benefit) == 0 && rows[i].count == number &&
            (number == 0 || rows[i].first_week + rows[i].weeks == first_week)) {
            rows[i].weeks++;
            return;
        }
    rows[(*count)++] = (struct tta_dream_row){year, 1, first_week, number, benefit};
}

size_t tta_dream_walk_year(struct tta_dream_walk *w, struct tta_dream_row rows[TTA_DREAM_YEAR_ROWS])
{
    size_t count = 0;

    for (; w->next < w->c->count; w->next++) {
        const struct tta_dream_code *code = code_at(w, w->next);
        int32_t week = w->c->first + w->next;
        bool counts = code != NULL && code->counts == TTA_DREAM_BENEFIT;
        int year, number;

        tta_date_iso_week(7 * week, &year, &number);
        if (count > 0 && rows[0].year != year)
            break;
        if (counts)
            number_week(w, code);
        if (code != NULL && code->benefit[0] != '\0' && week >= w->window.first &&
            week <= w->window.last)
            add_week(rows, &count, year, counts ? w->number : 0, counts ? w->count : 0,
                     code->benefit);
    }
    return count;
}

void tta_dream_sum(struct tta_dream_walk *w, int arm, struct tta_dream_sums *sums)
{
    struct tta_dream_row rows[TTA_DREAM_YEAR_ROWS];
    size_t count;

    sums->persons[arm]++;
    while ((count = tta_dream_walk_year(w, rows)) > 0)
        for (size_t i = 0; i < count; i++)
            sums->weeks[arm][tta_dream_find_benefit(w->codes, rows[i].benefit)] += rows[i].weeks;
}

int64_t tta_dream_mean_micro(const struct tta_dream_sums *sums, int arm, int code)
{
    int64_t mean = 0; /* fits: a person has no more than 20,000 weeks */

    tta_muldiv_half_up(sums->weeks[arm][code], TTA_MICRO, sums->persons[arm], &mean);
    return mean;
}
