/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_DATE_H
#define TTA_DATE_H
/*
 * Calendar days, proleptic Gregorian, without time of day or time zone.
 * Never the clock, never strptime (which takes 31-02-2021 and two-digit years).
 */
#include <stdbool.h>
#include <stdint.h>

#include "tta/text.h"

/* Days since 1970-01-01. Years 1800 to 2199 are read; anything else is an error. */
typedef int32_t tta_date;
#define TTA_DATE_NONE INT32_MIN /* missing */

enum tta_date_format {
    TTA_DATE_ISO, /* yyyy-mm-dd */
    TTA_DATE_DK   /* dd-mm-yyyy */
};
#define TTA_DATE_SIZE 11 /* room for a written date and its NUL */

/* NULL, or why the text is not a date: a sentence without the text itself. */
const char *tta_date_parse(struct tta_text text, enum tta_date_format format, tta_date *out);

/* Writes ten characters and a NUL; returns 10. */
int tta_date_write(tta_date day, enum tta_date_format format, char out[TTA_DATE_SIZE]);

/* false when there is no such day. */
bool tta_date_from_ymd(int year, int month, int day, tta_date *out);
void tta_date_to_ymd(tta_date day, int *year, int *month, int *dom);

/* 0 = Monday ... 6 = Sunday (ISO 8601). */
int tta_date_weekday(tta_date day);

/* ISO 8601 week 1..53 and the year it belongs to (2021-01-03 is 2020-W53). */
void tta_date_iso_week(tta_date day, int *year, int *week);

/* Whole months later; a day that the month lacks becomes its last day (31 Jan + 1 = 28 or 29 Feb).
 */
tta_date tta_date_add_months(tta_date day, int months);
/* The last day of its month. */
tta_date tta_date_month_end(tta_date day);

/* How many of the days first..last (both included) are Monday to Friday; 0 when last < first. */
int64_t tta_date_weekdays(tta_date first, tta_date last);

#endif
