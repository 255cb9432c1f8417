/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/type.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *name;
    size_t size;
} types[] = {
    [TTA_TEXT] = {"text", sizeof(struct tta_text)},
    [TTA_INTEGER] = {"whole number", sizeof(int64_t)},
    [TTA_DECIMAL] = {"decimal number", sizeof(int64_t)},
    [TTA_MONEY] = {"amount in kroner", sizeof(int64_t)},
    [TTA_DATE] = {"date", sizeof(tta_date)},
    [TTA_BOOLEAN] = {"truth value", sizeof(int8_t)},
    [TTA_NUMBER] = {"number", sizeof(double)},
    [TTA_CHOICE] = {"choice", sizeof(int32_t)},
    [TTA_EITHER] = {"number or text", sizeof(struct tta_either)},
};

const char *tta_type_name(enum tta_type type)
{
    return types[type].name;
}

size_t tta_type_size(enum tta_type type)
{
    return types[type].size;
}

void tta_type_set_missing(enum tta_type type, void *place)
{
    union tta_slot none;

    memset(&none, 0, sizeof none);
    switch (type) {
    case TTA_TEXT:
        break; /* ptr NULL */
    case TTA_EITHER:
        none.either.number = NAN;
        break;
    case TTA_DATE:
        none.date = TTA_DATE_NONE;
        break;
    case TTA_BOOLEAN:
        none.boolean = TTA_BOOLEAN_NONE;
        break;
    case TTA_NUMBER:
        none.number = NAN;
        break;
    case TTA_CHOICE:
        none.choice = TTA_CHOICE_NONE;
        break;
    default:
        none.integer = TTA_INTEGER_NONE;
    }
    memcpy(place, &none, types[type].size);
}

bool tta_type_is_missing(enum tta_type type, const void *place)
{
    union tta_slot slot;

    memcpy(&slot, place, types[type].size);
    switch (type) {
    case TTA_TEXT:
    case TTA_EITHER:
        return slot.text.ptr == NULL;
    case TTA_DATE:
        return slot.date == TTA_DATE_NONE;
    case TTA_BOOLEAN:
        return slot.boolean == TTA_BOOLEAN_NONE;
    case TTA_NUMBER:
        return isnan(slot.number);
    case TTA_CHOICE:
        return slot.choice == TTA_CHOICE_NONE;
    default:
        return slot.integer == TTA_INTEGER_NONE;
    }
}

const char *tta_boolean_parse(struct tta_text text, int8_t *out)
{
    static const struct {
        const char *word;
        int8_t value;
    } words[] = {
        {"true", 1}, {"false", 0}, {"yes", 1},  {"no", 0},
        {"ja", 1},   {"nej", 0},   {"sand", 1}, {"falsk", 0},
    };

    if (text.len == 1 && (text.ptr[0] == '0' || text.ptr[0] == '1')) {
        *out = (int8_t)(text.ptr[0] - '0');
        return NULL;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tta_text_equal_fold(text, words[i].word)) {
            *out = words[i].value;
            return NULL;
        }
    return "not a truth value (true/false, 1/0, yes/no, ja/nej)";
}
