/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COUNTS_H
#define TTA_COUNTS_H
/*
 * Survival data as counts: how many rows of each kind (a pattern of column values, an
 * entry, a time, an outcome) there were. Counts of the parts of an input add up to those of
 * the whole, exactly, and the estimators take them as they take rows (struct
 * tta_km_input.tally), so that merged parts give the bytes of the whole.
 *
 * As a file: one JSON object, described in tta-survival(1).
 */
#include "tta/survival.h"
#include "tta/text.h"

struct tta_count {
    int32_t pattern;
    int32_t outcome; /* 0: censored; else the cause, from 1 */
    double entry, time;
    struct tta_tally tally;
};

/* What the parts of one input have in common. All texts are owned; NULL where there is none. */
struct tta_counts_of {
    char *time, *event, *entry, *weight; /* what the options named */
    char *offset;                        /* which of the covariates --offset named */
    char **columns;                      /* by, then strata, then covariates */
    size_t by, strata, covariates;       /* how many of each */
    char **causes;                       /* names of the outcomes 1 .. cause_count */
    size_t cause_count;
    char *shard_key;     /* of --shard, or NULL: the files were apart before */
    char decimal, group; /* how the values write numbers; group 0: none */
};

struct tta_counts {
    struct tta_counts_of of;
    char *name;             /* of the file, for messages; or NULL */
    int64_t part, parts;    /* 1 <= part <= parts; 0 of parts: merged */
    int64_t rows, rejected; /* of the input: with a shard_key, of all its parts */
    char input[65];         /* BLAKE2b-256 of the input, in hexadecimal */
    bool weighted, fractional;
    char **values; /* patterns x columns; NULL where the rows have no value */
    size_t patterns;
    struct tta_count *counts; /* by pattern, entry, time, outcome; each once */
    size_t count;
};

/* In order of pattern, entry, time and outcome, equal ones added up. */
void tta_counts_sort(struct tta_counts *c);

/*
 * The same, with the patterns, each once, in order of the bytes of their values: then
 * equal counts are equal arrays, wherever they come from. TTA_E_MEMORY.
 */
int tta_counts_line_up(struct tta_counts *c, struct tta_error *e);

/*
 * The rows as counts, in order. pattern: numbers below patterns; entry and weight may be
 * NULL. c->patterns, values and of are the caller's.
 */
int tta_counts_collect(struct tta_counts *c, size_t n, const int32_t *pattern, const double *entry,
                       const double *time, const uint8_t *event, const double *weight,
                       struct tta_error *e);

/* Appends the object. */
int tta_counts_write(const struct tta_counts *c, struct tta_buffer *out, struct tta_error *e);

/* Reads it. TTA_E_DATA for what is none, is cut short or does not add up. */
int tta_counts_read(struct tta_text bytes, struct tta_counts *c, struct tta_error *e);

/*
 * All the parts of one input as one. TTA_E_DATA, naming the files, where parts are missing,
 * one comes twice, or is of something else: other options, other columns, another input (with
 * --shard all parts have read the same bytes, and their rows add up to it; without it no two
 * parts have, unless they hold no rows).
 */
int tta_counts_merge(const struct tta_counts *parts, size_t count, struct tta_counts *out,
                     struct tta_error *e);

/*
 * Counts may stand for more rows than arrays can hold, but for no more than a double tells apart.
 * TTA_E_DATA when the parts together do; tta_counts_merge asks it.
 */
#define TTA_COUNTS_ROWS_MAX ((int64_t)1 << 53)
int tta_counts_check_size(const struct tta_counts *parts, size_t count, struct tta_error *e);

void tta_counts_release(struct tta_counts *c);

#endif
