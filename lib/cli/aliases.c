/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "columns.h"

struct tta_aliases {
    struct tta_document document;
};

int tta_aliases_load(struct tta_aliases **out, struct tta_error *e)
{
    struct tta_aliases *a = calloc(1, sizeof *a);
    int rc;

    if (a == NULL)
        return tta_fail_memory(e);
    rc = tta_document_load("codes", "columns", &a->document, e);
    if (rc != 0) {
        free(a);
        return rc;
    }
    *out = a;
    return 0;
}

void tta_aliases_free(struct tta_aliases *a)
{
    if (a == NULL)
        return;
    tta_document_release(&a->document);
    free(a);
}

static bool holds(const json_t *array, const char *text)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (strcmp(json_string_value(json_array_get(array, i)), text) == 0)
            return true;
    return false;
}

bool tta_is_alias(const struct tta_aliases *a, const char *column, const char *normal)
{
    const json_t *columns = json_object_get(a->document.root, "columns");

    for (size_t i = 0; i < json_array_size(columns); i++) {
        const json_t *c = json_array_get(columns, i);

        if (strcmp(tta_json_text(c, "name", ""), column) == 0)
            return holds(json_object_get(c, "aliases"), normal);
    }
    return false;
}

static int32_t choice_of(const struct tta_column *column, const char *value)
{
    for (int32_t i = 0; column->choices[i] != NULL; i++)
        if (strcmp(column->choices[i], value) == 0)
            return i;
    return TTA_CHOICE_NONE;
}

const struct tta_choice_alias *tta_choice_aliases(const struct tta_aliases *a,
                                                  const struct tta_column *column)
{
    const json_t *values = json_object_get(a->document.root, "values");
    struct tta_choice_alias *list = calloc(1, sizeof *list);
    size_t count = 0;

    for (size_t i = 0; list != NULL && i < json_array_size(values); i++) {
        const json_t *v = json_array_get(values, i);
        const json_t *texts = json_object_get(v, "aliases");
        size_t more = json_array_size(texts);
        int32_t choice = choice_of(column, tta_json_text(v, "value", ""));
        struct tta_choice_alias *grown;

        if (choice == TTA_CHOICE_NONE || strcmp(tta_json_text(v, "column", ""), column->name) != 0)
            continue;
        grown = realloc(list, (count + more + 2) * sizeof *grown);
        if (grown == NULL) {
            free(list);
            return NULL;
        }
        list = grown;
        list[count].text = column->choices[choice]; /* "Employed" is "employed" */
        list[count++].choice = choice;
        for (size_t j = 0; j < more; j++, count++) {
            list[count].text = json_string_value(json_array_get(texts, j));
            list[count].choice = choice;
        }
        list[count].text = NULL;
    }
    return list;
}
