/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_DATA_FILE_H
#define TTA_LIB_DATA_FILE_H
#include "tta/text.h"

/*
 * Reads a whole document file of TTA_DOCUMENT_MAX bytes at the most into an
 * empty buffer, which the caller releases, whatever comes back.
 */
int tta_document_read(const char *path, struct tta_buffer *out, struct tta_error *e);

#endif
