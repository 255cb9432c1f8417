/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --history: what else supported the persons, from a file of its own. */
#include <stdlib.h>

#include "tta-refusion.h"

struct record_of {
    struct tta_text person_id;
    tta_date from, to;
    int32_t kind;
};

static const char *const kinds[] = {"benefit", "other", NULL};

#define COLUMN(n, t, m, h)                                                                         \
    {                                                                                              \
        .name = n, .type = t, .offset = offsetof(struct record_of, m), .help = h                   \
    }
static const struct tta_column reads[] = {
    COLUMN("person_id", TTA_TEXT, person_id, "of the input"),
    COLUMN("from", TTA_DATE, from, "first day"),
    COLUMN("to", TTA_DATE, to, "last day"),
    {.name = "kind",
     .type = TTA_CHOICE,
     .choices = kinds,
     .offset = offsetof(struct record_of, kind),
     .help = "benefit: of lov 994 section 3; other: public support or a subsidised job"},
    {.name = NULL},
};

static int grow(struct history *h, struct tta_error *e)
{
    size_t cap = h->cap == 0 ? 256 : h->cap * 2;
    struct tta_refusion_spell *spells = realloc(h->spells, cap * sizeof *spells);
    int32_t *person;

    if (spells == NULL)
        return tta_fail_memory(e);
    h->spells = spells;
    person = realloc(h->person, cap * sizeof *person);
    if (person == NULL)
        return tta_fail_memory(e);
    h->person = person;
    h->cap = cap;
    return 0;
}

static int take_row(void *context, const void *record, int64_t line, struct tta_error *e)
{
    const struct record_of *r = record;
    struct history *h = context;

    (void)line;
    if (r->to < r->from)
        return refusion_wrong(e, "to", "before from");
    if (h->count == h->cap && grow(h, e) != 0)
        return e->code;
    if (tta_names_number(&h->persons, r->person_id, &h->person[h->count]) != 0)
        return tta_fail_memory(e);
    h->spells[h->count].from = r->from;
    h->spells[h->count].to = r->to;
    h->spells[h->count++].benefit = r->kind == 0;
    return 0;
}

/* Counting sort by person: those of one come together. */
static int index_rows(struct history *h, struct tta_error *e)
{
    size_t persons = (size_t)h->persons.count;
    struct tta_refusion_spell *sorted = malloc((h->count + 1) * sizeof *sorted);
    size_t *next = calloc(persons + 1, sizeof *next);

    h->first = calloc(persons + 1, sizeof *h->first);
    h->used = calloc(persons + 1, sizeof *h->used);
    if (sorted == NULL || next == NULL || h->first == NULL || h->used == NULL) {
        free(sorted);
        free(next);
        return tta_fail_memory(e);
    }
    for (size_t i = 0; i < h->count; i++)
        h->first[h->person[i] + 1]++;
    for (size_t i = 0; i < persons; i++)
        h->first[i + 1] += h->first[i];
    memcpy(next, h->first, (persons + 1) * sizeof *next);
    for (size_t i = 0; i < h->count; i++)
        sorted[next[h->person[i]]++] = h->spells[i];
    free(next);
    free(h->spells);
    h->spells = sorted;
    return 0;
}

int history_read(struct tta_run *run, const char *path, struct history *h, struct tta_error *e)
{
    struct tta_table table = {"history", reads, sizeof(struct record_of), take_row, h,
                              h->hash,   NULL};

    return tta_read_table(run, path, &table, e) != 0 ? e->code : index_rows(h, e);
}

const struct tta_refusion_spell *history_of(struct history *h, struct tta_text person,
                                            size_t *count)
{
    int32_t number = tta_names_find(&h->persons, person);

    *count = 0;
    if (number < 0)
        return NULL;
    h->used[number] = true;
    *count = h->first[number + 1] - h->first[number];
    return h->spells + h->first[number];
}

int64_t history_unused(const struct history *h)
{
    int64_t count = 0;

    for (int32_t i = 0; i < h->persons.count; i++)
        count += !h->used[i];
    return count;
}

void history_release(struct history *h)
{
    tta_names_release(&h->persons);
    free(h->spells);
    free(h->person);
    free(h->first);
    free(h->used);
}
