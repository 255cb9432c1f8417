/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_SURVIVAL_CSV_H
#define TEST_SURVIVAL_CSV_H
/*
 * Reads the files of testdata/reference (comma, quotes, NA) for the tests of
 * this folder. Any trouble ends the test.
 */
#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REFERENCE "testdata/reference/"

struct csv {
    char *bytes;
    char **cell; /* rows x columns, without the header */
    char **name; /* columns */
    size_t rows, columns;
};

static inline char *csv_bytes(const char *path)
{
    char full[256], *bytes = malloc(1 << 20);
    FILE *file;
    size_t len;

    snprintf(full, sizeof full, REFERENCE "%s", path);
    file = fopen(full, "rb");
    ck_assert_msg(file != NULL && bytes != NULL, "cannot read %s", full);
    len = fread(bytes, 1, (1 << 20) - 1, file);
    ck_assert_msg(len > 0 && len < (1 << 20) - 1, "%s is empty or too long", full);
    fclose(file);
    bytes[len] = '\0';
    return bytes;
}

/* One cell at *p, cut off in place; *p moves behind its separator. true: the line ends. */
static inline bool csv_next(char **p, char **cell)
{
    char *from = *p, *to;
    bool quoted = *from == '"', end;

    from += quoted;
    *cell = to = from;
    while (quoted ? *from != '"' || from[1] == '"' : strchr(",\n", *from) == NULL) {
        ck_assert_msg(*from != '\0', "a cell without an end");
        from += quoted && *from == '"';
        *to++ = *from++;
    }
    from += quoted;
    end = *from != ',';
    *p = *from == '\0' ? from : from + 1;
    *to = '\0';
    return end;
}

static inline struct csv csv_read(const char *path)
{
    struct csv t = {.bytes = csv_bytes(path)};
    char *p = t.bytes;
    size_t cells = 0, room = 64;

    t.name = malloc(room * sizeof *t.name);
    t.cell = malloc(strlen(p) * sizeof *t.cell);
    while (t.columns < room && !csv_next(&p, &t.name[t.columns++]))
        ;
    ck_assert_uint_lt(t.columns, room);
    while (*p != '\0')
        csv_next(&p, &t.cell[cells++]);
    ck_assert_uint_eq(cells % t.columns, 0);
    t.rows = cells / t.columns;
    return t;
}

static inline void csv_free(struct csv *t)
{
    free(t->bytes);
    free(t->cell);
    free(t->name);
}

static inline const char *csv_text(const struct csv *t, size_t row, const char *column)
{
    for (size_t j = 0; j < t->columns; j++)
        if (strcmp(t->name[j], column) == 0)
            return t->cell[row * t->columns + j];
    ck_abort_msg("no column %s", column);
    return NULL;
}

static inline bool csv_has(const struct csv *t, const char *column)
{
    for (size_t j = 0; j < t->columns; j++)
        if (strcmp(t->name[j], column) == 0)
            return true;
    return false;
}

/* NA is NaN. */
static inline double csv_number(const struct csv *t, size_t row, const char *column)
{
    const char *text = csv_text(t, row, column);
    char *end;
    double v;

    if (strcmp(text, "NA") == 0)
        return NAN;
    v = strtod(text, &end);
    ck_assert_msg(end != text && *end == '\0', "column %s, row %zu: no number", column, row + 1);
    return v;
}

/* From a table of case, key, value. */
static inline double csv_reference(const struct csv *t, const char *name, const char *key)
{
    for (size_t i = 0; i < t->rows; i++)
        if (strcmp(t->cell[i * 3], name) == 0 && strcmp(t->cell[i * 3 + 1], key) == 0)
            return csv_number(t, i, "value");
    ck_abort_msg("no reference %s %s", name, key);
    return NAN;
}

/* Whether the two agree to tolerance x scale; NaN agrees with NaN only. */
static inline bool close_to(double got, double want, double tolerance, double scale)
{
    if (isnan(want) || isnan(got))
        return isnan(want) && isnan(got);
    return fabs(got - want) <= tolerance * scale;
}

#define assert_close(got, want, tolerance, scale, ...)                                             \
    do {                                                                                           \
        char what_[128];                                                                           \
        snprintf(what_, sizeof what_, __VA_ARGS__);                                                \
        ck_assert_msg(close_to(got, want, tolerance, scale), "%s: %.17g, not %.17g", what_,        \
                      (double)(got), (double)(want));                                              \
    } while (0)

#endif
