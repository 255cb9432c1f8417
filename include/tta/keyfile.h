/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_KEYFILE_H
#define TTA_KEYFILE_H
#include "tta/error.h"

/*
 * Reads a key of 32 bytes. The file must be a regular one, not a link, of this
 * user or root, and nobody else may read or write it: else TTA_E_KEY, with the
 * chmod that mends it. TTA_E_NOINPUT when it cannot be opened, TTA_E_DATA when
 * it is not 32 bytes long. The caller wipes the key.
 */
int tta_keyfile_read(const char *path, unsigned char key[32], struct tta_error *e);

#endif
