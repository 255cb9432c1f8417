/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_DESCRIPTOR_H
#define TTA_DESCRIPTOR_H
/*
 * Reading from a file descriptor, patient with signals and with descriptors that
 * somebody set non-blocking. A folder is TTA_E_NOINPUT, anything else TTA_E_IO.
 */
#include "tta/text.h"

/* One read(2) of at most room bytes. *got 0: the end. */
int tta_read_some(int fd, void *out, size_t room, size_t *got, struct tta_error *e);

/*
 * All that is left, put behind what the buffer holds. Stops when the buffer holds more than
 * most bytes, so that the caller sees that there were too many.
 */
int tta_read_whole(int fd, size_t most, struct tta_buffer *out, struct tta_error *e);

#endif
