/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts from a JSON object (tta-survival(1), FILES), and back. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tta/counts.h"
#include "tta/data.h"
#include "tta/number.h"

#define VERSION 1

/* ---- writing: a line for each pattern and entry ---- */

static int put_text(struct tta_buffer *out, const char *text)
{
    json_t *string = text == NULL ? json_null() : json_string(text);
    char *dumped = string == NULL ? NULL : json_dumps(string, JSON_ENCODE_ANY);
    int rc = dumped == NULL ? TTA_E_MEMORY : tta_buffer_string(out, dumped);

    free(dumped);
    json_decref(string);
    return rc;
}

static int put_member(struct tta_buffer *out, const char *key, const char *text)
{
    int rc = tta_buffer_format(out, " \"%s\": ", key);

    rc = rc != 0 ? rc : put_text(out, text);
    return rc != 0 ? rc : tta_buffer_string(out, ",\n");
}

static int put_list(struct tta_buffer *out, char *const *texts, size_t count)
{
    int rc = tta_buffer_char(out, '[');

    for (size_t i = 0; rc == 0 && i < count; i++) {
        rc = i > 0 ? tta_buffer_string(out, ", ") : 0;
        rc = rc != 0 ? rc : put_text(out, texts[i]);
    }
    return rc != 0 ? rc : tta_buffer_char(out, ']');
}

static int put_columns(struct tta_buffer *out, const char *key, char *const *texts, size_t count)
{
    int rc = tta_buffer_format(out, " \"%s\": ", key);

    rc = rc != 0 ? rc : put_list(out, texts, count);
    return rc != 0 ? rc : tta_buffer_string(out, ",\n");
}

static int put_number(struct tta_buffer *out, double value)
{
    char text[TTA_NUMBER_SIZE];

    tta_double_write(value, '.', text);
    return tta_buffer_string(out, text);
}

/* The counts at one time: [time, at risk, censored, events by cause, then the weights of each]. */
static size_t put_time(const struct tta_counts *c, size_t from, size_t to, int64_t *at_risk,
                       struct tta_buffer *out, int *rc)
{
    size_t end = from;
    int64_t gone = 0;

    while (end < to && !(c->counts[end].time > c->counts[from].time))
        end++;
    *rc = tta_buffer_char(out, '[');
    *rc = *rc != 0 ? *rc : put_number(out, c->counts[from].time);
    *rc = *rc != 0 ? *rc : tta_buffer_format(out, ", %lld", (long long)*at_risk);
    for (int32_t k = 0; *rc == 0 && k <= (int32_t)c->of.cause_count; k++) {
        const struct tta_count *here = NULL;

        for (size_t i = from; i < end; i++)
            here = c->counts[i].outcome == k ? &c->counts[i] : here;
        gone += here == NULL ? 0 : here->tally.rows;
        *rc = tta_buffer_format(out, ", %lld", (long long)(here == NULL ? 0 : here->tally.rows));
        if (*rc == 0 && c->weighted && here != NULL) {
            char weight[TTA_EXACT_TEXT], weight2[TTA_EXACT_TEXT];

            tta_exact_write(&here->tally.weight, weight);
            tta_exact_write(&here->tally.weight2, weight2);
            *rc = tta_buffer_format(out, ", \"%s\", \"%s\"", weight, weight2);
        } else if (*rc == 0 && c->weighted) {
            *rc = tta_buffer_string(out, ", \"0\", \"0\"");
        }
    }
    *at_risk -= gone;
    *rc = *rc != 0 ? *rc : tta_buffer_char(out, ']');
    return end;
}

static size_t put_cohort(const struct tta_counts *c, size_t from, struct tta_buffer *out, int *rc)
{
    size_t columns = c->of.by + c->of.strata + c->of.covariates, to = from;
    const struct tta_count *first = &c->counts[from];
    int64_t entered = 0;

    for (; to < c->count && c->counts[to].pattern == first->pattern &&
           !(c->counts[to].entry > first->entry);
         to++)
        entered += c->counts[to].tally.rows;
    *rc = tta_buffer_string(out, from > 0 ? ",\n  {\"values\": " : "\n  {\"values\": ");
    *rc = *rc != 0 ? *rc : put_list(out, c->values + (size_t)first->pattern * columns, columns);
    *rc = *rc != 0 ? *rc : tta_buffer_string(out, ", \"entry\": ");
    *rc = *rc != 0 ? *rc : put_number(out, first->entry);
    *rc = *rc != 0
              ? *rc
              : tta_buffer_format(out, ", \"entered\": %lld, \"times\": [", (long long)entered);
    for (size_t i = from; *rc == 0 && i < to;) {
        *rc = i > from ? tta_buffer_string(out, ", ") : 0;
        if (*rc == 0)
            i = put_time(c, i, to, &entered, out, rc);
    }
    *rc = *rc != 0 ? *rc : tta_buffer_string(out, "]}");
    return to;
}

int tta_counts_write(const struct tta_counts *c, struct tta_buffer *out, struct tta_error *e)
{
    const struct tta_counts_of *of = &c->of;
    char decimal[2] = {of->decimal, '\0'}, group[2] = {of->group, '\0'};
    int rc = tta_buffer_format(out,
                               "{\n \"tta_survival_counts\": %d,\n \"part\": %lld,\n"
                               " \"parts\": %lld,\n \"rows\": %lld,\n \"rejected\": %lld,\n",
                               VERSION, (long long)c->part, (long long)c->parts, (long long)c->rows,
                               (long long)c->rejected);

    rc = rc != 0 ? rc : put_member(out, "shard_key", of->shard_key);
    rc = rc != 0 ? rc : put_member(out, "input", c->input);
    rc = rc != 0 ? rc : put_member(out, "time", of->time);
    rc = rc != 0 ? rc : put_member(out, "event", of->event);
    rc = rc != 0 ? rc : put_member(out, "entry", of->entry);
    rc = rc != 0 ? rc : put_member(out, "weight", of->weight);
    rc = rc != 0 ? rc : put_member(out, "decimal", decimal);
    rc = rc != 0 ? rc : put_member(out, "group", group);
    rc = rc != 0 ? rc : put_columns(out, "by", of->columns, of->by);
    rc = rc != 0 ? rc : put_columns(out, "strata", of->columns + of->by, of->strata);
    rc = rc != 0
             ? rc
             : put_columns(out, "covariates", of->columns + of->by + of->strata, of->covariates);
    if (rc == 0 && of->offset != NULL)
        rc = put_member(out, "offset", of->offset);
    rc = rc != 0 ? rc : put_columns(out, "causes", of->causes, of->cause_count);
    rc = rc != 0 ? rc
                 : tta_buffer_format(out, " \"fractional\": %s,\n \"patterns\": [",
                                     c->fractional ? "true" : "false");
    for (size_t i = 0; rc == 0 && i < c->count;)
        i = put_cohort(c, i, out, &rc);
    rc = rc != 0 ? rc : tta_buffer_string(out, "\n ]\n}\n");
    return rc == 0 ? 0 : tta_fail_memory(e);
}

/* ---- reading ---- */

static int bad(struct tta_error *e)
{
    return tta_fail(e, TTA_E_DATA, "is not a part that --partial wrote, or not all of it");
}

/* A text member, or NULL; no such member is bad. */
static int take_text(const json_t *root, const char *key, char **out, struct tta_error *e)
{
    const json_t *value = json_object_get(root, key);

    *out = NULL;
    if (json_is_null(value))
        return 0;
    if (!json_is_string(value))
        return bad(e);
    *out = tta_text_copy(tta_text_of(json_string_value(value)));
    return *out == NULL ? tta_fail_memory(e) : 0;
}

static int take_integer(const json_t *root, const char *key, int64_t least, int64_t *out,
                        struct tta_error *e)
{
    const json_t *value = json_object_get(root, key);

    *out = json_integer_value(value);
    return json_is_integer(value) && *out >= least ? 0 : bad(e);
}

/* Appends the texts of an array to a list with room. nullable: null is NULL, not bad. */
static int take_texts(const json_t *array, bool nullable, char **list, size_t *count,
                      struct tta_error *e)
{
    if (!json_is_array(array))
        return bad(e);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *item = json_array_get(array, i);
        char **place = &list[(*count)++];

        if (nullable && json_is_null(item))
            continue;
        if (!json_is_string(item))
            return bad(e);
        *place = tta_text_copy(tta_text_of(json_string_value(item)));
        if (*place == NULL)
            return tta_fail_memory(e);
    }
    return 0;
}

static int take_char(const json_t *root, const char *key, char *out, struct tta_error *e)
{
    const char *text = json_string_value(json_object_get(root, key));

    if (text == NULL || strlen(text) > 1)
        return bad(e);
    *out = *text;
    return 0;
}

static int take_study(const json_t *root, struct tta_counts_of *of, struct tta_error *e)
{
    const json_t *by = json_object_get(root, "by"), *strata = json_object_get(root, "strata"),
                 *covariates = json_object_get(root, "covariates"),
                 *causes = json_object_get(root, "causes");
    size_t columns = json_array_size(by) + json_array_size(strata) + json_array_size(covariates);
    size_t taken = 0;

    of->columns = calloc(columns + 1, sizeof *of->columns);
    of->causes = calloc(json_array_size(causes) + 1, sizeof *of->causes);
    if (of->columns == NULL || of->causes == NULL)
        return tta_fail_memory(e);
    of->by = json_array_size(by);
    of->strata = json_array_size(strata);
    of->covariates = json_array_size(covariates);
    if (take_texts(by, false, of->columns, &taken, e) != 0 ||
        take_texts(strata, false, of->columns, &taken, e) != 0 ||
        take_texts(covariates, false, of->columns, &taken, e) != 0 ||
        take_texts(causes, false, of->causes, &of->cause_count, e) != 0 ||
        take_text(root, "time", &of->time, e) != 0 ||
        take_text(root, "event", &of->event, e) != 0 ||
        take_text(root, "entry", &of->entry, e) != 0 ||
        take_text(root, "weight", &of->weight, e) != 0 ||
        take_text(root, "shard_key", &of->shard_key, e) != 0 ||
        (json_object_get(root, "offset") != NULL &&
         take_text(root, "offset", &of->offset, e) != 0) ||
        take_char(root, "decimal", &of->decimal, e) != 0 ||
        take_char(root, "group", &of->group, e) != 0)
        return e->code;
    return of->time == NULL || of->event == NULL || of->cause_count == 0 ? bad(e) : 0;
}

static int take_weight(const json_t *text, struct tta_exact *out, struct tta_error *e)
{
    const char *digits = json_string_value(text);

    if (digits == NULL || (strcmp(digits, "0") != 0 && !tta_exact_read(digits, out)))
        return bad(e);
    return 0;
}

/* One entry of "times"; at_risk is what must still be there. */
static int take_time(const json_t *entry, struct tta_counts *c, struct tta_count one,
                     int64_t *at_risk, struct tta_error *e)
{
    size_t each = c->weighted ? 3 : 1;

    if (json_array_size(entry) != 2 + each * (c->of.cause_count + 1) ||
        !json_is_number(json_array_get(entry, 0)) ||
        json_integer_value(json_array_get(entry, 1)) != *at_risk)
        return bad(e);
    one.time = json_number_value(json_array_get(entry, 0));
    if (!(one.time >= 0) || isinf(one.time))
        return bad(e);
    for (size_t k = 0; k <= c->of.cause_count; k++) {
        const json_t *rows = json_array_get(entry, 2 + each * k);

        memset(&one.tally, 0, sizeof one.tally);
        one.outcome = (int32_t)k;
        one.tally.rows = json_integer_value(rows);
        if (!json_is_integer(rows) || one.tally.rows < 0 || one.tally.rows > *at_risk)
            return bad(e);
        if (c->weighted &&
            (take_weight(json_array_get(entry, 3 + each * k), &one.tally.weight, e) != 0 ||
             take_weight(json_array_get(entry, 4 + each * k), &one.tally.weight2, e) != 0))
            return e->code;
        *at_risk -= one.tally.rows;
        if (one.tally.rows > 0)
            c->counts[c->count++] = one;
    }
    return 0;
}

static int take_cohort(const json_t *cohort, size_t columns, struct tta_counts *c,
                       struct tta_error *e)
{
    const json_t *values = json_object_get(cohort, "values"),
                 *entry = json_object_get(cohort, "entry"),
                 *times = json_object_get(cohort, "times");
    struct tta_count one = {.pattern = (int32_t)c->patterns, .entry = json_number_value(entry)};
    size_t filled = c->patterns * columns;
    int64_t at_risk;

    if (json_array_size(values) != columns || !json_is_number(entry) || !(one.entry >= 0) ||
        !json_is_array(times))
        return bad(e);
    c->patterns++;
    if (take_integer(cohort, "entered", 1, &at_risk, e) != 0 ||
        take_texts(values, true, c->values, &filled, e) != 0)
        return e->code;
    for (size_t i = 0; i < json_array_size(times); i++)
        if (take_time(json_array_get(times, i), c, one, &at_risk, e) != 0)
            return e->code;
    return at_risk == 0 ? 0 : bad(e);
}

static int take_patterns(const json_t *patterns, struct tta_counts *c, struct tta_error *e)
{
    size_t columns = c->of.by + c->of.strata + c->of.covariates, cells = 0;

    if (!json_is_array(patterns))
        return bad(e);
    for (size_t i = 0; i < json_array_size(patterns); i++)
        cells += json_array_size(json_object_get(json_array_get(patterns, i), "times"));
    c->values = calloc(json_array_size(patterns) * columns + 1, sizeof *c->values);
    c->counts = calloc(cells * (c->of.cause_count + 1) + 1, sizeof *c->counts);
    if (c->values == NULL || c->counts == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; i < json_array_size(patterns); i++)
        if (take_cohort(json_array_get(patterns, i), columns, c, e) != 0)
            return e->code;
    return 0;
}

/* A row was counted or is bad; where another shard can have it, tta_counts_merge looks. */
static int check_rows(const struct tta_counts *c, struct tta_error *e)
{
    int64_t counted = c->rejected;

    for (size_t i = 0; i < c->count; i++)
        if (__builtin_add_overflow(counted, c->counts[i].tally.rows, &counted))
            return bad(e);
    if (counted > c->rows || (c->of.shard_key == NULL && counted < c->rows))
        return tta_fail(e, TTA_E_DATA,
                        "its counts do not add up to its rows: it was changed, or was made by a "
                        "tta that left out rows without a value");
    return 0;
}

static int take_all(const json_t *root, struct tta_counts *c, struct tta_error *e)
{
    char *input = NULL;
    int64_t version;

    if (!json_is_object(root) || take_integer(root, "tta_survival_counts", 1, &version, e) != 0 ||
        version != VERSION)
        return bad(e);
    if (take_text(root, "input", &input, e) == 0 && (input == NULL || strlen(input) != 64))
        bad(e);
    if (e->code == 0)
        memcpy(c->input, input, 65);
    free(input);
    if (e->code != 0 || take_integer(root, "part", 1, &c->part, e) != 0 ||
        take_integer(root, "parts", c->part, &c->parts, e) != 0 ||
        take_integer(root, "rows", 0, &c->rows, e) != 0 ||
        take_integer(root, "rejected", 0, &c->rejected, e) != 0 || take_study(root, &c->of, e) != 0)
        return e->code;
    c->weighted = c->of.weight != NULL;
    c->fractional = json_is_true(json_object_get(root, "fractional"));
    if (take_patterns(json_object_get(root, "patterns"), c, e) != 0)
        return e->code;
    return check_rows(c, e);
}

int tta_counts_read(struct tta_text bytes, struct tta_counts *c, struct tta_error *e)
{
    json_error_t why;
    json_t *root;

    memset(c, 0, sizeof *c);
    root = json_loadb(bytes.len == 0 ? "" : bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &why);
    if (root == NULL)
        return bad(e);
    if (take_all(root, c, e) != 0)
        tta_counts_release(c);
    json_decref(root);
    return e->code;
}
