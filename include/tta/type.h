/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TYPE_H
#define TTA_TYPE_H
/*
 * The types a column can have. Types are declared, by a filter or by a rule
 * document, never guessed from a cell.
 */
#include "tta/date.h"
#include "tta/number.h"
#include "tta/text.h"

enum tta_type {
    TTA_TEXT,
    TTA_INTEGER, /* whole number */
    TTA_DECIMAL, /* six decimals at the most, exact */
    TTA_MONEY,   /* kroner in the file, int64 øre here */
    TTA_DATE,
    TTA_BOOLEAN, /* true/false, 1/0, yes/no, ja/nej, sand/falsk */
    TTA_NUMBER,  /* double: statistics only */
    TTA_CHOICE,  /* one of a list of names */
    TTA_EITHER   /* text, and the number it is where it is one (covariates of a model) */
};

struct tta_either {
    struct tta_text text;
    double number; /* NaN when the text is not a number */
};

/*
 * One cell's value. Which member counts is the column's type; the missing
 * value of each type stands beside it.
 */
union tta_slot {
    struct tta_text text;     /* ptr NULL */
    int64_t integer;          /* TTA_INTEGER_NONE */
    int64_t micro;            /* decimal, millionths: TTA_INTEGER_NONE */
    int64_t ore;              /* money: TTA_INTEGER_NONE */
    tta_date date;            /* TTA_DATE_NONE */
    int8_t boolean;           /* TTA_BOOLEAN_NONE */
    double number;            /* NaN */
    int32_t choice;           /* place in the list from 0: TTA_CHOICE_NONE */
    struct tta_either either; /* text.ptr NULL */
};
#define TTA_BOOLEAN_NONE ((int8_t)-1)
#define TTA_CHOICE_NONE ((int32_t)-1)

/* "whole number", "date", ...: for help and messages. */
const char *tta_type_name(enum tta_type type);

/* Bytes of the member of the type. */
size_t tta_type_size(enum tta_type type);

/* Writes the missing value at place, which is a member of the type. */
void tta_type_set_missing(enum tta_type type, void *place);
bool tta_type_is_missing(enum tta_type type, const void *place);

/* NULL, or why the text is not a truth value. Letter case does not matter. */
const char *tta_boolean_parse(struct tta_text text, int8_t *out);

#endif
