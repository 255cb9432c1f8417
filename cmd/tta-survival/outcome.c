/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "outcome.h"

#include <stdlib.h>

#include "tta/survival.h"

static int read_column(struct tta_run *run, const char *name, enum tta_type type, size_t offset,
                       const char *option, struct tta_error *e)
{
    struct tta_column column = {.name = name, .type = type, .offset = offset, .help = option};

    return name == NULL ? 0 : tta_read_column(run, &column, e);
}

int outcome_begin(struct tta_run *run, const struct outcome_args *args, struct outcome *o,
                  struct tta_error *e)
{
    struct tta_text event = {args->event, args->event == NULL ? 0 : strcspn(args->event, "=")};
    int rc;

    o->args = args;
    /* needed, but not where parts are merged, which say it themselves */
    if (args->time == NULL)
        return tta_fail(e, TTA_E_USAGE, "--time=COLUMN is needed");
    if (args->event == NULL)
        return tta_fail(e, TTA_E_USAGE, "--event=COLUMN[=VALUE] is needed");
    o->event_column = tta_text_copy(event);
    if (o->event_column == NULL)
        return tta_fail_memory(e);
    o->event_value = args->event[event.len] == '=' ? args->event + event.len + 1 : NULL;
    if (args->causes && o->event_value != NULL)
        return tta_fail(e, TTA_E_USAGE, "--event: COLUMN only, it holds the cause");
    if (o->event_value == NULL && !args->causes && args->censored.count > 0)
        return tta_fail(e, TTA_E_USAGE, "--censored goes with --event=COLUMN=VALUE");
    rc = read_column(run, args->time, TTA_NUMBER, offsetof(struct outcome_record, time), "--time",
                     e);
    if (rc == 0)
        rc = read_column(
            run, o->event_column, TTA_EITHER, offsetof(struct outcome_record, event_text),
            o->event_value != NULL || args->causes ? "--event"
                                                   : "--event: true/false, 1/0, yes/no, ja/nej",
            e);
    if (rc == 0)
        rc = read_column(run, args->entry, TTA_NUMBER, offsetof(struct outcome_record, entry),
                         "--entry", e);
    if (rc == 0)
        rc = read_column(run, args->weight, TTA_NUMBER, offsetof(struct outcome_record, weight),
                         "--weight", e);
    if (rc == 0)
        rc = read_column(run, args->cluster, TTA_TEXT, offsetof(struct outcome_record, cluster),
                         "--cluster", e);
    if (rc == 0)
        rc = read_column(run, args->id, TTA_TEXT, offsetof(struct outcome_record, id), "--id", e);
    return rc;
}

/* The array with room for cap elements, or as it was where it is not wanted; *ok says. */
static void *grown(void *old, bool wanted, size_t cap, size_t size, bool *ok)
{
    void *more = wanted ? realloc(old, cap * size) : old;

    *ok = *ok && (more != NULL || !wanted);
    return more == NULL ? old : more;
}

static int grow(struct outcome *o, struct tta_error *e)
{
    size_t cap = o->cap == 0 ? 1024 : o->cap * 2;
    const struct outcome_args *a = o->args;
    bool ok = true;

    o->time = grown(o->time, true, cap, sizeof *o->time, &ok);
    o->event = grown(o->event, true, cap, sizeof *o->event, &ok);
    o->entry = grown(o->entry, a->entry != NULL, cap, sizeof *o->entry, &ok);
    o->weight = grown(o->weight, a->weight != NULL, cap, sizeof *o->weight, &ok);
    o->cluster = grown(o->cluster, a->cluster != NULL, cap, sizeof *o->cluster, &ok);
    o->id = grown(o->id, a->id != NULL, cap, sizeof *o->id, &ok);
    o->place = grown(o->place, a->id != NULL, cap, sizeof *o->place, &ok);
    if (!ok)
        return tta_fail_memory(e);
    o->cap = cap;
    return 0;
}

int outcome_add(const struct tta_run *run, struct outcome *o, const struct outcome_record *r,
                struct tta_error *e)
{
    const struct outcome_args *a = o->args;
    bool event;

    if (r->time < 0 || (a->entry != NULL && r->entry < 0))
        return tta_fail(e, TTA_E_DATA, "a time below zero");
    if (a->entry != NULL && r->entry >= r->time)
        return tta_fail(e, TTA_E_DATA, "the entry (%s) does not come before the time (%s)",
                        a->entry, a->time);
    if (a->weight != NULL && !(r->weight > 0))
        return tta_fail(e, TTA_E_DATA, "a weight that is not above zero");
    if (outcome_read_event(o, r, &event, e) != 0)
        return e->code;
    if (tta_survival_check_size(o->n + 1, e) != 0)
        return e->code;
    if (o->n == o->cap && grow(o, e) != 0)
        return e->code;
    if ((a->cluster != NULL &&
         tta_names_number(&o->clusters, r->cluster, &o->cluster[o->n]) != 0) ||
        (a->id != NULL && tta_names_number(&o->ids, r->id, &o->id[o->n]) != 0))
        return tta_fail_memory(e);
    o->value_seen = o->value_seen || event;
    o->time[o->n] = r->time;
    o->event[o->n] = event;
    if (a->entry != NULL)
        o->entry[o->n] = r->entry;
    if (a->weight != NULL)
        o->weight[o->n] = r->weight;
    if (a->id != NULL)
        o->place[o->n].file = tta_row_place(run, &o->place[o->n].line);
    o->n++;
    return 0;
}
