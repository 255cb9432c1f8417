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

int named_once(const struct tta_list *items, size_t at, const char *option, struct tta_error *e)
{
    size_t len = strcspn(items->items[at], "=");

    for (size_t i = 0; i < at; i++)
        if (strcspn(items->items[i], "=") == len &&
            strncmp(items->items[i], items->items[at], len) == 0)
            return tta_fail(e, TTA_E_USAGE, "--%s: item %zu names what item %zu does", option,
                            at + 1, i + 1);
    return 0;
}
