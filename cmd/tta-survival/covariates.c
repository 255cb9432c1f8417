/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "covariates.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static size_t place_of(size_t i)
{
    return sizeof(struct outcome_record) + i * sizeof(struct tta_either);
}

static const struct tta_either *value(const void *record, size_t i)
{
    return (const struct tta_either *)(const void *)((const char *)record + place_of(i));
}

int covariates_begin(struct tta_run *run, const struct tta_list *names, unsigned flags,
                     struct covariates *c, struct tta_error *e)
{
    int rc = tta_set_record_size(run, place_of(names->count), e);

    c->v = calloc(names->count + 1, sizeof *c->v);
    c->reference = calloc(names->count + 1, sizeof *c->reference);
    c->absent = calloc(names->count + 1, sizeof *c->absent);
    if (c->v == NULL || c->reference == NULL || c->absent == NULL)
        return tta_fail_memory(e);
    c->count = names->count;
    for (size_t i = 0; rc == 0 && i < c->count; i++) {
        struct tta_column column = {
            .name = names->items[i], .type = TTA_EITHER, .flags = flags, .offset = place_of(i)};

        for (size_t j = 0; j < i; j++)
            if (strcmp(names->items[i], names->items[j]) == 0)
                return tta_fail(e, TTA_E_USAGE, "%s is named twice", names->items[i]);
        c->v[i].name = names->items[i];
        rc = tta_read_column(run, &column, e);
    }
    return rc;
}

/* The variable that an item "arm" or "arm=control" speaks of, or NULL. */
static struct tta_variable *named(const struct covariates *c, const char *item)
{
    struct tta_text column = {item, strcspn(item, "=")};

    for (size_t i = 0; i < c->count; i++)
        if (tta_text_is(column, c->v[i].name))
            return &c->v[i];
    return NULL;
}

int covariates_force(struct covariates *c, const struct tta_list *items, const char *option,
                     struct tta_error *e)
{
    for (size_t i = 0; i < items->count; i++) {
        struct tta_variable *v = named(c, items->items[i]);

        if (v == NULL)
            return tta_fail(e, TTA_E_USAGE, "--%s: value %zu is no column of --x", option, i + 1);
        v->forced = true;
    }
    return 0;
}

int covariates_add(const struct tta_run *run, struct covariates *c, struct outcome *o,
                   struct tta_error *e)
{
    const void *record = tta_record(run);
    int rc = 0;

    for (size_t i = 0; i < c->count && !c->keep_absent; i++)
        if (value(record, i)->text.ptr == NULL) {
            c->absent[i]++;
            return 0;
        }
    /* all that can be wrong with the row before anything is kept of it */
    for (size_t i = 0; rc == 0 && i < c->count; i++)
        rc = tta_variable_check(&c->v[i], value(record, i), e);
    if (rc == 0)
        rc = outcome_add(run, o, record, e);
    for (size_t i = 0; rc == 0 && i < c->count; i++) {
        static const struct tta_either absent = {COVARIATES_ABSENT, NAN};
        const struct tta_either *cell = value(record, i);

        if (c->v[i].n == 0)
            c->v[i].first_row = tta_row_number(run);
        rc = tta_variable_add(&c->v[i], cell->text.ptr == NULL ? &absent : cell, e);
    }
    return rc;
}

static int set_reference(struct covariates *c, const char *item, struct tta_error *e)
{
    struct tta_variable *v = named(c, item);
    const char *equals = strchr(item, '=');

    if (equals == NULL)
        return tta_fail(e, TTA_E_USAGE, "--ref: COLUMN=VALUE");
    for (int32_t i = 0; i < v->levels.count; i++)
        if (tta_text_is(tta_variable_level(v, i), equals + 1)) {
            c->reference[v - c->v] = i;
            return 0;
        }
    return tta_fail(e, TTA_E_DATA, "no row has the value that --ref names for %s", v->name);
}

int covariates_finish(struct covariates *c, const struct tta_list *refs, struct tta_error *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < c->count; i++)
        rc = tta_variable_finish(&c->v[i], e);
    for (size_t i = 0; rc == 0 && refs != NULL && i < refs->count; i++)
        rc = set_reference(c, refs->items[i], e);
    return rc;
}

void covariates_note(const struct tta_run *run, const struct covariates *c)
{
    char why[256] = "";
    int64_t absent = 0;

    for (size_t i = 0; i < c->count; i++) {
        size_t len = strlen(why);

        absent += c->absent[i];
        if (c->absent[i] > 0)
            snprintf(why + len, sizeof why - len, "%s%s (%lld)", len > 0 ? ", " : "", c->v[i].name,
                     (long long)c->absent[i]);
    }
    for (size_t i = 0; i < c->count; i++)
        if (tta_names_find(&c->v[i].levels, tta_text_of("NA")) >= 0)
            tta_note(run, "%s has NA as one of its kinds; if it means no value, use --missing=NA",
                     c->v[i].name);
    if (absent > 0)
        tta_note(run, "%lld of %lld rows left out, without a value for %s", (long long)absent,
                 (long long)(c->of_rows > 0 ? c->of_rows : tta_row_number(run)), why);
}

void covariates_release(struct covariates *c)
{
    for (size_t i = 0; i < c->count; i++)
        tta_variable_release(&c->v[i]);
    free(c->v);
    free(c->reference);
    free(c->absent);
}
