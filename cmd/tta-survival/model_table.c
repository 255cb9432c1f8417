/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of coefficients. */
#include <math.h>

#include "model.h"

enum { CAUSE, TERM, COEF, HR, STD_ERR, ROBUST_SE, Z, P, LOWER, UPPER };
static const struct tta_column all_columns[] = {
    {.name = "cause", .type = TTA_TEXT, .help = "the value of --event that is the event"},
    {.name = "term", .type = TTA_TEXT, .help = "COLUMN, or COLUMN=KIND against the reference"},
    {.name = "coef", .type = TTA_NUMBER, .help = "log hazard ratio"},
    {.name = "hr", .type = TTA_NUMBER, .help = "hazard ratio"},
    {.name = "std_err", .type = TTA_NUMBER, .help = "of coef"},
    {.name = "robust_se", .type = TTA_NUMBER, .help = "of coef, robust"},
    {.name = "z", .type = TTA_NUMBER, .help = "coef / std_err, or / robust_se"},
    {.name = "p", .type = TTA_NUMBER, .help = "two-sided, of z"},
    {.name = "lower", .type = TTA_NUMBER, .help = "confidence limit of hr"},
    {.name = "upper", .type = TTA_NUMBER, .help = "confidence limit of hr"},
    {.name = NULL},
};

const struct tta_column model_columns[] = {
    {.name = "term", .type = TTA_TEXT, .help = "COLUMN, or COLUMN=KIND against the reference"},
    {.name = "coef", .type = TTA_NUMBER, .help = "log hazard ratio"},
    {.name = "hr", .type = TTA_NUMBER, .help = "hazard ratio"},
    {.name = "std_err", .type = TTA_NUMBER, .help = "of coef"},
    {.name = "z", .type = TTA_NUMBER, .help = "coef / std_err, or / robust_se"},
    {.name = "p", .type = TTA_NUMBER, .help = "two-sided, of z"},
    {.name = "lower", .type = TTA_NUMBER, .help = "confidence limit of hr"},
    {.name = "upper", .type = TTA_NUMBER, .help = "confidence limit of hr"},
    {.name = NULL},
};

int model_set_columns(struct tta_run *run, bool robust, bool by_cause, struct tta_error *e)
{
    struct tta_column columns[sizeof all_columns / sizeof *all_columns];
    size_t count = 0;

    for (size_t i = 0; i <= UPPER; i++)
        if ((i != CAUSE || by_cause) && (i != ROBUST_SE || robust))
            columns[count++] = all_columns[i];
    columns[count] = all_columns[UPPER + 1];
    return tta_set_columns(run, NULL, columns, e);
}

int model_emit(struct tta_run *run, const struct tta_cox_fit *fit, const struct tta_design *design,
               const char *cause, struct tta_error *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < fit->p; i++) {
        union tta_slot *own = tta_own(run);

        if (cause != NULL)
            (own++)->text = tta_text_of(cause);
        (own++)->text = tta_text_of(design->terms[i]);
        (own++)->number = fit->coef[i];
        (own++)->number = exp(fit->coef[i]);
        (own++)->number = fit->se[i];
        if (fit->robust_se != NULL)
            (own++)->number = fit->robust_se[i];
        (own++)->number = fit->z[i];
        (own++)->number = fit->p_value[i];
        (own++)->number = exp(fit->lower[i]);
        own->number = exp(fit->upper[i]);
        rc = tta_emit(run, e);
    }
    return rc;
}
