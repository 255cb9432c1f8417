/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "cox_output.h"

/* In the order of struct tta_cox_residuals; from SCORE on there is one for each term. */
enum { MARTINGALE, DEVIANCE, SCORE, DFBETA, SCHOENFELD, KINDS };
static const char *const names[KINDS] = {"martingale", "deviance", "score", "dfbeta", "schoenfeld"};

static int kind_of(const char *name)
{
    int kind = 0;

    while (kind < KINDS && strcmp(names[kind], name) != 0)
        kind++;
    return kind;
}

int cox_check_residuals(const struct tta_list *kinds, struct tta_error *e)
{
    for (size_t i = 0; i < kinds->count; i++) {
        if (kind_of(kinds->items[i]) == KINDS)
            return tta_fail(e, TTA_E_USAGE,
                            "--residuals: martingale, deviance, score, dfbeta or schoenfeld");
        for (size_t j = 0; j < i; j++)
            if (strcmp(kinds->items[i], kinds->items[j]) == 0)
                return tta_fail(e, TTA_E_USAGE, "--residuals: %s is named twice", kinds->items[i]);
    }
    return 0;
}

struct residuals {
    struct tta_cox_residuals r;
    double *block;
    const double **column; /* of a number for each cell, in the order they are written */
    char **name;
    size_t count;
};

static int add_column(struct tta_run *run, struct residuals *r, int kind, const char *term,
                      const double *numbers, struct tta_error *e)
{
    struct tta_buffer b = {0};
    struct tta_column column = {.type = TTA_NUMBER, .help = "residual"};
    int rc = tta_buffer_string(&b, names[kind]);

    if (rc == 0 && term != NULL)
        rc = tta_buffer_format(&b, "_%s", term);
    r->name[r->count] = rc == 0 ? tta_text_copy(tta_buffer_text(&b)) : NULL;
    tta_buffer_release(&b);
    if (r->name[r->count] == NULL)
        return tta_fail_memory(e);
    column.name = r->name[r->count];
    r->column[r->count++] = numbers;
    return tta_add_column(run, &column, e);
}

static int make_columns(struct tta_run *run, const struct model *m, const struct tta_list *kinds,
                        struct residuals *r, struct tta_error *e)
{
    double **const place[KINDS] = {&r->r.martingale, &r->r.deviance, &r->r.score, &r->r.dfbeta,
                                   &r->r.schoenfeld};
    size_t n = m->in.n, p = m->in.p, most = kinds->count * p + 1;
    double *next = r->block = malloc((most * n + 1) * sizeof *next);
    int rc = 0;

    r->column = malloc(most * sizeof *r->column);
    r->name = calloc(most, sizeof *r->name);
    if (r->block == NULL || r->column == NULL || r->name == NULL)
        return tta_fail_memory(e);
    for (size_t i = 0; rc == 0 && i < kinds->count; i++) {
        int kind = kind_of(kinds->items[i]);

        *place[kind] = next;
        for (size_t j = 0; rc == 0 && j < (kind < SCORE ? 1 : p); j++, next += n)
            rc = add_column(run, r, kind, kind < SCORE ? NULL : m->design.terms[j], next, e);
    }
    return rc;
}

int cox_emit_residuals(struct tta_run *run, const struct model *m, const struct tta_cox_fit *fit,
                       const struct tta_list *kinds, const struct tta_buffer *kept,
                       struct tta_error *e)
{
    struct residuals r = {.block = NULL};
    size_t in_model = 0;
    int rc = make_columns(run, m, kinds, &r, e);

    if (rc == 0)
        rc = tta_cox_residuals(&m->in, &m->options, fit, &r.r, e);
    for (size_t row = 0; rc == 0 && row < kept->len; row++) {
        union tta_slot *own = tta_own(run);

        tta_recall(run, row);
        for (size_t i = 0; kept->ptr[row] && i < r.count; i++)
            own[i].number = r.column[i][m->cell_of[in_model]];
        in_model += kept->ptr[row] != 0;
        rc = tta_emit(run, e);
    }
    for (size_t i = 0; i < r.count; i++)
        free(r.name[i]);
    free(r.name);
    free(r.column);
    free(r.block);
    return rc;
}
