/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several schemes as one law with dates. */
#include <stdio.h>
#include <string.h>

#include "internal.h"
#include "tta/data.h"

/* In order of valid_from, behind those of the same day. */
static void put_in_order(struct tta_refusion_law *law)
{
    struct tta_refusion_scheme last = law->scheme[law->count - 1];
    size_t i = law->count - 1;

    for (; i > 0 && law->scheme[i - 1].valid_from > last.valid_from; i--)
        law->scheme[i] = law->scheme[i - 1];
    law->scheme[i] = last;
}

static int add_scheme(struct tta_refusion_law *law, const char *name,
                      struct tta_refusion_readings *readings, struct tta_error *e)
{
    struct tta_refusion_scheme *s = &law->scheme[law->count];

    if (law->count == TTA_REFUSION_SCHEMES)
        return tta_fail(e, TTA_E_CONFIG, "more than %d schemes", TTA_REFUSION_SCHEMES);
    if (tta_refusion_scheme_load(name, readings, s, e) != 0)
        return e->code;
    law->count++;
    put_in_order(law);
    return 0;
}

static int add_built_in(struct tta_refusion_law *law, struct tta_refusion_readings *readings,
                        struct tta_error *e)
{
    const struct tta_embedded *list;
    size_t count = tta_embedded_list(&list);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++)
        if (strcmp(list[i].kind, "refusion") == 0)
            rc = add_scheme(law, list[i].name, readings, e);
    return rc;
}

/* Does every day from the first to the last scheme have one? */
static int check_gaps(const struct tta_refusion_law *law, struct tta_error *e)
{
    for (size_t i = 1; i < law->count; i++) {
        const struct tta_refusion_scheme *a = &law->scheme[i - 1], *b = &law->scheme[i];

        if (a->valid_from == b->valid_from)
            return tta_fail(e, TTA_E_CONFIG, "schemes %s and %s begin on the same day", a->id,
                            b->id);
        if (a->valid_to != TTA_DATE_NONE && b->valid_from - 1 > a->valid_to)
            return tta_fail(e, TTA_E_CONFIG, "no scheme for the days between %s and %s", a->id,
                            b->id);
    }
    return 0;
}

/*
 * The weeks of benefit are one count over all schemes, so that what they are counted
 * by is what the first of them says; another may leave it out, but not say otherwise.
 */
static int check_counting(const struct tta_refusion_law *law, struct tta_error *e)
{
    const struct tta_refusion_scheme *rules = tta_refusion_rules(law);

    for (size_t i = 0; rules != NULL && i < law->count; i++) {
        const struct tta_refusion_scheme *s = &law->scheme[i];
        const char *key = NULL;

        if (s->counted != TTA_WEEKS_OF_BENEFIT)
            continue;
        if (s->counted_since != TTA_DATE_NONE && s->counted_since != rules->counted_since)
            key = "counted_since";
        else if (s->restart_weeks > 0 && (s->restart_weeks != rules->restart_weeks ||
                                          s->restart_within != rules->restart_within ||
                                          s->restart_at_benefit != rules->restart_at_benefit))
            key = "restart";
        else if (s->shift_from != TTA_DATE_NONE &&
                 (s->shift_from != rules->shift_from || s->shift_to != rules->shift_to ||
                  s->shift_as != rules->shift_as))
            key = "transition";
        if (key != NULL)
            return tta_fail(e, TTA_E_CONFIG,
                            "schemes %s and %s count the weeks of benefit together, so %s must be "
                            "the same or left out",
                            rules->id, s->id, key);
    }
    return 0;
}

int tta_refusion_law_load(const char *const *names, size_t count,
                          struct tta_refusion_readings *readings, struct tta_refusion_law *out,
                          struct tta_error *e)
{
    int rc = 0;

    out->count = 0;
    out->dated = count > 1;
    for (size_t i = 0; rc == 0 && i < count; i++) {
        bool all = strcmp(names[i], "auto") == 0;

        out->dated |= all;
        rc = all ? add_built_in(out, readings, e) : add_scheme(out, names[i], readings, e);
    }
    if (rc == 0 && out->count == 0)
        rc = tta_fail(e, TTA_E_CONFIG, "no scheme at all");
    if (rc == 0 && out->dated && check_gaps(out, e) == 0)
        check_counting(out, e);
    return rc == 0 ? e->code : rc;
}

const struct tta_refusion_scheme *tta_refusion_scheme_on(const struct tta_refusion_law *law,
                                                         tta_date day, tta_date *end)
{
    size_t i = law->count;

    *end = INT32_MAX;
    if (!law->dated)
        return &law->scheme[0];
    while (i > 0 && law->scheme[i - 1].valid_from > day) {
        i--;
        *end = law->scheme[i].valid_from - 1;
    }
    if (i == 0)
        return NULL;
    if (i == law->count && law->scheme[i - 1].valid_to != TTA_DATE_NONE)
        *end = law->scheme[i - 1].valid_to;
    return day <= *end ? &law->scheme[i - 1] : NULL;
}
