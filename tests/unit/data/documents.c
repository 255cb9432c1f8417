/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands in the documents that have no loader here: code lists and figures. */
#include "support.h"

Suite *data_documents_suite(void);

static struct tta_document doc;

static void load(const char *kind, const char *name)
{
    struct tta_error e = {0};

    ck_assert_msg(tta_document_load(kind, name, &doc, &e) == 0, "%s", e.text);
}

static const json_t *get(const char *key)
{
    return json_object_get(doc.root, key);
}

/* ---- codes/columns ---- */

/* Lower case, digits and _; what a header becomes when spaces, hyphens and æ ø å are folded. */
static bool is_normal(const char *s)
{
    return *s != '\0' && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(s);
}

/* How often a word stands among the names and aliases of the list (of one column, if given). */
static int uses(const json_t *list, const char *name_key, const char *column, const char *word)
{
    int n = 0;

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i), *aliases = json_object_get(row, "aliases");

        if (column != NULL && strcmp(tta_json_text(row, "column", ""), column) != 0)
            continue;
        n += strcmp(tta_json_text(row, name_key, ""), word) == 0;
        for (size_t k = 0; k < json_array_size(aliases); k++)
            n += strcmp(json_string_value(json_array_get(aliases, k)), word) == 0;
    }
    return n;
}

/* One word, one concept: canonical names and aliases together. */
START_TEST(a_column_alias_has_one_meaning)
{
    const json_t *columns;

    load("codes", "columns");
    columns = get("columns");
    for (size_t i = 0; i < json_array_size(columns); i++) {
        const json_t *row = json_array_get(columns, i), *aliases = json_object_get(row, "aliases");
        const char *name = tta_json_text(row, "name", "");

        ck_assert_msg(is_normal(name), "%s", name);
        ck_assert_msg(uses(columns, "name", NULL, name) == 1, "%s", name);
        for (size_t k = 0; k < json_array_size(aliases); k++) {
            const char *alias = json_string_value(json_array_get(aliases, k));

            ck_assert_msg(is_normal(alias), "%s", alias);
            ck_assert_msg(uses(columns, "name", NULL, alias) == 1, "%s", alias);
        }
    }
    tta_document_release(&doc);
}
END_TEST

START_TEST(a_value_alias_has_one_meaning_in_its_column)
{
    const json_t *values, *columns;

    load("codes", "columns");
    values = get("values");
    columns = get("columns");
    for (size_t i = 0; i < json_array_size(values); i++) {
        const json_t *row = json_array_get(values, i), *aliases = json_object_get(row, "aliases");
        const char *column = tta_json_text(row, "column", "");

        ck_assert_int_eq(uses(columns, "name", NULL, column), 1);
        ck_assert_int_eq(uses(values, "value", column, tta_json_text(row, "value", "")), 1);
        for (size_t k = 0; k < json_array_size(aliases); k++) {
            const char *alias = json_string_value(json_array_get(aliases, k));

            ck_assert_msg(is_normal(alias), "%s", alias);
            ck_assert_msg(uses(values, "value", column, alias) == 1, "%s", alias);
        }
    }
    tta_document_release(&doc);
}
END_TEST

/* The columns that issue 2 names, and the aliases that files from Danish systems bring. */
START_TEST(columns_of_the_filters_are_there)
{
    static const char *const names[] = {"case_id",
                                        "municipality",
                                        "incoming_cases",
                                        "consortium",
                                        "first_absence_date",
                                        "last_absence_date",
                                        "employment",
                                        "weekly_benefit",
                                        "expected_weeks",
                                        "health_unresolved",
                                        "work_capacity_threatened",
                                        "able_to_participate",
                                        "category",
                                        "route",
                                        "rule",
                                        "weeks",
                                        "benefit_total",
                                        "employer_amount",
                                        "state_amount",
                                        "municipality_amount",
                                        "category2_cases",
                                        "coordinators",
                                        "teams",
                                        "clinical_assessments",
                                        "grant",
                                        "eligible",
                                        "arm",
                                        "group",
                                        "time",
                                        "n_risk",
                                        "n_event",
                                        "n_censor",
                                        "survival",
                                        "std_err",
                                        "lower",
                                        "upper",
                                        "term",
                                        "coef",
                                        "hr",
                                        "z",
                                        "p",
                                        "foerste_fravaersdag",
                                        "sidste_fravaersdag",
                                        "kommune",
                                        "beskaeftigelse",
                                        "kategori"};

    load("codes", "columns");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_msg(uses(get("columns"), "name", NULL, names[i]) == 1, "%s", names[i]);
    ck_assert_int_eq(uses(get("values"), "value", "employment", "beskaeftiget"), 1);
    ck_assert_int_eq(uses(get("values"), "value", "employment", "ledig"), 1);
    tta_document_release(&doc);
}
END_TEST

/* ---- codes/municipalities ---- */

START_TEST(municipalities_by_region)
{
    static const struct {
        const char *region;
        int count;
    } regions[] = {{"Hovedstaden", 29},
                   {"Sjælland", 17},
                   {"Syddanmark", 22},
                   {"Midtjylland", 19},
                   {"Nordjylland", 11}};
    const json_t *list;
    int found[5] = {0}, none = 0;
    int64_t before = 0;

    load("codes", "municipalities");
    list = get("municipalities");
    ck_assert_uint_eq(json_array_size(list), 98 + 1);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        const char *region = tta_json_text(row, "region", NULL);

        ck_assert_int_gt(tta_json_integer(row, "code", 0), before);
        before = tta_json_integer(row, "code", 0);
        if (region == NULL) {
            none++;
            ck_assert_int_eq(before, 411);
            ck_assert_str_eq(tta_json_text(row, "name", ""), "Christiansø");
        }
        for (int k = 0; k < 5; k++)
            found[k] += region != NULL && strcmp(region, regions[k].region) == 0;
        if (before == 265)
            ck_assert_str_eq(tta_json_text(row, "name", ""), "Roskilde");
    }
    for (int k = 0; k < 5; k++)
        ck_assert_int_eq(found[k], regions[k].count);
    ck_assert_int_eq(none, 1);
    tta_document_release(&doc);
}
END_TEST

/* ---- simulation/cases ---- */

static int64_t remaining(int64_t week)
{
    const json_t *curve = json_object_get(get("durations"), "curve");

    for (size_t i = 0; i < json_array_size(curve); i++)
        if (tta_json_integer(json_array_get(curve, i), "week", -1) == week)
            return tta_json_integer(json_array_get(curve, i), "remaining", -1);
    return -1;
}

/* White paper (2012), figure 7: the six printed numbers, and nothing else called published. */
START_TEST(durations_are_the_published_ones)
{
    static const int64_t printed[][2] = {{1, 309304}, {5, 125749}, {13, 55977},
                                         {26, 29533}, {52, 13492}, {78, 5624}};
    const json_t *curve;
    size_t published = 0;

    load("simulation", "cases");
    curve = json_object_get(get("durations"), "curve");
    for (size_t i = 0; i < json_array_size(curve); i++) {
        const json_t *row = json_array_get(curve, i);

        published += tta_json_boolean(row, "published", false);
        ck_assert_int_eq(tta_json_integer(row, "week", 0), (int64_t)i + 1);
        if (i > 0)
            ck_assert_int_lt(tta_json_integer(row, "remaining", 0), remaining((int64_t)i));
    }
    ck_assert_uint_eq(published, 6);
    for (size_t i = 0; i < 6; i++)
        ck_assert_int_eq(remaining(printed[i][0]), printed[i][1]);
    ck_assert_int_eq(remaining(104), 0);
    tta_document_release(&doc);
}
END_TEST

/* Between published weeks the same share leaves every week: n(w)^2 = n(w-1) n(w+1) but for
 * rounding. */
START_TEST(hazard_is_constant_between_published_weeks)
{
    load("simulation", "cases");
    for (int64_t w = 2; w < 103; w++) {
        double a = (double)remaining(w - 1), b = (double)remaining(w), c = (double)remaining(w + 1);
        double off = b * b - a * c;

        if (w == 5 || w == 13 || w == 26 || w == 52)
            continue;
        /* each number is half a person off at the most */
        ck_assert_msg(off < a + b + c && off > -(a + b + c), "week %d", (int)w);
    }
    tta_document_release(&doc);
}
END_TEST

static int64_t of(const json_t *share, const char *key)
{
    return tta_json_integer(share, key, 0);
}

/* Exactly 25 % in category 2 under rules/tta-2009; by whole persons of the 309,304. */
START_TEST(a_quarter_is_expected_in_category_2)
{
    const json_t *able, *risk, *expected;
    int64_t all, not_back, back, category2;

    load("simulation", "cases");
    able = get("able_to_participate");
    risk = json_object_get(get("risk"), "short");
    expected = json_object_get(get("category2"), "expected");
    all = remaining(1);
    not_back = remaining(13);
    back = all - not_back;
    ck_assert_int_eq(not_back * of(able, "count") % of(able, "of"), 0);
    category2 = not_back * of(able, "count") / of(able, "of");
    ck_assert_int_eq(of(risk, "of"), back);
    category2 += of(risk, "health_only") + of(risk, "capacity_only") + of(risk, "both");
    ck_assert_int_eq(category2 * of(expected, "of"), all * of(expected, "count"));
    ck_assert_int_eq(of(expected, "count") * 4, of(expected, "of"));
    tta_document_release(&doc);
}
END_TEST

/* A share is never more than all, and what is published names the document it stands in. */
START_TEST(shares_are_shares)
{
    static const char *const paths[][2] = {
        {"able_to_participate", NULL},   {"employed", NULL},
        {"category2", "expected"},       {"category2", "to_team"},
        {"category2", "team_to_clinic"}, {"weekly_benefit", "at_maximum"},
        {"weekly_benefit", "lowest"}};

    load("simulation", "cases");
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const json_t *share = get(paths[i][0]);
        const char *source;

        if (paths[i][1] != NULL)
            share = json_object_get(share, paths[i][1]);
        ck_assert_int_le(of(share, "count"), of(share, "of"));
        source = tta_json_text(share, "source", "");
        ck_assert_int_eq(tta_json_boolean(share, "published", false),
                         strncmp(source, "assumption", 10) != 0);
    }
    tta_document_release(&doc);
}
END_TEST

Suite *data_documents_suite(void)
{
    Suite *s = suite_create("data/documents");
    TCase *t = tcase_create("all");

    tcase_add_test(t, a_column_alias_has_one_meaning);
    tcase_add_test(t, a_value_alias_has_one_meaning_in_its_column);
    tcase_add_test(t, columns_of_the_filters_are_there);
    tcase_add_test(t, municipalities_by_region);
    tcase_add_test(t, durations_are_the_published_ones);
    tcase_add_test(t, hazard_is_constant_between_published_weeks);
    tcase_add_test(t, a_quarter_is_expected_in_category_2);
    tcase_add_test(t, shares_are_shares);
    suite_add_tcase(s, t);
    return s;
}
