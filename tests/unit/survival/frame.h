/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_SURVIVAL_FRAME_H
#define TEST_SURVIVAL_FRAME_H
/* Data for tta_cox: read from a file by a model, or from a small generator. */
#include "tta/cox.h"

#include "csv.h"

#define TERMS_MAX 8

/*
 * A column of numbers, its log, or 1 where the column holds the value; times
 * the same of a second column, where there is one.
 */
struct term {
    const char *column, *value, *by;
    bool log;
};

struct model {
    const char *data;
    const char *time; /* column; NULL: 1 for all */
    const char *event, *dead;
    struct term terms[TERMS_MAX];
    const char *entry, *weight, *cluster; /* columns, or NULL */
    const char *strata[4];
};

struct frame {
    struct tta_cox_input in;
    double *time, *x, *entry, *weight;
    uint8_t *event;
    int32_t *stratum, *cluster;
    char *name[TERMS_MAX]; /* as in R: column and value run together */
};

static inline struct frame frame_new(size_t n, size_t p)
{
    struct frame f = {.time = malloc(n * sizeof(double)),
                      .x = calloc(n * p + 1, sizeof(double)),
                      .entry = calloc(n, sizeof(double)),
                      .weight = calloc(n, sizeof(double)),
                      .event = malloc(n),
                      .stratum = calloc(n, sizeof(int32_t)),
                      .cluster = calloc(n, sizeof(int32_t))};

    for (size_t j = 0; j < p; j++) {
        f.name[j] = malloc(64);
        snprintf(f.name[j], 64, "x%zu", j + 1);
    }
    f.in = (struct tta_cox_input){.n = n, .p = p, .time = f.time, .event = f.event, .x = f.x};
    return f;
}

static inline void frame_free(struct frame *f)
{
    for (size_t j = 0; j < TERMS_MAX; j++)
        free(f->name[j]);
    free(f->time);
    free(f->x);
    free(f->entry);
    free(f->weight);
    free(f->event);
    free(f->stratum);
    free(f->cluster);
}

/* The names stay where they are, in f, so f must. */
static inline void frame_name(struct frame *f)
{
    f->in.terms = (const char *const *)f->name;
}

static inline bool is_na(const struct csv *t, size_t row, const char *column)
{
    return column != NULL && strcmp(csv_text(t, row, column), "NA") == 0;
}

static inline bool frame_has_missing(const struct csv *t, const struct model *m, size_t row)
{
    bool missing = is_na(t, row, m->event) || is_na(t, row, m->cluster);

    for (size_t j = 0; j < TERMS_MAX && m->terms[j].column != NULL; j++)
        missing = missing || is_na(t, row, m->terms[j].column);
    for (size_t j = 0; j < 4; j++)
        missing = missing || is_na(t, row, m->strata[j]);
    return missing;
}

/* The number of the row's combination of values, by first appearance among kept[0..n]. */
static inline int32_t frame_group(const struct csv *t, const char *const *columns, size_t count,
                                  const size_t *kept, int32_t *of, size_t n)
{
    int32_t groups = 0;

    for (size_t i = 0; i < n; i++) {
        bool same = true;

        for (size_t j = 0; j < count; j++)
            same = same && (columns[j] == NULL || strcmp(csv_text(t, kept[i], columns[j]),
                                                         csv_text(t, kept[n], columns[j])) == 0);
        if (same)
            return of[i];
        groups = of[i] >= groups ? of[i] + 1 : groups;
    }
    return groups;
}

static inline double frame_value(const struct csv *t, size_t row, const struct term *term)
{
    double v = term->value == NULL ? csv_number(t, row, term->column)
                                   : strcmp(csv_text(t, row, term->column), term->value) == 0;

    v = term->log ? log(v) : v;
    return term->by == NULL ? v : v * csv_number(t, row, term->by);
}

static inline void frame_name_term(const struct term *term, char *name)
{
    snprintf(name, 64, "%s%s%s%s%s%s", term->log ? "log(" : "", term->column, term->log ? ")" : "",
             term->value == NULL ? "" : term->value, term->by == NULL ? "" : ":",
             term->by == NULL ? "" : term->by);
}

static inline void frame_row(struct frame *f, const struct csv *t, const struct model *m,
                             const size_t *kept, size_t i)
{
    f->time[i] = m->time == NULL ? 1 : csv_number(t, kept[i], m->time);
    f->event[i] = strcmp(csv_text(t, kept[i], m->event), m->dead) == 0;
    for (size_t j = 0; j < f->in.p; j++)
        f->x[j * f->in.n + i] = frame_value(t, kept[i], &m->terms[j]);
    if (m->entry != NULL)
        f->entry[i] = csv_number(t, kept[i], m->entry);
    if (m->weight != NULL)
        f->weight[i] = csv_number(t, kept[i], m->weight);
    if (m->strata[0] != NULL)
        f->stratum[i] = frame_group(t, m->strata, 4, kept, f->stratum, i);
    if (m->cluster != NULL)
        f->cluster[i] = frame_group(t, &m->cluster, 1, kept, f->cluster, i);
}

/* Rows with NA in a column of the model are left out, as R does. */
static inline struct frame frame_read(const struct model *m)
{
    struct csv t = csv_read(m->data);
    size_t p = 0, n = 0, *kept = malloc(t.rows * sizeof *kept);
    struct frame f;

    while (p < TERMS_MAX && m->terms[p].column != NULL)
        p++;
    for (size_t i = 0; i < t.rows; i++)
        if (!frame_has_missing(&t, m, i))
            kept[n++] = i;
    f = frame_new(n, p);
    for (size_t j = 0; j < p; j++)
        frame_name_term(&m->terms[j], f.name[j]);
    for (size_t i = 0; i < n; i++) {
        frame_row(&f, &t, m, kept, i);
        f.in.strata = f.stratum[i] >= f.in.strata ? f.stratum[i] + 1 : f.in.strata;
        f.in.clusters = f.cluster[i] >= f.in.clusters ? f.cluster[i] + 1 : f.in.clusters;
    }
    f.in.entry = m->entry == NULL ? NULL : f.entry;
    f.in.weight = m->weight == NULL ? NULL : f.weight;
    f.in.stratum = m->strata[0] == NULL ? NULL : f.stratum;
    f.in.cluster = m->cluster == NULL ? NULL : f.cluster;
    free(kept);
    csv_free(&t);
    return f;
}

/* Independent of each other: times (whole weeks or not), events, normal-like and 0/1 covariates. */
static inline struct frame frame_random(size_t n, size_t p, uint32_t seed, bool weeks)
{
    struct frame f = frame_new(n, p);
    uint32_t s = seed;

#define NEXT (s = s * 1664525u + 1013904223u, (double)(s >> 8) / 0x1p24)
    for (size_t i = 0; i < n; i++) {
        double risk = 0, t;

        for (size_t j = 0; j < p; j++) {
            double u = NEXT + NEXT + NEXT - 1.5;

            f.x[j * n + i] = j % 2 == 0 ? u : u > 0;
            risk += (j % 3 == 0 ? 0.8 : -0.4) * f.x[j * n + i];
        }
        t = -log(1 - NEXT) * 30 / exp(risk);
        f.event[i] = NEXT < 0.7;
        f.time[i] = weeks ? ceil(t) : t;
    }
#undef NEXT
    return f;
}

static inline void frame_fit(struct frame *f, struct tta_cox_fit *fit)
{
    struct tta_error e = {0};

    frame_name(f);
    ck_assert_msg(tta_cox(&f->in, NULL, fit, &e) == 0, "%s", e.text);
}

#endif
