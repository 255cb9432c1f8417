/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --to=markdown: a table as a paper prints it, an estimate with its limits in one cell. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

#define CELL 160

/* A column of the table: of one of the run's, or of an estimate and its limits. */
struct place {
    size_t column;
    bool limits;
};

struct heading {
    const char *name, *text;
    int decimals; /* of an estimate */
};

/* Where there are limits, the first of these that is there is what they are of. */
static const struct heading estimates[] = {
    {"hr", "HR", 2},           {"cif", "Cumulative incidence", 3}, {"survival", "Survival", 3},
    {"rmean", "Mean time", 2}, {"estimate", "Estimate", 2},        {"time", "Time", 2}};
static const struct heading others[] = {{"n_risk", "At risk", 0},
                                        {"n_event", "Events", 0},
                                        {"n_censor", "Censored", 0},
                                        {"chisq", "Chi-square", 0},
                                        {"df", "df", 0},
                                        {"n", "n", 0},
                                        {"p", "p", 0}};
/* Not printed beside an estimate with its limits. */
static const char *const behind[] = {"coef", "std_err", "robust_se", "z", "cumhaz_std_err"};

const char *const tta_paper[] = {"markdown", NULL};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static size_t find(const struct tta_run *run, const char *name)
{
    for (size_t i = 0; i < run->add_count; i++)
        if (strcmp(run->adds[i].name, name) == 0)
            return i;
    return SIZE_MAX;
}

static const struct heading *estimate(const struct tta_run *run)
{
    for (size_t i = 0; find(run, "lower") != SIZE_MAX && i < COUNT(estimates); i++)
        if (find(run, estimates[i].name) != SIZE_MAX)
            return &estimates[i];
    return NULL;
}

static bool is_printed(const char *name, bool limits)
{
    if (!limits)
        return true;
    for (size_t i = 0; i < COUNT(behind); i++)
        if (strcmp(name, behind[i]) == 0)
            return false;
    return strcmp(name, "lower") != 0 && strcmp(name, "upper") != 0;
}

/* Of the column after *i, or false. */
static bool next_place(const struct tta_run *run, size_t *i, struct place *p)
{
    const struct heading *main = estimate(run);

    for (; *i < run->add_count; (*i)++) {
        const char *name = run->adds[*i].name;

        if (!is_printed(name, main != NULL))
            continue;
        *p = (struct place){*i, main != NULL && strcmp(name, main->name) == 0};
        (*i)++;
        return true;
    }
    return false;
}

/* "95% CI", of the tool's option --level. */
static void limits_text(const struct tta_run *run, char *out, size_t room)
{
    snprintf(out, room, "limits");
    for (const struct tta_option *o = run->tool->options; o->name != NULL; o++)
        if (strcmp(o->name, "level") == 0) {
            double level;

            memcpy(&level, (const char *)run->args + o->offset, sizeof level);
            snprintf(out, room, "%.6g%% CI", 100 * level);
        }
}

static void put_heading(const struct tta_run *run, const struct place *p, char out[CELL])
{
    const char *name = run->adds[p->column].name;
    char limits[40];

    for (size_t i = 0; i < COUNT(others); i++)
        if (strcmp(name, others[i].name) == 0) {
            snprintf(out, CELL, "%s", others[i].text);
            return;
        }
    if (p->limits) {
        limits_text(run, limits, sizeof limits);
        snprintf(out, CELL, "%s (%s)", estimate(run)->text, limits);
        return;
    }
    snprintf(out, CELL, "%s", name);
    for (char *c = out; *c != '\0'; c++)
        if (*c == '_')
            *c = ' ';
    if (*out >= 'a' && *out <= 'z')
        *out = (char)(*out - 'a' + 'A');
}

/* A limit that is not there is a dash. */
static void put_fixed(double value, int decimals, char *out, size_t room)
{
    double scale = pow(10, decimals);

    if (isnan(value))
        snprintf(out, room, "-");
    else if (fabs(value) >= 1e15 || isinf(value))
        snprintf(out, room, "%g", value);
    else
        snprintf(out, room, "%.*f", decimals, round(value * scale) / scale + 0.0);
}

static void put_estimate(const struct tta_run *run, const struct place *p, char out[CELL])
{
    int decimals = estimate(run)->decimals;
    double value = run->own[p->column].number, lower = run->own[find(run, "lower")].number,
           upper = run->own[find(run, "upper")].number;
    char main[40], from[40], to[40];

    put_fixed(value, decimals, main, sizeof main);
    put_fixed(lower, decimals, from, sizeof from);
    put_fixed(upper, decimals, to, sizeof to);
    if (isnan(lower) && isnan(upper))
        snprintf(out, CELL, "%s", main);
    else
        snprintf(out, CELL, "%s (%s to %s)", main, from, to);
}

static void put_number(const char *name, double value, char out[CELL])
{
    if (isnan(value))
        *out = '\0';
    else if (strcmp(name, "p") == 0 || strstr(name, "_p") != NULL)
        value < 0.001 ? snprintf(out, CELL, "<0.001") : snprintf(out, CELL, "%.3f", value);
    else if (fabs(value) < 1e15 && value == floor(value))
        snprintf(out, CELL, "%.0f", value + 0.0);
    else if (fabs(value) < 0.1)
        snprintf(out, CELL, "%.3g", value);
    else
        snprintf(out, CELL, "%.2f", value);
}

/* A bar would end the cell. */
static int append_text(struct tta_buffer *to, struct tta_text text)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < text.len; i++) {
        char c = text.ptr[i];

        rc = c == '|' || c == '\\' ? tta_buffer_char(to, '\\') : 0;
        if (rc == 0)
            rc = tta_buffer_char(to, c == '\n' || c == '\r' || c == '\0' ? ' ' : c);
    }
    return rc;
}

static int append_cell(struct tta_run *run, const struct place *p)
{
    const struct tta_column *column = &run->adds[p->column];
    const union tta_slot *slot = &run->own[p->column];
    char cell[CELL] = "";

    if (column->type == TTA_TEXT)
        return append_text(&run->paper, slot->text);
    if (p->limits)
        put_estimate(run, p, cell);
    else if (column->type == TTA_NUMBER)
        put_number(column->name, slot->number, cell);
    else
        snprintf(cell, sizeof cell, "%lld", (long long)slot->integer);
    return tta_buffer_string(&run->paper, cell);
}

bool tta_paper_wanted(const struct tta_run *run)
{
    return run->tool->drawings == tta_paper && run->drawing == 0;
}

int tta_paper_row(struct tta_run *run, struct tta_error *e)
{
    struct place p;
    int rc = 0;

    if (run->shape == TTA_ROWS)
        return tta_fail(e, TTA_E_USAGE, "--to=markdown prints results, not the rows of the input");
    for (size_t i = 0; rc == 0 && next_place(run, &i, &p);) {
        rc = append_cell(run, &p);
        if (rc == 0)
            rc = tta_buffer_char(&run->paper, '\0');
    }
    tta_clear_own(run);
    run->rows_out++;
    return rc == 0 ? 0 : tta_fail_memory(e);
}

/* In characters, of UTF-8. */
static size_t width_of(const char *cell)
{
    size_t width = 0;

    for (; *cell != '\0'; cell++)
        width += ((unsigned char)*cell & 0xc0) != 0x80;
    return width;
}

static int pad(struct tta_buffer *out, char with, size_t count)
{
    int rc = 0;

    while (rc == 0 && count-- > 0)
        rc = tta_buffer_char(out, with);
    return rc;
}

static int put_cell(struct tta_buffer *out, const char *cell, size_t width, bool right)
{
    size_t space = width - width_of(cell);
    int rc = tta_buffer_string(out, "| ");

    rc = rc != 0 ? rc : pad(out, ' ', right ? space : 0);
    rc = rc != 0 ? rc : tta_buffer_string(out, cell);
    return rc != 0 ? rc : pad(out, ' ', right ? 1 : 1 + space);
}

static int put_rule(struct tta_buffer *out, size_t width, bool right)
{
    int rc = tta_buffer_string(out, "| ");

    rc = rc != 0 ? rc : pad(out, '-', right ? width - 1 : width);
    return rc != 0 ? rc : tta_buffer_string(out, right ? ": " : " ");
}

/* Widths of the columns: of the heading, then of the cells. */
static size_t measure(const struct tta_run *run, size_t *width)
{
    const char *cell = run->paper.ptr, *end = cell + run->paper.len;
    size_t count = 0;
    char text[CELL];
    struct place p;

    for (size_t i = 0; next_place(run, &i, &p); count++) {
        put_heading(run, &p, text);
        width[count] = width_of(text) < 3 ? 3 : width_of(text);
    }
    for (size_t k = 0; cell < end; cell += strlen(cell) + 1, k++)
        if (width_of(cell) > width[k % count])
            width[k % count] = width_of(cell);
    return count;
}

static int put_head(const struct tta_run *run, const size_t *width, struct tta_buffer *out)
{
    char text[CELL];
    struct place p;
    int rc = 0;

    for (size_t i = 0, k = 0; rc == 0 && next_place(run, &i, &p); k++) {
        put_heading(run, &p, text);
        rc = put_cell(out, text, width[k], run->adds[p.column].type != TTA_TEXT);
    }
    rc = rc != 0 ? rc : tta_buffer_string(out, "|\n");
    for (size_t i = 0, k = 0; rc == 0 && next_place(run, &i, &p); k++)
        rc = put_rule(out, width[k], run->adds[p.column].type != TTA_TEXT);
    return rc != 0 ? rc : tta_buffer_string(out, "|\n");
}

int tta_paper_write(struct tta_run *run, struct tta_error *e)
{
    struct tta_buffer *out = &run->output.writer.buffer;
    size_t *width = calloc(run->add_count + 1, sizeof *width), at = 0;
    struct place p;
    int rc;

    if (width == NULL)
        return tta_fail_memory(e);
    run->header_written = true;
    measure(run, width);
    rc = put_head(run, width, out);
    while (rc == 0 && at < run->paper.len) {
        for (size_t i = 0, k = 0; rc == 0 && next_place(run, &i, &p); k++) {
            const char *cell = run->paper.ptr + at;

            at += strlen(cell) + 1;
            rc = put_cell(out, cell, width[k], run->adds[p.column].type != TTA_TEXT);
        }
        rc = rc != 0 ? rc : tta_buffer_string(out, "|\n");
    }
    free(width);
    return rc != 0 ? tta_fail_memory(e) : tta_writer_row_done(&run->output.writer, e);
}
