/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>

#include "schema.h"
#include "tta/data.h"
#include "tta/number.h"

const char *tta_json_text(const json_t *object, const char *key, const char *fallback)
{
    const json_t *v = json_object_get(object, key);

    return json_is_string(v) ? json_string_value(v) : fallback;
}

int64_t tta_json_integer(const json_t *object, const char *key, int64_t fallback)
{
    const json_t *v = json_object_get(object, key);

    return json_is_integer(v) ? (int64_t)json_integer_value(v) : fallback;
}

bool tta_json_boolean(const json_t *object, const char *key, bool fallback)
{
    const json_t *v = json_object_get(object, key);

    return json_is_boolean(v) ? json_is_true(v) : fallback;
}

tta_date tta_json_date(const json_t *object, const char *key, tta_date fallback)
{
    const json_t *v = json_object_get(object, key);
    tta_date day;

    if (!json_is_string(v))
        return fallback;
    if (tta_date_parse(tta_text_of(json_string_value(v)), TTA_DATE_ISO, &day) != NULL)
        return fallback;
    return day;
}

/*
 * Jansson has made a double of "0.07". A number with up to fifteen digits comes
 * back from its double by rounding to the scale, and dividing again must give
 * the same double; anything else had more decimals than the scale holds.
 */
static bool exact_of_double(double v, int64_t scale, int64_t *out)
{
    double scaled = v * (double)scale;
    int64_t n;

    if (!(fabs(scaled) < 1e15))
        return false;
    n = llround(scaled);
    if ((double)n / (double)scale != v)
        return false;
    *out = n;
    return true;
}

bool tta_json_exact(const json_t *value, int64_t scale, int64_t *out)
{
    static const struct tta_number_style plain = {'.', 0};

    if (json_is_integer(value)) {
        int64_t n;

        if (__builtin_mul_overflow((int64_t)json_integer_value(value), scale, &n))
            return false;
        *out = n;
        return true;
    }
    if (json_is_real(value))
        return exact_of_double(json_real_value(value), scale, out);
    if (json_is_string(value)) {
        struct tta_text t = tta_text_of(json_string_value(value));

        return (scale == 100 ? tta_money_parse(t, plain, out) : tta_decimal_parse(t, plain, out)) ==
               NULL;
    }
    return false;
}

bool tta_json_decimal(const json_t *object, const char *key, int64_t *micro)
{
    return tta_json_exact(json_object_get(object, key), TTA_MICRO, micro);
}

bool tta_json_money(const json_t *object, const char *key, int64_t *ore)
{
    return tta_json_exact(json_object_get(object, key), 100, ore);
}
