/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of a log, from and to JSON. */
#include <jansson.h>
#include <stdlib.h>

#include "log.h"

static int dump(json_t *value, size_t braces, struct tta_buffer *out, struct tta_error *e)
{
    char *text = value == NULL ? NULL : json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(17));
    int rc = text == NULL ? TTA_E_MEMORY
                          : tta_buffer_append(out, text + braces, strlen(text) - 2 * braces);

    json_decref(value);
    free(text);
    return rc != 0 ? tta_fail_memory(e) : 0;
}

/* Of the settings of the plan, those asked for that it has. */
static int set_plan(json_t *o, const struct tta_plan *plan, const char *const *names)
{
    int bad = 0;

    for (; *names != NULL; names++)
        if (tta_plan_get(plan, *names) != NULL)
            bad |= json_object_set_new(o, *names, json_string(tta_plan_get(plan, *names)));
    return bad;
}

int tta_log_origin(const struct tta_plan *plan, const char *commitment,
                   const struct tta_lot_list *list, struct tta_buffer *out, struct tta_error *e)
{
    static const char *const of_list[] = {"strata", "id", NULL};
    json_t *o = json_object(), *settings = json_object();
    int bad = json_object_set_new(o, "tta_log", json_integer(1));

    bad |= set_plan(settings, plan, list != NULL ? of_list : tta_plan_settings);
    if (list != NULL) {
        bad |= json_object_set_new(o, "list", json_string(list->seal));
        bad |= json_object_update(o, settings);
        json_decref(settings);
    } else {
        bad |= json_object_set_new(o, "plan", settings);
        bad |= json_object_set_new(o, "commitment", json_string(commitment));
    }
    if (bad != 0) {
        json_decref(o);
        return tta_fail_memory(e);
    }
    return dump(o, 1, out, e);
}

static size_t columns_of(const struct tta_plan *p, struct tta_plan_column *columns)
{
    size_t n = tta_plan_columns(p, columns, TTA_LOG_COLUMNS);

    return n < TTA_LOG_COLUMNS ? n : TTA_LOG_COLUMNS;
}

int tta_log_cells(const struct tta_plan *p, const union tta_slot *cells, struct tta_buffer *out,
                  struct tta_error *e)
{
    struct tta_plan_column columns[TTA_LOG_COLUMNS];
    size_t n = columns_of(p, columns);
    json_t *list = json_array();
    int bad = list == NULL;

    for (size_t i = 0; bad == 0 && i < n; i++)
        bad = json_array_append_new(
            list, columns[i].type == TTA_TEXT ? json_stringn(cells[i].text.ptr, cells[i].text.len)
                  : columns[i].type == TTA_NUMBER ? json_real(cells[i].number)
                                                  : json_integer(cells[i].integer));
    if (bad != 0) {
        json_decref(list);
        return tta_fail_memory(e);
    }
    return dump(list, 0, out, e);
}

static int foreign(struct tta_error *e)
{
    return tta_fail(e, TTA_E_DATA, "this line is no entry of a log of this program");
}

int tta_log_add_unit(struct tta_units *u, const struct tta_plan *p, const char *cells,
                     struct tta_error *e)
{
    struct tta_plan_column columns[TTA_LOG_COLUMNS];
    union tta_slot slots[TTA_LOG_COLUMNS];
    size_t n = columns_of(p, columns);
    json_t *list = json_loads(cells, 0, NULL);
    int rc = json_array_size(list) == n ? 0 : foreign(e);

    for (size_t i = 0; rc == 0 && i < n; i++) {
        const json_t *value = json_array_get(list, i);

        if (columns[i].type == TTA_TEXT && json_is_string(value)) {
            slots[i].text.ptr = json_string_value(value);
            slots[i].text.len = json_string_length(value);
        } else if (columns[i].type == TTA_NUMBER && json_is_number(value)) {
            slots[i].number = json_number_value(value);
        } else if (columns[i].type != TTA_TEXT && json_is_integer(value)) {
            slots[i].integer = json_integer_value(value);
        } else {
            rc = foreign(e);
        }
    }
    if (rc == 0)
        rc = tta_units_add(u, p, slots, e);
    json_decref(list);
    return rc;
}

static struct tta_text text_of(const json_t *o, const char *key)
{
    const json_t *value = json_object_get(o, key);
    struct tta_text t = {json_string_value(value), json_string_length(value)};

    return t;
}

static int read_unit(struct tta_log *l, const json_t *o, struct tta_error *e)
{
    struct tta_text id = text_of(o, "unit"), stratum = text_of(o, "stratum"),
                    arm = text_of(o, "arm");
    const json_t *ordinal = json_object_get(o, "ordinal");
    struct tta_buffer cells = {0};
    int rc;

    if (id.ptr == NULL || stratum.ptr == NULL || arm.ptr == NULL || !json_is_integer(ordinal) ||
        !json_is_array(json_object_get(o, "cells")) || l->origin == NULL)
        return foreign(e);
    if ((uint64_t)json_integer_value(ordinal) != tta_log_taken(l, stratum) + 1)
        return tta_fail(e, TTA_E_DATA, "this unit has not the next number of its stratum");
    rc = dump(json_incref(json_object_get(o, "cells")), 0, &cells, e);
    if (rc == 0 && tta_buffer_char(&cells, '\0') != 0)
        rc = tta_fail_memory(e);
    if (rc == 0)
        rc = tta_log_keep(l, id, cells.ptr, stratum, arm, e);
    tta_buffer_release(&cells);
    return rc;
}

/* The first line between the chain's hashes, as it was given to tta_log_begin. */
static int read_origin(struct tta_log *l, json_t *o, struct tta_error *e)
{
    struct tta_buffer text = {0};
    int rc;

    if (json_integer_value(json_object_get(o, "tta_log")) != 1)
        return tta_fail(e, TTA_E_DATA, "this is no log of this version of tta-randomize");
    json_object_del(o, "previous");
    json_object_del(o, "hash");
    rc = dump(json_incref(o), 1, &text, e);
    if (rc == 0)
        l->origin = tta_text_copy(tta_buffer_text(&text));
    tta_buffer_release(&text);
    return rc != 0 ? rc : l->origin == NULL ? tta_fail_memory(e) : 0;
}

static int read_line(void *context, struct tta_text line, struct tta_error *e)
{
    struct tta_log *l = context;
    json_t *o = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES, NULL);
    int rc = !json_is_object(o)      ? foreign(e)
             : l->chain.entries == 1 ? read_origin(l, o, e)
                                     : read_unit(l, o, e);

    json_decref(o);
    return rc;
}

int tta_log_read(struct tta_log *l, struct tta_text file, const struct tta_chain *head,
                 struct tta_error *e)
{
    tta_chain_begin(&l->chain);
    return tta_chain_walk(&l->chain, file, head, read_line, l, e);
}

int tta_log_assign(struct tta_log *l, struct tta_text id, const char *cells,
                   struct tta_text stratum, struct tta_text arm, struct tta_buffer *out,
                   struct tta_error *e)
{
    json_t *o = json_object();
    struct tta_buffer members = {0};
    int bad =
        json_object_set_new(o, "unit", json_stringn(id.ptr, id.len)) |
        json_object_set_new(o, "cells", json_loads(cells, 0, NULL)) |
        json_object_set_new(o, "stratum", json_stringn(stratum.ptr, stratum.len)) |
        json_object_set_new(o, "ordinal", json_integer((json_int_t)tta_log_taken(l, stratum) + 1)) |
        json_object_set_new(o, "arm", json_stringn(arm.ptr, arm.len));
    int rc;

    if (bad != 0) {
        json_decref(o);
        return tta_fail_memory(e);
    }
    rc = dump(o, 1, &members, e);
    if (rc == 0)
        rc = tta_chain_add(&l->chain, tta_buffer_text(&members), out, e);
    tta_buffer_release(&members);
    return rc == 0 ? tta_log_keep(l, id, cells, stratum, arm, e) : rc;
}
