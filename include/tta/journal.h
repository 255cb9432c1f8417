/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_JOURNAL_H
#define TTA_JOURNAL_H
/*
 * A text file that only grows, safe against two writers at once and a kill at any
 * instant. Whole lines are appended and are on the disk before append returns. With
 * guarded a second file beside it, PATH.head, holds a short text about its state,
 * written after the lines: so lines cut off later are missed.
 */
#include "tta/text.h"

struct tta_journal {
    const char *path;        /* borrowed */
    char *head_path;         /* NULL: not guarded */
    int fd;                  /* -1: not open */
    struct tta_buffer bytes; /* all whole lines */
    struct tta_buffer head;  /* empty: not written yet */
    bool made, made_head;    /* new, and nothing was written yet: removed when closed */
    size_t torn;             /* bytes behind the last whole line: a run was killed */
};

/*
 * Opens, making it (mode 0600) when it is not there, waits until no other process has
 * it, and reads it all. A folder, a link to nothing or a device is TTA_E_CREATE.
 * {0} is not open: close allowed.
 */
int tta_journal_open(struct tta_journal *j, const char *path, bool guarded, struct tta_error *e);

/* Opens for reading only: TTA_E_NOINPUT when it is not there. */
int tta_journal_read(struct tta_journal *j, const char *path, struct tta_error *e);

/*
 * Appends lines, in the place of what is torn, then sets the head (when guarded).
 * After a failure (TTA_E_IO) the file is as it was, if the disk allows.
 */
int tta_journal_append(struct tta_journal *j, struct tta_text lines, struct tta_text head,
                       struct tta_error *e);

void tta_journal_close(struct tta_journal *j);

#endif
