/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Does a document fit its schema? (Is the schema one: schema_verify.c.) */
#include "schema.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tta/data.h"
#include "tta/date.h"
#include "tta/number.h"
#include "tta/text.h"

/* What stays the same on the way down. */
struct check {
    const json_t *root; /* where a $ref is looked up */
    struct tta_error *e;
};

static int wrong(const struct check *c, const char *at, const char *format, ...) TTA_PRINTF(3, 4);

static int check_value(const struct check *c, const json_t *schema, const json_t *base,
                       json_t *value, const char *at, int depth);

static int wrong(const struct check *c, const char *at, const char *format, ...)
{
    char text[400];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return tta_fail(c->e, TTA_E_CONFIG, "%s%s%s", at, *at == '\0' ? "" : ": ", text);
}

void tta_pointer_key(char *out, const char *parent, const char *key)
{
    size_t n = (size_t)snprintf(out, TTA_POINTER_SIZE, "%s/", parent);

    for (; *key != '\0' && n + 3 < TTA_POINTER_SIZE; key++) {
        unsigned char c = (unsigned char)*key;

        if (c == '~' || c == '/') { /* RFC 6901 */
            out[n++] = '~';
            out[n++] = c == '~' ? '0' : '1';
        } else {
            out[n++] = c < 0x20 || c == 0x7f ? '?' : (char)c;
        }
    }
    if (n < TTA_POINTER_SIZE)
        out[n] = '\0';
}

void tta_pointer_index(char *out, const char *parent, size_t index)
{
    snprintf(out, TTA_POINTER_SIZE, "%s/%zu", parent, index);
}

const json_t *tta_schema_resolve(const json_t *root, const json_t *schema)
{
    static const char prefix[] = "#/definitions/";

    for (int hops = 0; hops < 16 && schema != NULL; hops++) {
        const char *ref = json_string_value(json_object_get(schema, "$ref"));

        if (ref == NULL)
            return schema;
        if (strncmp(ref, prefix, sizeof prefix - 1) != 0)
            return NULL;
        schema = json_object_get(json_object_get(root, "definitions"), ref + sizeof prefix - 1);
    }
    return NULL;
}

bool tta_schema_is(const json_t *value, const char *type)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return strcmp(type, "object") == 0;
    case JSON_ARRAY:
        return strcmp(type, "array") == 0;
    case JSON_STRING:
        return strcmp(type, "string") == 0;
    case JSON_INTEGER:
        return strcmp(type, "integer") == 0 || strcmp(type, "number") == 0;
    case JSON_REAL:
        return strcmp(type, "number") == 0;
    case JSON_TRUE:
    case JSON_FALSE:
        return strcmp(type, "boolean") == 0;
    default:
        return strcmp(type, "null") == 0;
    }
}

/* Appends to a list "a, b or c". */
static void list_word(char *out, size_t size, const char *word, size_t i, size_t count)
{
    size_t n = strlen(out);

    snprintf(out + n, size - n, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", word);
}

static int check_type(const struct check *c, const json_t *type, const json_t *value,
                      const char *at)
{
    static const char *const names[][2] = {
        {"object", "an object"}, {"array", "a list"},           {"string", "a text"},
        {"number", "a number"},  {"integer", "a whole number"}, {"boolean", "true or false"},
        {"null", "null"},
    };
    size_t count = json_is_array(type) ? json_array_size(type) : 1;
    char wanted[200] = "";

    for (size_t i = 0; i < count; i++) {
        const json_t *t = json_is_array(type) ? json_array_get(type, i) : type;
        const char *name = json_string_value(t);

        if (tta_schema_is(value, name))
            return 0;
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (strcmp(name, names[k][0]) == 0)
                list_word(wanted, sizeof wanted, names[k][1], i, count);
    }
    return wrong(c, at, "should be %s", wanted);
}

/* The value itself is not repeated: a wrong file may have been given. */
static int check_enum(const struct check *c, const json_t *list, const json_t *value,
                      const char *at)
{
    size_t count = json_array_size(list);
    char allowed[300] = "";

    for (size_t i = 0; i < count; i++) {
        const json_t *word = json_array_get(list, i);

        if (json_equal(word, value))
            return 0;
        list_word(allowed, sizeof allowed, json_string_value(word), i, count);
    }
    return wrong(c, at, "should be %s", allowed);
}

static int check_range(const struct check *c, const json_t *schema, const json_t *value,
                       const char *at)
{
    static const char *const keys[] = {"minimum", "maximum"};

    for (int k = 0; k < 2 && json_is_number(value); k++) {
        const json_t *bound = json_object_get(schema, keys[k]);
        char number[TTA_NUMBER_SIZE];

        if (bound == NULL)
            continue;
        if (k == 0 ? json_number_value(value) >= json_number_value(bound)
                   : json_number_value(value) <= json_number_value(bound))
            continue;
        tta_double_write(json_number_value(bound), '.', number);
        return wrong(c, at, "%s than %s", k == 0 ? "less" : "more", number);
    }
    return 0;
}

/* Sizes of texts (bytes), lists and objects. */
static int check_size(const struct check *c, const json_t *schema, const json_t *value,
                      const char *at)
{
    static const struct {
        json_type type;
        const char *least, *most, *what;
    } sizes[] = {
        {JSON_STRING, "minLength", "maxLength", "bytes"},
        {JSON_ARRAY, "minItems", "maxItems", "items"},
        {JSON_OBJECT, "minProperties", "maxProperties", "keys"},
    };

    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        const json_t *least = json_object_get(schema, sizes[k].least);
        const json_t *most = json_object_get(schema, sizes[k].most);
        json_int_t size;

        if (json_typeof(value) != sizes[k].type)
            continue;
        size = (json_int_t)(json_is_string(value)  ? json_string_length(value)
                            : json_is_array(value) ? json_array_size(value)
                                                   : json_object_size(value));
        if (least != NULL && size < json_integer_value(least))
            return wrong(c, at, "at least %lld %s are needed", (long long)json_integer_value(least),
                         sizes[k].what);
        if (most != NULL && size > json_integer_value(most))
            return wrong(c, at, "more than %lld %s", (long long)json_integer_value(most),
                         sizes[k].what);
    }
    return 0;
}

static int check_format(const struct check *c, const json_t *schema, const json_t *value,
                        const char *at)
{
    const char *format = json_string_value(json_object_get(schema, "format"));
    const char *problem = NULL;

    if (format == NULL || !(json_is_string(value) || json_is_number(value)))
        return 0;
    if (strcmp(format, "date") == 0) {
        tta_date day;

        problem = tta_date_parse(tta_text_of(json_string_value(value)), TTA_DATE_ISO, &day);
    } else {
        bool money = strcmp(format, "money") == 0;
        int64_t n;

        if (!tta_json_exact(value, money ? 100 : TTA_MICRO, &n))
            problem = money ? "not an amount in kroner with two decimals at the most"
                            : "not a number with six decimals at the most";
    }
    return problem == NULL ? 0 : wrong(c, at, "%s", problem);
}

static int check_required(const struct check *c, const json_t *schema, const json_t *value,
                          const char *at)
{
    const json_t *required = json_object_get(schema, "required");

    for (size_t i = 0; i < json_array_size(required); i++) {
        const char *key = json_string_value(json_array_get(required, i));

        if (json_object_get(value, key) == NULL)
            return wrong(c, at, "key %s is missing", key);
    }
    return 0;
}

static int check_object(const struct check *c, const json_t *schema, const json_t *base,
                        json_t *value, const char *at, int depth)
{
    const json_t *others = json_object_get(schema, "additionalProperties");
    const char *key;
    json_t *member;

    if (check_required(c, base, value, at) != 0 || check_required(c, schema, value, at) != 0)
        return c->e->code;
    json_object_foreach(value, key, member)
    {
        const json_t *known = json_object_get(json_object_get(schema, "properties"), key);
        char place[TTA_POINTER_SIZE];

        if (known == NULL)
            known = json_object_get(json_object_get(base, "properties"), key);
        if (known == NULL && json_is_object(others))
            known = others;
        tta_pointer_key(place, at, key);
        if (known == NULL)
            return wrong(c, place, "unknown key");
        if (check_value(c, known, NULL, member, place, depth + 1) != 0)
            return c->e->code;
    }
    return 0;
}

static int check_value(const struct check *c, const json_t *schema, const json_t *base,
                       json_t *value, const char *at, int depth)
{
    const json_t *list;

    if (depth > TTA_SCHEMA_DEPTH)
        return wrong(c, at, "more than %d levels deep", TTA_SCHEMA_DEPTH);
    schema = tta_schema_resolve(c->root, schema);
    if (schema == NULL)
        return tta_fail(c->e, TTA_E_INTERNAL, "%s: its schema is not verified", at);
    if (check_type(c, json_object_get(schema, "type"), value, at) != 0)
        return c->e->code;
    list = json_object_get(schema, "enum");
    if (list != NULL && check_enum(c, list, value, at) != 0)
        return c->e->code;
    if (check_range(c, schema, value, at) != 0 || check_size(c, schema, value, at) != 0 ||
        check_format(c, schema, value, at) != 0)
        return c->e->code;
    if (json_is_object(value))
        return check_object(c, schema, base, value, at, depth);
    for (size_t i = 0; i < json_array_size(value); i++) {
        char place[TTA_POINTER_SIZE];

        tta_pointer_index(place, at, i);
        if (check_value(c, json_object_get(schema, "items"), NULL, json_array_get(value, i), place,
                        depth + 1) != 0)
            return c->e->code;
    }
    return 0;
}

int tta_schema_check(const json_t *schema, const json_t *base, json_t *value, struct tta_error *e)
{
    struct check c = {schema, e};

    return check_value(&c, schema, base, value, "", 0);
}
