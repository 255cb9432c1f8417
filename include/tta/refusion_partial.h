/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_REFUSION_PARTIAL_H
#define TTA_REFUSION_PARTIAL_H
/*
 * Sums of parts, put together: every part says which part of which input it is
 * (a head), with the sums of what it holds, and then has its sums by period.
 * So a part that is missing, stands twice, or was cut short is noticed.
 */
#include "tta/refusion_totals.h"

#define TTA_INPUT_ID_SIZE 33

struct tta_partial_head {
    char input[TTA_INPUT_ID_SIZE]; /* 32 hexadecimal digits of the input's hash */
    int64_t index, count;          /* part index of count, from 1; 1 of 1: the whole input */
    char key[96];                  /* the column it was divided by; "" for the whole */
};

/* "2/16 by case_id", "1/1". */
#define TTA_PARTIAL_NAME_SIZE 160
void tta_partial_name(const struct tta_partial_head *h, char out[TTA_PARTIAL_NAME_SIZE]);
/* Fills all but the input; false when it is no such text. */
bool tta_partial_name_parse(struct tta_text name, struct tta_partial_head *h);
void tta_partial_input(const unsigned char hash[32], struct tta_partial_head *h);

/* What the inputs of one part come to, by input from 0; {0} has none. */
struct tta_partial_inputs {
    int64_t (*sums)[TTA_SUMS];
    size_t count;
};
/* Room for that input: 0 or TTA_E_MEMORY. */
int tta_partial_inputs_room(struct tta_partial_inputs *p, size_t input, struct tta_error *e);
/* A case of an input that has room: what it made the totals grow by. before: all, before it. */
void tta_partial_inputs_case(struct tta_partial_inputs *p, size_t input,
                             const int64_t before[TTA_SUMS], const int64_t after[TTA_SUMS]);
/* Borrowed; zeros for an input without cases. */
const int64_t *tta_partial_inputs_sums(const struct tta_partial_inputs *p, size_t input);
void tta_partial_inputs_release(struct tta_partial_inputs *p);

/* {0} has none. */
struct tta_partials {
    struct tta_partial_head *heads;
    size_t count, cap;
    int64_t open[TTA_SUMS]; /* what the heads said less the rows seen since */
    bool rows;              /* seen since the last head */
    const char *source;     /* borrowed: where the first head of the part at hand stood */
    int64_t line;
};

/*
 * TTA_E_DATA: the part stands twice (a whole input without cases may), the input
 * was divided otherwise before, or the part before did not hold what it said (the
 * error then has the place of that). source and line: where the head stands.
 */
int tta_partials_head(struct tta_partials *p, const struct tta_partial_head *head,
                      const char *source, int64_t line, const int64_t sums[TTA_SUMS],
                      struct tta_error *e);
/* A row of sums; cases are not compared, as one can be in several periods. */
int tta_partials_row(struct tta_partials *p, const int64_t sums[TTA_SUMS], struct tta_error *e);
/* TTA_E_DATA: a part is missing, or the last did not hold what it said. */
int tta_partials_end(struct tta_partials *p, struct tta_error *e);
void tta_partials_release(struct tta_partials *p);

#endif
