/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plans: what is read from their settings, and every refusal with its reason. */
#include "lists.h"

/* Bands of a number join; what is none, is none of their business. */
START_TEST(bands)
{
    static const struct {
        const char *kinds;
        int rc;
    } list[] = {
        {"<30|>=30<50|>=50", 0},
        {">=50|<30|>=30<50", 0},
        {">=18<65", 0},
        {">=18<30|>=30<65", 0},
        {"K|M", 0},
        {"<30|M", 0},
        {"<30|30-50|>50", 0},
        {"", 0},
        {"<30|>=31", TTA_E_USAGE},
        {"<30|>=30<50|>=51", TTA_E_USAGE},
        {"<30|<50", TTA_E_USAGE},
        {">=30|>=30", TTA_E_USAGE},
        {"<40|>=30", TTA_E_USAGE},
        {"<30|>=30.0", TTA_E_USAGE},
    };

    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct tta_error e = {0};

        ck_assert_msg(tta_bands_check(list[i].kinds, &e) == list[i].rc, "%s", list[i].kinds);
    }
}
END_TEST

/* "K " beside "K", and "M/b" beside "M/ b". */
START_TEST(strata_by_blanks)
{
    static const char *const kinds[][2] = {{"K", "a"},  {"K ", "a"},  {"M", "b"},
                                           {"M", " b"}, {"M", "a b"}, {"K", "a"}};
    struct tta_error e = {0};
    struct tta_units u = {0};
    struct tta_plan p = {0};

    ck_assert_int_eq(tta_plan_set(&p, "arms", "x,y", &e), 0);
    ck_assert_int_eq(tta_plan_set(&p, "strata", "sex,team", &e), 0);
    for (size_t i = 0; i < 6; i++) {
        union tta_slot row[2];

        row[0].text = tta_text_of(kinds[i][0]);
        row[1].text = tta_text_of(kinds[i][1]);
        ck_assert_int_eq(tta_units_add(&u, &p, row, &e), 0);
    }
    ck_assert_int_eq(u.strata.count, 5);
    ck_assert_uint_eq(tta_units_blank_strata(&u), 2);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

Suite *random_plan_suite(void);

START_TEST(settings_are_read)
{
    struct tta_plan p = plan_of("method=minimise arms=indsats:2,kontrol:1 probability=0.75 "
                                "factors=sex,age<30<50.5:2 strata=municipality measure=sd id=nr");
    struct tta_plan_column columns[8];

    ck_assert_int_eq(p.method, TTA_MINIMISE);
    ck_assert_str_eq(p.arms.items[0].name, "indsats");
    ck_assert_uint_eq(p.arms.items[0].number, 2);
    ck_assert_uint_eq(p.arms.sum, 3);
    ck_assert_uint_eq(p.probability.num, 3);
    ck_assert_uint_eq(p.probability.den, 4);
    ck_assert_str_eq(p.factors.items[1].column, "age");
    ck_assert_uint_eq(p.factors.items[1].weight, 2);
    ck_assert_uint_eq(p.factors.items[1].cut_count, 2);
    ck_assert_double_eq(p.factors.items[1].cuts[1], 50.5);
    ck_assert_str_eq(p.factors.items[1].cut[1], "50.5");
    ck_assert_int_eq(p.measure, TTA_SD);
    ck_assert(tta_plan_is_ratio(&p));
    ck_assert_uint_eq(tta_plan_columns(&p, columns, 8), 4);
    ck_assert_str_eq(columns[0].name, "municipality");
    ck_assert_int_eq(columns[0].type, TTA_TEXT);
    ck_assert_str_eq(columns[2].name, "age");
    ck_assert_int_eq(columns[2].type, TTA_NUMBER);
    ck_assert_str_eq(columns[3].name, "nr");
    ck_assert_uint_eq(tta_plan_columns(&p, columns, 0), 4);
    tta_plan_release(&p);
}
END_TEST

/* What an audit writes down makes the same plan again. */
START_TEST(settings_are_kept_as_they_were_made)
{
    struct tta_plan p = plan_of("arms=a:2,b:1 ratio=yes strata=sex,age<30<50");

    ck_assert_str_eq(tta_plan_get(&p, "arms"), "a:2,b:1");
    ck_assert_str_eq(tta_plan_get(&p, "ratio"), "yes");
    ck_assert_str_eq(tta_plan_get(&p, "strata"), "sex,age<30<50");
    ck_assert_ptr_null(tta_plan_get(&p, "method"));
    ck_assert_ptr_null(tta_plan_get(&p, "blocks"));
    ck_assert_ptr_null(tta_plan_get(&p, "nonsense"));
    for (size_t i = 0; i < TTA_SETTINGS; i++)
        ck_assert_ptr_nonnull(tta_plan_settings[i]);
    ck_assert_ptr_null(tta_plan_settings[TTA_SETTINGS]);
    tta_plan_release(&p);
}
END_TEST

static const struct {
    const char *settings, *why;
} refused[] = {
    {"method=coin arms=a,b",
     "--method: one of complete, blocks, simple, biased-coin, big-stick, urn, minimise, pairs, "
     "cluster, constrained, stepped"},
    {"nonsense=1", "no such setting of a plan"},
    {"arms=a,b arms=c,d", "--arms is given twice"},
    {"arms=a", "--arms: at least two arms"},
    {"arms=a:1,b", "--arms: NAME:N,NAME:N with whole numbers N"},
    {"arms=a:1,b:-1", "--arms: NAME:N,NAME:N with whole numbers N"},
    {"arms=a:1,:1", "--arms: NAME:N,NAME:N with whole numbers N"},
    {"arms=a,", "--arms: NAME:N,NAME:N with whole numbers N"},
    {"arms=a:1,b:99999999999999999999", "--arms: NAME:N,NAME:N with whole numbers N"},
    {"arms=a,b,a", "--arms: arms 1 and 3 have one name"},
    {"arms=a:0,b:1 ratio=yes", "--arms: a share of 0"},
    {"arms=a:4294967295,b:1 ratio=yes", "--arms: the shares add up to more than 4294967295"},
    {"arms=a:1,b:1 ratio=no", "--ratio: yes"},
    {"arms=a,b strata=", "--strata: a column without a name"},
    {"arms=a,b strata=sex,<30", "--strata: a column without a name"},
    {"arms=a,b strata=age<", "--strata: COLUMN<NUMBER<NUMBER"},
    {"arms=a,b strata=age<x", "--strata: COLUMN<NUMBER<NUMBER"},
    {"arms=a,b strata=age<50<30", "--strata: the numbers must rise: 50<30"},
    {"arms=a,b strata=age<50<50", "--strata: the numbers must rise: 50<50"},
    {"arms=a,b strata=sex,age<30,sex", "--strata: columns 1 and 3 have one name"},
    {"arms=a:1,b:1,c:1 strata=sex",
     "--strata keeps the numbers of the whole list for two arms; with 3 they have to be shares: "
     "--ratio"},
    {"method=cluster arms=a:1,b:1", "--method=cluster needs --unit"},
    {"method=simple", "--method=simple needs --arms"},
    {"method=simple arms=a,b ratio=yes",
     "--ratio does not go with --method=simple: its numbers are shares anyway"},
    {"method=simple arms=a,b blocks=2", "--blocks does not go with --method=simple"},
    {"arms=a,b limit=2", "--limit does not go with --method=complete"},
    {"method=blocks arms=a,b", "--method=blocks needs --blocks"},
    {"method=blocks arms=a,b blocks=0", "--blocks: whole numbers from 1 to 65536"},
    {"method=blocks arms=a,b blocks=2,65538", "--blocks: whole numbers from 1 to 65536"},
    {"method=blocks arms=a,b blocks=2,2", "--blocks: sizes 1 and 2 are the same"},
    {"method=blocks arms=a:2,b:1 blocks=3,4",
     "--blocks: 4 is no multiple of 3, the sum of the arms' shares"},
    {"method=biased-coin arms=a:2,b:1", "--method=biased-coin is for two arms of equal shares"},
    {"method=biased-coin arms=a,b,c", "--method=biased-coin is for two arms of equal shares"},
    {"method=biased-coin arms=a,b probability=0.4",
     "--probability: 1/2 or more, for the smaller arm"},
    {"method=biased-coin arms=a,b probability=3/2",
     "--probability: a share from 0 to 1, such as 0.8 or 2/3"},
    {"method=biased-coin arms=a,b probability=2/0",
     "--probability: a share from 0 to 1, such as 0.8 or 2/3"},
    {"method=biased-coin arms=a,b probability=0.1234567",
     "--probability: a share from 0 to 1, such as 0.8 or 2/3"},
    {"method=big-stick arms=a,b", "--method=big-stick needs --limit"},
    {"method=big-stick arms=a,b limit=0", "--limit: a whole number from 1"},
    {"method=urn arms=a,b urn=1", "--urn: BALLS:ADDED, whole numbers up to 1000000"},
    {"method=urn arms=a,b urn=1:2:3", "--urn: BALLS:ADDED, whole numbers up to 1000000"},
    {"method=urn arms=a,b urn=0:0", "--urn: an urn that stays empty"},
    {"method=urn arms=a:2,b:1", "--method=urn is for arms of equal shares"},
    {"method=minimise arms=a,b", "--method=minimise needs --factors"},
    {"method=minimise arms=a,b factors=sex:0",
     "--factors: COLUMN:WEIGHT with a whole number from 1 to 1000"},
    {"method=minimise arms=a,b factors=sex measure=mean", "--measure: one of range, variance, sd"},
    {"method=minimise arms=a,b,c factors=sex probability=0.3",
     "--probability: with 3 arms the best one must be at least as likely as the others: 1/3 or "
     "more"},
    {"method=minimise arms=a:997,b:991 factors=sex",
     "--arms: shares whose least common multiple is above 1000"},
    {"method=pairs arms=a,b", "--method=pairs needs either --pair or --match"},
    {"method=pairs arms=a,b pair=p match=x", "--method=pairs needs either --pair or --match"},
    {"method=pairs arms=a:2,b:1 pair=p", "--method=pairs: one unit of each pair goes to each arm"},
    {"method=pairs arms=a,b,c match=x", "--match makes pairs: two arms"},
    {"method=pairs arms=a,b pair=p unit=u", "--unit does not go with --method=pairs"},
    {"method=constrained arms=a:1,b:1", "--method=constrained needs --covariates"},
    {"method=constrained arms=a,b,c covariates=x", "--method=constrained is for two arms"},
    {"method=constrained arms=a,b covariates=x keep=0", "--keep: a share of 0 keeps nothing"},
    {"method=constrained arms=a,b covariates=x candidates=0",
     "--candidates: a whole number from 1 to 1000000000"},
    {"method=constrained arms=a,b covariates=x strata=sex",
     "--strata does not go with --method=constrained"},
    {"method=constrained arms=a,b covariates=x:600,y:600",
     "--covariates: the weights add up to more than 1000"},
    {"method=stepped unit=u", "--method=stepped needs --steps"},
    {"method=stepped steps=2:1,a:1",
     "--steps: PERIOD:N,PERIOD:N, the periods whole numbers that rise"},
    {"method=stepped steps=3:1,2:1",
     "--steps: PERIOD:N,PERIOD:N, the periods whole numbers that rise"},
    {"method=stepped steps=2:1,3:1 unit=u period=p",
     "--period and --arms=BEFORE,AFTER are given together or not at all"},
    {"method=stepped steps=2:1,3:1 period=p arms=a,b",
     "--period: a unit has a row for every period; --unit says which rows"},
    {"method=stepped steps=2:1,3:1 period=p arms=a:1,b:1 unit=u",
     "--method=stepped: --arms=BEFORE,AFTER without numbers"},
};

START_TEST(plans_that_cannot_be)
{
    struct tta_plan p;
    struct tta_error e = {0};

    ck_assert_int_eq(try_plan(&p, refused[_i].settings, &e), TTA_E_USAGE);
    ck_assert_str_eq(e.text, refused[_i].why);
    tta_plan_release(&p);
}
END_TEST

/* Different strata never share a label: what divides the parts is escaped within them. */
START_TEST(labels)
{
    static const struct {
        const char *place;
        double age;
        const char *label;
    } cells[] = {{"Aarhus", 29.999, "Aarhus/<30"},
                 {"Aarhus", 30, "Aarhus/>=30<50.50"},
                 {"Lemvig/Struer", -1, "Lemvig\\/Struer/<30"},
                 {"a\\", 50.5, "a\\\\/>=50.50"},
                 {"a\\/", 1e9, "a\\\\\\//>=50.50"}};
    struct tta_plan p = plan_of("arms=a,b strata=place,age<30<50.50");
    struct tta_units u = {0};

    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        union tta_slot row[2] = {{.text = tta_text_of(cells[i].place)}, {.number = cells[i].age}};

        add(&u, &p, row);
        ck_assert(tta_text_is(tta_units_label(&u, i), cells[i].label));
    }
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

START_TEST(an_id_comes_once)
{
    struct tta_plan p = plan_of("arms=a,b id=nr");
    struct tta_units u = {0};
    struct tta_error e = {0};
    char text[16];
    union tta_slot cell = {.text = {text, 0}};

    for (int i = 0; i < 20000; i++) {
        cell.text.len = (size_t)snprintf(text, sizeof text, "%d", i);
        must(tta_units_add(&u, &p, &cell, &e) == 0);
    }
    cell.text.len = (size_t)snprintf(text, sizeof text, "%d", 777);
    ck_assert_int_eq(tta_units_add(&u, &p, &cell, &e), TTA_E_DATA);
    ck_assert_str_eq(e.text, "the same id was in a row before");
    ck_assert_str_eq(e.column, "nr");
    ck_assert_uint_eq(u.n, 20000);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* The rows of a cluster are alike, and a row that is not leaves no trace. */
START_TEST(clusters_are_whole)
{
    struct tta_plan p = plan_of("method=minimise arms=a,b unit=team strata=place factors=size");
    struct tta_units u = {0};
    static const struct {
        const char *place, *size, *team, *why;
    } rows[] = {
        {"x", "large", "1", NULL},
        {"x", "small", "2", NULL},
        {"y", "large", "1", "this unit was in another stratum before (row 1 of the list)"},
        {"x", "large", "2", "this unit had other factors before (row 2 of the list)"},
        {"x", "small", "2", NULL},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        union tta_slot row[3] = {{.text = tta_text_of(rows[i].place)},
                                 {.text = tta_text_of(rows[i].size)},
                                 {.text = tta_text_of(rows[i].team)}};
        struct tta_error e = {0};

        ck_assert_int_eq(tta_units_add(&u, &p, row, &e), rows[i].why == NULL ? 0 : TTA_E_DATA);
        if (rows[i].why != NULL)
            ck_assert_str_eq(e.text, rows[i].why);
    }
    ck_assert_uint_eq(u.n, 3);
    ck_assert_int_eq(u.groups.count, 2);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

Suite *random_plan_suite(void)
{
    Suite *s = suite_create("random/plan");
    TCase *t = tcase_create("plan");

    tcase_add_test(t, settings_are_read);
    tcase_add_test(t, settings_are_kept_as_they_were_made);
    tcase_add_loop_test(t, plans_that_cannot_be, 0, (int)(sizeof refused / sizeof *refused));
    tcase_add_test(t, labels);
    tcase_add_test(t, an_id_comes_once);
    tcase_add_test(t, clusters_are_whole);
    tcase_add_test(t, bands);
    tcase_add_test(t, strata_by_blanks);
    suite_add_tcase(s, t);
    return s;
}
