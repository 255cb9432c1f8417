/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The law of sequential methods: what a unit gets follows from the key, its stratum
 * and its place in it (and under minimisation the levels before it): rows behind it,
 * other strata and the order of the strata change nothing.
 */
#include "lists.h"

Suite *random_laws_suite(void);

static const char *const sequential[] = {
    "method=simple arms=a:2,b:1 strata=s,age<30 factors=",
    "method=blocks arms=a:2,b:1 blocks=3,6 strata=s,age<30 factors=",
    "method=biased-coin arms=a,b strata=s,age<30 factors=",
    "method=big-stick arms=a,b limit=2 strata=s,age<30 factors=",
    "method=urn arms=a,b,c strata=s,age<30 factors=",
    "method=minimise arms=a:1,b:2 strata=s,age<30 factors=f,g:2",
    "method=pairs arms=a,b strata=s,age<30 pair=p factors=",
};
#define METHODS ((int)(sizeof sequential / sizeof *sequential))

/* "factors=" is left out where nothing stands behind it */
static struct tta_plan plan_number(int i)
{
    char settings[128];
    char *empty;

    snprintf(settings, sizeof settings, "%s", sequential[i]);
    empty = strstr(settings, " factors=");
    if (empty != NULL && empty[9] == '\0')
        *empty = '\0';
    return plan_of(settings);
}

struct person {
    unsigned stratum, place, f, g; /* place: in its stratum */
    double age;
};

#define PEOPLE 900

/* Seven strata, one of them only in the last third. Deterministic. */
static void make_people(struct person *people)
{
    struct tta_stream s;
    struct tta_key key = key_of("people", 0);
    unsigned places[16] = {0};

    tta_stream_of(&s, &key, tta_text_of(""));
    for (size_t i = 0; i < PEOPLE; i++) {
        struct person *p = &people[i];

        p->stratum = (unsigned)tta_stream_below(&s, i < 600 ? 3 : 4);
        p->age = (double)(18 + tta_stream_below(&s, 40));
        p->f = (unsigned)tta_stream_below(&s, 3);
        p->g = (unsigned)tta_stream_below(&s, 2);
        p->place = places[p->stratum * 2 + (p->age < 30)]++;
    }
}

static struct tta_units list_of(const struct tta_plan *plan, const struct person *people, size_t n)
{
    static const char *const names[] = {"w", "x", "y", "z"};
    struct tta_units u = {0};

    for (size_t i = 0; i < n; i++) {
        union tta_slot cells[5];
        char pair[32];
        size_t at = 2;

        cells[0].text = tta_text_of(names[people[i].stratum]);
        cells[1].number = people[i].age;
        for (size_t f = 0; f < plan->factors.count; f++)
            cells[at++].text = tta_text_of(names[f == 0 ? people[i].f : people[i].g]);
        snprintf(pair, sizeof pair, "%u %d %u", people[i].stratum, people[i].age < 30,
                 people[i].place / 2);
        cells[at].text = tta_text_of(pair);
        add(&u, plan, cells);
    }
    return u;
}

/* Pairs: a list must hold whole pairs, so the odd last ones of the strata go. */
static size_t whole_pairs(struct person *people, size_t n, size_t upto)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        bool second = people[i].place % 2 == 1, whole = second;

        for (size_t k = i + 1; k < upto && !whole; k++)
            whole = people[k].stratum == people[i].stratum &&
                    (people[k].age < 30) == (people[i].age < 30) &&
                    people[k].place == people[i].place + 1;
        if (whole)
            people[kept++] = people[i];
    }
    return kept;
}

START_TEST(more_rows_change_nothing)
{
    struct tta_plan p = plan_number(_i);
    static struct person people[PEOPLE], few[PEOPLE];
    size_t n = PEOPLE, part = 600;

    make_people(people);
    memcpy(few, people, sizeof few);
    if (p.method == TTA_PAIRS) {
        n = whole_pairs(people, n, n);
        part = whole_pairs(few, part, part);
    }
    struct tta_units all = list_of(&p, people, n), first = list_of(&p, few, part);
    struct tta_allocation a = allocate(&p, key_of("law", _i), &all);
    struct tta_allocation b = allocate(&p, key_of("law", _i), &first);
    /* pairs that the shorter list had to leave out shift rows: so by stratum and place */
    for (size_t i = 0, k = 0; i < part; i++, k++) {
        while (people[k].stratum != few[i].stratum || people[k].place != few[i].place ||
               (people[k].age < 30) != (few[i].age < 30))
            k++;
        must(k < n && a.arm[k] == b.arm[i]);
    }
    tta_allocation_release(&a);
    tta_allocation_release(&b);
    tta_units_release(&all);
    tta_units_release(&first);
    tta_plan_release(&p);
}
END_TEST

static int by_stratum(const void *a, const void *b)
{
    const struct person *x = a, *y = b;
    int order = (x->stratum < y->stratum) - (x->stratum > y->stratum);

    if (order == 0)
        order = (x->age < 30) - (y->age < 30);
    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

/* The same people, stratum by stratum from the last, and one stratum alone. */
START_TEST(order_of_strata_changes_nothing)
{
    struct tta_plan p = plan_number(_i);
    static struct person people[PEOPLE], sorted[PEOPLE];
    size_t n = PEOPLE, alone = 0;

    make_people(people);
    if (p.method == TTA_PAIRS)
        n = whole_pairs(people, n, n);
    memcpy(sorted, people, sizeof sorted);
    qsort(sorted, n, sizeof *sorted, by_stratum);
    while (alone < n && by_stratum(&sorted[0], &sorted[alone]) <= 0 &&
           sorted[alone].stratum == sorted[0].stratum)
        alone++;
    struct tta_units u = list_of(&p, people, n), v = list_of(&p, sorted, n),
                     w = list_of(&p, sorted, alone);
    struct tta_allocation a = allocate(&p, key_of("law", _i), &u);
    struct tta_allocation b = allocate(&p, key_of("law", _i), &v);
    struct tta_allocation c = allocate(&p, key_of("law", _i), &w);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (by_stratum(&people[i], &sorted[k]) == 0) {
                must(a.arm[i] == b.arm[k]);
                must(k >= alone || b.arm[k] == c.arm[k]);
            }
    tta_allocation_release(&a);
    tta_allocation_release(&b);
    tta_allocation_release(&c);
    tta_units_release(&u);
    tta_units_release(&v);
    tta_units_release(&w);
    tta_plan_release(&p);
}
END_TEST

/* Another key is another draw; the same one the same. */
START_TEST(the_key_decides)
{
    struct tta_plan p = plan_number(_i);
    static struct person people[PEOPLE];
    size_t n = PEOPLE, differ = 0;

    make_people(people);
    if (p.method == TTA_PAIRS)
        n = whole_pairs(people, n, n);
    struct tta_units u = list_of(&p, people, n);
    struct tta_allocation a = allocate(&p, key_of("law", 1), &u);
    struct tta_allocation b = allocate(&p, key_of("law", 1), &u);
    struct tta_allocation c = allocate(&p, key_of("law", 2), &u);
    ck_assert_mem_eq(a.arm, b.arm, n * sizeof *a.arm);
    for (size_t i = 0; i < n; i++)
        differ += a.arm[i] != c.arm[i];
    ck_assert_uint_gt(differ, n / 4);
    tta_allocation_release(&a);
    tta_allocation_release(&b);
    tta_allocation_release(&c);
    tta_units_release(&u);
    tta_plan_release(&p);
}
END_TEST

/* A list of nobody is drawn, by every method that takes shares. */
START_TEST(nobody)
{
    static const char *const plans[] = {
        "arms=a,b",
        "method=cluster arms=a,b unit=u strata=s",
        "method=constrained arms=a,b covariates=x",
        "method=pairs arms=a,b match=x",
        "method=stepped steps=1,2",
        "method=minimise arms=a,b factors=f",
        "method=blocks arms=a,b blocks=2",
        "method=urn arms=a,b",
    };
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        struct tta_plan p = plan_of(plans[i]);
        struct tta_units u = {0};
        struct tta_allocation a = allocate(&p, key_of("nobody", 0), &u);

        ck_assert_ptr_nonnull(a.arm);
        tta_allocation_release(&a);
        tta_units_release(&u);
        tta_plan_release(&p);
    }
}
END_TEST

Suite *random_laws_suite(void)
{
    Suite *s = suite_create("random/laws");
    TCase *t = tcase_create("laws");

    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, more_rows_change_nothing, 0, METHODS);
    tcase_add_loop_test(t, order_of_strata_changes_nothing, 0, METHODS);
    tcase_add_loop_test(t, the_key_decides, 0, METHODS);
    tcase_add_test(t, nobody);
    suite_add_tcase(s, t);
    return s;
}
