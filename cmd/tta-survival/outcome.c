/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "outcome.h"

#include <stdlib.h>

int outcome_begin(struct tta_run *run, const struct outcome_args *args, struct outcome *o,
                  struct tta_error *e)
{
    struct tta_text event = {args->event, strcspn(args->event, "=")};
    struct tta_column time = {.name = args->time,
                              .type = TTA_NUMBER,
                              .offset = offsetof(struct outcome_record, time),
                              .help = "--time"};
    struct tta_column weight = {.name = args->weight,
                                .type = TTA_INTEGER,
                                .offset = offsetof(struct outcome_record, weight),
                                .help = "--weight"};
    struct tta_column column = {.help = "--event"};
    int rc;

    o->event_column = tta_text_copy(event);
    if (o->event_column == NULL)
        return tta_fail_memory(e);
    o->event_value = args->event[event.len] == '=' ? args->event + event.len + 1 : NULL;
    o->weighted = args->weight != NULL;
    column.name = o->event_column;
    column.type = o->event_value != NULL ? TTA_EITHER : TTA_BOOLEAN;
    column.offset = o->event_value != NULL ? offsetof(struct outcome_record, event_text)
                                           : offsetof(struct outcome_record, event);
    rc = tta_read_column(run, &time, e);
    if (rc == 0)
        rc = tta_read_column(run, &column, e);
    if (rc == 0 && o->weighted)
        rc = tta_read_column(run, &weight, e);
    return rc;
}

static int grow(struct outcome *o)
{
    size_t cap = o->cap == 0 ? 1024 : o->cap * 2;
    double *time = realloc(o->time, cap * sizeof *time), *weight = o->weight;
    uint8_t *event;

    if (time == NULL)
        return TTA_E_MEMORY;
    o->time = time;
    event = realloc(o->event, cap);
    if (event == NULL)
        return TTA_E_MEMORY;
    o->event = event;
    if (o->weighted && (weight = realloc(o->weight, cap * sizeof *weight)) == NULL)
        return TTA_E_MEMORY;
    o->weight = weight;
    o->cap = cap;
    return 0;
}

/* Ja for ja, 1.0 for 1: neither the event nor surely something else. */
static bool nearly_value(const struct outcome *o, const struct tta_either *cell)
{
    static const struct tta_number_style plain = {'.', 0};
    char a[128], b[128];
    double number;

    if (tta_double_parse(tta_text_of(o->event_value), plain, &number) == NULL)
        return cell->number >= number && cell->number <= number;
    return tta_text_normal(cell->text, a, sizeof a) &&
           tta_text_normal(tta_text_of(o->event_value), b, sizeof b) && strcmp(a, b) == 0;
}

int outcome_add(struct outcome *o, const struct outcome_record *r, struct tta_error *e)
{
    bool event = r->event == 1;

    if (r->time < 0)
        return tta_fail(e, TTA_E_DATA, "a time below zero");
    if (o->weighted && r->weight < 1)
        return tta_fail(e, TTA_E_DATA, "a weight that is not 1 or more");
    if (o->n == o->cap && grow(o) != 0)
        return tta_fail_memory(e);
    if (o->event_value != NULL) {
        event = tta_text_is(r->event_text.text, o->event_value);
        if (!event && nearly_value(o, &r->event_text))
            return tta_fail(e, TTA_E_DATA, "nearly the VALUE of --event: is it the event or not?");
        o->value_seen = o->value_seen || event;
    }
    o->time[o->n] = r->time;
    o->event[o->n] = event;
    if (o->weighted)
        o->weight[o->n] = (double)r->weight;
    o->n++;
    return 0;
}

int outcome_check(const struct outcome *o, struct tta_error *e)
{
    if (o->n == 0)
        return tta_fail(e, TTA_E_DATA, "there are no rows to estimate from");
    if (o->event_value != NULL && !o->value_seen)
        return tta_fail(e, TTA_E_DATA, "no row has the event's VALUE in column %s (--event)",
                        o->event_column);
    return 0;
}

void outcome_release(struct outcome *o)
{
    free(o->time);
    free(o->weight);
    free(o->event);
    free(o->event_column);
}
