/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts where cases went. */
#include "flow.h"

#include <stdio.h>
#include <stdlib.h>

/* Room for one more; the new ones are zero. */
static void *grow(void *old, int32_t *cap, int32_t count, size_t size)
{
    int32_t wanted = *cap == 0 ? 8 : *cap * 2;
    char *grown;

    if (count <= *cap)
        return old;
    grown = realloc(old, (size_t)wanted * size);
    if (grown == NULL)
        return NULL;
    memset(grown + (size_t)*cap * size, 0, (size_t)(wanted - *cap) * size);
    *cap = wanted;
    return grown;
}

static int find_counts(struct tta_flow *f, struct tta_text name, struct tta_flow_counts **out,
                       struct tta_error *e)
{
    struct tta_flow_counts *grown = grow(f->counts, &f->cap, f->groups.count + 1, sizeof *grown);
    int32_t number;

    if (grown == NULL)
        return tta_fail_memory(e);
    f->counts = grown;
    if (tta_names_number(&f->groups, name, &number) != 0)
        return tta_fail_memory(e);
    *out = &f->counts[number];
    return 0;
}

static int tally(struct tta_flow_tally *t, struct tta_text name, struct tta_error *e)
{
    int64_t *grown = grow(t->counts, &t->cap, t->names.count + 1, sizeof *grown);
    int32_t number;

    if (grown == NULL)
        return tta_fail_memory(e);
    t->counts = grown;
    if (tta_names_number(&t->names, name, &number) != 0)
        return tta_fail_memory(e);
    t->counts[number]++;
    return 0;
}

int64_t tta_flow_tallied(const struct tta_flow_tally *t, struct tta_text name)
{
    int32_t number = tta_names_find(&t->names, name);

    return number < 0 ? 0 : t->counts[number];
}

/* Was that reason among those before it? */
static bool stood_before(const char *list, struct tta_text one)
{
    for (const char *p = list; p < one.ptr;) {
        const char *stop = memchr(p, ';', (size_t)(one.ptr - p));
        struct tta_text other = {p, (size_t)(stop - p)};

        if (tta_text_equal(other, one))
            return true;
        p = stop + 1;
    }
    return false;
}

static int exclude(const struct tta_flow *f, struct tta_flow_counts *c, struct tta_text reasons,
                   struct tta_error *e)
{
    const char *p = reasons.ptr, *end = p == NULL ? NULL : p + reasons.len;

    c->excluded++;
    if (reasons.len == 0)
        return tally(&c->reasons, tta_text_of(tta_flow_word(f, "no reason given")), e);
    while (p <= end) {
        const char *stop = memchr(p, ';', (size_t)(end - p));
        struct tta_text one = {p, (size_t)((stop == NULL ? end : stop) - p)};

        if (one.len > 0 && !stood_before(reasons.ptr, one) && tally(&c->reasons, one, e) != 0)
            return e->code;
        p += one.len + 1;
    }
    return 0;
}

static int count(const struct tta_flow *f, struct tta_flow_counts *c, const struct tta_flow_case *k,
                 struct tta_error *e)
{
    c->assessed++;
    c->broken += k->eligible == 0 && k->arm.ptr != NULL;
    if (k->eligible == 0)
        return exclude(f, c, k->reasons, e);
    c->stray_team += k->needs_team > 0 && k->category != 2 && k->category != TTA_INTEGER_NONE;
    c->stray_clinic += k->needs_clinic > 0 && k->needs_team == 0;
    if (k->arm.ptr != NULL) {
        c->allocated++;
        if (tally(&c->arms, k->arm, e) != 0)
            return e->code;
    }
    if (k->category == TTA_INTEGER_NONE)
        return 0;
    c->classified++;
    c->category[k->category]++;
    if (k->category != 2)
        return 0;
    c->team_known += k->needs_team >= 0;
    c->team += k->needs_team > 0;
    c->clinic_known += k->needs_team > 0 && k->needs_clinic >= 0;
    c->clinic += k->needs_team > 0 && k->needs_clinic > 0;
    return 0;
}

int tta_flow_new(const struct tta_flow_plan *plan, struct tta_flow **out, struct tta_error *e)
{
    struct tta_flow_counts *all;

    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return tta_fail_memory(e);
    (*out)->plan = *plan;
    return find_counts(*out, tta_text_of(""), &all, e);
}

void tta_flow_speak_danish(struct tta_flow *f)
{
    f->danish = true;
}

int tta_flow_add(struct tta_flow *f, const struct tta_flow_case *c, struct tta_error *e)
{
    struct tta_flow_counts *group;

    if (c->category != TTA_INTEGER_NONE && (c->category < 1 || c->category > 3)) {
        snprintf(e->column, sizeof e->column, "category");
        return tta_fail(e, TTA_E_DATA, "not 1, 2 or 3");
    }
    if (count(f, &f->counts[0], c, e) != 0)
        return e->code;
    if (c->group.ptr == NULL || c->group.len == 0)
        return 0;
    return find_counts(f, c->group, &group, e) != 0 ? e->code : count(f, group, c, e);
}

bool tta_flow_says_anything(const struct tta_flow *f)
{
    const struct tta_flow_counts *all = &f->counts[0];

    return all->assessed == 0 || all->excluded + all->classified + all->allocated > 0;
}

void tta_flow_free(struct tta_flow *f)
{
    if (f == NULL)
        return;
    for (int32_t i = 0; i < f->cap; i++) {
        tta_names_release(&f->counts[i].reasons.names);
        tta_names_release(&f->counts[i].arms.names);
        free(f->counts[i].reasons.counts);
        free(f->counts[i].arms.counts);
    }
    tta_names_release(&f->groups);
    free(f->counts);
    free(f);
}
