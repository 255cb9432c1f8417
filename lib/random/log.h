/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_RANDOM_LOG_H
#define TTA_LIB_RANDOM_LOG_H
/* What the files of the log share. */
#include "tta/log.h"

#define TTA_LOG_COLUMNS (2 * TTA_TERMS_MAX + 8) /* strata, factors and single ones */

/* The line that the chain came to is this unit's. */
int tta_log_keep(struct tta_log *l, struct tta_text id, const char *cells, struct tta_text stratum,
                 struct tta_text arm, struct tta_error *e);

#endif
