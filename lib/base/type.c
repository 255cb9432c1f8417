/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/type.h"

#include <math.h>
#include <string.h>

const char *tta_type_name(enum tta_type type)
{
    static const char *const names[] = {
        [TTA_TEXT] = "text",
        [TTA_INTEGER] = "whole number",
        [TTA_DECIMAL] = "decimal number",
        [TTA_MONEY] = "amount in kroner",
        [TTA_DATE] = "date",
        [TTA_BOOLEAN] = "truth value",
        [TTA_NUMBER] = "number",
        [TTA_CHOICE] = "choice",
        [TTA_EITHER] = "number or text",
    };

    return names[type];
}

size_t tta_type_size(enum tta_type type)
{
    static const size_t sizes[] = {
        [TTA_TEXT] = sizeof(struct tta_text),
        [TTA_INTEGER] = sizeof(int64_t),
        [TTA_DECIMAL] = sizeof(int64_t),
        [TTA_MONEY] = sizeof(int64_t),
        [TTA_DATE] = sizeof(tta_date),
        [TTA_BOOLEAN] = sizeof(int8_t),
        [TTA_NUMBER] = sizeof(double),
        [TTA_CHOICE] = sizeof(int32_t),
        [TTA_EITHER] = sizeof(struct tta_either),
    };

    return sizes[type];
}

void tta_type_set_missing(enum tta_type type, void *place)
{
    static const struct tta_text no_text = {NULL, 0};

    switch (type) {
    case TTA_TEXT:
        *(struct tta_text *)place = no_text;
        break;
    case TTA_EITHER:
        ((struct tta_either *)place)->text = no_text;
        ((struct tta_either *)place)->number = NAN;
        break;
    case TTA_DATE:
        *(tta_date *)place = TTA_DATE_NONE;
        break;
    case TTA_BOOLEAN:
        *(int8_t *)place = TTA_BOOLEAN_NONE;
        break;
    case TTA_NUMBER:
        *(double *)place = NAN;
        break;
    case TTA_CHOICE:
        *(int32_t *)place = TTA_CHOICE_NONE;
        break;
    default:
        *(int64_t *)place = TTA_INTEGER_NONE;
    }
}

bool tta_type_is_missing(enum tta_type type, const void *place)
{
    switch (type) {
    case TTA_TEXT:
        return ((const struct tta_text *)place)->ptr == NULL;
    case TTA_EITHER:
        return ((const struct tta_either *)place)->text.ptr == NULL;
    case TTA_DATE:
        return *(const tta_date *)place == TTA_DATE_NONE;
    case TTA_BOOLEAN:
        return *(const int8_t *)place == TTA_BOOLEAN_NONE;
    case TTA_NUMBER:
        return isnan(*(const double *)place);
    case TTA_CHOICE:
        return *(const int32_t *)place == TTA_CHOICE_NONE;
    default:
        return *(const int64_t *)place == TTA_INTEGER_NONE;
    }
}

/* Words other than the plain true and false, in any case. */
static const char *parse_word(struct tta_text text, int8_t *out)
{
    static const struct {
        const char *word;
        int8_t value;
    } words[] = {
        {"true", 1}, {"false", 0}, {"yes", 1},  {"no", 0},
        {"ja", 1},   {"nej", 0},   {"sand", 1}, {"falsk", 0},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tta_text_equal_fold(text, words[i].word)) {
            *out = words[i].value;
            return NULL;
        }
    return "not a truth value (true/false, 1/0, yes/no, ja/nej)";
}

const char *tta_boolean_parse(struct tta_text text, int8_t *out)
{
    /* what nearly every file holds */
    if (text.len == 1 && (text.ptr[0] == '0' || text.ptr[0] == '1'))
        *out = (int8_t)(text.ptr[0] - '0');
    else if (text.len == 4 && memcmp(text.ptr, "true", 4) == 0)
        *out = 1;
    else if (text.len == 5 && memcmp(text.ptr, "false", 5) == 0)
        *out = 0;
    else
        return parse_word(text, out);
    return NULL;
}
