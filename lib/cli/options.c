/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One table entry an option: named, checked, stored and explained. getopt_long
 * knows the command line's grammar; nobody else sees it.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"

#define OPTIONS_MAX 96

/* A tool's options, then the common ones, with the struct each is stored in. */
struct table {
    const struct tta_option *option[OPTIONS_MAX];
    void *base[OPTIONS_MAX];
    bool given[OPTIONS_MAX];
    size_t count;
    const char *const *drawings; /* more choices of --to */
};

static void add_options(struct table *t, const struct tta_option *o, void *base)
{
    for (; o != NULL && o->name != NULL && t->count < OPTIONS_MAX; o++) {
        t->option[t->count] = o;
        t->base[t->count] = base;
        t->given[t->count++] = false;
    }
}

/* Which commands of the program have it? Nothing fails when none has. */
static int of_others(const struct tta_program *p, const char *name, struct tta_error *e)
{
    char commands[128] = "";

    for (size_t i = 0; p->tools[i] != NULL; i++)
        for (const struct tta_option *o = p->tools[i]->options; o != NULL && o->name != NULL; o++)
            if (strcmp(o->name, name) == 0)
                snprintf(commands + strlen(commands), sizeof commands - strlen(commands), "%s%s",
                         *commands == '\0' ? "" : ", ", p->tools[i]->command);
    return *commands == '\0'
               ? 0
               : tta_fail(e, TTA_E_USAGE, "--%s is an option of %s only", name, commands);
}

static int unknown_option(const struct tta_run *run, const struct table *t, const char *given,
                          struct tta_error *e)
{
    char name[64];
    const char *near = NULL, *begins = NULL;
    int best = 4;

    snprintf(name, sizeof name, "%s", given + strspn(given, "-"));
    name[strcspn(name, "=")] = '\0';
    if (of_others(run->program, name, e) != 0)
        return e->code;
    for (size_t i = 0; i < t->count; i++) {
        int d = tta_text_distance(name, t->option[i]->name);

        if (strncmp(name, t->option[i]->name, strlen(name)) == 0 && begins != NULL)
            return tta_fail(e, TTA_E_USAGE, "--%s or --%s? write it out", begins,
                            t->option[i]->name);
        if (strncmp(name, t->option[i]->name, strlen(name)) == 0)
            begins = t->option[i]->name;
        if (d < best) {
            best = d;
            near = t->option[i]->name;
        }
    }
    if (near != NULL)
        return tta_fail(e, TTA_E_USAGE, "no option like that; is --%s meant?", near);
    return tta_fail(e, TTA_E_USAGE, "no option like that");
}

static int store_list(struct tta_list *list, const char *value, struct tta_error *e)
{
    for (const char *p = value;; p++) {
        size_t len = strcspn(p, ",");
        struct tta_text item = {p, len};
        const char **grown = realloc(list->items, (list->count + 1) * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        list->items = grown;
        list->items[list->count] = tta_text_copy(item);
        if (list->items[list->count] == NULL)
            return tta_fail_memory(e);
        list->count++;
        p += len;
        if (*p == '\0')
            return 0;
    }
}

/* more: choices behind the option's own; NULL: none. */
static int store_choice(const struct tta_option *o, const char *const *more, const char *value,
                        int *place, struct tta_error *e)
{
    const char *const *choice = o->choices;
    char names[256] = "";

    for (int i = 0; *choice != NULL; i++) {
        if (strcmp(*choice, value) == 0) {
            *place = i;
            return 0;
        }
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", i > 0 ? ", " : "",
                 *choice);
        if (*++choice == NULL && more != NULL) {
            choice = more;
            more = NULL;
        }
    }
    return tta_fail(e, TTA_E_USAGE, "--%s: one of %s", o->name, names);
}

static int store_number(const struct tta_option *o, const char *value, void *place,
                        struct tta_error *e)
{
    static const struct tta_number_style plain = {'.', 0};
    int64_t integer;
    double number;
    const char *problem = o->kind == TTA_OPT_INTEGER
                              ? tta_integer_parse(tta_text_of(value), plain, &integer)
                              : tta_double_parse(tta_text_of(value), plain, &number);

    if (problem != NULL)
        return tta_fail(e, TTA_E_USAGE, "--%s: %s", o->name, problem);
    if (o->kind == TTA_OPT_INTEGER && (integer < o->least || integer > o->most))
        return o->most == INT64_MAX
                   ? tta_fail(e, TTA_E_USAGE, "--%s: %lld or more", o->name, (long long)o->least)
                   : tta_fail(e, TTA_E_USAGE, "--%s: from %lld to %lld", o->name,
                              (long long)o->least, (long long)o->most);
    if (o->kind == TTA_OPT_NUMBER && (number <= (double)o->least || number >= (double)o->most))
        return o->most == INT64_MAX
                   ? tta_fail(e, TTA_E_USAGE, "--%s: above %lld", o->name, (long long)o->least)
                   : tta_fail(e, TTA_E_USAGE, "--%s: between %lld and %lld", o->name,
                              (long long)o->least, (long long)o->most);
    if (o->kind == TTA_OPT_INTEGER)
        memcpy(place, &integer, sizeof integer);
    else
        memcpy(place, &number, sizeof number);
    return 0;
}

static int store(const struct tta_option *o, const char *const *more, void *base, const char *value,
                 struct tta_error *e)
{
    void *place = (char *)base + o->offset;
    struct tta_text text = tta_text_of(value);
    tta_date date;

    switch (o->kind) {
    case TTA_OPT_FLAG:
        *(bool *)place = true;
        return 0;
    case TTA_OPT_TEXT:
    case TTA_OPT_MAYBE:
        *(const char **)place = value == NULL ? "" : value;
        return 0;
    case TTA_OPT_DATE:
        if (tta_date_parse(text, TTA_DATE_ISO, &date) != NULL &&
            tta_date_parse(text, TTA_DATE_DK, &date) != NULL)
            return tta_fail(e, TTA_E_USAGE, "--%s: a date, yyyy-mm-dd", o->name);
        *(tta_date *)place = date;
        return 0;
    case TTA_OPT_CHOICE:
        return store_choice(o, more, value, place, e);
    case TTA_OPT_LIST:
        return store_list(place, value, e);
    default:
        return store_number(o, value, place, e);
    }
}

/* getopt's own tables from ours. */
static void getopt_tables(const struct table *t, struct option *longs, char *shorts)
{
    *shorts++ = ':';
    for (size_t i = 0; i < t->count; i++) {
        const struct tta_option *o = t->option[i];

        longs[i].name = o->name;
        longs[i].has_arg = o->kind == TTA_OPT_FLAG    ? no_argument
                           : o->kind == TTA_OPT_MAYBE ? optional_argument
                                                      : required_argument;
        longs[i].flag = NULL;
        longs[i].val = 256 + (int)i;
        if (o->letter != 0) {
            *shorts++ = o->letter;
            *shorts++ = ':';
        }
    }
    memset(&longs[t->count], 0, sizeof *longs);
    *shorts = '\0';
}

static int take_option(const struct tta_run *run, struct table *t, int c, char **argv,
                       struct tta_error *e)
{
    size_t i = 0;

    if (c >= 256)
        i = (size_t)(c - 256);
    else if (c != '?' && c != ':')
        while (t->option[i]->letter != c)
            i++;
    else if (c == ':' && optopt >= 256)
        return tta_fail(e, TTA_E_USAGE, "--%s needs a value", t->option[optopt - 256]->name);
    else if (c == ':')
        return tta_fail(e, TTA_E_USAGE, "-%c needs a value", optopt);
    else if (optopt >= 256)
        return tta_fail(e, TTA_E_USAGE, "--%s takes no value", t->option[optopt - 256]->name);
    else
        return unknown_option(run, t, argv[optind - 1], e);
    if (t->given[i] && t->option[i]->kind != TTA_OPT_LIST && t->option[i]->kind != TTA_OPT_FLAG)
        return tta_fail(e, TTA_E_USAGE, "--%s is given twice", t->option[i]->name);
    t->given[i] = true;
    return store(t->option[i], strcmp(t->option[i]->name, "to") == 0 ? t->drawings : NULL,
                 t->base[i], optarg, e);
}

int tta_parse_options(struct tta_run *run, int argc, char **argv, struct tta_error *e)
{
    struct table t = {.drawings = run->tool->drawings};
    struct option longs[OPTIONS_MAX + 1];
    char shorts[2 * OPTIONS_MAX + 2];
    int c, rc = 0;

    add_options(&t, run->tool->options, run->args);
    add_options(&t, tta_common_options, &run->common);
    getopt_tables(&t, longs, shorts);
    opterr = 0;
    optind = 1;
    while (rc == 0 && (c = getopt_long(argc, argv, shorts, longs, NULL)) != -1)
        rc = take_option(run, &t, c, argv, e);
    if (rc != 0)
        return rc;
    run->drawing = run->common.to - (TTA_JSONL + 1);
    if (run->drawing >= 0)
        run->common.to = -1;
    /* not --schema: the columns can depend on the other options */
    if (run->common.help || run->common.version || run->common.print_data != NULL ||
        run->common.completion != NULL)
        return optind;
    for (size_t i = 0; i < t.count; i++)
        if (t.option[i]->needed && !t.given[i])
            return tta_fail(e, TTA_E_USAGE, "--%s=%s is needed", t.option[i]->name,
                            t.option[i]->value);
    return optind;
}

static void free_lists(const struct tta_option *o, void *base)
{
    for (; o != NULL && o->name != NULL; o++)
        if (o->kind == TTA_OPT_LIST) {
            struct tta_list *list = (struct tta_list *)(void *)((char *)base + o->offset);

            for (size_t i = 0; i < list->count; i++)
                free((char *)(uintptr_t)list->items[i]);
            free(list->items);
        }
}

void tta_release_options(struct tta_run *run)
{
    if (run->args != NULL)
        free_lists(run->tool->options, run->args);
    free_lists(tta_common_options, &run->common);
}
