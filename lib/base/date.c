/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Day numbers by eras of 400 years (146,097 days), years counted from March,
 * as described by H. Hinnant, "chrono-compatible low-level date algorithms".
 */
#include "tta/date.h"

static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    return month_days[month - 1] + (month == 2 && is_leap(year));
}

static tta_date day_number(int year, int month, int day)
{
    int y = year - (month <= 2);
    int era = y / 400; /* years read are positive */
    int yoe = y - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

bool tta_date_from_ymd(int year, int month, int day, tta_date *out)
{
    if (year < 1800 || year > 2199 || month < 1 || month > 12)
        return false;
    if (day < 1 || day > days_in_month(year, month))
        return false;
    *out = day_number(year, month, day);
    return true;
}

void tta_date_to_ymd(tta_date date, int *year, int *month, int *dom)
{
    int z = date + 719468; /* positive for every date we read */
    int era = z / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;

    *dom = doy - (153 * mp + 2) / 5 + 1;
    *month = mp + (mp < 10 ? 3 : -9);
    *year = yoe + era * 400 + (*month <= 2);
}

static bool digits(const char *p, int n, int *value)
{
    int v = 0;

    for (int i = 0; i < n; i++) {
        unsigned d = (unsigned)(unsigned char)p[i] - '0';

        if (d > 9)
            return false;
        v = v * 10 + (int)d;
    }
    *value = v;
    return true;
}

const char *tta_date_parse(struct tta_text text, enum tta_date_format format, tta_date *out)
{
    int year, month, day;
    const char *p = text.ptr;
    bool shaped;

    if (format == TTA_DATE_ISO)
        shaped = text.len == 10 && p[4] == '-' && p[7] == '-' && digits(p, 4, &year) &&
                 digits(p + 5, 2, &month) && digits(p + 8, 2, &day);
    else
        shaped = text.len == 10 && p[2] == '-' && p[5] == '-' && digits(p, 2, &day) &&
                 digits(p + 3, 2, &month) && digits(p + 6, 4, &year);
    if (!shaped)
        return format == TTA_DATE_ISO ? "not a date (yyyy-mm-dd)" : "not a date (dd-mm-yyyy)";
    if (!tta_date_from_ymd(year, month, day, out))
        return "no such day in the calendar (years 1800 to 2199 are read)";
    return NULL;
}

static void two(char *p, int v)
{
    p[0] = (char)('0' + v / 10);
    p[1] = (char)('0' + v % 10);
}

int tta_date_write(tta_date date, enum tta_date_format format, char out[TTA_DATE_SIZE])
{
    int year, month, day;

    tta_date_to_ymd(date, &year, &month, &day);
    if (format == TTA_DATE_ISO) {
        two(out, year / 100);
        two(out + 2, year % 100);
        two(out + 5, month);
        two(out + 8, day);
        out[4] = out[7] = '-';
    } else {
        two(out, day);
        two(out + 3, month);
        two(out + 6, year / 100);
        two(out + 8, year % 100);
        out[2] = out[5] = '-';
    }
    out[10] = '\0';
    return 10;
}

int tta_date_weekday(tta_date day)
{
    int w = (int)((day + 3) % 7); /* 1970-01-01 was a Thursday */

    return w < 0 ? w + 7 : w;
}

void tta_date_iso_week(tta_date day, int *year, int *week)
{
    int month, dom;
    tta_date thursday = day - tta_date_weekday(day) + 3;
    tta_date first;

    tta_date_to_ymd(thursday, year, &month, &dom);
    first = day_number(*year, 1, 1);
    *week = (thursday - first) / 7 + 1;
}

tta_date tta_date_add_months(tta_date date, int months)
{
    int year, month, day, count;

    tta_date_to_ymd(date, &year, &month, &day);
    count = year * 12 + (month - 1) + months;
    year = count / 12;
    month = count % 12 + 1;
    if (day > days_in_month(year, month))
        day = days_in_month(year, month);
    return day_number(year, month, day);
}

int64_t tta_date_weekdays(tta_date first, tta_date last)
{
    int64_t days = (int64_t)last - first + 1;
    int64_t count;
    int weekday;

    if (days <= 0)
        return 0;
    count = days / 7 * 5;
    weekday = tta_date_weekday(first);
    for (int64_t i = 0; i < days % 7; i++)
        count += (weekday + i) % 7 < 5;
    return count;
}

tta_date tta_date_month_end(tta_date day)
{
    int year, month, dom;

    tta_date_to_ymd(day, &year, &month, &dom);
    return day - dom + days_in_month(year, month);
}
