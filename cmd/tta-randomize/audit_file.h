/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_CMD_RANDOMIZE_AUDIT_FILE_H
#define TTA_CMD_RANDOMIZE_AUDIT_FILE_H
/* The audit file on disk: entries read, checked and appended. */
#include "tta/audit.h"

/*
 * Appends an entry behind those that are there, which are all checked first. When the
 * last of them that commits does so to another key, it is refused: this draw is not
 * the one that was promised.
 */
int audit_append(const char *path, const struct tta_audit *entry, struct tta_error *e);

/*
 * The entry on that line, or the last draw where line is 0, its settings in plan. last
 * (may be NULL): the last commitment up to there, "" when there is none.
 */
int audit_find(const char *path, int64_t line, struct tta_audit *out, struct tta_plan *plan,
               char last[TTA_HEX_SIZE], struct tta_error *e);

#endif
