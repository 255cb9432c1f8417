/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An outcome when all its rows are in: whose rows are they, and what does that ask of the errors?
 */
#include <math.h>
#include <stdlib.h>

#include "outcome.h"

static int check_persons(struct outcome *o, struct tta_error *e)
{
    struct tta_error why = {0};
    size_t row;

    o->goes_on = malloc(o->n);
    o->again = malloc(o->n);
    if (o->goes_on == NULL || o->again == NULL)
        return tta_fail_memory(e);
    if (tta_survival_persons(o->n, o->entry, o->time, o->id, NULL, o->goes_on, o->again, &row,
                             &why) == 0)
        return 0;
    if (row == SIZE_MAX)
        return tta_fail(e, why.code, "%s", why.text);
    tta_fail(e, TTA_E_DATA, "%s (--id)", why.text);
    return tta_error_place(e, o->place[row].file, o->place[row].line);
}

int outcome_check(struct outcome *o, struct tta_error *e)
{
    if (o->n == 0)
        return tta_fail(e, TTA_E_DATA, "there are no rows to estimate from");
    if (o->event_value != NULL && !o->value_seen)
        return tta_fail(e, TTA_E_DATA, "no row has the event's VALUE in column %s (--event)",
                        o->event_column);
    return o->id == NULL ? 0 : check_persons(o, e);
}

/* Does a person have several events? */
static int find_several(const struct outcome *o, bool *several, struct tta_error *e)
{
    bool *seen = calloc((size_t)o->ids.count + 1, sizeof *seen);

    if (seen == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < o->n && !*several; i++) {
        *several = o->event[i] != 0 && seen[o->id[i]];
        seen[o->id[i]] = seen[o->id[i]] || o->event[i] != 0;
    }
    free(seen);
    return 0;
}

int outcome_robust(const struct tta_run *run, struct outcome *o, bool asked, bool *robust,
                   struct tta_error *e)
{
    bool several = false;

    for (size_t i = 0; o->weight != NULL && i < o->n; i++)
        o->fractional = o->fractional || o->weight[i] != floor(o->weight[i]);
    if (o->id != NULL && find_several(o, &several, e) != 0)
        return e->code;
    *robust = asked || o->fractional || several || o->cluster != NULL;
    if (several && !asked && !o->fractional && o->cluster == NULL)
        tta_note(run, "several events of a person: robust standard errors, as in R");
    if (*robust && o->cluster == NULL && o->id != NULL) {
        o->cluster = o->id;
        o->clusters = o->ids;
        o->id = NULL;
        o->ids = (struct tta_names){0};
    }
    return 0;
}

void outcome_release(struct outcome *o)
{
    free(o->time);
    free(o->entry);
    free(o->weight);
    free(o->event);
    free(o->cluster);
    free(o->id);
    free(o->place);
    free(o->goes_on);
    free(o->again);
    free(o->tally);
    free(o->event_column);
    tta_names_release(&o->clusters);
    tta_names_release(&o->ids);
}
