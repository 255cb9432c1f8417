/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The flow: what is counted under what, the plan beside it, and drawings nothing breaks out of. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tta/flow.h"

Suite *stat_flow_suite(void);

/* The call of 2009: 25 % category 2, half of those to the team, half of those to the clinic. */
static const struct tta_flow_plan plan = {0.25, 0.5, 0.5};

static struct tta_flow *new_flow(void)
{
    struct tta_flow *f;
    struct tta_error e = {0};

    ck_assert_int_eq(tta_flow_new(&plan, &f, &e), 0);
    return f;
}

static const struct tta_flow_case nothing = {.category = TTA_INTEGER_NONE,
                                             .needs_team = TTA_BOOLEAN_NONE,
                                             .needs_clinic = TTA_BOOLEAN_NONE,
                                             .eligible = TTA_BOOLEAN_NONE};

static void add(struct tta_flow *f, int times, struct tta_flow_case c)
{
    struct tta_error e = {0};

    for (int i = 0; i < times; i++)
        ck_assert_int_eq(tta_flow_add(f, &c, &e), 0);
}

static struct tta_flow_case classified(int64_t category, int8_t team, int8_t clinic)
{
    struct tta_flow_case c = nothing;

    c.category = category;
    c.needs_team = team;
    c.needs_clinic = clinic;
    return c;
}

static struct tta_flow_case excluded(const char *reasons)
{
    struct tta_flow_case c = nothing;

    c.eligible = 0;
    c.reasons = tta_text_of(reasons);
    return c;
}

static struct tta_flow_case allocated(const char *arm)
{
    struct tta_flow_case c = nothing;

    c.eligible = 1;
    c.arm = tta_text_of(arm);
    return c;
}

struct seen {
    struct tta_buffer lines; /* "step n/of group\n" */
    struct tta_flow_row last[64];
    char step[64][40];
    int count;
};

static int see(void *context, const struct tta_flow_row *r, struct tta_error *e)
{
    struct seen *s = context;

    (void)e;
    ck_assert_int_lt(s->count, 64);
    snprintf(s->step[s->count], sizeof *s->step, "%.*s", (int)r->step.len, r->step.ptr);
    s->last[s->count++] = *r;
    return tta_buffer_format(&s->lines, "%.*s %lld/%lld%s%.*s\n", (int)r->step.len, r->step.ptr,
                             (long long)r->n, (long long)r->of, r->group.ptr == NULL ? "" : " ",
                             (int)r->group.len, r->group.ptr == NULL ? "" : r->group.ptr);
}

static void rows(const struct tta_flow *f, struct seen *s)
{
    struct tta_error e = {0};

    memset(s, 0, sizeof *s);
    ck_assert_int_eq(tta_flow_rows(f, see, s, &e), 0);
    ck_assert_int_eq(tta_buffer_char(&s->lines, '\0'), 0);
}

static const struct tta_flow_row *find(const struct seen *s, const char *step)
{
    for (int i = 0; i < s->count; i++)
        if (strcmp(s->step[i], step) == 0)
            return &s->last[i];
    ck_abort_msg("no row %s", step);
    return NULL;
}

/*
 * 200 cases: 61 of category 2, of which 26 go to the team and 35 do not; of the 26 three
 * were seen by the clinic's screening and one goes on. R 4.2.2, binom.test(61, 200):
 * 0.24201943702359074 to 0.37386780453377022, so 25 % lies inside; binom.test(26, 61):
 * 0.300416928566688 to 0.5594484923673857; binom.test(1, 3): 0.0084037586596126413 to
 * 0.9057006759497539. And binom.test(40, 200), 0.14689448821575884 to 0.26222636458960025.
 */
START_TEST(planned)
{
    struct tta_flow *f = new_flow();
    struct seen s;
    const struct tta_flow_row *r;

    add(f, 99, classified(1, -1, -1));
    add(f, 40, classified(3, -1, -1));
    add(f, 35, classified(2, 0, -1));
    add(f, 23, classified(2, 1, -1));
    add(f, 2, classified(2, 1, 0));
    add(f, 1, classified(2, 1, 1));
    rows(f, &s);
    ck_assert_str_eq(s.lines.ptr, "assessed 200/200\ncategory 1 99/200\ncategory 2 61/200\n"
                                  "category 3 40/200\nteam 26/61\nclinic 1/3\n");
    r = find(&s, "category 2");
    ck_assert_double_eq_tol(r->lower, 0.24201943702359074, 1e-12);
    ck_assert_double_eq_tol(r->upper, 0.37386780453377022, 1e-12);
    ck_assert(r->planned == 0.25 && r->differs == 0 && r->share == 0.305);
    r = find(&s, "team");
    ck_assert_double_eq_tol(r->lower, 0.300416928566688, 1e-12);
    ck_assert_double_eq_tol(r->upper, 0.5594484923673857, 1e-12);
    ck_assert(r->planned == 0.5 && r->differs == 0);
    r = find(&s, "clinic");
    ck_assert_double_eq_tol(r->upper, 0.9057006759497539, 1e-12);
    ck_assert(r->planned == 0.5);
    r = find(&s, "category 3");
    ck_assert(isnan(r->planned) && r->differs == TTA_BOOLEAN_NONE);
    ck_assert_double_eq_tol(r->upper, 0.26222636458960025, 1e-12);
    tta_buffer_release(&s.lines);
    tta_flow_free(f);
}
END_TEST

/* The flag: 7 of 7 in category 2 is 0.59 to 1 (binom.test(7, 7)), and 25 % lies outside. */
START_TEST(differs)
{
    struct tta_flow *f = new_flow();
    struct seen s;

    add(f, 7, classified(2, -1, -1));
    rows(f, &s);
    ck_assert_int_eq(find(&s, "category 2")->differs, 1);
    ck_assert_double_eq_tol(find(&s, "category 2")->lower, 0.59038360277499657, 1e-12);
    tta_buffer_release(&s.lines);
    tta_flow_free(f);
}
END_TEST

/* A case with two reasons is one excluded case, counted under both. */
START_TEST(consort)
{
    struct tta_flow *f = new_flow();
    struct seen s;

    add(f, 2, excluded("age"));
    add(f, 1, excluded("age;too-ill"));
    add(f, 1, excluded(";too-ill;"));
    add(f, 1, excluded(NULL));
    add(f, 3, allocated("intervention"));
    add(f, 2, allocated("control"));
    add(f, 1, nothing);
    rows(f, &s);
    ck_assert_str_eq(s.lines.ptr,
                     "assessed 11/11\nexcluded 5/11\nexcluded: age 3/11\n"
                     "excluded: too-ill 2/11\nexcluded: no reason given 1/11\neligible 6/11\n"
                     "allocated: intervention 3/6\nallocated: control 2/6\nnot allocated 1/6\n");
    ck_assert(isnan(find(&s, "allocated: control")->lower));
    tta_buffer_release(&s.lines);
    tta_flow_free(f);
}
END_TEST

/* The groups add up to all, whatever they are called. */
START_TEST(groups)
{
    static const char *const names[] = {"Ærø", "Tårnby;Dragør", "all", "x"};
    struct tta_flow *f = new_flow();
    struct seen s;
    int64_t sum = 0;
    int assessed = 0;

    for (int i = 0; i < 4; i++) {
        struct tta_flow_case c = classified(1 + i % 3, -1, -1);

        c.group = tta_text_of(names[i]);
        add(f, i + 1, c);
    }
    add(f, 5, excluded("of no group"));
    rows(f, &s);
    for (int i = 0; i < s.count; i++)
        if (strcmp(s.step[i], "assessed") == 0 && assessed++ > 0)
            sum += s.last[i].n;
    ck_assert_int_eq(assessed, 5);
    ck_assert_int_eq(sum, 10);
    ck_assert_int_eq(find(&s, "assessed")->n, 15);
    tta_buffer_release(&s.lines);
    tta_flow_free(f);
}
END_TEST

START_TEST(refused)
{
    struct tta_flow *f = new_flow();
    struct tta_error e = {0};
    struct tta_flow_case c = classified(4, -1, -1);

    ck_assert(tta_flow_says_anything(f)); /* of no case nothing can be said */
    ck_assert_int_eq(tta_flow_add(f, &c, &e), TTA_E_DATA);
    ck_assert_str_eq(e.column, "category");
    add(f, 1, nothing);
    ck_assert(!tta_flow_says_anything(f));
    add(f, 1, classified(3, -1, -1));
    ck_assert(tta_flow_says_anything(f));
    tta_flow_free(f);
}
END_TEST

/* Graphviz: a quoted text ends at the first quote that no backslash stands before. */
static void check_dot(const char *line)
{
    const char *p = strstr(line, "label=\"");

    if (p == NULL)
        return;
    for (p += 7; *p != '"'; p++) {
        ck_assert_msg(*p != '\0' && *p != '\n', "%s", line);
        p += *p == '\\';
    }
    ck_assert_msg(strcmp(p, "\"];") == 0 || strcmp(p, "\";") == 0, "%s", line);
}

/* Mermaid: what stands between the quotes is text, #codes; and our own line ends. */
static void check_mermaid(const char *line)
{
    const char *p = strchr(line, '"'), *end = strrchr(line, '"');

    if (p == NULL)
        return;
    ck_assert_str_eq(end, "\"]");
    for (p++; p < end; p++) {
        if (strncmp(p, "<br/>", 5) == 0)
            p += 4;
        else
            ck_assert_msg(strchr("\"<>`&[]{}|\\", *p) == NULL, "%s", line);
        if (*p == '#')
            ck_assert_msg(strspn(p + 1, "0123456789") > 0, "%s", line);
    }
}

START_TEST(drawings)
{
    static const char evil[] = "\"];x<b>&#59;`[|]{}\\\n\r\x7f -->%% Ærø";
    struct tta_flow *f = new_flow();

    for (int i = 0; i < 3; i++) {
        struct tta_flow_case c = i == 0   ? excluded(evil)
                                 : i == 1 ? allocated(evil)
                                          : classified(2, 1, 1);

        c.group = tta_text_of(evil);
        add(f, 1, c);
    }
    for (int language = TTA_FLOW_DOT; language <= TTA_FLOW_MERMAID; language++) {
        struct tta_buffer out = {0};
        char *rest = NULL;

        ck_assert_int_eq(tta_flow_draw(f, (enum tta_flow_language)language, &out), 0);
        ck_assert_int_eq(tta_buffer_char(&out, '\0'), 0);
        ck_assert_ptr_nonnull(strstr(out.ptr, "Ærø"));
        ck_assert_ptr_nonnull(strstr(out.ptr, "Clinical unit: 1"));
        for (char *line = strtok_r(out.ptr, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest)) {
            ck_assert_ptr_null(strchr(line, '\r'));
            if (language == TTA_FLOW_DOT)
                check_dot(line);
            else
                check_mermaid(line);
        }
        tta_buffer_release(&out);
    }
    tta_flow_free(f);
}
END_TEST

/* Nothing is left in English: every step that there is, and every box. */
START_TEST(in_danish)
{
    struct tta_flow *f = new_flow();
    struct tta_flow_case broken = excluded(""), stray = classified(1, 1, 1);
    struct tta_buffer out = {0};
    struct seen s;

    tta_flow_speak_danish(f);
    broken.arm = tta_text_of("a");
    add(f, 1, broken);
    add(f, 1, excluded("x"));
    add(f, 1, allocated("a"));
    add(f, 1, stray);
    stray.needs_team = 0;
    add(f, 1, stray);
    add(f, 1, classified(2, 1, 1));
    rows(f, &s);
    ck_assert_str_eq(s.lines.ptr,
                     "vurderet 6/6\nekskluderet 2/6\nekskluderet: ingen grund angivet 1/6\n"
                     "ekskluderet: x 1/6\negnet 4/6\nfordelt: a 1/4\nikke fordelt 3/4\n"
                     "fordelt, skønt ekskluderet 1/2\nikke visiteret 1/4\nkategori 1 2/3\n"
                     "kategori 2 1/3\nkategori 3 0/3\nteam 1/1\nklinik 1/1\n"
                     "team, skønt ikke kategori 2 1/3\nklinik, skønt ikke team 1/4\n");
    stray.group = tta_text_of("g");
    add(f, 1, stray);
    ck_assert_int_eq(tta_flow_draw(f, TTA_FLOW_DOT, &out), 0);
    ck_assert_int_eq(tta_buffer_char(&out, '\0'), 0);
    for (const char *p = out.ptr; (p = strstr(p, "label=\"")) != NULL;) {
        static const char *const begins[] = {"Alle sager",
                                             "Vurderet: ",
                                             "Ekskluderet: ",
                                             "Egnet: ",
                                             "Fordelt til a",
                                             "Ikke fordelt: ",
                                             "Fordelt, skønt ekskluderet",
                                             "Ikke visiteret: ",
                                             "Kategori 1, sagsbehandler",
                                             "Kategori 2, koordinator",
                                             "Kategori 3, sagsbehandler",
                                             "Team: ",
                                             "Klinisk enhed: ",
                                             "g\""};
        size_t i = 0;

        p += strlen("label=\"");
        while (i < sizeof begins / sizeof *begins && strncmp(p, begins[i], strlen(begins[i])) != 0)
            i++;
        ck_assert_msg(i < sizeof begins / sizeof *begins, "%.20s", p);
    }
    tta_buffer_release(&out);
    tta_buffer_release(&s.lines);
    tta_flow_free(f);
}
END_TEST

Suite *stat_flow_suite(void)
{
    Suite *s = suite_create("stat/flow");
    TCase *t = tcase_create("flow");

    tcase_add_test(t, refused);
    tcase_add_test(t, planned);
    tcase_add_test(t, differs);
    tcase_add_test(t, consort);
    tcase_add_test(t, groups);
    tcase_add_test(t, drawings);
    tcase_add_test(t, in_danish);
    suite_add_tcase(s, t);
    return s;
}
