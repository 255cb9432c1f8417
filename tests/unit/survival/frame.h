/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_SURVIVAL_FRAME_H
#define TEST_SURVIVAL_FRAME_H
/* Data for tta_cox: read from a file by a model, or from a small generator. */
#include "tta/cox.h"

#include "csv.h"

#define TERMS_MAX 8

/* A term is a column of numbers, or 1 where the column holds the value. */
struct term {
    const char *column, *value;
};

struct model {
    const char *data;
    const char *time; /* column; NULL: 1 for all */
    const char *event, *dead;
    struct term terms[TERMS_MAX];
};

struct frame {
    struct tta_cox_input in;
    double *time, *x;
    uint8_t *event;
    char *name[TERMS_MAX]; /* column and value run together, as in R */
};

static inline struct frame frame_new(size_t n, size_t p)
{
    struct frame f = {
        {0}, malloc(n * sizeof(double)), calloc(n * p + 1, sizeof(double)), malloc(n), {NULL}};

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
    free(f->event);
}

/* The names stay where they are, in f, so f must. */
static inline void frame_name(struct frame *f)
{
    f->in.terms = (const char *const *)f->name;
}

static inline bool frame_has_missing(const struct csv *t, const struct model *m, size_t row)
{
    bool missing = strcmp(csv_text(t, row, m->event), "NA") == 0;

    for (size_t j = 0; j < TERMS_MAX && m->terms[j].column != NULL; j++)
        missing = missing || strcmp(csv_text(t, row, m->terms[j].column), "NA") == 0;
    return missing;
}

/* Rows with NA in a column of the model are left out, as R does. */
static inline struct frame frame_read(const struct model *m)
{
    struct csv t = csv_read(m->data);
    size_t p = 0, n = 0;
    struct frame f;

    while (p < TERMS_MAX && m->terms[p].column != NULL)
        p++;
    for (size_t i = 0; i < t.rows; i++)
        n += !frame_has_missing(&t, m, i);
    f = frame_new(n, p);
    n = 0;
    for (size_t i = 0; i < t.rows; i++) {
        if (frame_has_missing(&t, m, i))
            continue;
        f.time[n] = m->time == NULL ? 1 : csv_number(&t, i, m->time);
        f.event[n] = strcmp(csv_text(&t, i, m->event), m->dead) == 0;
        for (size_t j = 0; j < p; j++) {
            const char *column = m->terms[j].column, *value = m->terms[j].value;

            f.x[j * f.in.n + n] = value == NULL ? csv_number(&t, i, column)
                                                : strcmp(csv_text(&t, i, column), value) == 0;
            snprintf(f.name[j], 64, "%s%s", column, value == NULL ? "" : value);
        }
        n++;
    }
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
