/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

Suite *data_load_suite(void);

#define HEAD                                                                                       \
    "{\"id\":\"x\",\"title\":\"t\",\"valid_from\":\"2020-01-01\",\"valid_to\":null,"               \
    "\"source\":\"s\",\"confidence\":\"seen\","
#define DAYS                                                                                       \
    HEAD "\"unit\":\"days\",\"rows\":[{\"valid_from\":\"2020-01-01\",\"value\":7,"                 \
         "\"source\":\"s\",\"confidence\":\"seen\"}]}"

START_TEST(every_shipped_document_loads)
{
    const struct tta_embedded *list;
    size_t count = tta_embedded_list(&list);

    ck_assert_uint_ge(count, 11);
    for (size_t i = 0; i < count; i++) {
        struct tta_document d;
        struct tta_error e = {0};
        char name[256];

        ck_assert_msg(tta_document_load(list[i].kind, list[i].name, &d, &e) == 0, "%s/%s: %s",
                      list[i].kind, list[i].name, e.text);
        ck_assert_str_eq(d.id, list[i].name);
        snprintf(name, sizeof name, "%s/%s", list[i].kind, list[i].name);
        ck_assert_str_eq(d.source_name, name);
        ck_assert_uint_gt(strlen(d.title), 0);
        ck_assert_str_eq(tta_json_text(d.root, "title", ""), d.title);
        tta_document_release(&d);
        ck_assert_ptr_null(d.root);
    }
}
END_TEST

START_TEST(head_is_taken)
{
    struct tta_document d;
    struct tta_error e = {0};
    tta_date from, to;

    ck_assert_int_eq(tta_document_load("refusion", "2011", &d, &e), 0);
    tta_date_from_ymd(2011, 1, 1, &from);
    tta_date_from_ymd(2015, 12, 27, &to);
    ck_assert_int_eq(d.valid_from, from);
    ck_assert_int_eq(d.valid_to, to);
    tta_document_release(&d);
    ck_assert_int_eq(tta_document_load("refusion", "2016", &d, &e), 0);
    ck_assert_int_eq(d.valid_to, TTA_DATE_NONE);
    tta_document_release(&d);
}
END_TEST

/* The hash is that of coreutils: printf '...' | b2sum -l 256 */
START_TEST(hash_is_blake2b_256_of_the_bytes)
{
    static const char expected[] =
        "f2f66e3638d62a5f8673a095c505b4d5abcec7b31ac93fbf8d9e2d24b181ae10";
    struct tta_document d;
    struct tta_error e = {0};
    char hex[65];

    ck_assert_msg(load_bytes("rates", DAYS, strlen(DAYS), &d, &e) == 0, "%s", e.text);
    for (int i = 0; i < 32; i++)
        snprintf(hex + 2 * i, 3, "%02x", d.hash[i]);
    ck_assert_str_eq(hex, expected);
    tta_document_release(&d);
}
END_TEST

START_TEST(byte_order_mark_is_skipped)
{
    struct tta_document d;
    struct tta_error e = {0};

    ck_assert_int_eq(load_bytes("rates", "\xEF\xBB\xBF" DAYS, strlen(DAYS) + 3, &d, &e), 0);
    ck_assert_str_eq(d.id, "x");
    tta_document_release(&d);
}
END_TEST

/* What is no JSON at all: line, column and a sentence that quotes nothing. */
static const struct {
    const char *bytes;
    int line, column;
    const char *problem;
} syntax[] = {
    {"", 1, 0, "not JSON: ends too early"},
    {"{\"id\":\n\"SECRET", 2, 7, "not JSON: ends too early"},
    {"{\"id\":\nSECRET}", 2, 6, "not JSON: a syntax error"},
    {"{} SECRET", 1, 9, "not JSON: something follows after the end"},
    {"{\"a\": 1,\n \"a\": 2}", 2, 4, "a key stands twice in one object"},
    {"{\"a\": \"\xFF\"}", 1, 7, "not JSON: not UTF-8"},
    {"{\"a\": \"SECRET\\u0000\"}", 1, 20, "a text with a NUL character"},
    {"{\"a\": 99999999999999999999}", 1, 26, "a number too large to hold"},
    {"{\"a\": 1e999}", 1, 11, "a number too large to hold"},
};

START_TEST(syntax_errors_have_a_place)
{
    struct tta_document d;
    struct tta_error e = {0};
    char text[128];

    ck_assert_int_eq(load_bytes("rates", syntax[_i].bytes, strlen(syntax[_i].bytes), &d, &e),
                     TTA_E_CONFIG);
    snprintf(text, sizeof text, "column %d: %s", syntax[_i].column, syntax[_i].problem);
    ck_assert_str_eq(e.text, text);
    ck_assert_int_eq(e.line, syntax[_i].line);
    ck_assert_ptr_null(strstr(e.text, "SECRET"));
    ck_assert_ptr_nonnull(strstr(e.source, "/tta-test-"));
}
END_TEST

START_TEST(duplicate_key_in_a_document)
{
    char *text =
        changed_text("refusion", "2011", "\"valid_to\": ", "\"id\": \"2\",\n\"valid_to\": ");
    struct tta_document d;
    struct tta_error e = {0};

    ck_assert_int_eq(load_bytes("refusion", text, strlen(text), &d, &e), TTA_E_CONFIG);
    ck_assert_ptr_nonnull(strstr(e.text, "a key stands twice in one object"));
    ck_assert_int_eq(e.line, 5);
    free(text);
}
END_TEST

START_TEST(root_must_be_an_object)
{
    struct tta_document d;
    struct tta_error e = {0};

    ck_assert_int_eq(load_bytes("rates", "[1]", 3, &d, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "should be an object");
}
END_TEST

/* A rules document whose only condition is that many nots of true. */
static void nested_rule(char *out, size_t size, int nots)
{
    size_t n = (size_t)snprintf(
        out, size,
        HEAD "\"inputs\":[{\"name\":\"a\",\"type\":\"boolean\",\"description\":{\"en\":\"a\","
             "\"da\":\"a\"}}],\"outputs\":[{\"name\":\"b\",\"type\":\"integer\"}],\"rules\":[{"
             "\"id\":\"r\",\"then\":{\"b\":1},\"because\":{\"en\":\"x\",\"da\":\"x\"},"
             "\"source\":\"s\",\"when\":");

    for (int i = 0; i < nots; i++)
        n += (size_t)snprintf(out + n, size - n, "{\"!\":");
    n += (size_t)snprintf(out + n, size - n, "true");
    for (int i = 0; i < nots; i++)
        n += (size_t)snprintf(out + n, size - n, "}");
    snprintf(out + n, size - n, "}]}");
}

START_TEST(nested_too_deeply)
{
    char text[16000];
    struct tta_document d;
    struct tta_error e = {0};

    /* /rules/0/when is level 3, so that level 512 is the 509th not's operand */
    nested_rule(text, sizeof text, 509);
    ck_assert_msg(load_bytes("rules", text, strlen(text), &d, &e) == 0, "%s", e.text);
    tta_document_release(&d);
    nested_rule(text, sizeof text, 510);
    ck_assert_int_eq(load_bytes("rules", text, strlen(text), &d, &e), TTA_E_CONFIG);
    ck_assert_msg(strstr(e.text, ": more than 512 levels deep") != NULL, "%s", e.text);
    ck_assert_ptr_eq(strstr(e.text, "/rules/0/when/!/!/!"), e.text);

    /* deeper than Jansson itself goes */
    memset(&e, 0, sizeof e);
    memset(text, '[', sizeof text);
    ck_assert_int_eq(load_bytes("rules", text, sizeof text, &d, &e), TTA_E_CONFIG);
    ck_assert_ptr_nonnull(strstr(e.text, "nested too deeply"));
}
END_TEST

START_TEST(no_such_file)
{
    struct tta_document d;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_document_load("rates", "/nonexistent/x.json", &d, &e), TTA_E_NOINPUT);
    ck_assert_str_eq(e.source, "/nonexistent/x.json");
    ck_assert_ptr_nonnull(strstr(e.text, "cannot be opened: "));
    memset(&e, 0, sizeof e);
    /* no slash, but the ending says that a file is meant */
    ck_assert_int_eq(tta_document_load("rates", "nonexistent.json", &d, &e), TTA_E_NOINPUT);
    tta_document_release(&d); /* allowed after a failure */
}
END_TEST

START_TEST(a_folder)
{
    struct tta_document d;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_document_load("rates", "/tmp/", &d, &e), TTA_E_NOINPUT);
    ck_assert_str_eq(e.text, "is a folder, not a file");
}
END_TEST

START_TEST(too_large)
{
    size_t len = TTA_DOCUMENT_MAX + 1;
    char *bytes = malloc(len);
    struct tta_document d;
    struct tta_error e = {0};

    ck_assert_ptr_nonnull(bytes);
    memset(bytes, ' ', len);
    memcpy(bytes, DAYS, strlen(DAYS));
    ck_assert_int_eq(load_bytes("rates", bytes, len, &d, &e), TTA_E_CONFIG);
    ck_assert_ptr_nonnull(strstr(e.text, "larger than a document can be"));
    /* one byte less is the largest that is taken */
    memset(&e, 0, sizeof e);
    ck_assert_int_eq(load_bytes("rates", bytes, len - 1, &d, &e), 0);
    tta_document_release(&d);
    free(bytes);
}
END_TEST

START_TEST(unknown_name_lists_the_names)
{
    struct tta_document d;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_document_load("refusion", "2012", &d, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, "no refusion document 2012; built in: 2006, 2010, 2011, 2016 "
                             "(a file is given as a path with / or .json)");
}
END_TEST

START_TEST(fail_names_document_and_place)
{
    struct tta_document d;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_document_load("refusion", "2011", &d, &e), 0);
    ck_assert_int_eq(tta_document_fail(&d, &e, "/bands/3", "not %d", 7), TTA_E_CONFIG);
    ck_assert_str_eq(e.source, "refusion/2011");
    ck_assert_str_eq(e.text, "/bands/3: not 7");
    tta_error_clear(&e);
    tta_document_fail(&d, &e, "", "wrong as a whole");
    ck_assert_str_eq(e.text, "wrong as a whole");
    tta_document_release(&d);
}
END_TEST

START_TEST(a_changed_copy_of_a_code_list_keeps_its_id)
{
    char path[] = TEST_PATH;
    struct tta_document d;
    struct tta_error e = {0};

    changed_file(path, "codes", "municipalities", "København", "Kjøbenhavn");
    ck_assert_msg(tta_document_load("codes", path, &d, &e) == 0, "%s", e.text);
    ck_assert_str_eq(d.source_name, path);
    tta_document_release(&d);
    unlink(path);
    expect_changed("codes", "municipalities", "\"id\": \"municipalities\"", "\"id\": \"mine\"",
                   "/id: no document of kind codes has this id; a changed copy keeps its id");
}
END_TEST

START_TEST(valid_to_before_valid_from)
{
    expect_changed("refusion", "2011", "2015-12-27", "2010-12-31", "/valid_to: before valid_from");
}
END_TEST

static long allocations_left;

static void *counted_malloc(size_t size)
{
    return allocations_left-- > 0 ? malloc(size) : NULL;
}

/* Every allocation of Jansson failing in turn: out of memory, never "not JSON", and no leak (asan).
 */
START_TEST(out_of_memory)
{
    struct tta_document d;
    struct tta_error e = {0};
    long k;

    json_set_alloc_funcs(counted_malloc, free); /* the test has a process of its own */
    for (k = 0;; k++) {
        memset(&e, 0, sizeof e);
        allocations_left = k;
        if (tta_document_load("refusion", "2016", &d, &e) == 0)
            break;
        ck_assert_msg(e.code == TTA_E_MEMORY, "allocation %ld: %d %s", k, e.code, e.text);
        ck_assert_str_eq(e.text, "out of memory");
    }
    ck_assert_int_gt(k, 100);
    tta_document_release(&d);
    json_set_alloc_funcs(malloc, free);
}
END_TEST

Suite *data_load_suite(void)
{
    Suite *s = suite_create("data/load");
    TCase *t = tcase_create("all");

    tcase_add_test(t, every_shipped_document_loads);
    tcase_add_test(t, head_is_taken);
    tcase_add_test(t, hash_is_blake2b_256_of_the_bytes);
    tcase_add_test(t, byte_order_mark_is_skipped);
    tcase_add_loop_test(t, syntax_errors_have_a_place, 0, sizeof syntax / sizeof *syntax);
    tcase_add_test(t, duplicate_key_in_a_document);
    tcase_add_test(t, root_must_be_an_object);
    tcase_add_test(t, nested_too_deeply);
    tcase_add_test(t, no_such_file);
    tcase_add_test(t, a_folder);
    tcase_add_test(t, too_large);
    tcase_add_test(t, unknown_name_lists_the_names);
    tcase_add_test(t, fail_names_document_and_place);
    tcase_add_test(t, a_changed_copy_of_a_code_list_keeps_its_id);
    tcase_add_test(t, valid_to_before_valid_from);
    tcase_add_test(t, out_of_memory);
    suite_add_tcase(s, t);
    return s;
}
