/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table that there is not: which there are. */
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"
#include "tta/data.h"

/* The name a document goes by, alone or with its versions: the family's, or its own. */
static int name_of(const struct tta_embedded *d, char out[80], struct tta_error *e)
{
    struct tta_document document;

    if (tta_document_load("rules", d->name, &document, e) != 0)
        return e->code;
    snprintf(out, 80, "%s", tta_json_text(document.root, "version_of", d->name));
    tta_document_release(&document);
    return 0;
}

struct list {
    const struct tta_embedded *all;
    size_t count;
    char (*names)[80]; /* of each document; "": of another kind */
    struct tta_buffer text;
    const char *wanted, *nearest;
    int distance;
};

/* A name that begins as the wanted one does is nearest. */
static void look_at(struct list *l, const char *name)
{
    size_t len = strlen(l->wanted);
    int d = len > 2 && strncmp(name, l->wanted, len) == 0 ? 0 : tta_text_distance(l->wanted, name);

    if (d >= l->distance)
        return;
    l->distance = d;
    l->nearest = name;
}

/* "followup (2009, 2015)", where its first document stands. */
static int add(struct list *l, size_t i)
{
    const char *name = l->names[i], *start = " (";
    size_t len = strlen(name);
    int rc;

    look_at(l, name);
    look_at(l, l->all[i].name);
    for (size_t k = 0; k < i; k++)
        if (strcmp(l->names[k], name) == 0)
            return 0;
    rc = tta_buffer_format(&l->text, "%s%s", l->text.len == 0 ? "" : ", ", name);
    if (strcmp(name, l->all[i].name) == 0)
        return rc;
    for (size_t k = i; rc == 0 && k < l->count; k++) {
        const char *own = l->all[k].name;

        if (strcmp(l->names[k], name) != 0)
            continue;
        own += strncmp(own, name, len) == 0 && own[len] == '-' ? len + 1 : 0;
        rc = tta_buffer_format(&l->text, "%s%s", start, own);
        start = ", ";
    }
    return rc == 0 ? tta_buffer_char(&l->text, ')') : rc;
}

static int list_all(struct list *l, struct tta_error *e)
{
    int rc = 0;

    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->all[i].kind, "rules") == 0 && name_of(&l->all[i], l->names[i], e) != 0)
            return e->code;
    for (size_t i = 0; rc == 0 && i < l->count; i++)
        rc = *l->names[i] == '\0' ? 0 : add(l, i);
    if (rc == 0)
        rc = tta_buffer_char(&l->text, '\0');
    return rc == 0 ? 0 : tta_fail_memory(e);
}

int tta_rules_fail_unknown(const char *name, struct tta_error *e)
{
    struct list l = {.wanted = name, .distance = 4};
    char shown[64];

    l.count = tta_embedded_list(&l.all);
    l.names = calloc(l.count, sizeof *l.names);
    if (l.names == NULL)
        return tta_fail_memory(e);
    if (list_all(&l, e) == 0)
        tta_fail(e, TTA_E_CONFIG,
                 "no table %s%s%s%s; there are %s; a file is a path with / or .json",
                 tta_text_printable(tta_text_of(name), shown, sizeof shown),
                 l.nearest == NULL ? "" : " (is ", l.nearest == NULL ? "" : l.nearest,
                 l.nearest == NULL ? "" : " meant?)", l.text.ptr);
    tta_buffer_release(&l.text);
    free(l.names);
    return e->code;
}
