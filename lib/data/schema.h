/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_DATA_SCHEMA_H
#define TTA_LIB_DATA_SCHEMA_H
/*
 * The part of JSON Schema that the documents need, and no more: a keyword that
 * is not in this list is an error in the schema, never ignored.
 *
 *   type (one or several) · enum · minimum, maximum · minLength, maxLength (bytes)
 *   format: "date", "decimal" (six decimals at the most), "money" (two)
 *   properties, required, additionalProperties (false unless given), minProperties, maxProperties
 *   items, minItems, maxItems · $ref "#/definitions/NAME" · definitions · description
 *
 * Other than in JSON Schema, keys that are not named are refused by default,
 * and an object must name its properties, a list its items: nothing passes
 * unchecked because somebody forgot to say.
 */
#include <jansson.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tta/error.h"

#define TTA_SCHEMA_DEPTH 512 /* levels of a document; deeper ones are refused */
#define TTA_POINTER_SIZE 256

/* Is the schema itself one? TTA_E_INTERNAL with the place if not. */
int tta_schema_verify(json_t *schema, struct tta_error *e);

/*
 * Checks the value against a verified schema. base, which may be NULL, is a
 * second verified schema for the outermost object, whose properties and
 * required keys come on top. TTA_E_CONFIG, "/json/pointer: sentence".
 */
int tta_schema_check(const json_t *schema, const json_t *base, json_t *value, struct tta_error *e);

/* The schema that a $ref means (itself when it has none); NULL when there is none such. */
const json_t *tta_schema_resolve(const json_t *root, const json_t *schema);

/* Is the value of this type name ("number" takes whole numbers too)? */
bool tta_schema_is(const json_t *value, const char *type);

/* The member or item one level down, for messages; cut when it does not fit. */
void tta_pointer_key(char *out, const char *parent, const char *key);
void tta_pointer_index(char *out, const char *parent, size_t index);

#endif
