/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_COST_LOAD_ROWS_H
#define TTA_LIB_COST_LOAD_ROWS_H
/* What documents of prices, benefits and an index have in common: a currency and rows. */
#include "tta/data.h"

/* Where they go, in the struct that out of take is. */
struct tta_cost_rows {
    char *id;            /* 64 */
    unsigned char *hash; /* 32 */
    char *currency;      /* 4 */
    bool *uncertain;
    int (*take)(const struct tta_document *d, const json_t *row, size_t number, void *out,
                struct tta_error *e);
};

int tta_cost_rows_load(const char *kind, const char *name_or_path, const struct tta_cost_rows *to,
                       void *out, struct tta_error *e);

#endif
