/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RULES_NAIVE_CALENDAR_H
#define TESTS_UNIT_RULES_NAIVE_CALENDAR_H
/*
 * The days 1800 to 2199 counted one by one, and the operators of time by looking them up.
 * Days are places in the list; day 0 is 1 January 1800, a Wednesday.
 */
#include <stdbool.h>

enum { NAIVE_DAYS = 146097 };

static struct {
    short year;
    signed char month, day;
} naive_days[NAIVE_DAYS];
static int naive_first[400 * 12 + 1]; /* of each month */

static inline void naive_count(void)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int n = 0;

    for (int year = 1800; year < 2200; year++)
        for (int month = 1; month <= 12; month++) {
            bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

            naive_first[(year - 1800) * 12 + month - 1] = n;
            for (int day = 1; day <= lengths[month - 1] + (month == 2 && leap); day++, n++) {
                naive_days[n].year = (short)year;
                naive_days[n].month = (signed char)month;
                naive_days[n].day = (signed char)day;
            }
        }
    naive_first[400 * 12] = n;
}

/* The last day of the month where it is shorter; -1 outside. */
static inline int naive_add_months(int day, long months)
{
    long m = (naive_days[day].year - 1800) * 12 + naive_days[day].month - 1 + months;
    int d = naive_days[day].day - 1;

    if (m < 0 || m >= 400 * 12)
        return -1;
    return naive_first[m] + d < naive_first[m + 1] ? naive_first[m] + d : naive_first[m + 1] - 1;
}

/* Birthdays seen, one by one; a 29 February is 1 March in common years. -1: not born. */
static inline int naive_age(int birth, int day)
{
    int age = -1, m = (naive_days[birth].year - 1800) * 12 + naive_days[birth].month - 1;

    for (; m < 400 * 12; m += 12, age++)
        if (naive_first[m] + naive_days[birth].day - 1 > day)
            break;
    return age;
}

/* Weeks begin on Mondays; week 1 is that of the year's first Thursday. */
static inline int naive_iso_week(int day)
{
    int thursday = day - (day + 2) % 7 + 3, week = 0;
    int first =
        thursday >= NAIVE_DAYS ? NAIVE_DAYS : naive_first[(naive_days[thursday].year - 1800) * 12];

    for (int d = thursday; d >= first; d -= 7)
        week++;
    return week;
}

static inline int naive_month_end(int day)
{
    while (day + 1 < NAIVE_DAYS && naive_days[day + 1].month == naive_days[day].month)
        day++;
    return day;
}

#endif
