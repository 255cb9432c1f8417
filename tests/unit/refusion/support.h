/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_REFUSION_SUPPORT_H
#define TTA_TEST_REFUSION_SUPPORT_H
/* Laws, days and cases in few words. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tta/refusion.h"

static inline tta_date day(const char *iso)
{
    tta_date d;

    ck_assert_ptr_null(tta_date_parse(tta_text_of(iso), TTA_DATE_ISO, &d));
    return d;
}

/* A scheme alone, or "auto"; reading may be NULL. */
static inline void load_law(struct tta_refusion_law *law, const char *name, const char *reading)
{
    struct tta_refusion_readings readings = {.ids = &reading, .count = reading != NULL};
    struct tta_error e = {0};

    memset(law, 0, sizeof *law);
    ck_assert_msg(tta_refusion_law_load(&name, 1, &readings, law, &e) == 0, "%s", e.text);
    ck_assert(reading == NULL || readings.used[0]);
    ck_assert_msg(tta_employer_periods_load("employer-period", &law->employer, &e) == 0, "%s",
                  e.text);
    ck_assert_msg(tta_rates_load("sygedagpenge-max", TTA_RATES_KR_PER_WEEK, &law->maximum, &e) == 0,
                  "%s", e.text);
}

static inline struct tta_refusion_case case_of(const char *first, const char *last, bool employed,
                                               int64_t ore)
{
    struct tta_refusion_case c = {
        .first = day(first), .last = day(last), .employed = employed, .weekly_benefit_ore = ore};

    return c;
}

static inline struct tta_refusion_split split_case(const struct tta_refusion_law *law,
                                                   const struct tta_refusion_case *c)
{
    struct tta_refusion_split out;
    struct tta_error e = {0};

    ck_assert_msg(tta_refusion_split(law, c, NULL, &out, &e) == 0, "%s: %s", e.column, e.text);
    ck_assert_int_eq(out.employer_ore + out.state_ore + out.municipality_ore, out.benefit_ore);
    return out;
}

/* xorshift64*, good enough to pick cases */
static uint64_t random_state;

static inline uint64_t pick(uint64_t below)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (random_state * UINT64_C(2685821657736338717) >> 11) % below;
}

static inline int64_t half_up(int64_t value, int64_t div)
{
    return (2 * value + div) / (2 * div);
}

#endif
