/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "neighbours.h"

#include <stdlib.h>

#define AT(member) offsetof(struct neighbours_record, member)
const struct tta_column neighbours_reads[] = {
    {.name = "municipality", .type = TTA_TEXT, .offset = AT(municipality), .help = "each once"},
    {.name = "incoming_cases",
     .type = TTA_INTEGER,
     .offset = AT(incoming_cases),
     .help = "new sick-leave cases a year"},
    {.name = "consortium",
     .type = TTA_TEXT,
     .flags = TTA_OPTIONAL,
     .offset = AT(consortium),
     .help = "who applies together already; empty: alone"},
    {.name = NULL},
};

static int grow(struct neighbours *n)
{
    size_t cap = n->cap == 0 ? 128 : 2 * n->cap;
    int64_t *cases = realloc(n->cases, cap * sizeof *cases);
    int32_t *consortium, *region;

    if (cases == NULL)
        return TTA_E_MEMORY;
    n->cases = cases;
    consortium = realloc(n->consortium, cap * sizeof *consortium);
    if (consortium == NULL)
        return TTA_E_MEMORY;
    n->consortium = consortium;
    region = realloc(n->region, cap * sizeof *region);
    if (region == NULL)
        return TTA_E_MEMORY;
    n->region = region;
    n->cap = cap;
    return 0;
}

int neighbours_add(struct neighbours *n, const struct neighbours_record *r, struct tta_error *e)
{
    int32_t number, region = -1, consortium;

    if (r->incoming_cases < 0 || r->incoming_cases > TTA_CASES_MOST)
        return tta_fail(e, TTA_E_DATA, "column incoming_cases: negative, or above 10,000,000");
    if (tta_names_find(&n->names, r->municipality) >= 0)
        return tta_fail(e, TTA_E_DATA, "column municipality: a municipality that stands twice");
    if (n->names.count == TTA_ADVICE_MUNICIPALITIES)
        return tta_fail(e, TTA_E_DATA, "more than %d municipalities", TTA_ADVICE_MUNICIPALITIES);
    if (tta_consortia_add(&n->consortia, r->consortium, r->incoming_cases, &consortium, e) != 0)
        return e->code;
    if ((r->region.ptr != NULL && tta_names_number(&n->regions, r->region, &region) != 0) ||
        ((size_t)n->names.count == n->cap && grow(n) != 0) ||
        tta_names_number(&n->names, r->municipality, &number) != 0)
        return tta_fail_memory(e);
    n->cases[number] = r->incoming_cases;
    n->consortium[number] = consortium;
    n->region[number] = region;
    return 0;
}

struct pair {
    struct tta_text municipality, neighbour;
};

/* The names are numbered on their own: the municipalities are not read yet. */
static int take_pair(void *context, const void *record, int64_t line, struct tta_error *e)
{
    struct neighbours *n = context;
    const struct pair *pair = record;
    struct tta_text text[2] = {pair->municipality, pair->neighbour};

    (void)line;
    if (tta_text_equal(text[0], text[1]))
        return tta_fail(e, TTA_E_DATA, "column neighbour: a municipality is not its own neighbour");
    if (n->pair_count == n->pair_cap) {
        size_t cap = n->pair_cap == 0 ? 256 : 2 * n->pair_cap;
        int32_t(*grown)[2] = realloc(n->pairs, cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        n->pairs = grown;
        n->pair_cap = cap;
    }
    for (int i = 0; i < 2; i++)
        if (tta_names_number(&n->pair_names, text[i], &n->pairs[n->pair_count][i]) != 0)
            return tta_fail_memory(e);
    n->pair_count++;
    return 0;
}

static int read_pairs(struct tta_run *run, struct neighbours *n, const char *file,
                      struct tta_error *e)
{
    static const struct tta_column reads[] = {
        {.name = "municipality", .type = TTA_TEXT, .offset = offsetof(struct pair, municipality)},
        {.name = "neighbour", .type = TTA_TEXT, .offset = offsetof(struct pair, neighbour)},
        {.name = NULL},
    };
    const struct tta_table table = {.kind = "neighbours",
                                    .option = "adjacent",
                                    .reads = reads,
                                    .record_size = sizeof(struct pair),
                                    .row = take_pair,
                                    .context = n};

    return tta_read_table(run, file, &table, e);
}

int neighbours_begin(struct tta_run *run, const char *file, struct neighbours *n,
                     struct tta_error *e)
{
    const struct tta_column region = {.name = "region",
                                      .type = TTA_TEXT,
                                      .offset = AT(region),
                                      .help = "those of one region are neighbours"};

    return file == NULL ? tta_read_column(run, &region, e) : read_pairs(run, n, file, e);
}

static void mark_pairs(const struct tta_run *run, struct neighbours *n)
{
    long long unknown = 0;

    for (size_t i = 0; i < n->pair_count; i++) {
        int32_t at[2];

        for (int k = 0; k < 2; k++)
            at[k] = tta_names_find(&n->names, tta_names_text(&n->pair_names, n->pairs[i][k]));
        if (at[0] < 0 || at[1] < 0)
            unknown++;
        else
            n->near[at[0] * n->names.count + at[1]] = n->near[at[1] * n->names.count + at[0]] = 1;
    }
    if (unknown > 0)
        tta_note(run, "rows of neighbours that name a municipality not in the input: %lld",
                 unknown);
}

int neighbours_finish(const struct tta_run *run, struct neighbours *n, int64_t minimum,
                      struct tta_error *e)
{
    size_t count = (size_t)n->names.count;

    n->near = calloc(count * count + 1, 1);
    n->free = calloc(count + 1, 1);
    if (n->near == NULL || n->free == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < count; i++) {
        n->free[i] = n->consortium[i] < 0 || n->consortia.cases[n->consortium[i]] < minimum;
        for (size_t k = 0; k < count; k++) /* -1: there are pairs instead */
            n->near[i * count + k] = i != k && n->region[i] >= 0 && n->region[i] == n->region[k];
    }
    mark_pairs(run, n);
    return 0;
}

struct tta_neighbours neighbours_view(const struct neighbours *n)
{
    struct tta_neighbours view = {(size_t)n->names.count, n->cases, n->free, n->near};

    return view;
}

void neighbours_release(struct neighbours *n)
{
    tta_names_release(&n->names);
    tta_names_release(&n->regions);
    tta_names_release(&n->pair_names);
    free(n->pairs);
    tta_consortia_release(&n->consortia);
    free(n->cases);
    free(n->consortium);
    free(n->region);
    free(n->free);
    free(n->near);
}
