/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "assign.h"

#include <stdlib.h>

#include "tta/journal.h"

int assign_check(const struct tta_plan *plan, struct tta_error *e)
{
    switch (plan->method) {
    case TTA_BLOCKS:
    case TTA_SIMPLE:
    case TTA_BIASED_COIN:
    case TTA_BIG_STICK:
    case TTA_URN:
    case TTA_MINIMISE:
        return 0;
    default:
        return tta_fail(e, TTA_E_USAGE,
                        "--method: %s draws a whole list; units that come one by one are drawn by "
                        "blocks, simple, biased-coin, big-stick, urn or minimise",
                        tta_method_names[plan->method]);
    }
}

static int keep_place(struct assignment *a, struct place place, struct tta_error *e)
{
    size_t n = a->lots.units.n;

    if (n == a->place_cap) {
        size_t cap = n == 0 ? 256 : 2 * n;
        struct place *grown = realloc(a->place, cap * sizeof *grown);

        if (grown == NULL)
            return tta_fail_memory(e);
        a->place = grown;
        a->place_cap = cap;
    }
    a->place[n] = place;
    return 0;
}

int assign_place(const struct assignment *a, size_t arrival, struct tta_error *e)
{
    return tta_error_place(e, a->place[arrival].file, a->place[arrival].line);
}

int assign_arrive(struct assignment *a, const union tta_slot *cells, struct place place,
                  struct tta_error *e)
{
    struct tta_plan_column columns[2 * TTA_TERMS_MAX + 8];
    const size_t most = sizeof columns / sizeof *columns;
    size_t n = tta_plan_columns(&a->lots.plan, columns, most), id = 0;
    struct tta_buffer text = {0};
    int32_t number;
    int rc = keep_place(a, place, e);

    if (rc == 0)
        rc = tta_units_add(&a->lots.units, &a->lots.plan, cells, e);
    while (id + 1 < n && strcmp(columns[id].name, a->lots.plan.id) != 0)
        id++;
    if (rc == 0)
        rc = tta_log_cells(&a->lots.plan, cells, &text, e);
    if (rc == 0 && (tta_names_number(&a->cells, tta_buffer_text(&text), &number) != 0 ||
                    tta_names_number(&a->ids, cells[id].text, &number) != 0))
        rc = tta_fail_memory(e);
    tta_buffer_release(&text);
    return rc;
}

struct tta_text assign_id(const struct assignment *a, size_t arrival)
{
    return tta_names_text(&a->ids, (int32_t)arrival);
}

/* What is taken out must have been a line: another file under that name would be lost. */
static int check_torn(const struct assignment *a, const struct tta_journal *j, struct tta_error *e)
{
    struct tta_text part = {j->bytes.ptr + j->bytes.len, j->torn};

    if (j->torn == 0 || tta_chain_torn(&a->log.chain, part))
        return 0;
    tta_fail(e, TTA_E_DATA, "this is no line of tta-randomize, or it was changed");
    return tta_error_place(e, j->path, a->log.chain.entries + 1);
}

/* Reads the log, and begins it where it is empty. */
static int open_log(struct assignment *a, const struct tta_journal *j, struct tta_buffer *lines,
                    struct tta_error *e)
{
    struct tta_buffer origin = {0};
    struct tta_chain head;
    char commitment[TTA_HEX_SIZE] = "";
    int rc = 0;

    tta_chain_begin(&head);
    if (j->head.len > 0 && tta_chain_parse(&head, tta_buffer_text(&j->head), e) != 0)
        return tta_error_place(e, j->head_path, 0);
    if (tta_log_read(&a->log, tta_buffer_text(&j->bytes), &head, e) != 0)
        return tta_error_place(e, j->path, 0);
    if (check_torn(a, j, e) != 0)
        return e->code;
    if (!a->listed)
        tta_key_commitment(&a->lots.key, commitment);
    rc = tta_log_origin(&a->lots.plan, commitment, a->listed ? &a->list : NULL, &origin, e);
    a->begun = a->log.origin == NULL;
    if (rc == 0 && a->begun) {
        rc = tta_log_begin(&a->log, tta_buffer_text(&origin), lines, e);
    } else if (rc == 0 && !tta_text_is(tta_buffer_text(&origin), a->log.origin)) {
        tta_fail(e, TTA_E_DATA, "this log was begun with another %s",
                 a->listed ? "list, --strata or --id" : "plan or key");
        rc = tta_error_place(e, j->path, 1);
    }
    tta_buffer_release(&origin);
    return rc;
}

/* An id of the log with other blanks around it would get a second lot. */
static int check_blanks(const struct assignment *a, struct tta_error *e)
{
    struct tta_names bare = {0};
    int32_t number;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < a->log.count; i++)
        if (tta_names_number(&bare, tta_text_trim(tta_names_text(&a->log.ids, (int32_t)i)),
                             &number) != 0)
            rc = tta_fail_memory(e);
    for (size_t i = 0; rc == 0 && i < a->lots.units.n; i++) {
        struct tta_text id = assign_id(a, i);

        if (tta_log_find(&a->log, id) == NULL && tta_names_find(&bare, tta_text_trim(id)) >= 0) {
            tta_fail(e, TTA_E_DATA, "its id is in the log with other blanks around it");
            rc = assign_place(a, i, e);
        }
    }
    tta_names_release(&bare);
    return rc;
}

int assign_all(struct assignment *a, const char *path, size_t *torn, struct tta_error *e)
{
    struct tta_journal j = {0};
    struct tta_buffer lines = {0}, head = {0};
    int rc = tta_journal_open(&j, path, true, e);

    *torn = j.torn;
    if (rc == 0)
        rc = open_log(a, &j, &lines, e);
    for (size_t i = 0; rc == 0 && i < a->lots.units.n; i++) {
        const struct tta_log_unit *unit = tta_log_find(&a->log, assign_id(a, i));

        if (unit != NULL && !tta_text_equal(tta_names_text(&a->log.strata, unit->stratum),
                                            tta_units_label(&a->lots.units, i)))
            a->first_moved = a->moved++ == 0 ? i : a->first_moved;
    }
    if (rc == 0)
        rc = check_blanks(a, e);
    if (rc == 0)
        rc = a->listed ? assign_from_list(a, path, &lines, e) : assign_from_key(a, path, &lines, e);
    if (rc == 0 && tta_chain_write(&a->log.chain, &head) != 0)
        rc = tta_fail_memory(e);
    if (rc == 0 && (lines.len > 0 || j.torn > 0))
        rc = tta_journal_append(&j, tta_buffer_text(&lines), tta_buffer_text(&head), e);
    tta_buffer_release(&lines);
    tta_buffer_release(&head);
    tta_journal_close(&j);
    return rc;
}

void assign_release(struct assignment *a)
{
    tta_lot_list_release(&a->list);
    tta_log_release(&a->log);
    tta_names_release(&a->ids);
    tta_names_release(&a->cells);
    free(a->place);
    lots_release(&a->lots);
}
