/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Entries of the audit file from and to JSON. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "tta/audit.h"

static const char *const kinds[] = {"commit", "draw", NULL};
static const char *const generators[] = {"r", "stata-mt64", "stata-kiss32", NULL};
static const char *const samplings[] = {"rejection", "rounding", NULL};

void tta_audit_release(struct tta_audit *a)
{
    free(a->inputs);
    free(a->marks);
    free(a->counts);
    tta_names_release(&a->strata);
    memset(a, 0, sizeof *a);
}

/* ---- to JSON ---- */

/* Every maker gives NULL when memory is out, and the setters then fail. */
static int set(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value);
}

static json_t *of_plan(const struct tta_plan *p)
{
    json_t *o = json_object();

    for (size_t i = 0; tta_plan_settings[i] != NULL; i++) {
        const char *text = tta_plan_get(p, tta_plan_settings[i]);

        if (text != NULL && set(o, tta_plan_settings[i], json_string(text)) != 0) {
            json_decref(o);
            return NULL;
        }
    }
    return o;
}

static json_t *of_replay(const struct tta_replay *r)
{
    json_t *o = json_object();
    int bad = set(o, "name", json_string(generators[r->generator])) |
              set(o, "seed", json_integer(r->seed));

    if (r->generator == TTA_REPLAY_R)
        bad |= set(o, "sample_kind", json_string(samplings[r->sampling])) |
               set(o, "as", json_string(r->randomizr ? "randomizr" : "r"));
    else
        bad |= set(o, "storage", json_string(r->wide ? "double" : "float"));
    if (bad != 0) {
        json_decref(o);
        return NULL;
    }
    return o;
}

static json_t *of_inputs(const struct tta_audit *a)
{
    json_t *list = json_array();

    for (size_t i = 0; list != NULL && i < a->input_count; i++)
        if (json_array_append_new(list, json_string(a->inputs[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    return list;
}

/* The columns once each, in the order of the plan. */
static json_t *of_columns(const struct tta_audit *a)
{
    struct tta_plan_column columns[TTA_TERMS_MAX * 4 + 8];
    size_t most = sizeof columns / sizeof *columns, n = tta_plan_columns(a->plan, columns, most);
    json_t *o = json_object(), *names = json_array();

    for (size_t i = 0; i < n && i < most; i++) {
        bool again = false;

        for (size_t k = 0; k < i; k++)
            again = again || strcmp(columns[k].name, columns[i].name) == 0;
        if (!again && json_array_append_new(names, json_string(columns[i].name)) != 0) {
            json_decref(names);
            names = NULL;
            break;
        }
    }
    if (set(o, "names", names) != 0 || set(o, "hash", json_string(a->columns)) != 0) {
        json_decref(o);
        return NULL;
    }
    return o;
}

static json_t *of_counts(const struct tta_audit *a)
{
    const struct tta_arms *arms = tta_plan_goals(a->plan);
    json_t *list = json_array();

    for (int32_t s = 0; s < a->strata.count; s++) {
        struct tta_text label = tta_names_text(&a->strata, s);
        json_t *one = json_object(), *of_arm = json_object();
        int bad = 0;

        for (size_t k = 0; k < arms->count; k++)
            bad |= set(of_arm, arms->items[k].name,
                       json_integer((json_int_t)a->counts[(size_t)s * arms->count + k]));
        bad |= set(one, "stratum", json_stringn(label.ptr, label.len));
        bad |= set(one, "arms", of_arm);
        bad |= json_array_append_new(list, one);
        if (bad != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *of_list(const struct tta_audit *a)
{
    json_t *o = json_object();

    if (set(o, "hash", json_string(a->list)) != 0 || set(o, "marks", json_string(a->marks)) != 0) {
        json_decref(o);
        return NULL;
    }
    return o;
}

static int put_draw(json_t *o, const struct tta_audit *a)
{
    int bad = set(o, "plan", of_plan(a->plan)) | set(o, "inputs", of_inputs(a)) |
              set(o, "rows", json_integer((json_int_t)a->rows)) | set(o, "columns", of_columns(a)) |
              set(o, "counts", of_counts(a)) | set(o, "allocation", json_string(a->allocation));

    if (a->marks != NULL)
        bad |= set(o, "list", of_list(a));
    if (a->candidates > 0)
        bad |= set(o, "candidates", json_integer((json_int_t)a->candidates)) |
               set(o, "kept", json_integer((json_int_t)a->kept));
    return bad;
}

int tta_audit_write(const struct tta_audit *a, struct tta_buffer *out, struct tta_error *e)
{
    json_t *o = json_object();
    char *text = NULL;
    int bad = set(o, "tta_audit", json_integer(TTA_AUDIT_VERSION)) |
              set(o, "entry", json_string(kinds[a->kind])) |
              set(o, "program", json_string(a->program));

    if (a->replayed)
        bad |= set(o, "generator", of_replay(&a->replay));
    else
        bad |= set(o, "specification", json_string("tta-1")) |
               set(o, "key", json_string(a->public_seed ? "seed" : "file")) |
               set(o, "commitment", json_string(a->commitment));
    if (a->kind == TTA_AUDIT_DRAW)
        bad |= put_draw(o, a);
    if (bad == 0)
        text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    if (text == NULL)
        return tta_fail_memory(e);
    bad = tta_buffer_append(out, text + 1, strlen(text) - 2); /* without its braces */
    free(text);
    return bad != 0 ? tta_fail_memory(e) : 0;
}

/* ---- from JSON ---- */

static int foreign(struct tta_error *e, const char *member)
{
    return tta_fail(e, TTA_E_DATA, "this line is no audit entry of this program: %s", member);
}

static int place_of(const json_t *o, const char *key, const char *const *names)
{
    const char *text = json_string_value(json_object_get(o, key));

    for (int i = 0; text != NULL && names[i] != NULL; i++)
        if (strcmp(names[i], text) == 0)
            return i;
    return -1;
}

/* A hash; "" where it may be empty. */
static int hex_of(const json_t *value, char hex[TTA_HEX_SIZE])
{
    const char *text = json_string_value(value);
    size_t len = text == NULL ? 1 : strlen(text);

    if ((len != 0 && len != TTA_HEX_SIZE - 1) || strspn(text, "0123456789abcdef") != len)
        return -1;
    memcpy(hex, text, len + 1);
    return 0;
}

static int read_plan(const json_t *o, struct tta_plan *plan, struct tta_error *e)
{
    const char *key;
    json_t *value;

    if (!json_is_object(o))
        return foreign(e, "plan");
    json_object_foreach((json_t *)(uintptr_t)o, key, value)
    {
        size_t i = 0;
        int rc;

        while (tta_plan_settings[i] != NULL && strcmp(tta_plan_settings[i], key) != 0)
            i++;
        if (tta_plan_settings[i] == NULL || !json_is_string(value))
            return foreign(e, "plan");
        rc = tta_plan_set(plan, tta_plan_settings[i], json_string_value(value), e);
        if (rc != 0)
            return rc;
    }
    return tta_plan_check(plan, e);
}

static int read_replay(const json_t *o, struct tta_audit *out, struct tta_error *e)
{
    int name = place_of(o, "name", generators);
    int64_t seed = (int64_t)json_integer_value(json_object_get(o, "seed"));
    const char *as = json_string_value(json_object_get(o, "as"));
    const char *storage = json_string_value(json_object_get(o, "storage"));
    int sampling = place_of(o, "sample_kind", samplings);

    if (name < 0 || !json_is_integer(json_object_get(o, "seed")) || seed < INT32_MIN ||
        seed > INT32_MAX || (name == TTA_REPLAY_R && (sampling < 0 || as == NULL)) ||
        (name != TTA_REPLAY_R && storage == NULL))
        return foreign(e, "generator");
    out->replayed = true;
    out->replay.generator = (enum tta_replay_generator)name;
    out->replay.seed = (int32_t)seed;
    out->replay.sampling = sampling == 1 ? TTA_R_ROUNDING : TTA_R_REJECTION;
    out->replay.randomizr = as != NULL && strcmp(as, "randomizr") == 0;
    out->replay.wide = storage != NULL && strcmp(storage, "double") == 0;
    return 0;
}

/* Not in entries made before rows were hashed. */
static int read_list(const json_t *o, struct tta_audit *out, struct tta_error *e)
{
    const char *marks = json_string_value(json_object_get(o, "marks"));

    if (o == NULL)
        return 0;
    if (hex_of(json_object_get(o, "hash"), out->list) != 0 || out->list[0] == '\0' ||
        marks == NULL || strlen(marks) != 2 * out->rows)
        return foreign(e, "list");
    out->marks = tta_text_copy(tta_text_of(marks));
    return out->marks == NULL ? tta_fail_memory(e) : 0;
}

static int read_draw(const json_t *o, struct tta_audit *out, struct tta_plan *plan,
                     struct tta_error *e)
{
    const json_t *inputs = json_object_get(o, "inputs"), *rows = json_object_get(o, "rows");

    if (!json_is_integer(rows) || json_integer_value(rows) < 0)
        return foreign(e, "rows");
    out->rows = (uint64_t)json_integer_value(rows);
    if (hex_of(json_object_get(o, "allocation"), out->allocation) != 0 ||
        out->allocation[0] == '\0')
        return foreign(e, "allocation");
    if (hex_of(json_object_get(json_object_get(o, "columns"), "hash"), out->columns) != 0)
        return foreign(e, "columns");
    out->inputs = calloc(json_array_size(inputs) + 1, sizeof *out->inputs);
    if (out->inputs == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < json_array_size(inputs); i++)
        if (hex_of(json_array_get(inputs, i), out->inputs[out->input_count++]) != 0)
            return foreign(e, "inputs");
    if (read_list(json_object_get(o, "list"), out, e) != 0)
        return e->code;
    return read_plan(json_object_get(o, "plan"), plan, e);
}

static int read_entry(const json_t *o, struct tta_audit *out, struct tta_plan *plan,
                      struct tta_error *e)
{
    const json_t *version = json_object_get(o, "tta_audit");
    int kind = place_of(o, "entry", kinds), rc = 0;

    if (!json_is_integer(version))
        return foreign(e, "tta_audit");
    if (json_integer_value(version) != TTA_AUDIT_VERSION)
        return tta_fail(e, TTA_E_DATA,
                        "the audit file is of version %lld; this program knows version %d",
                        (long long)json_integer_value(version), TTA_AUDIT_VERSION);
    if (kind < 0)
        return foreign(e, "entry");
    out->kind = (enum tta_audit_kind)kind;
    out->plan = plan;
    snprintf(out->program, sizeof out->program, "%s",
             json_is_string(json_object_get(o, "program"))
                 ? json_string_value(json_object_get(o, "program"))
                 : "");
    if (json_object_get(o, "generator") != NULL)
        rc = read_replay(json_object_get(o, "generator"), out, e);
    else if (hex_of(json_object_get(o, "commitment"), out->commitment) != 0 ||
             !json_is_string(json_object_get(o, "key")))
        rc = foreign(e, "commitment");
    else
        out->public_seed = strcmp(json_string_value(json_object_get(o, "key")), "seed") == 0;
    return rc != 0 || kind == TTA_AUDIT_COMMIT ? rc : read_draw(o, out, plan, e);
}

int tta_audit_read(struct tta_text line, struct tta_audit *out, struct tta_plan *plan,
                   struct tta_error *e)
{
    json_error_t where;
    json_t *o = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES, &where);
    int rc = json_is_object(o) ? read_entry(o, out, plan, e) : foreign(e, "no JSON");

    json_decref(o);
    return rc;
}
