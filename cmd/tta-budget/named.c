/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "named.h"

int named_number(const char *item, const char *option, int64_t least, struct tta_text *name,
                 int64_t *micro, struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    const char *equals = strchr(item, '='), *problem;

    if (equals == NULL || equals == item)
        return tta_fail(e, TTA_E_USAGE, "--%s: NAME=NUMBER", option);
    name->ptr = item;
    name->len = (size_t)(equals - item);
    problem = tta_decimal_parse(tta_text_of(equals + 1), plain, micro);
    if (problem != NULL)
        return tta_fail(e, TTA_E_USAGE, "--%s: %s", option, problem);
    if (*micro < least)
        return tta_fail(e, TTA_E_USAGE, "--%s: a negative number", option);
    return 0;
}
