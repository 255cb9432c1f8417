/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which column of the input is which column of the filter: by its name, after
 * --rename; else by a name that is the same in normal form (Expected-Weeks);
 * else by a Danish alias (documents: codes/columns).
 */
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "columns.h"

/*
 * A header that is really the first row of data: names hold no long numbers,
 * dates or bare numbers. Its cells must not be printed.
 */
static bool looks_like_data(const struct tta_text *names, size_t count)
{
    int8_t word;

    for (size_t i = 0; i < count; i++)
        if (tta_text_has_number(names[i]) || tta_boolean_parse(names[i], &word) == NULL ||
            (names[i].len > 0 && strchr("0123456789-+", names[i].ptr[0]) != NULL))
            return true;
    return false;
}

/* A date or a CPR number in the header: there is none, and its first row would be lost. */
static bool is_data(struct tta_text t)
{
    size_t digits = 0;
    tta_date day;

    for (size_t i = 0; i < t.len; i++)
        digits += t.ptr[i] >= '0' && t.ptr[i] <= '9';
    return (digits == 10 && (t.len == 10 || (t.len == 11 && t.ptr[6] == '-'))) ||
           tta_date_parse(t, TTA_DATE_ISO, &day) == NULL ||
           tta_date_parse(t, TTA_DATE_DK, &day) == NULL;
}

static int check_header(const struct tta_run *run, struct tta_error *e)
{
    for (size_t i = 0; i < run->name_count; i++) {
        if (is_data(run->names[i]))
            return tta_fail(e, TTA_E_DATA,
                            "the first line does not look like a header: cell %zu is a date or a "
                            "number",
                            i + 1);
        if (run->common.rejects != NULL && tta_text_is(run->names[i], "reject_file"))
            return tta_fail(e, TTA_E_DATA,
                            "the input is a file of rejects: mend it and drop its columns "
                            "reject_file to reject_text before --rejects writes them again");
    }
    return 0;
}

/* "there are: a, b, c", cut to what a line can hold. */
static void list_names(const struct tta_run *run, char *out, size_t size)
{
    size_t n = 0;

    if (looks_like_data(run->names, run->name_count)) {
        snprintf(out, size, "the first line does not look like a header");
        return;
    }
    n = (size_t)snprintf(out, size, "there are: ");
    for (size_t i = 0; i < run->name_count; i++) {
        char name[48];

        tta_text_printable(run->names[i], name, sizeof name);
        if (n + strlen(name) + 8 > size) {
            snprintf(out + n, size - n, ", ...");
            return;
        }
        n += (size_t)snprintf(out + n, size - n, "%s%s", i > 0 ? ", " : "", name);
    }
}

/* The column's place, SIZE_MAX when there is none, SIZE_MAX - 1 when two could be meant. */
static size_t find(const struct tta_run *run, const char *name)
{
    size_t found = SIZE_MAX;
    char normal[96], wanted[96];

    for (size_t i = 0; i < run->name_count; i++)
        if (tta_text_is(run->names[i], name))
            return i;
    if (!tta_text_normal(tta_text_of(name), wanted, sizeof wanted))
        return SIZE_MAX;
    for (size_t i = 0; i < run->name_count; i++) {
        if (!tta_text_normal(run->names[i], normal, sizeof normal))
            continue;
        if (strcmp(normal, wanted) == 0 || tta_is_alias(run->aliases, name, normal)) {
            if (found != SIZE_MAX)
                return SIZE_MAX - 1;
            found = i;
        }
    }
    return found;
}

static int bind_column(struct tta_run *run, const struct tta_column *c, struct tta_binding *b,
                       struct tta_error *e)
{
    char names[400];

    b->column = c;
    b->index = find(run, c->name);
    b->found = b->found || b->index < SIZE_MAX - 1;
    if (c->type == TTA_CHOICE && b->aliases == NULL) {
        b->aliases = tta_choice_aliases(run->aliases, c);
        if (b->aliases == NULL)
            return tta_fail_memory(e);
    }
    if (b->index == SIZE_MAX - 1)
        return tta_fail(e, TTA_E_DATA, "two columns could be %s; say which with --rename", c->name);
    /* an object may leave out a key whose value may be missing */
    if (b->index != SIZE_MAX || (c->flags & TTA_OPTIONAL) != 0 ||
        ((c->flags & TTA_NULLABLE) != 0 && run->layout.from == TTA_JSONL))
        return 0;
    if (run->name_count == 1 && run->layout.from == TTA_CSV && run->dialect.delimiter != ';' &&
        memchr(run->names[0].ptr, ';', run->names[0].len) != NULL)
        return tta_fail(e, TTA_E_DATA,
                        "no column %s; the file seems to be divided by semicolons: see "
                        "--dialect=dk and --delimiter",
                        c->name);
    list_names(run, names, sizeof names);
    return tta_fail(e, TTA_E_DATA, "no column %s; %s", c->name, names);
}

static int bind_all(struct tta_run *run, struct tta_error *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < run->read_count; i++)
        rc = bind_column(run, &run->reads[i], &run->bindings[i], e);
    run->bound_count = 0;
    for (size_t i = 0; rc == 0 && i < run->read_count; i++)
        if (run->bindings[i].index != SIZE_MAX)
            run->bound[run->bound_count++] = run->bindings[i];
        else
            tta_type_set_missing(run->reads[i].type,
                                 (char *)run->record + run->reads[i].offset); /* for good */
    if (rc == 0 && run->group_name != NULL) {
        run->group_column = find(run, run->group_name);
        if (run->group_column >= SIZE_MAX - 1)
            rc = tta_fail(e, TTA_E_DATA, "no column %s", run->group_name);
    }
    if (rc == 0 && run->common.shard_key != NULL) {
        run->shard_column = find(run, run->common.shard_key);
        if (run->shard_column >= SIZE_MAX - 1)
            rc = tta_fail(e, TTA_E_DATA, "no column for --shard-key");
        else if (run->group_name != NULL && run->shard_column != run->group_column)
            rc = tta_fail(e, TTA_E_USAGE,
                          "--shard-key: rows of one %s belong together, so it must be that",
                          run->group_name);
    }
    return rc;
}

static void free_names(struct tta_run *run)
{
    for (size_t i = 0; i < run->name_count; i++)
        free((char *)(uintptr_t)run->names[i].ptr);
    free(run->names);
    run->names = NULL;
    run->name_count = 0;
}

/* The new name of a column, or the old. NULL when memory is out. */
static char *renamed(struct tta_run *run, struct tta_text name)
{
    for (size_t i = 0; i < run->common.rename.count; i++) {
        const char *item = run->common.rename.items[i];
        struct tta_text old = {item, strcspn(item, "=")};

        if (tta_text_equal(old, name)) {
            run->renamed_used[i] = true;
            run->layout.renamed = true;
            return tta_text_copy(tta_text_of(item + old.len + 1));
        }
    }
    return tta_text_copy(name);
}

static int take_names(struct tta_run *run, struct tta_error *e)
{
    size_t count;
    const struct tta_text *columns = tta_reader_columns(run->reader, &count);

    free_names(run);
    run->names = calloc(count + 1, sizeof *run->names);
    if (run->names == NULL)
        return tta_fail_memory(e);
    for (; run->name_count < count; run->name_count++) {
        char *name = renamed(run, columns[run->name_count]);

        if (name == NULL)
            return tta_fail_memory(e);
        run->names[run->name_count] = tta_text_of(name);
    }
    run->layout.names = run->names;
    run->layout.name_count = run->shape == TTA_ROWS ? run->name_count : 0;
    return 0;
}

static int by_name(const void *a, const void *b)
{
    const struct tta_text *const *x = a, *const *y = b;

    return tta_text_compare(**x, **y);
}

/* Two columns of one name: which would a rule read, and which would go out as JSON? */
static int check_duplicates(struct tta_run *run, struct tta_error *e)
{
    const struct tta_text **order = malloc((run->name_count + 1) * sizeof *order);
    int rc = 0;

    if (order == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < run->name_count; i++)
        order[i] = &run->names[i];
    qsort(order, run->name_count, sizeof *order, by_name);
    for (size_t i = 1; rc == 0 && i < run->name_count; i++) {
        size_t a = (size_t)(order[i - 1] - run->names) + 1, b = (size_t)(order[i] - run->names) + 1;

        /* nameless columns, as spreadsheets leave behind, may go through CSV untouched */
        if (tta_text_equal(*order[i - 1], *order[i]) &&
            (order[i]->len > 0 || run->layout.to == TTA_JSONL))
            rc = tta_fail(e, TTA_E_DATA, "columns %zu and %zu have the same name", a < b ? a : b,
                          a < b ? b : a);
    }
    free(order);
    return rc;
}

static int check_own(struct tta_run *run, struct tta_error *e)
{
    for (size_t i = 0; i < run->add_count && run->shape == TTA_ROWS; i++)
        for (size_t j = 0; j < run->name_count; j++)
            if (tta_text_is(run->names[j], run->adds[i].name))
                return tta_fail(e, TTA_E_DATA,
                                "the input has a column %s already; use --rename %s=NEWNAME",
                                run->adds[i].name, run->adds[i].name);
    return 0;
}

static int check_renames(const struct tta_run *run, struct tta_error *e)
{
    char names[400];

    for (size_t i = 0; i < run->common.rename.count; i++)
        if (!run->renamed_used[i]) {
            list_names(run, names, sizeof names);
            return tta_fail(e, TTA_E_DATA, "no column as --rename number %zu says; %s", i + 1,
                            names);
        }
    return 0;
}

/*
 * A further input must have the columns of the first, as rows go through as
 * they are; but for JSON objects that stay objects.
 */
static int check_same(struct tta_run *run, const struct tta_text *names, size_t count,
                      struct tta_error *e)
{
    bool same = count == run->name_count;

    for (size_t i = 0; same && i < count; i++)
        same = tta_text_equal(names[i], run->names[i]);
    return same || (run->layout.from == TTA_JSONL &&
                    (run->layout.to == TTA_JSONL || run->shape != TTA_ROWS))
               ? 0
               : tta_fail(e, TTA_E_DATA, "other columns than the first input");
}

int tta_make_bindings(struct tta_run *run, struct tta_error *e)
{
    run->bindings = calloc(run->read_count + 1, sizeof *run->bindings);
    run->bound = calloc(run->read_count + 1, sizeof *run->bound);
    run->renamed_used = calloc(run->common.rename.count + 1, sizeof(bool));
    return run->bindings != NULL && run->bound != NULL && run->renamed_used != NULL
               ? 0
               : tta_fail_memory(e);
}

int tta_match_columns(struct tta_run *run, const char *file, struct tta_error *e)
{
    struct tta_text *first = run->names;
    size_t first_count = run->name_count;
    int rc;

    run->names = NULL;
    run->name_count = 0;
    rc = take_names(run, e);
    if (rc == 0)
        rc = check_header(run, e);
    if (rc == 0)
        rc = check_duplicates(run, e);
    if (rc == 0)
        rc = check_renames(run, e);
    if (rc == 0)
        rc = bind_all(run, e);
    if (rc == 0)
        rc = check_own(run, e);
    if (rc == 0 && first != NULL)
        rc = check_same(run, first, first_count, e);
    for (size_t i = 0; i < first_count; i++)
        free((char *)(uintptr_t)first[i].ptr);
    free(first);
    return rc == 0 ? 0 : tta_error_place(e, file, 1);
}

int tta_match_again(struct tta_run *run, struct tta_error *e)
{
    int rc;

    if (run->layout.to == TTA_CSV && run->shape == TTA_ROWS) {
        for (size_t i = run->name_count; i < run->row.count; i++)
            if (run->row.cells[i].ptr != NULL)
                return tta_fail(
                    e, TTA_E_DATA,
                    "a key that the first object does not have, which CSV has no column for");
        return 0;
    }
    rc = take_names(run, e);
    if (rc == 0)
        rc = check_duplicates(run, e);
    if (rc == 0)
        rc = bind_all(run, e);
    if (rc == 0)
        rc = check_own(run, e);
    if (rc != 0) {
        /* every row from here on would be read by the wrong columns: not one bad row */
        tta_error_place(e, run->inputs[run->input_count - 1].name, run->row.line);
        run->row.raw.ptr = NULL;
    }
    return rc;
}

void tta_note_unseen_keys(const struct tta_run *run)
{
    for (size_t i = 0; i < run->read_count; i++)
        if (!run->bindings[i].found && (run->reads[i].flags & TTA_OPTIONAL) == 0)
            tta_note(run, "no object has the key %s: every row was read without a value",
                     run->reads[i].name);
}

void tta_release_columns(struct tta_run *run)
{
    free_names(run);
    for (size_t i = 0; i < run->read_count && run->bindings != NULL; i++)
        free((struct tta_choice_alias *)(uintptr_t)run->bindings[i].aliases);
    free(run->bindings);
    free(run->bound);
    free(run->reads);
    free(run->adds);
    free(run->own);
    free(run->blank);
    free(run->renamed_used);
    tta_aliases_free(run->aliases);
}
