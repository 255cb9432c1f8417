/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "assign.h"

struct row {
    int64_t place, places, ordinal;
    struct tta_text stratum, arm, seal;
};

#define COLUMN(member, of_type, of_flags)                                                          \
    {                                                                                              \
        .name = #member, .type = of_type, .flags = of_flags,                                       \
        .offset = offsetof(struct row, member)                                                     \
    }
static const struct tta_column reads[] = {
    COLUMN(place, TTA_INTEGER, TTA_REQUIRED),
    COLUMN(places, TTA_INTEGER, TTA_REQUIRED),
    COLUMN(stratum, TTA_TEXT, TTA_NULLABLE),
    COLUMN(ordinal, TTA_INTEGER, TTA_REQUIRED),
    COLUMN(arm, TTA_TEXT, TTA_REQUIRED),
    COLUMN(seal, TTA_TEXT, TTA_REQUIRED),
    {.name = NULL},
};

static int add(void *context, const void *record, int64_t line, struct tta_error *e)
{
    const struct row *r = record;
    struct tta_text stratum = r->stratum.ptr == NULL ? tta_text_of("") : r->stratum;

    (void)line;
    return tta_lot_list_add(context, (uint64_t)r->place, (uint64_t)r->places, stratum,
                            (uint64_t)r->ordinal, r->arm, r->seal, e);
}

int assign_read_list(struct tta_run *run, const char *path, struct tta_lot_list *list,
                     struct tta_error *e)
{
    struct tta_table table = {.kind = "list",
                              .reads = reads,
                              .record_size = sizeof(struct row),
                              .row = add,
                              .context = list};
    int rc = tta_read_table(run, path, &table, e);

    if (rc == 0 && tta_lot_list_end(list, e) != 0)
        rc = tta_error_place(e, path, 0);
    return rc;
}
