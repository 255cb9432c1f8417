/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "parts.h"

struct parts {
    struct tta_counts *part;
    size_t count;
};

static int read_part(void *context, const char *name, struct tta_text bytes, struct tta_error *e)
{
    struct parts *p = context;
    struct tta_counts *grown = realloc(p->part, (p->count + 1) * sizeof *grown);

    if (grown == NULL)
        return tta_fail_memory(e);
    p->part = grown;
    if (tta_counts_read(bytes, &grown[p->count], e) != 0)
        return e->code;
    grown[p->count].name = tta_text_copy(tta_text_of(name));
    return grown[p->count++].name == NULL ? tta_fail_memory(e) : 0;
}

int parts_read(struct tta_run *run, const struct outcome_args *outcome, struct tta_counts *out,
               struct tta_error *e)
{
    struct parts p = {NULL, 0};
    const struct tta_file_reader reader = {read_part, &p};
    int rc;

    if (outcome->time != NULL || outcome->event != NULL || outcome->entry != NULL ||
        outcome->weight != NULL || outcome->cluster != NULL || outcome->id != NULL ||
        outcome->censored.count > 0)
        return tta_fail(e, TTA_E_USAGE,
                        "--merge: the parts say what was read; leave --time and its like out");
    rc = tta_take_files(run, &reader, e);
    if (rc == 0)
        rc = tta_counts_merge(p.part, p.count, out, e);
    for (size_t i = 0; i < p.count; i++)
        tta_counts_release(&p.part[i]);
    free(p.part);
    return rc;
}

void parts_choose(const struct tta_list *given, char *const *made, size_t count,
                  struct tta_list *out)
{
    *out = (struct tta_list){(const char **)(uintptr_t)made, count};
    if (given != NULL && given->count > 0)
        *out = *given;
    if (out->count == 1 && *out->items[0] == '\0')
        out->count = 0;
}

/* Where the pattern of a count stands among all values. */
static char *const *values_of(const struct tta_counts *c, const struct tta_count *one)
{
    return c->values + (size_t)one->pattern * (c->of.by + c->of.strata + c->of.covariates);
}

/* The first of the columns without a value, or how many there are. */
static size_t find_absent(const struct tta_counts *c, const struct tta_count *one,
                          const size_t *place, const struct covariates *columns)
{
    size_t i = 0;

    while (i < columns->count && values_of(c, one)[place[i]] != NULL)
        i++;
    return i;
}

static int fill_columns(const struct tta_counts *c, size_t row, const size_t *place,
                        struct covariates *columns, struct tta_error *e)
{
    struct tta_number_style style = {c->of.decimal, c->of.group};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < columns->count; i++) {
        const char *value = values_of(c, &c->counts[row])[place[i]];
        struct tta_either cell = {tta_text_of(value), NAN};

        if (tta_double_parse(cell.text, style, &cell.number) != NULL)
            cell.number = NAN;
        rc = tta_variable_add(&columns->v[i], &cell, e);
    }
    return rc;
}

int parts_find(const struct tta_counts *c, const char *name, size_t *place, struct tta_error *e)
{
    for (size_t i = 0; i < c->of.by + c->of.strata + c->of.covariates; i++)
        if (strcmp(c->of.columns[i], name) == 0) {
            *place = i;
            return 0;
        }
    return tta_fail(e, TTA_E_USAGE, "the parts have not counted by %s", name);
}

/* Room for so many rows, and what holds of them all. */
static int fill_begin(const struct tta_counts *c, size_t room, struct outcome *o,
                      struct tta_error *e)
{
    o->time = malloc((room + 1) * sizeof *o->time);
    o->event = malloc(room + 1);
    o->tally = malloc((room + 1) * sizeof *o->tally);
    if (c->of.entry != NULL)
        o->entry = malloc((room + 1) * sizeof *o->entry);
    o->event_column = tta_text_copy(tta_text_of(c->of.event));
    if (o->time == NULL || o->event == NULL || o->tally == NULL || o->event_column == NULL ||
        (c->of.entry != NULL && o->entry == NULL))
        return tta_fail_memory(e);
    o->event_column[strcspn(o->event_column, "=")] = '\0';
    o->event_value = strchr(c->of.event, '=');
    o->weighted = c->weighted;
    o->fractional = c->fractional;
    return 0;
}

int parts_fill(const struct tta_counts *c, const size_t *place, bool expand, struct outcome *o,
               struct covariates *columns, struct tta_error *e)
{
    size_t rows = 0;

    columns->of_rows = c->rows;
    for (size_t i = 0; i < c->count; i++) {
        size_t absent = find_absent(c, &c->counts[i], place, columns);

        if (absent < columns->count)
            columns->absent[absent] += c->counts[i].tally.rows;
        else
            rows += expand ? (size_t)c->counts[i].tally.rows : 1;
    }
    if (tta_survival_check_size(rows, e) != 0)
        return e->code;
    if (fill_begin(c, rows, o, e) != 0)
        return e->code;
    for (size_t i = 0; i < c->count; i++) {
        const struct tta_count *one = &c->counts[i];

        if (find_absent(c, one, place, columns) < columns->count)
            continue;
        o->value_seen = o->value_seen || one->outcome > 0;
        for (int64_t k = 0; k < (expand ? one->tally.rows : 1); k++) {
            o->time[o->n] = one->time;
            o->event[o->n] = one->outcome > 0;
            o->tally[o->n] = one->tally;
            if (o->entry != NULL)
                o->entry[o->n] = one->entry;
            o->n++;
            if (fill_columns(c, i, place, columns, e) != 0)
                return e->code;
        }
    }
    return 0;
}
