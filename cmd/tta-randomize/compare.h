/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_RANDOMIZE_COMPARE_H
#define TTA_CMD_RANDOMIZE_COMPARE_H
/* A draw done again, against the arms of the list and what an audit file claims. */
#include "lots.h"

struct comparison {
    struct lots lots;
    struct tta_audit claim; /* what the audit file says; its plan is that of lots */
    char promised[TTA_HEX_SIZE];
    struct tta_names given; /* the arms of the rows */
    struct compared_row {
        int32_t arm; /* in given; -1: the row says none */
        struct place place;
    } * row;
    size_t rows, cap;
    bool armed;    /* some row says its arm */
    size_t offset; /* of the arm in the record */
};

/* Is that an arm of the plan? */
bool compare_knows(const struct comparison *c, struct tta_text name);

/* In record: room for the row at hand, which says no arm yet; NULL when memory is out. */
struct compared_row *compare_new_row(const struct tta_run *run, struct comparison *c,
                                     struct tta_error *e);

/* Each fails with TTA_E_NO and what differs. The key and the number of rows, before drawing: */
int compare_before(const struct comparison *c, struct tta_error *e);
/* The units, by the hashes of the rows, counted as well: */
int compare_list(const struct comparison *c, struct tta_error *e);
/* The arms of the rows: */
int compare_rows(const struct comparison *c, struct tta_error *e);
/* The hashes, once the draw has been counted: */
int compare_claim(const struct comparison *c, struct tta_error *e);

#endif
