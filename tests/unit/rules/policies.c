/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ANY and COLLECT, checks, readings, examples, versions, and what is refused of them. */
#include "document.h"

#include "tta/data.h"

Suite *rules_policies_suite(void);

#define VAR(name) "{\"var\":\"" name "\"}"
#define TWO(first, second) RULE("one", VAR("b"), first) "," RULE("two", VAR("b2"), second)

static struct tta_rules_answer a;
static union tta_slot row[INPUTS];

static int answer(const struct tta_rules *r, int b, int b2, struct tta_error *e)
{
    clear_row(r, row);
    row[B].boolean = (int8_t)b;
    row[B2].boolean = (int8_t)b2;
    tta_error_clear(e);
    return tta_rules_answer(r, row, &a, e);
}

START_TEST(any)
{
    struct tta_rules *r = load_good(document("\"hit_policy\":\"ANY\",\"default\":{\"o\":0},",
                                             ALL_INPUTS, OUT, TWO("{\"o\":1}", "{\"o\":1}")));
    struct tta_error e;

    ck_assert_int_eq(answer(r, 1, 1, &e), 0);
    ck_assert_int_eq(a.out[0].integer, 1);
    ck_assert_uint_eq(a.hit_count, 1);
    ck_assert_uint_eq(a.hits[0], 0);
    ck_assert_int_eq(answer(r, 0, 0, &e), 0);
    ck_assert_uint_eq(a.hits[0], 2);
    tta_rules_free(r);
    r = load_good(document("\"hit_policy\":\"ANY\",", ALL_INPUTS, OUT,
                           TWO("{\"o\":{\"+\":[" VAR("i") ",1]}}", "{\"o\":2}")));
    ck_assert_int_eq(answer(r, 1, 1, &e), TTA_E_DATA);
    ck_assert_str_eq(e.column, "i");
    row[I].integer = 1;
    tta_error_clear(&e);
    ck_assert_int_eq(tta_rules_answer(r, row, &a, &e), 0);
    row[I].integer = 2;
    ck_assert_int_eq(tta_rules_answer(r, row, &a, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "the rules one and two both take it and differ in o");
    tta_rules_free(r);
}
END_TEST

#define SUMS                                                                                       \
    "{\"name\":\"n\",\"type\":\"integer\",\"start\":7,\"combine\":\"sum\"},"                       \
    "{\"name\":\"ok\",\"type\":\"boolean\",\"start\":true,\"combine\":\"and\"},"                   \
    "{\"name\":\"any\",\"type\":\"boolean\",\"start\":false,\"combine\":\"or\"},"                  \
    "{\"name\":\"least\",\"type\":\"money\",\"start\":null,\"nullable\":true,\"combine\":\"min\"}" \
    ",{\"name\":\"last\",\"type\":\"date\",\"start\":\"2012-01-02\",\"combine\":\"max\"}"

START_TEST(collect)
{
    struct tta_rules *r =
        load_good(document("\"hit_policy\":\"COLLECT\",", ALL_INPUTS, SUMS,
                           TWO("{\"n\":2,\"ok\":false,\"least\":1.5,\"last\":\"2011-01-01\"}",
                               "{\"n\":3,\"ok\":true,\"any\":true,\"least\":1,\"last\":\"2010-01-"
                               "01\"}") "," RULE("three", "{\"present\":\"i\"}", "{}")));
    struct tta_error e;

    ck_assert_int_eq(answer(r, 0, 0, &e), 0);
    ck_assert_uint_eq(a.hit_count, 0);
    ck_assert_int_eq(a.out[0].integer, 7); /* its start, where nobody gives it */
    ck_assert_int_eq(a.out[1].boolean, 1);
    ck_assert_int_eq(a.out[2].boolean, 0);
    ck_assert_int_eq(a.out[3].ore, TTA_INTEGER_NONE);
    ck_assert_int_eq(answer(r, 1, 1, &e), 0);
    ck_assert_uint_eq(a.hit_count, 2);
    ck_assert_uint_eq(a.hits[1], 1);
    ck_assert_int_eq(a.out[0].integer, 5);
    ck_assert_int_eq(a.out[1].boolean, 0);
    ck_assert_int_eq(a.out[2].boolean, 1);
    ck_assert_int_eq(a.out[3].ore, 100);
    ck_assert_int_eq(a.out[4].date, 14975); /* date -ud 2011-01-01 +%s / 86400 */
    clear_row(r, row);
    row[B].boolean = row[B2].boolean = 0;
    row[I].integer = 1;
    ck_assert_int_eq(tta_rules_answer(r, row, &a, &e), 0);
    ck_assert_uint_eq(a.hits[0], 2);
    ck_assert_int_eq(a.out[0].integer, 7);
    tta_rules_free(r);
}
END_TEST

static void refused(char *text, const char *why)
{
    struct tta_error e = {0};
    struct tta_rules *r = NULL;

    ck_assert_int_eq(load_text(text, &r, &e), TTA_E_CONFIG);
    ck_assert_str_eq(e.text, why);
}

START_TEST(refusals)
{
#define WITH(more, output) document(more, ALL_INPUTS, output, RULE("r", "true", "{\"o\":1}"))
    refused(WITH("\"hit_policy\":\"COLLECT\",", OUT),
            "/outputs/0: COLLECT needs start and combine");
    refused(WITH("", "{\"name\":\"o\",\"type\":\"integer\",\"start\":1}"),
            "/outputs/0: start and combine are for COLLECT");
    refused(WITH("\"hit_policy\":\"COLLECT\",",
                 "{\"name\":\"o\",\"type\":\"integer\",\"start\":1,\"combine\":\"and\"}"),
            "/outputs/0: and of a whole number");
    refused(WITH("\"hit_policy\":\"COLLECT\",\"default\":{},",
                 "{\"name\":\"o\",\"type\":\"integer\",\"start\":1,\"combine\":\"sum\"}"),
            "/default: COLLECT has starts, and no default");
    refused(WITH("", "{\"name\":\"rule\",\"type\":\"integer\"}"),
            "/outputs/0: rule is added by tta-visit itself");
    refused(WITH("\"version_of\":\"x\",", OUT), "/version_of: a version needs a deciding_date");
    refused(WITH("\"deciding_date\":\"i\",", OUT), "/deciding_date: no input of type date");
    refused(WITH("\"options\":[{\"name\":\"x\",\"type\":\"text\",\"values\":[\"a\"],\"default\":"
                 "\"b\"," DESCRIBED "}],",
                 OUT),
            "/options/0: default is not among its values");
    refused(WITH("\"examples\":[{\"given\":{\"z\":1},\"error\":\"rule\"}],", OUT),
            "/examples/0: no input z");
    refused(WITH("\"examples\":[{\"given\":{\"i\":\"1\"},\"error\":\"rule\"}],", OUT),
            "/examples/0: i is a text");
    refused(WITH("\"examples\":[{\"given\":{}}],", OUT),
            "/examples/0: either expect or error must be said");
    refused(WITH("\"today\":true,\"examples\":[{\"given\":{},\"error\":\"rule\"}],", OUT),
            "/examples/0: on is missing: the rules ask for today");
    refused(WITH("\"checks\":[{\"id\":\"k\",\"when\":{\"var\":\"i\"},\"because\":{\"en\":\"x\","
                 "\"da\":\"x\"}}],",
                 OUT),
            "/checks/0/when: check k: i is a whole number, not a truth value");
}
END_TEST

#define CHECK(when)                                                                                \
    "\"checks\":[{\"id\":\"order\",\"when\":" when                                                 \
    ",\"because\":{\"en\":\"The last day is before the first.\",\"da\":\"x\"}}],"

START_TEST(checks)
{
    struct tta_rules *r = load_good(document(CHECK("{\"<=\":[" VAR("t") "," VAR("t2") "]}"),
                                             ALL_INPUTS, OUT, RULE("r", "true", "{\"o\":1}")));
    struct tta_error e = {0};

    clear_row(r, row);
    row[T].date = 100;
    ck_assert_int_eq(tta_rules_answer(r, row, &a, &e), 0); /* t2 is missing: passed over */
    row[T2].date = 100;
    ck_assert_int_eq(tta_rules_answer(r, row, &a, &e), 0);
    row[T2].date = 99;
    ck_assert_int_eq(tta_rules_answer(r, row, &a, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "The last day is before the first. (order)");
    ck_assert_str_eq(e.column, "");
    tta_rules_free(r);
}
END_TEST

#define OPTIONS                                                                                    \
    "\"options\":[{\"name\":\"weeks\",\"type\":\"integer\",\"default\":8," DESCRIBED "},{\"name\"" \
    ":\"who\",\"type\":\"text\",\"values\":[\"all\",\"some\"],\"default\":\"all\"," DESCRIBED      \
    "}],"

START_TEST(readings)
{
    static const char *const good[] = {"weeks=13", "who=some"};
    static const char *const unknown[] = {"week=13"}, *const bad[] = {"who=none"};
    struct tta_rules *r =
        load_good(document(OPTIONS "\"default\":{\"o\":0},", ALL_INPUTS, OUT,
                           RULE("r", "{\"<=\":[" VAR("i") ",{\"option\":\"weeks\"}]}",
                                "{\"o\":{\"if\":[{\"==\":[{\"option\":\"who\"},\"all\"]},1,2]}}")));
    struct tta_error e = {0};

    clear_row(r, row);
    row[I].integer = 9;
    ck_assert_int_eq(tta_rules_answer(r, row, &a, &e), 0);
    ck_assert_int_eq(a.out[0].integer, 0);
    ck_assert_int_eq(tta_rules_reading(r, good, 2, &e), 0);
    ck_assert_int_eq(tta_rules_answer(r, row, &a, &e), 0);
    ck_assert_int_eq(a.out[0].integer, 2);
    ck_assert_int_eq(tta_rules_reading(r, unknown, 1, &e), TTA_E_USAGE);
    ck_assert_str_eq(e.text, "--reading=NAME=VALUE: the readings of test are called weeks, who");
    tta_error_clear(&e);
    ck_assert_int_eq(tta_rules_reading(r, bad, 1, &e), TTA_E_USAGE);
    ck_assert_str_eq(e.text, "--reading=who: none of its values: all, some");
    tta_rules_free(r);
}
END_TEST

/* Examples that are wrong are told, those that are right are not. */
START_TEST(examples)
{
    struct tta_rules *r = load_good(document(
        "\"examples\":[{\"given\":{\"i\":1},\"expect\":{\"o\":1,\"rule\":\"low\"}},"
        "{\"given\":{\"i\":2},\"expect\":{\"o\":1,\"rule\":\"low\"}},"
        "{\"given\":{\"i\":null},\"error\":\"i\"},{\"given\":{\"i\":null},\"error\":\"low\"},"
        "{\"given\":{\"i\":3},\"error\":\"rule\"},{\"given\":{\"i\":1},\"error\":\"i\"},"
        "{\"given\":{\"i\":3},\"expect\":{\"o\":2}}],",
        ALL_INPUTS, OUT,
        RULE("low", "{\"<\":[" VAR("i") ",2]}",
             "{\"o\":1}") "," RULE("high", "{\"==\":[" VAR("i") ",2]}", "{\"o\":2}")));
    static const char expected[] =
        "test: /examples/1 is not as expected\n    given i=2, all others empty\n"
        "    expected rule=low\n    came     rule=high\n    expected o=1\n    came     o=2\n"
        "test: /examples/5 is not as expected\n    given i=1, all others empty\n"
        "    expected error: i\n    came     rule=low\n"
        "test: /examples/6 is not as expected\n    given i=3, all others empty\n"
        "    expected an answer\n    came     error: no rule of test takes it\n";
    struct tta_buffer out = {0};
    struct tta_error e = {0};
    size_t failed;

    ck_assert_int_eq(tta_rules_run_examples(r, &out, &failed, &e), 0);
    ck_assert_uint_eq(failed, 3);
    ck_assert_int_eq(tta_buffer_char(&out, '\0'), 0);
    ck_assert_str_eq(out.ptr, expected);
    tta_buffer_release(&out);
    tta_rules_free(r);
}
END_TEST

/* The shipped versions: every day of one belongs to it and not to its neighbour. */
START_TEST(versions)
{
    struct tta_rules_family *f;
    struct tta_error e = {0};
    const struct tta_rules *version;
    union tta_slot in[TTA_RULES_INPUTS_MAX];

    ck_assert_msg(tta_rules_family_load("sygedagpenge", &f, &e) == 0, "%s", e.text);
    ck_assert_uint_ge(f->count, 2);
    ck_assert_str_eq(f->name, "sygedagpenge");
    for (size_t i = 0; i < f->input_count; i++)
        tta_type_set_missing(f->inputs[i].type, &in[i]);
    for (size_t v = 0; v < f->count; v++)
        for (int end = 0; end < 2; end++) {
            const struct tta_rules *t = f->versions[v];

            in[f->deciding].date =
                end == 0 || t->valid_to == TTA_DATE_NONE ? t->valid_from : t->valid_to;
            tta_error_clear(&e);
            version = NULL;
            tta_rules_family_answer(f, in, &version, &a, &e);
            ck_assert_ptr_eq(version, t);
        }
    in[f->deciding].date = f->versions[0]->valid_from - 1;
    tta_error_clear(&e);
    ck_assert_int_eq(tta_rules_family_answer(f, in, &version, &a, &e), TTA_E_DATA);
    ck_assert_str_eq(e.column, f->inputs[f->deciding].name);
    ck_assert_ptr_nonnull(strstr(e.text, "before the first version of sygedagpenge, "));
    in[f->deciding].date = TTA_DATE_NONE;
    tta_error_clear(&e);
    ck_assert_int_eq(tta_rules_family_answer(f, in, &version, &a, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "empty, and sygedagpenge decides by it");
    tta_rules_family_free(f);
    tta_error_clear(&e);
    ck_assert_int_eq(tta_rules_family_load("nobody", &f, &e), TTA_E_CONFIG);
    ck_assert_ptr_null(f);
}
END_TEST

Suite *rules_policies_suite(void)
{
    Suite *s = suite_create("rules/policies");
    TCase *t = tcase_create("policies");

    tcase_add_test(t, any);
    tcase_add_test(t, collect);
    tcase_add_test(t, refusals);
    tcase_add_test(t, checks);
    tcase_add_test(t, readings);
    tcase_add_test(t, examples);
    tcase_add_test(t, versions);
    suite_add_tcase(s, t);
    return s;
}
