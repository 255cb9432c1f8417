/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the arms of arrivals come from. What the log holds must come from there, too. */
#include <inttypes.h>

#include "assign.h"

static int other_arm(const char *log, size_t unit, const char *than, struct tta_error *e)
{
    tta_fail(e, TTA_E_DATA, "this line has another arm than %s", than);
    return tta_error_place(e, log, (int64_t)unit + 2);
}

/* Those of the log, as the list says. */
static int check_listed(const struct assignment *a, const char *log, struct tta_error *e)
{
    for (size_t i = 0; i < a->log.count; i++) {
        const struct tta_log_unit *unit = &a->log.units[i];
        struct tta_text arm;

        if (!tta_lot_list_find(&a->list, tta_names_text(&a->log.strata, unit->stratum),
                               unit->ordinal, &arm) ||
            !tta_text_equal(arm, tta_names_text(&a->log.arms, unit->arm)))
            return other_arm(log, i, "the list", e);
    }
    return 0;
}

static int no_lot(const struct assignment *a, size_t arrival, uint64_t taken, struct tta_error *e)
{
    if (tta_names_find(&a->list.strata, tta_units_label(&a->lots.units, arrival)) < 0)
        tta_fail(e, TTA_E_DATA, "the list has no stratum like its; nothing was assigned");
    else
        tta_fail(e, TTA_E_DATA,
                 "the list has %" PRIu64 " lots in its stratum, and all are taken; nothing was "
                 "assigned",
                 taken);
    return assign_place(a, arrival, e);
}

int assign_from_list(struct assignment *a, const char *log, struct tta_buffer *lines,
                     struct tta_error *e)
{
    int rc = check_listed(a, log, e);

    for (size_t i = 0; rc == 0 && i < a->lots.units.n; i++) {
        struct tta_text stratum = tta_units_label(&a->lots.units, i), arm;
        uint64_t taken = tta_log_taken(&a->log, stratum);

        if (tta_log_find(&a->log, assign_id(a, i)) != NULL)
            continue;
        if (!tta_lot_list_find(&a->list, stratum, taken + 1, &arm))
            return no_lot(a, i, taken, e);
        rc = tta_log_assign(&a->log, assign_id(a, i), a->cells.texts[i], stratum, arm, lines, e);
    }
    return rc;
}

int assign_from_key(struct assignment *a, const char *log, struct tta_buffer *lines,
                    struct tta_error *e)
{
    const struct tta_plan *p = &a->lots.plan;
    struct tta_units all = {0};
    struct tta_allocation drawn = {0};
    size_t old = a->log.count, at = old;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < old; i++)
        rc = tta_log_add_unit(&all, p, a->log.units[i].cells, e);
    for (size_t i = 0; rc == 0 && i < a->lots.units.n; i++)
        if (tta_log_find(&a->log, assign_id(a, i)) == NULL)
            rc = tta_log_add_unit(&all, p, a->cells.texts[i], e);
    if (rc == 0)
        rc = tta_allocate(p, &a->lots.key, &all, &drawn, e);
    for (size_t i = 0; rc == 0 && i < old; i++)
        if (!tta_text_is(tta_names_text(&a->log.arms, a->log.units[i].arm),
                         p->arms.items[drawn.arm[i]].name))
            rc = other_arm(log, i, "this draws", e);
    for (size_t i = 0; rc == 0 && i < a->lots.units.n; i++)
        if (tta_log_find(&a->log, assign_id(a, i)) == NULL)
            rc = tta_log_assign(&a->log, assign_id(a, i), a->cells.texts[i],
                                tta_units_label(&a->lots.units, i),
                                tta_text_of(p->arms.items[drawn.arm[at++]].name), lines, e);
    tta_allocation_release(&drawn);
    tta_units_release(&all);
    return rc;
}
