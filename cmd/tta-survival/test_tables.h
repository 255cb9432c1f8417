/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_SURVIVAL_TEST_TABLES_H
#define TTA_CMD_SURVIVAL_TEST_TABLES_H
/* The tables that tta-survival test can write. */
#include "grouped.h"

extern const struct tta_column test_columns[], test_variance_columns[];

int test_write(struct tta_run *run, const struct grouped *g, const struct tta_logrank *t,
               struct tta_error *e);
int test_write_variance(struct tta_run *run, const struct grouped *g, const struct tta_logrank *t,
                        struct tta_error *e);

#endif
