/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Is a schema one that schema.c understands in full? Asked at every load (they
 * are small), so that a keyword nobody implements cannot stand there unheeded.
 */
#include <string.h>

#include "schema.h"

static int verify(const json_t *root, json_t *schema, const char *at, struct tta_error *e,
                  int depth);

static int broken(struct tta_error *e, const char *at, const char *problem)
{
    return tta_fail(e, TTA_E_INTERNAL, "schema %s: %s", *at == '\0' ? "/" : at, problem);
}

static bool one_of(const char *word, const char *const *list)
{
    for (; word != NULL && *list != NULL; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

static bool is_type(const json_t *name)
{
    static const char *const types[] = {"object",  "array",   "string", "number",
                                        "integer", "boolean", "null",   NULL};

    return one_of(json_string_value(name), types);
}

static bool are_types(const json_t *type)
{
    for (size_t i = 0; i < json_array_size(type); i++)
        if (!is_type(json_array_get(type, i)))
            return false;
    return json_is_array(type) ? json_array_size(type) > 0 : is_type(type);
}

static bool are_texts(const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!json_is_string(json_array_get(list, i)))
            return false;
    return json_is_array(list);
}

/* A keyword and its value; the nested schemas come later. */
static bool keyword_ok(const char *key, const json_t *value)
{
    static const char *const formats[] = {"date", "decimal", "money", NULL};
    static const char *const sizes[] = {"minLength",     "maxLength",     "minItems", "maxItems",
                                        "minProperties", "maxProperties", NULL};
    static const char *const objects[] = {"properties", "definitions", "items", NULL};

    if (strcmp(key, "description") == 0 || strcmp(key, "$ref") == 0)
        return json_is_string(value);
    if (strcmp(key, "type") == 0)
        return are_types(value);
    if (strcmp(key, "enum") == 0 || strcmp(key, "required") == 0)
        return are_texts(value);
    if (strcmp(key, "minimum") == 0 || strcmp(key, "maximum") == 0)
        return json_is_number(value);
    if (strcmp(key, "format") == 0)
        return one_of(json_string_value(value), formats);
    if (strcmp(key, "additionalProperties") == 0)
        return json_is_false(value) || json_is_object(value);
    if (one_of(key, sizes))
        return json_is_integer(value) && json_integer_value(value) >= 0;
    return one_of(key, objects) && json_is_object(value);
}

static bool has_type(const json_t *schema, const char *name)
{
    const json_t *type = json_object_get(schema, "type");

    for (size_t i = 0; i < json_array_size(type); i++)
        if (strcmp(json_string_value(json_array_get(type, i)), name) == 0)
            return true;
    return json_is_string(type) && strcmp(json_string_value(type), name) == 0;
}

/* What must stand together. NULL, or the problem. */
static const char *together(const json_t *root, const json_t *schema)
{
    const json_t *properties = json_object_get(schema, "properties");
    const json_t *required = json_object_get(schema, "required");
    const char *format = json_string_value(json_object_get(schema, "format"));

    if (json_object_get(schema, "$ref") != NULL) {
        if (json_object_size(schema) > 1 + (json_object_get(schema, "description") != NULL))
            return "nothing but a description may stand beside $ref";
        return tta_schema_resolve(root, schema) == NULL ? "$ref leads nowhere" : NULL;
    }
    if (json_object_get(schema, "type") == NULL)
        return "type is missing";
    if (has_type(schema, "object") != (properties != NULL))
        return "an object must name its properties, and nothing else can";
    if (has_type(schema, "array") != (json_object_get(schema, "items") != NULL))
        return "a list must name its items, and nothing else can";
    if (format != NULL && strcmp(format, "date") == 0 &&
        (has_type(schema, "number") || has_type(schema, "integer")))
        return "a number is never a date";
    for (size_t i = 0; i < json_array_size(required); i++)
        if (json_object_get(properties, json_string_value(json_array_get(required, i))) == NULL)
            return "a required key is not among the properties";
    return NULL;
}

static int verify_members(const json_t *root, json_t *schemas, const char *at, struct tta_error *e,
                          int depth)
{
    const char *key;
    json_t *member;

    json_object_foreach(schemas, key, member)
    {
        char place[TTA_POINTER_SIZE];

        tta_pointer_key(place, at, key);
        if (verify(root, member, place, e, depth + 1) != 0)
            return e->code;
    }
    return 0;
}

static int verify(const json_t *root, json_t *schema, const char *at, struct tta_error *e,
                  int depth)
{
    const char *key, *problem;
    json_t *value;
    char place[TTA_POINTER_SIZE];

    if (!json_is_object(schema))
        return broken(e, at, "not an object");
    if (depth > TTA_SCHEMA_DEPTH)
        return broken(e, at, "too deep");
    json_object_foreach(schema, key, value)
    {
        tta_pointer_key(place, at, key);
        if (!keyword_ok(key, value))
            return broken(e, place, "unknown keyword, or a value it cannot have");
    }
    problem = together(root, schema);
    if (problem != NULL)
        return broken(e, at, problem);
    json_object_foreach(schema, key, value)
    {
        int code = 0;

        tta_pointer_key(place, at, key);
        if (strcmp(key, "properties") == 0 || strcmp(key, "definitions") == 0)
            code = verify_members(root, value, place, e, depth);
        else if (strcmp(key, "items") == 0 || json_is_object(value))
            code = verify(root, value, place, e, depth + 1);
        if (code != 0)
            return code;
    }
    return 0;
}

int tta_schema_verify(json_t *schema, struct tta_error *e)
{
    return verify(schema, schema, "", e, 0);
}
