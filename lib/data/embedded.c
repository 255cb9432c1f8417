/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "embedded.h"

#include <pthread.h>
#include <string.h>

/*
 * The generated list has the schemas among the documents, in order of path. The
 * list without them is made once; a test holds the two together, so that a
 * document too many cannot vanish here.
 */
static struct tta_embedded listed[128];
static size_t listed_count;

static bool is_schema(const struct tta_embedded *d)
{
    return strcmp(d->kind, "schema") == 0;
}

static void fill(void)
{
    for (unsigned i = 0; i < tta_embedded_count; i++)
        if (!is_schema(&tta_embedded_all[i]) && listed_count < sizeof listed / sizeof *listed)
            listed[listed_count++] = tta_embedded_all[i];
}

size_t tta_embedded_list(const struct tta_embedded **list)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, fill);
    *list = listed;
    return listed_count;
}

const struct tta_embedded *tta_embedded_find(const char *kind, const char *name)
{
    for (unsigned i = 0; i < tta_embedded_count; i++) {
        const struct tta_embedded *d = &tta_embedded_all[i];

        if (kind == NULL ? is_schema(d) : strcmp(d->kind, kind) != 0)
            continue;
        if (strcmp(d->name, name) == 0)
            return d;
    }
    return NULL;
}
