/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/cost_dream.h"

#include <stdlib.h>
#include <string.h>

#define WHOLE_WEEK 0x7f

static tta_date monday_of(int32_t week)
{
    return 7 * week - 3; /* week 0 holds Thursday 1970-01-01 */
}

int tta_dream_find(const struct tta_dream_codes *codes, struct tta_text code)
{
    for (size_t i = 0; i < codes->count; i++)
        if (tta_text_is(code, codes->code[i].code))
            return (int)i;
    for (size_t i = 0; code.len > 0 && i < codes->count; i++)
        if (tta_text_is(code, codes->code[i].benefit))
            return (int)i;
    return -1;
}

int tta_dream_find_benefit(const struct tta_dream_codes *codes, const char *benefit)
{
    for (size_t i = 0; i < codes->count; i++)
        if (strcmp(codes->code[i].benefit, benefit) == 0)
            return (int)i;
    return -1;
}

/* So many digits, as a number; -1: they are none. */
static int digits(const char *at, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9')
            return -1;
        value = 10 * value + at[i] - '0';
    }
    return value;
}

const char *tta_dream_week_parse(struct tta_text t, tta_date *monday)
{
    int year = -1, week = -1, iso_year, iso_week;
    tta_date fourth;

    if (t.len == 6 && memcmp(t.ptr, "y_", 2) == 0) {
        year = digits(t.ptr + 2, 2);
        week = digits(t.ptr + 4, 2);
        if (year >= 0)
            year += year >= 90 ? 1900 : 2000; /* DREAM begins in 1991 */
    } else if ((t.len == 8 && memcmp(t.ptr + 4, "-W", 2) == 0) || (t.len == 7 && t.ptr[4] == 'W')) {
        year = digits(t.ptr, 4);
        week = digits(t.ptr + t.len - 2, 2);
    }
    if (year < 0 || week < 1)
        return "not a week, as 2020-W07 or y_2007";
    if (!tta_date_from_ymd(year, 1, 4, &fourth)) /* always in week 1 */
        return "a year that is not 1800 to 2199";
    *monday = fourth - tta_date_weekday(fourth) + 7 * (week - 1);
    tta_date_iso_week(*monday, &iso_year, &iso_week);
    return iso_year == year && iso_week == week ? NULL : "a week that the year does not have";
}

void tta_dream_case_release(struct tta_dream_case *c)
{
    free(c->week);
    *c = (struct tta_dream_case){0};
}

/* Room for those weeks, empty where they are new. */
static int reserve(struct tta_dream_case *c, int32_t first, int32_t last)
{
    int32_t from = c->count > 0 && c->first < first ? c->first : first;
    int32_t end = c->count > 0 && c->first + c->count > last + 1 ? c->first + c->count : last + 1;
    struct tta_dream_week *grown;

    if (c->count > 0 && from == c->first && end == c->first + c->count)
        return 0;
    grown = calloc((size_t)(end - from), sizeof *grown);
    if (grown == NULL)
        return TTA_E_MEMORY;
    if (c->count > 0)
        memcpy(grown + (c->first - from), c->week, (size_t)c->count * sizeof *grown);
    free(c->week);
    c->week = grown;
    c->first = from;
    c->count = end - from;
    return 0;
}

/* NULL: without a code. */
static const struct tta_dream_week *week_at(const struct tta_dream_case *c, int32_t week)
{
    if (week < c->first || week >= c->first + c->count || c->week[week - c->first].code == 0)
        return NULL;
    return &c->week[week - c->first];
}

/* The days of a week that lie in from..to. */
static uint8_t days_of(int32_t week, tta_date from, tta_date to)
{
    uint8_t days = 0;

    for (int i = 0; i < 7; i++)
        if (monday_of(week) + i >= from && monday_of(week) + i <= to)
            days |= (uint8_t)(1 << i);
    return days;
}

/* Two codes between which a week need not choose. */
static bool same(const struct tta_dream_code *a, const struct tta_dream_code *b)
{
    return strcmp(a->benefit, b->benefit) == 0 && a->counts == b->counts && a->work == b->work;
}

static int check(const struct tta_dream_week *w, const struct tta_dream_codes *codes, int code,
                 uint8_t days, struct tta_error *e)
{
    const struct tta_dream_code *more = &codes->code[code], *has;

    if (w == NULL)
        return 0;
    has = &codes->code[w->code - 1];
    if (has->priority != more->priority)
        return 0;
    if ((w->days & days) != 0)
        return tta_fail(e, TTA_E_DATA, "days of the case that a spell before has");
    return same(has, more)
               ? 0
               : tta_fail(e, TTA_E_DATA,
                          "a week of the case that has another code already, and dream/%s "
                          "does not say which goes first",
                          codes->id);
}

int tta_dream_take(struct tta_dream_case *c, const struct tta_dream_codes *codes, int code,
                   tta_date from, tta_date to, struct tta_error *e)
{
    int32_t first = tta_refusion_calendar_week(from), last = tta_refusion_calendar_week(to);

    if (to < from)
        return tta_fail(e, TTA_E_DATA, "a spell that ends before it begins");
    if (from < codes->from)
        return tta_fail(e, TTA_E_DATA, "days before the first of dream/%s", codes->id);
    for (int32_t w = first; w <= last; w++)
        if (check(week_at(c, w), codes, code, days_of(w, from, to), e) != 0)
            return e->code;
    if (reserve(c, first, last) != 0)
        return tta_fail_memory(e);
    for (int32_t w = first; w <= last; w++) {
        struct tta_dream_week *week = &c->week[w - c->first];
        int32_t has = week->code == 0 ? -1 : codes->code[week->code - 1].priority;
        int32_t more = codes->code[code].priority;

        if (more > has)
            *week = (struct tta_dream_week){(uint8_t)(code + 1), days_of(w, from, to)};
        else if (more == has)
            week->days |= days_of(w, from, to);
    }
    return 0;
}

struct tta_dream_window tta_dream_window_of(tta_date since, tta_date until)
{
    /* the week of a day, where its Thursday is the day or after it, or the next */
    return (struct tta_dream_window){
        since == TTA_DATE_NONE ? INT32_MIN : tta_refusion_calendar_week(since + 3),
        until == TTA_DATE_NONE ? INT32_MAX : tta_refusion_calendar_week(until - 3)};
}

tta_date tta_dream_window_end(struct tta_dream_window window)
{
    return window.last == INT32_MAX ? TTA_DATE_NONE : monday_of(window.last) + 6;
}

/* A window without an end ends as the case does; false: no week of the case lies in it. */
static bool bounds(const struct tta_dream_case *c, struct tta_dream_window *window)
{
    if (window->first == INT32_MIN && (c->count == 0 || c->first > window->last))
        return false;
    if (window->last == INT32_MAX && (c->count == 0 || c->first + c->count <= window->first))
        return false;
    if (window->first == INT32_MIN)
        window->first = c->first;
    if (window->last == INT32_MAX)
        window->last = c->first + c->count - 1;
    return true;
}

static const struct tta_dream_code *code_of(const struct tta_dream_case *c,
                                            const struct tta_dream_codes *codes, int32_t week)
{
    const struct tta_dream_week *w = week_at(c, week);

    return w == NULL ? NULL : &codes->code[w->code - 1];
}

struct tta_dream_work tta_dream_work_of(const struct tta_dream_case *c,
                                        const struct tta_dream_codes *codes,
                                        struct tta_dream_window window, int32_t run)
{
    struct tta_dream_work work = {0};
    int32_t so_far = 0;

    if (!bounds(c, &window))
        return work;
    for (int32_t w = window.first; w <= window.last; w++) {
        const struct tta_dream_code *code = code_of(c, codes, w);

        so_far = code != NULL && code->work ? so_far + 1 : 0;
        work.weeks += so_far > 0;
        if (so_far == run && work.return_week == 0)
            work.return_week = w - window.first + 2 - run;
    }
    work.at_end = so_far >= run;
    return work;
}

int32_t tta_dream_blank(const struct tta_dream_case *c, struct tta_dream_window window)
{
    int32_t blank = 0;

    if (!bounds(c, &window))
        return -1;
    for (int32_t w = window.first; w <= window.last; w++)
        blank += week_at(c, w) == NULL;
    return blank;
}

int tta_dream_fill(struct tta_dream_case *c, const struct tta_dream_codes *codes, int code,
                   struct tta_dream_window window, struct tta_error *e)
{
    if (!bounds(c, &window) || window.last < window.first)
        return 0;
    if (monday_of(window.first) < codes->from)
        return tta_fail(e, TTA_E_DATA, "weeks of a case before the first of dream/%s", codes->id);
    if (reserve(c, window.first, window.last) != 0)
        return tta_fail_memory(e);
    for (int32_t w = window.first; w <= window.last; w++)
        if (week_at(c, w) == NULL)
            c->week[w - c->first] = (struct tta_dream_week){(uint8_t)(code + 1), WHOLE_WEEK};
    return 0;
}
