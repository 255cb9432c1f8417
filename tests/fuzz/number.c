/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers and dates beside slow readers of the same rules (include/tta/number.h,
 * include/tta/date.h), and written numbers read again. The first byte says which
 * kind and which style.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "number_reference.h"
#include "tta/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "number: %s\n", what);
    abort();
}

/* Written, and read again in the same style: the same number, and written the same way. */
static void fixed(struct tta_text t, struct tta_number_style s, int scale)
{
    static const char *(*const parse[])(struct tta_text, struct tta_number_style, int64_t *) = {
        [0] = tta_integer_parse, [2] = tta_money_parse, [6] = tta_decimal_parse};
    int64_t value = 7, wanted = 7, again = 7;
    char out[TTA_NUMBER_SIZE];
    bool good = parse[scale](t, s, &value) == NULL;

    must(good == nref_fixed(t, s, scale, &wanted), "one of the two reads it");
    must(value == wanted, "another value, or one after an error");
    if (!good)
        return;
    t.len = (size_t)(scale == 0   ? tta_integer_write(value, out)
                     : scale == 2 ? tta_money_write(value, s.decimal, out)
                                  : tta_decimal_write(value, s.decimal, out));
    t.ptr = out;
    must(strlen(out) == t.len && t.len < TTA_NUMBER_SIZE, "a wrong length");
    must(parse[scale](t, s, &again) == NULL && again == value, "another value read again");
}

static void real(struct tta_text t, struct tta_number_style s)
{
    double value = 7, wanted = 7, again;
    char out[TTA_NUMBER_SIZE];
    bool good = tta_double_parse(t, s, &value) == NULL;

    must(good == nref_double(t, s, &wanted), "one of the two reads it as a double");
    must(value == wanted && signbit(value) == signbit(wanted), "another double");
    if (!good)
        return;
    t.len = (size_t)tta_double_write(value, s.decimal, out);
    t.ptr = out;
    must(strlen(out) == t.len && t.len < TTA_NUMBER_SIZE, "a wrong length of a double");
    must(tta_double_parse(t, s, &again) == NULL && again == value, "another double read again");
    must(nref_is_shortest(value, out, s.decimal), "more digits than are needed");
}

static void date(struct tta_text t, enum tta_date_format format)
{
    int year, month, day, y = 0, m = 0, d = 0;
    tta_date value = 7, again = 7;
    char out[TTA_DATE_SIZE];
    bool good = tta_date_parse(t, format, &value) == NULL;

    must(good == nref_date(t, format == TTA_DATE_DK, &year, &month, &day), "one reads the date");
    if (!good) {
        must(value == 7, "a date after an error");
        return;
    }
    tta_date_to_ymd(value, &y, &m, &d);
    must(y == year && m == month && d == day, "another day");
    t.len = (size_t)tta_date_write(value, format, out);
    must(t.len == 10 && memcmp(out, t.ptr, 11 - 1) == 0, "written otherwise than read");
    must(tta_date_from_ymd(y, m, d, &again) && again == value, "another day number");
}

/* The eight bytes are a double, whatever they are. */
static void bits(const uint8_t *data)
{
    double value, again = 0;
    char out[TTA_NUMBER_SIZE];
    struct tta_number_style s = {'.', 0};
    struct tta_text t = {out, 0};

    memcpy(&value, data, 8);
    if (!isfinite(value))
        return;
    t.len = (size_t)tta_double_write(value, '.', out);
    must(tta_double_parse(t, s, &again) == NULL && memcmp(&again, &value, 8) == 0, "other bits");
    must(nref_is_shortest(value, out, '.'), "more digits than are needed");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct tta_number_style styles[] = {{'.', 0},   {',', '.'},  {'.', ','},
                                                     {',', ' '}, {'.', '\''}, {',', 0}};
    struct tta_text t = {(const char *)data + 1, size - 1};
    struct tta_number_style s;

    if (size < 1)
        return 0;
    s = styles[data[0] / 8 % 6];
    switch (data[0] % 8) {
    case 0:
    case 1:
    case 2:
        fixed(t, s, (int[]){0, 2, 6}[data[0] % 8]);
        break;
    case 3:
        date(t, TTA_DATE_ISO);
        break;
    case 4:
        date(t, TTA_DATE_DK);
        break;
    case 5:
        if (t.len == 8)
            bits(data + 1);
        break;
    default:
        real(t, s);
    }
    return 0;
}
