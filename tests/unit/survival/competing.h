/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_SURVIVAL_COMPETING_H
#define TEST_SURVIVAL_COMPETING_H
/* Data with several causes, read from the files of testdata/reference/data. */
#include "frame.h"
#include "tta/competing.h"

struct competing {
    struct csv t;
    struct tta_cif_input in;
    double *time, *entry;
    int32_t *cause, *group, *number; /* number: 0, 1, 2 ... for the test's own use */
    const char *level[16];           /* of the groups */
    size_t *kept;
};

static inline double csv_number_of(const struct csv *t, size_t row, const char *prefix,
                                   const char *name)
{
    char column[64];

    snprintf(column, sizeof column, "%s%s", prefix, name);
    return csv_number(t, row, column);
}

/* Time and cause of a row: by name of the data, as the reference set defines them. */
static inline void competing_row(struct competing *c, const char *data, size_t row, size_t i)
{
    if (strcmp(data, "mgus2") == 0) {
        bool pcm = csv_number(&c->t, row, "pstat") > 0;

        c->time[i] = csv_number(&c->t, row, pcm ? "ptime" : "futime");
        c->cause[i] = pcm ? 1 : 2 * (int32_t)csv_number(&c->t, row, "death");
    } else if (strcmp(data, "pbc") == 0) {
        c->time[i] = csv_number(&c->t, row, "time");
        c->cause[i] = (int32_t)csv_number(&c->t, row, "status");
    } else {
        c->time[i] = csv_number(&c->t, row, "week");
        c->cause[i] = (int32_t)csv_number(&c->t, row, "event");
    }
}

static inline struct competing competing_read(const char *data, const char *group,
                                              const char *entry)
{
    struct competing c = {.level = {NULL}};
    char path[64];
    size_t n = 0;

    snprintf(path, sizeof path, "data/%s.csv", data);
    c.t = csv_read(path);
    c.time = calloc(c.t.rows, sizeof *c.time);
    c.entry = calloc(c.t.rows, sizeof *c.entry);
    c.cause = calloc(c.t.rows, sizeof *c.cause);
    c.group = calloc(c.t.rows, sizeof *c.group);
    c.number = calloc(c.t.rows, sizeof *c.number);
    c.kept = calloc(c.t.rows, sizeof *c.kept);
    for (size_t row = 0; row < c.t.rows; row++) {
        if (is_na(&c.t, row, group))
            continue;
        c.kept[n] = row;
        competing_row(&c, data, row, n);
        c.in.causes = c.cause[n] > c.in.causes ? c.cause[n] : c.in.causes;
        if (entry != NULL)
            c.entry[n] = csv_number(&c.t, row, entry);
        if (group != NULL)
            c.group[n] = frame_group(&c.t, &group, 1, c.kept, c.group, n);
        c.level[c.group[n]] = group == NULL ? NULL : csv_text(&c.t, row, group);
        c.in.groups = c.group[n] >= c.in.groups ? c.group[n] + 1 : c.in.groups;
        c.number[n] = (int32_t)n;
        n++;
    }
    c.in.n = n;
    c.in.time = c.time;
    c.in.cause = c.cause;
    c.in.entry = entry == NULL ? NULL : c.entry;
    c.in.group = group == NULL ? NULL : c.group;
    return c;
}

/* Numbers the strata in number; returns how many there are. */
static inline int32_t competing_strata(struct competing *c, const char *data,
                                       const char *const *columns)
{
    int32_t strata = 0;

    (void)data;
    for (size_t i = 0; i < c->in.n; i++) {
        c->number[i] = frame_group(&c->t, columns, 3, c->kept, c->number, i);
        strata = c->number[i] >= strata ? c->number[i] + 1 : strata;
    }
    return strata;
}

static inline void competing_free(struct competing *c)
{
    csv_free(&c->t);
    free(c->time);
    free(c->entry);
    free(c->cause);
    free(c->group);
    free(c->number);
    free(c->kept);
}

#endif
