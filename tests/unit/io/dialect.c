/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dialect files: what each key says, and what is refused with which sentence. */
#include "../../fuzz/file.h"

#include <check.h>

#include "tta/dialect.h"

Suite *io_dialect_suite(void);

static struct tta_dialect_file *keep;
static struct tta_error e;

static void set_up(void)
{
    memset(&e, 0, sizeof e);
}

/* The same keys as tta_dialect_dk, and then some. */
START_TEST(all_keys)
{
    static const char text[] =
        "{\"delimiter\": \"|\", \"decimalChar\": \",\", \"groupChar\": \" \",\n"
        " \"missingValues\": [\"\", \"NA\", \"-\"], \"encoding\": \"Windows-1252\",\n"
        " \"dateFormat\": \"dd-mm-yyyy\", \"quoteChar\": \"\\\"\", \"doubleQuote\": true,\n"
        " \"header\": true, \"skipInitialSpace\": false}";
    struct tta_dialect d;

    ck_assert_int_eq(tta_dialect_load(file_of(text, sizeof text - 1), &d, &keep, &e), 0);
    ck_assert_int_eq(d.delimiter, '|');
    ck_assert_int_eq(d.number.decimal, ',');
    ck_assert_int_eq(d.number.group, ' ');
    ck_assert_int_eq(d.date, TTA_DATE_DK);
    ck_assert_int_eq(d.encoding, TTA_WINDOWS_1252);
    ck_assert_uint_eq(d.missing_count, 2); /* the empty text is missing anyway */
    ck_assert_str_eq(d.missing[0], "NA");
    ck_assert_str_eq(d.missing[1], "-");
    tta_dialect_release(keep);
}
END_TEST

START_TEST(defaults)
{
    struct tta_dialect d;

    ck_assert_int_eq(tta_dialect_load(file_of("{}", 2), &d, &keep, &e), 0);
    ck_assert_int_eq(memcmp(&d, &tta_dialect_default, sizeof d), 0);
    tta_dialect_release(keep);
    ck_assert_int_eq(tta_dialect_load("dk", &d, &keep, &e), 0);
    ck_assert_int_eq(memcmp(&d, &tta_dialect_dk, sizeof d), 0);
    ck_assert_int_eq(d.delimiter, ';');
    ck_assert_int_eq(d.number.decimal, ',');
    ck_assert_int_eq(d.number.group, '.');
    ck_assert_int_eq(d.date, TTA_DATE_DK);
    ck_assert_int_eq(d.encoding, TTA_ENCODING_DK);
    tta_dialect_release(keep);
    ck_assert_ptr_null(tta_dialect_problem(&tta_dialect_default));
    ck_assert_ptr_null(tta_dialect_problem(&tta_dialect_dk));
}
END_TEST

#define NO_KEY ": not a key of a dialect, or a value it cannot have"
#define DELIMITER                                                                                  \
    "the delimiter must be one ASCII character, and neither a quote nor a control character "      \
    "other than tab"
#define WRITTEN "the delimiter must not be a letter, a digit, a plus or a minus sign"

static const struct {
    const char *text, *sentence;
} bad[] = {
    {"{\"delimeter\": \";\"}", "delimeter" NO_KEY},
    {"{\"\": 1}", NO_KEY},
    {"{\"a\\nb\": 1}", "a?b" NO_KEY},
    {"{\"delimiter\": \"\"}", "delimiter" NO_KEY},
    {"{\"delimiter\": \";;\"}", "delimiter" NO_KEY},
    {"{\"delimiter\": \"\xC3\xA6\"}", "delimiter" NO_KEY},
    {"{\"delimiter\": 1}", "delimiter" NO_KEY},
    {"{\"decimalChar\": \"\"}", "decimalChar" NO_KEY},
    {"{\"groupChar\": null}", "groupChar" NO_KEY},
    {"{\"missingValues\": \"NA\"}", "missingValues" NO_KEY},
    {"{\"missingValues\": [1]}", "missingValues" NO_KEY},
    {"{\"missingValues\": [\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]}",
     "missingValues" NO_KEY},
    {"{\"encoding\": \"ebcdic\"}", "encoding" NO_KEY},
    {"{\"encoding\": 1}", "encoding" NO_KEY},
    {"{\"dateFormat\": \"mm/dd/yyyy\"}", "dateFormat" NO_KEY},
    {"{\"quoteChar\": \"'\"}", "quoteChar" NO_KEY},
    {"{\"doubleQuote\": false}", "doubleQuote" NO_KEY},
    {"{\"header\": false}", "header" NO_KEY},
    {"{\"skipInitialSpace\": true}", "skipInitialSpace" NO_KEY},
    {"{\"delimiter\": \"\\\"\"}", DELIMITER},
    {"{\"delimiter\": \"\\n\"}", DELIMITER},
    {"{\"delimiter\": \"\\u0001\"}", DELIMITER},
    {"{\"delimiter\": \"7\"}", WRITTEN},
    {"{\"delimiter\": \"-\"}", WRITTEN},
    {"{\"delimiter\": \"+\"}", WRITTEN},
    {"{\"delimiter\": \"e\"}", WRITTEN},
    {"{\"delimiter\": \"T\"}", WRITTEN},
    {"{\"decimalChar\": \";\"}", "the decimal mark must be . or ,"},
    {"{\"groupChar\": \"_\"}", "the grouping mark must be . , ' or a space"},
    {"{\"groupChar\": \".\"}", "the decimal mark and the grouping mark are the same"},
    {"{\"decimalChar\": \",\"}", "the delimiter and the decimal mark are the same"},
    {"{\"delimiter\": \".\"}", "the delimiter and the decimal mark are the same"},
    {"[]", "not a JSON object"},
    {"", "not a JSON object"},
    {"{\"delimiter\": \";\"", "not a JSON object"},
    {"{\"delimiter\": \";\", \"delimiter\": \";\"}", "not a JSON object"},
};

START_TEST(refused)
{
    struct tta_dialect d;
    const char *path = file_of(bad[_i].text, strlen(bad[_i].text));

    ck_assert_int_eq(tta_dialect_load(path, &d, &keep, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, bad[_i].sentence);
    ck_assert_str_eq(e.source, path);
    tta_dialect_release(keep);
}
END_TEST

START_TEST(no_such_file)
{
    struct tta_dialect d;

    ck_assert_int_eq(tta_dialect_load("se", &d, &keep, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "no dialect of this name (dk, or the path of a JSON file)");
    ck_assert_str_eq(e.source, "se");
    tta_dialect_release(keep);
    tta_error_clear(&e);
    /* as with any other document: a path that is not there is a file that is not there */
    ck_assert_int_eq(tta_dialect_load("no/such/file", &d, &keep, &e), TTA_E_NOINPUT);
    ck_assert_str_eq(e.source, "no/such/file");
    tta_dialect_release(keep);
    tta_error_clear(&e);
    ck_assert_int_eq(tta_dialect_load("nosuchfile.json", &d, &keep, &e), TTA_E_NOINPUT);
    tta_dialect_release(keep);
    tta_error_clear(&e);
    ck_assert_int_eq(tta_dialect_load("/tmp/", &d, &keep, &e), TTA_E_NOINPUT);
    ck_assert_str_eq(e.text, "is a folder, not a file");
    tta_dialect_release(keep);
    tta_error_clear(&e);
    ck_assert_int_eq(tta_dialect_load("/dev/zero", &d, &keep, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "larger than a dialect can be (1048576 bytes)");
    tta_dialect_release(keep);
}
END_TEST

START_TEST(names)
{
    static const char *const encodings[] = {
        "utf-8",    "windows-1252", "iso-8859-1",           "utf-16",
        "utf-16le", "utf-16be",     "utf-8-or-windows-1252"};
    enum tta_encoding encoding;
    enum tta_date_format format;

    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        ck_assert(tta_encoding_find(encodings[i], &encoding));
        ck_assert_int_eq(encoding, (int)i);
        ck_assert_str_eq(tta_encoding_name(encoding), encodings[i]);
    }
    ck_assert(tta_encoding_find("CP1252", &encoding) && encoding == TTA_WINDOWS_1252);
    ck_assert(tta_encoding_find("Latin1", &encoding) && encoding == TTA_ISO_8859_1);
    ck_assert(!tta_encoding_find("", &encoding));
    ck_assert(!tta_encoding_find("utf-32", &encoding));
    ck_assert(tta_date_format_find("dd-mm-yyyy", &format) && format == TTA_DATE_DK);
    ck_assert(tta_date_format_find("yyyy-mm-dd", &format) && format == TTA_DATE_ISO);
    ck_assert(!tta_date_format_find("dk", &format));
    ck_assert_str_eq(tta_date_format_name(TTA_DATE_DK), "dd-mm-yyyy");
    ck_assert_str_eq(tta_date_format_name(TTA_DATE_ISO), "yyyy-mm-dd");
}
END_TEST

Suite *io_dialect_suite(void)
{
    Suite *s = suite_create("io/dialect");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, set_up, NULL);
    tcase_add_test(t, all_keys);
    tcase_add_test(t, defaults);
    tcase_add_loop_test(t, refused, 0, sizeof bad / sizeof *bad);
    tcase_add_test(t, no_such_file);
    tcase_add_test(t, names);
    suite_add_tcase(s, t);
    return s;
}
