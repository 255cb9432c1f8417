/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_DATA_H
#define TTA_DATA_H
/*
 * The documents: law, rates, models and code lists as JSON, built into every
 * program and printable with --print-data, so that they can be copied, changed
 * and passed back by path.
 *
 * A document has a kind (its folder under lib/data: rules, refusion, cost,
 * rates, codes, simulation) and a name (its file name without .json, equal to
 * its "id"). Every document is an object with
 *
 *   id, title, valid_from, valid_to (null = still), source, confidence
 *
 * (and a note, where there is something to say) and is checked against
 * lib/data/schema/KIND.json, or KIND-ID where one kind holds several shapes,
 * before a loader sees it. Unknown keys, duplicate keys, wrong types and dates
 * that are none are errors (TTA_E_CONFIG) that name the document and the place
 * as a JSON Pointer; what is not JSON at all, with line and column.
 *
 * confidence is one of
 *   seen       read in the source that the document names
 *   derived    computed from, or agreeing with, what was read
 *   uncertain  general knowledge, or sources that disagree: the note says which
 *
 * A domain's loader turns the checked JSON into plain structs and forgets it.
 */
#include <jansson.h>

#include "tta/date.h"
#include "tta/error.h"

/* A document as it was built in. All members live as long as the program. */
struct tta_embedded {
    const char *kind;
    const char *name;
    const char *json;
    size_t len;
};

/*
 * All built-in documents but the schemas, ordered by kind and name. Returns how many.
 * The list belongs to the library and may be asked for from any thread.
 */
size_t tta_embedded_list(const struct tta_embedded **list);

/* kind NULL: any kind but the schemas. NULL when there is none. */
const struct tta_embedded *tta_embedded_find(const char *kind, const char *name);

/* A loaded, checked document. */
struct tta_document {
    json_t *root; /* owned by the document */
    char id[64];
    char title[256];
    char source_name[256]; /* "kind/name" or the path, for messages */
    tta_date valid_from;
    tta_date valid_to;      /* TTA_DATE_NONE: no end */
    bool uncertain;         /* its confidence; so is what is derived from it */
    unsigned char hash[32]; /* BLAKE2b-256 of the bytes, for manifests */
};

#define TTA_DOCUMENT_MAX (1024 * 1024) /* bytes; a larger file is refused */

/*
 * Loads the document of that kind: a built-in name, or a path when the text
 * holds a '/' or ends in ".json". An unknown name is an error that lists the
 * names there are (TTA_E_CONFIG). A file that cannot be opened, or is a folder,
 * is TTA_E_NOINPUT, one that cannot be read to its end TTA_E_IO. A byte order
 * mark in front is taken as none. After a failure *out is empty, and releasing
 * it is allowed; tta_document_release frees it.
 */
int tta_document_load(const char *kind, const char *name_or_path, struct tta_document *out,
                      struct tta_error *e);
void tta_document_release(struct tta_document *d);

/* Is it a path, and no name? */
bool tta_document_is_path(const char *text);

/*
 * For a loader: fails with TTA_E_CONFIG, the document's name and a JSON Pointer in
 * front of the sentence ("/rules/3/when: ..."). Returns the code.
 */
int tta_document_fail(const struct tta_document *d, struct tta_error *e, const char *pointer,
                      const char *format, ...) TTA_PRINTF(4, 5);

/*
 * The readers that loaders need. The schema has made sure that the members are
 * there and of that type, so these do not fail; an absent optional member (or a
 * null) gives the fallback.
 */
const char *tta_json_text(const json_t *object, const char *key, const char *fallback);
int64_t tta_json_integer(const json_t *object, const char *key, int64_t fallback);
bool tta_json_boolean(const json_t *object, const char *key, bool fallback);
tta_date tta_json_date(const json_t *object, const char *key, tta_date fallback);
/*
 * JSON numbers (or texts holding a number) to exact units: 0.25 -> 250000
 * millionths, 22192.5 -> 2219250 øre. false, and the target untouched, when the
 * member is absent or has more decimals (the schema's formats "decimal" and
 * "money" refuse those).
 */
bool tta_json_decimal(const json_t *object, const char *key, int64_t *micro);
bool tta_json_money(const json_t *object, const char *key, int64_t *ore);
/* The same of a value by itself, in units of 1/scale (100 or 1,000,000). */
bool tta_json_exact(const json_t *value, int64_t scale, int64_t *out);

#endif
