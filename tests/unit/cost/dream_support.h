/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_COST_DREAM_SUPPORT_H
#define TTA_TEST_COST_DREAM_SUPPORT_H
/* The weeks of a person, spell by spell, and the rows that come of them. */
#include "../data/support.h"

#include "tta/cost_dream.h"

static struct tta_dream_codes codes;
static struct tta_refusion_scheme act;
static struct tta_dream_case person;
static const struct tta_dream_window always = {INT32_MIN, INT32_MAX};
static struct tta_error e;

static inline void set_up(void)
{
    tta_error_clear(&e);
    ck_assert_msg(tta_dream_codes_load("2015", &codes, &e) == 0, "%s", e.text);
    ck_assert_msg(tta_refusion_scheme_load("2016", NULL, &act, &e) == 0, "%s", e.text);
}

static inline void tear_down(void)
{
    tta_dream_case_release(&person);
}

static inline int take(const char *code, const char *first_week, const char *last_week)
{
    tta_date from, to;

    ck_assert_ptr_null(tta_dream_week_parse(tta_text_of(first_week), &from));
    ck_assert_ptr_null(tta_dream_week_parse(tta_text_of(last_week), &to));
    return tta_dream_take(&person, &codes, tta_dream_find(&codes, tta_text_of(code)), from, to + 6,
                          &e);
}

static inline int take_days(const char *code, const char *first, const char *last)
{
    tta_date from, to;

    ck_assert_ptr_null(tta_date_parse(tta_text_of(first), TTA_DATE_ISO, &from));
    ck_assert_ptr_null(tta_date_parse(tta_text_of(last), TTA_DATE_ISO, &to));
    return tta_dream_take(&person, &codes, tta_dream_find(&codes, tta_text_of(code)), from, to, &e);
}

/* All rows as "year benefit weeks first_week count; ". */
static inline const char *rows_of(const struct tta_dream_case *c, struct tta_dream_window window)
{
    static char text[4096];
    struct tta_dream_row rows[TTA_DREAM_YEAR_ROWS];
    struct tta_dream_walk walk;
    size_t count, at = 0;

    text[0] = '\0';
    ck_assert_int_eq(tta_dream_walk_start(&walk, &codes, &act, c, window, &e), 0);
    while ((count = tta_dream_walk_year(&walk, rows)) > 0)
        for (size_t i = 0; i < count; i++)
            at +=
                (size_t)snprintf(text + at, sizeof text - at, "%d %s %d %d %d; ", rows[i].year,
                                 rows[i].benefit, rows[i].weeks, rows[i].first_week, rows[i].count);
    tta_dream_walk_release(&walk);
    return text;
}

#endif
