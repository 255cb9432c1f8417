/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells into a record: each type, from CSV and from JSON, there, missing and wrong. */
#include "support.h"

#include <math.h>
#include <stddef.h>

#include "tta/column.h"

Suite *io_column_suite(void);

struct record {
    char before[8];
    union tta_slot value;
    char behind[8];
};

static const char *const colours[] = {"red", "dark green", "blue", NULL};
static const struct tta_choice_alias aliases[] = {
    {"roed", 0}, {"moerkegroen", 1}, {"blaa", 2}, {"dark_green", 1}, {NULL, 0}};

static struct tta_column column_of(enum tta_type type, unsigned flags)
{
    struct tta_column c = {
        "x", type, flags, offsetof(struct record, value), type == TTA_CHOICE ? colours : NULL,
        NULL};

    return c;
}

/* Binds one cell. Returns the code; checks that nothing beside the member was written. */
static int bind_cell(const struct tta_column *c, size_t index, const struct tta_cell *cell,
                     const struct tta_dialect *d, struct record *out, struct tta_error *e)
{
    struct tta_binding b = {
        .column = c, .index = index, .aliases = c->type == TTA_CHOICE ? aliases : NULL};
    struct tta_row row = {.cells = cell, .count = 1};
    int rc;

    memset(out, 0x5A, sizeof *out);
    memset(e, 0, sizeof *e);
    rc = tta_bind_row(&b, 1, &row, d, out, e);
    for (size_t i = 0; i < sizeof out->before; i++)
        ck_assert(out->before[i] == 0x5A && out->behind[i] == 0x5A);
    return rc;
}

static struct tta_cell cell_of(const char *text, enum tta_cell_kind kind)
{
    struct tta_cell c = {text, (uint32_t)strlen(text), kind};

    return c;
}

static bool same_value(enum tta_type type, const union tta_slot *a, const union tta_slot *b)
{
    switch (type) {
    case TTA_TEXT:
        return tta_text_equal(a->text, b->text);
    case TTA_EITHER:
        return tta_text_equal(a->either.text, b->either.text) &&
               (a->either.number == b->either.number ||
                (isnan(a->either.number) && isnan(b->either.number)));
    case TTA_NUMBER:
        return a->number == b->number;
    case TTA_DATE:
        return a->date == b->date;
    case TTA_BOOLEAN:
        return a->boolean == b->boolean;
    case TTA_CHOICE:
        return a->choice == b->choice;
    default:
        return a->integer == b->integer;
    }
}

#define DEFAULT (&tta_dialect_default)
#define DK (&tta_dialect_dk)

static const struct {
    enum tta_type type;
    const struct tta_dialect *dialect;
    const char *text;
    enum tta_cell_kind kind;
    union tta_slot value;
} good[] = {
    {TTA_TEXT, DEFAULT, " a ", TTA_CELL_TEXT, {.text = {" a ", 3}}},
    {TTA_TEXT, DEFAULT, "1.50", TTA_CELL_NUMBER, {.text = {"1.50", 4}}},
    {TTA_TEXT, DEFAULT, "true", TTA_CELL_TRUE, {.text = {"true", 4}}},
    {TTA_INTEGER, DEFAULT, "-12", TTA_CELL_TEXT, {.integer = -12}},
    {TTA_INTEGER, DK, "1.234", TTA_CELL_TEXT, {.integer = 1234}},
    {TTA_INTEGER, DK, "1234", TTA_CELL_NUMBER, {.integer = 1234}},
    {TTA_DECIMAL, DEFAULT, "1.5", TTA_CELL_TEXT, {.micro = 1500000}},
    {TTA_DECIMAL, DK, "1,5", TTA_CELL_TEXT, {.micro = 1500000}},
    {TTA_DECIMAL, DK, "1.5", TTA_CELL_NUMBER, {.micro = 1500000}}, /* JSON's own point */
    {TTA_MONEY, DEFAULT, "1234.56", TTA_CELL_TEXT, {.ore = 123456}},
    {TTA_MONEY, DK, "1.234,56", TTA_CELL_TEXT, {.ore = 123456}},
    {TTA_MONEY, DK, "1234.56", TTA_CELL_NUMBER, {.ore = 123456}},
    {TTA_DATE, DEFAULT, "1970-01-02", TTA_CELL_TEXT, {.date = 1}},
    {TTA_DATE, DK, "02-01-1970", TTA_CELL_TEXT, {.date = 1}},
    {TTA_BOOLEAN, DEFAULT, "ja", TTA_CELL_TEXT, {.boolean = 1}},
    {TTA_BOOLEAN, DEFAULT, "0", TTA_CELL_NUMBER, {.boolean = 0}},
    {TTA_BOOLEAN, DEFAULT, "true", TTA_CELL_TRUE, {.boolean = 1}},
    {TTA_BOOLEAN, DEFAULT, "false", TTA_CELL_FALSE, {.boolean = 0}},
    {TTA_NUMBER, DEFAULT, "1e-3", TTA_CELL_TEXT, {.number = 0.001}},
    {TTA_NUMBER, DK, "0,5", TTA_CELL_TEXT, {.number = 0.5}},
    {TTA_NUMBER, DK, "0.5", TTA_CELL_NUMBER, {.number = 0.5}},
    {TTA_CHOICE, DEFAULT, "red", TTA_CELL_TEXT, {.choice = 0}},
    {TTA_CHOICE, DEFAULT, "blue", TTA_CELL_TEXT, {.choice = 2}},
    {TTA_CHOICE, DEFAULT, "Dark-Green", TTA_CELL_TEXT, {.choice = 1}}, /* by its alias */
    {TTA_CHOICE,
     DEFAULT,
     "R\xC3\xB8"
     "d",
     TTA_CELL_TEXT,
     {.choice = 0}},
    {TTA_CHOICE, DEFAULT, "M\xC3\x98RKEGR\xC3\x98N", TTA_CELL_TEXT, {.choice = 1}},
    {TTA_EITHER, DEFAULT, "indsats", TTA_CELL_TEXT, {.either = {{"indsats", 7}, NAN}}},
    {TTA_EITHER, DEFAULT, "1.5", TTA_CELL_TEXT, {.either = {{"1.5", 3}, 1.5}}},
    {TTA_EITHER, DK, "1,5", TTA_CELL_TEXT, {.either = {{"1,5", 3}, 1.5}}},
    {TTA_EITHER, DK, "1.5", TTA_CELL_NUMBER, {.either = {{"1.5", 3}, 1.5}}},
};

START_TEST(values)
{
    struct tta_column c = column_of(good[_i].type, TTA_REQUIRED);
    struct tta_cell cell = cell_of(good[_i].text, good[_i].kind);
    struct record r;
    struct tta_error e;
    int rc = bind_cell(&c, 0, &cell, good[_i].dialect, &r, &e);

    ck_assert_msg(rc == 0, "%s: %s", good[_i].text, e.text);
    ck_assert(same_value(good[_i].type, &r.value, &good[_i].value));
}
END_TEST

static const struct {
    enum tta_type type;
    const struct tta_dialect *dialect;
    const char *text;
    enum tta_cell_kind kind;
    const char *sentence;
} bad[] = {
    {TTA_TEXT, DEFAULT, "[1]", TTA_CELL_NESTED, "an object or array where one value is wanted"},
    {TTA_EITHER, DEFAULT, "{}", TTA_CELL_NESTED, "an object or array where one value is wanted"},
    {TTA_INTEGER, DEFAULT, "x", TTA_CELL_TEXT, "not a whole number"},
    {TTA_INTEGER, DEFAULT, "1.0", TTA_CELL_NUMBER, "not a whole number"},
    {TTA_INTEGER, DEFAULT, "true", TTA_CELL_TRUE, "not a whole number"},
    {TTA_INTEGER, DK, "1.23", TTA_CELL_TEXT, "digits grouped otherwise than in threes"},
    {TTA_DECIMAL, DEFAULT, "1,5", TTA_CELL_TEXT, "not a number"},
    {TTA_MONEY, DEFAULT, "1.234", TTA_CELL_TEXT, "more than two decimals"},
    {TTA_MONEY, DK, "1.234", TTA_CELL_NUMBER, "more than two decimals"},
    {TTA_DATE, DEFAULT, "02-01-1970", TTA_CELL_TEXT, "not a date (yyyy-mm-dd)"},
    {TTA_DATE, DK, "1970-01-02", TTA_CELL_TEXT, "not a date (dd-mm-yyyy)"},
    {TTA_BOOLEAN, DEFAULT, "2", TTA_CELL_NUMBER,
     "not a truth value (true/false, 1/0, yes/no, ja/nej)"},
    {TTA_NUMBER, DEFAULT, "nan", TTA_CELL_TEXT, "not a number"},
    {TTA_NUMBER, DEFAULT, "1e999", TTA_CELL_NUMBER, "a number too large to hold"},
    {TTA_CHOICE, DEFAULT, "Red", TTA_CELL_TEXT, "not one of the values it may have"},
    {TTA_CHOICE, DEFAULT, "re", TTA_CELL_TEXT, "not one of the values it may have"},
};

START_TEST(wrong_values)
{
    struct tta_column c = column_of(bad[_i].type, TTA_NULLABLE);
    struct tta_cell cell = cell_of(bad[_i].text, bad[_i].kind);
    struct record r;
    struct tta_error e;

    ck_assert_int_eq(bind_cell(&c, 0, &cell, bad[_i].dialect, &r, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, bad[_i].sentence);
    ck_assert_str_eq(e.column, "x");
}
END_TEST

/* Empty, null, not there, or a text that the dialect calls missing: for every type. */
START_TEST(missing_values)
{
    static const struct tta_cell cells[] = {
        {"", 0, TTA_CELL_TEXT},   {"null", 4, TTA_CELL_NOTHING}, {NULL, 0, TTA_CELL_NOTHING},
        {"NA", 2, TTA_CELL_TEXT}, {"-99", 3, TTA_CELL_NUMBER},
    };
    struct tta_dialect d = tta_dialect_default;
    enum tta_type type = (enum tta_type)_i;

    d.missing[d.missing_count++] = "NA";
    d.missing[d.missing_count++] = "-99";
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct tta_column required = column_of(type, TTA_REQUIRED);
        struct tta_column nullable = column_of(type, TTA_NULLABLE);
        struct tta_column optional = column_of(type, TTA_OPTIONAL);
        struct record r;
        struct tta_error e;

        ck_assert_int_eq(bind_cell(&required, 0, &cells[i], &d, &r, &e), TTA_E_DATA);
        ck_assert_str_eq(e.text, "empty");
        ck_assert_str_eq(e.column, "x");
        ck_assert_int_eq(bind_cell(&nullable, 0, &cells[i], &d, &r, &e), 0);
        ck_assert(tta_type_is_missing(type, &r.value));
        ck_assert_int_eq(bind_cell(&optional, 0, &cells[i], &d, &r, &e), 0);
        ck_assert(tta_type_is_missing(type, &r.value));
        /* the column is not there at all; or, in JSON Lines, beyond this row's cells */
        ck_assert_int_eq(bind_cell(&optional, SIZE_MAX, &cells[i], &d, &r, &e), 0);
        ck_assert(tta_type_is_missing(type, &r.value));
        ck_assert_int_eq(bind_cell(&nullable, 1, &cells[i], &d, &r, &e), 0);
        ck_assert(tta_type_is_missing(type, &r.value));
        ck_assert_int_eq(bind_cell(&required, 1, &cells[i], &d, &r, &e), TTA_E_DATA);
    }
}
END_TEST

/* The first cell that is wrong is named, and an error from before stays. */
START_TEST(first_error)
{
    static const struct tta_column columns[] = {
        {"a", TTA_TEXT, 0, 0, NULL, NULL},
        {"b", TTA_TEXT, 0, 0, NULL, NULL},
        {"c", TTA_TEXT, 0, 0, NULL, NULL},
    };
    struct tta_binding b[3] = {{.column = &columns[0], .index = 2},
                               {.column = &columns[1], .index = 1},
                               {.column = &columns[2]}};
    struct tta_cell cells[3] = {
        {"", 0, TTA_CELL_TEXT}, {"", 0, TTA_CELL_TEXT}, {"x", 1, TTA_CELL_TEXT}};
    struct tta_row row = {.cells = cells, .count = 3};
    struct tta_text record;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_bind_row(b, 3, &row, DEFAULT, &record, &e), TTA_E_DATA);
    ck_assert_str_eq(e.column, "b");
    ck_assert_int_eq(tta_bind_row(b, 1, &row, DEFAULT, &record, &e), 0);
    ck_assert(tta_text_is(record, "x"));
}
END_TEST

Suite *io_column_suite(void)
{
    Suite *s = suite_create("io/column");
    TCase *t = tcase_create("all");

    tcase_add_loop_test(t, values, 0, sizeof good / sizeof *good);
    tcase_add_loop_test(t, wrong_values, 0, sizeof bad / sizeof *bad);
    tcase_add_loop_test(t, missing_values, TTA_TEXT, TTA_EITHER + 1);
    tcase_add_test(t, first_error);
    suite_add_tcase(s, t);
    return s;
}
