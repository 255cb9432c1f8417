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
    int64_t unknown; /* rows of the second file that name others */
};

/* by_region: the column region must be there. */
int neighbours_begin(struct tta_run *run, bool by_region, struct tta_error *e);
int neighbours_add(struct neighbours *n, const struct neighbours_record *r, struct tta_error *e);
/* Fills near, from the file or (NULL) from the regions, and free. */
int neighbours_finish(struct tta_run *run, struct neighbours *n, const char *file, int64_t minimum,
                      struct tta_error *e);
struct tta_neighbours neighbours_view(const struct neighbours *n);
void neighbours_release(struct neighbours *n);

#endif
