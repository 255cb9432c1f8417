/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_COST_SCENARIO_H
#define TTA_COST_SCENARIO_H
/*
 * A calculation as a document: named inputs, flows of money or weeks by year,
 * figures computed from them in order, and claims, what a source prints.
 * Everything is a decimal with six places (millionths); each step is rounded
 * half away from zero to that, and a flow in each of its years.
 */
#include <stdbool.h>
#include <stdint.h>

#include "tta/cost_present.h"
#include "tta/error.h"
#include "tta/number.h"
#include "tta/random.h"

#define TTA_SCENARIO_ID 64
#define TTA_SCENARIO_INPUTS 512
#define TTA_SCENARIO_FIGURES 64
#define TTA_SCENARIO_VALUES (TTA_SCENARIO_INPUTS + TTA_SCENARIO_FIGURES)
#define TTA_SCENARIO_CLAIMS 32
#define TTA_SCENARIO_TERMS 8
#define TTA_SCENARIO_FLOWS 8
#define TTA_SCENARIO_PARTS 512 /* of all flows */
#define TTA_SCENARIO_FACTORS 4
#define TTA_SCENARIO_YEARS 120
#define TTA_SCENARIO_CELLS 32768 /* parts x years */

enum tta_distribution_kind {
    TTA_FIXED,
    TTA_UNIFORM,    /* a..b */
    TTA_TRIANGULAR, /* a..b, mode c */
    TTA_NORMAL,     /* mean a, standard deviation b */
    TTA_LOGNORMAL,  /* of the logarithm: mean a, standard deviation b */
    TTA_GAMMA,      /* mean a, standard deviation b */
    TTA_BETA        /* a successes and b failures, each above 0 */
};
extern const char *const tta_distribution_names[]; /* NULL at the end */

struct tta_distribution {
    enum tta_distribution_kind kind;
    double a, b, c;
};

/* NULL, or why it is none, as "has a mean that is not above 0". */
const char *tta_distribution_problem(const struct tta_distribution *d);

/* The value that a share u of the distribution (0 < u < 1) lies below. */
double tta_distribution_quantile(const struct tta_distribution *d, double u);

struct tta_scenario_input {
    char id[TTA_SCENARIO_ID], unit[TTA_SCENARIO_ID];
    int64_t value;
    int64_t least, most; /* what makes sense at all */
    int64_t low, high;   /* a plausible range; TTA_INTEGER_NONE: none is given */
    bool whole;          /* as a horizon in years; draws go to the nearest whole number */
    struct tta_distribution distribution;
};

/* Quantities by year, each times the same inputs. */
struct tta_scenario_part {
    char id[TTA_SCENARIO_ID], unit[TTA_SCENARIO_ID];
    size_t count, factor[TTA_SCENARIO_FACTORS]; /* inputs */
    size_t cell;                                /* the first of its years */
    bool at_end; /* only that of the last year counts, as what is left of an investment then */
};

/* The sum of its parts, year by year from year 0. */
struct tta_scenario_flow {
    char id[TTA_SCENARIO_ID], unit[TTA_SCENARIO_ID];
    int32_t years;
    size_t first, count; /* of the parts */
};

enum tta_scenario_operation {
    TTA_PRODUCT,       /* the first terms multiplied, divided by the others */
    TTA_SUM,           /* the first terms added, the others taken away */
    TTA_PRESENT_VALUE, /* of term 0 a year for term 1 years at rate term 2, paid at the ends */
    TTA_PAYBACK,       /* years until term 1 a year, so paid, has paid back term 0 at rate term 2 */
    TTA_OVER_YEARS     /* the first term 0 years of a flow, at rates that are the other terms */
};

struct tta_scenario_figure {
    char id[TTA_SCENARIO_ID], unit[TTA_SCENARIO_ID];
    enum tta_scenario_operation operation;
    int64_t least;                       /* below it nothing makes sense; TTA_INTEGER_NONE: none */
    size_t first, count;                 /* of the terms, first of them multiplied or added */
    size_t term[2 * TTA_SCENARIO_TERMS]; /* an input, or TTA_SCENARIO_INPUTS + a figure before */
    size_t flow;                         /* TTA_OVER_YEARS */
    enum tta_flow_timing timing;         /* the same */
    int32_t to_year[TTA_DISCOUNT_BANDS]; /* the same: of each rate; the last INT32_MAX */
};

struct tta_scenario_claim {
    char id[TTA_SCENARIO_ID], unit[TTA_SCENARIO_ID];
    int64_t printed, round_to;
    size_t figure; /* SIZE_MAX: nothing stated leads to it */
    bool implied;  /* the figure rests on what is computed back from what is printed, or assumed */
    char why[512];
};

/* Plain and dropped at will, but large: half a megabyte. */
struct tta_scenario {
    char id[64];
    unsigned char hash[32];
    int32_t price_year;
    int32_t first_year;   /* 0: not said */
    char perspective[16]; /* "": not said */
    size_t input_count, flow_count, part_count, cell_count, figure_count, claim_count;
    struct tta_scenario_input input[TTA_SCENARIO_INPUTS];
    struct tta_scenario_flow flow[TTA_SCENARIO_FLOWS];
    struct tta_scenario_part part[TTA_SCENARIO_PARTS];
    int64_t cell[TTA_SCENARIO_CELLS];
    struct tta_scenario_figure figure[TTA_SCENARIO_FIGURES];
    struct tta_scenario_claim claim[TTA_SCENARIO_CLAIMS];
};

/* A document of kind "scenario": roskilde-2012, vestegn-payback or a path. */
int tta_scenario_load(const char *name_or_path, struct tta_scenario *out, struct tta_error *e);

/* The place of an input or a figure, SIZE_MAX when there is none. */
size_t tta_scenario_input_named(const struct tta_scenario *s, struct tta_text id);
size_t tta_scenario_figure_named(const struct tta_scenario *s, struct tta_text id);

/* NULL, or why low and high are no range of the input, as "stand together". */
const char *tta_scenario_range_problem(const struct tta_scenario_input *in);
/* As tta_distribution_problem; and more than half of it below least or above most. */
const char *tta_scenario_distribution_problem(const struct tta_scenario_input *in);

/* TTA_E_DATA: not between least and most, or not whole where it must be. */
int tta_scenario_allows(const struct tta_scenario *s, size_t input, int64_t value,
                        struct tta_error *e);
int tta_scenario_set(struct tta_scenario *s, size_t input, int64_t value, struct tta_error *e);

/*
 * All figures, value[i] of figure i; TTA_INTEGER_NONE: never paid back. TTA_E_DATA,
 * with its id: a division by zero, a number too large to hold, more than 1,000
 * years, a rate of -1 or less, one that rests on what is never paid back, one
 * below its least.
 */
int tta_scenario_compute(const struct tta_scenario *s, int64_t value[TTA_SCENARIO_FIGURES],
                         struct tta_error *e);

/*
 * The same, but a figure below its least, and what rests on it, has the value
 * TTA_INTEGER_NONE; bit i of *below: figure i is below its own.
 */
int tta_scenario_compute_possible(const struct tta_scenario *s, int64_t value[TTA_SCENARIO_FIGURES],
                                  uint64_t *below, struct tta_error *e);

/* One figure, and only what it rests on. Never paid back is an error here. */
int tta_scenario_value(const struct tta_scenario *s, size_t figure, int64_t *out,
                       struct tta_error *e);

/*
 * The same with other values of the inputs, which they allow; an error names
 * those. tta_scenario_given: their own.
 */
void tta_scenario_given(const struct tta_scenario *s, int64_t given[TTA_SCENARIO_INPUTS]);
int tta_scenario_value_at(const struct tta_scenario *s, const int64_t *given, size_t figure,
                          int64_t *out, struct tta_error *e);

/* Which inputs the figure rests on. */
void tta_scenario_inputs_of(const struct tta_scenario *s, size_t figure,
                            bool input[TTA_SCENARIO_INPUTS]);

/* What a computed value is as its source rounds it. */
int64_t tta_scenario_round(const struct tta_scenario_claim *claim, int64_t value);

/* ---- sensitivity of one figure ---- */

struct tta_tornado_row {
    size_t input;
    int64_t at_low, at_high;
    int64_t swing; /* how far apart those are */
};
/*
 * Each input that the figure rests on and that has a range, at its ends, the
 * others as they are; the largest swing first.
 */
int tta_scenario_one_way(const struct tta_scenario *s, size_t figure,
                         struct tta_tornado_row rows[TTA_SCENARIO_INPUTS], size_t *count,
                         struct tta_error *e);

/* The step-th of steps + 1 values evenly from..to; false when too large to hold. */
bool tta_scenario_between(int64_t from, int64_t to, int64_t step, int64_t steps, int64_t *out);

/*
 * One draw of all inputs that have a distribution, and the figure. An input
 * takes a word w of the stream and is the quantile at (floor(w / 2^11) + 1/2) /
 * 2^53, moved to least or most where it lies outside, and to the nearest whole
 * number where it is one; moved[i] counts those of input i that lay outside.
 * *value is TTA_INTEGER_NONE when it is never paid back.
 */
int tta_scenario_draw(const struct tta_scenario *s, size_t figure, struct tta_stream *stream,
                      int64_t *value, int64_t moved[TTA_SCENARIO_INPUTS], struct tta_error *e);

/*
 * Sorts the n > 0 values. Quantiles are R's type 7; deviation with n - 1 (0 for
 * one). TTA_INTEGER_NONE, never, is above all: mean and deviation are NAN when
 * there is one, and so is a quantile that rests on one.
 */
struct tta_scenario_spread {
    double mean, deviation, lower, median, upper; /* in the figure's unit */
    double never;                                 /* share of draws */
    double above;                                 /* share of draws above the threshold */
};
void tta_scenario_summarize(int64_t *values, size_t n, double level, int64_t threshold,
                            struct tta_scenario_spread *out);

#endif
