/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_BUDGET_NEIGHBOURS_H
#define TTA_CMD_BUDGET_NEIGHBOURS_H
/* Municipalities as they are read, and who is whose neighbour. */
#include "tta/cost.h"
#include "tta/tool.h"

struct neighbours_record {
    struct tta_text municipality, consortium, region;
    int64_t incoming_cases;
};
extern const struct tta_column neighbours_reads[];

struct neighbours {
    struct tta_names names, regions; /* of municipalities, in order of rows */
    struct tta_consortia consortia;
    int64_t *cases;
    int32_t *consortium, *region; /* numbers */
    uint8_t *free, *near;
    size_t cap;
    struct tta_names pair_names;
    int32_t (*pairs)[2]; /* numbers of pair_names */
    size_t pair_count, pair_cap;
};

/* Reads the pairs of the file, or (NULL) the column region. */
int neighbours_begin(struct tta_run *run, const char *file, struct neighbours *n,
                     struct tta_error *e);
int neighbours_add(struct neighbours *n, const struct neighbours_record *r, struct tta_error *e);
/* Fills near and free. */
int neighbours_finish(const struct tta_run *run, struct neighbours *n, int64_t minimum,
                      struct tta_error *e);
struct tta_neighbours neighbours_view(const struct neighbours *n);
void neighbours_release(struct neighbours *n);

#endif
