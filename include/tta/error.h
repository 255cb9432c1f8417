/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_ERROR_H
#define TTA_ERROR_H
/*
 * One error, owned by the caller, passed as the last argument.
 *
 * A function that can fail returns 0 or one of the negative codes below and
 * fills the error. The first failure wins: a later tta_fail() on the same
 * error changes nothing, so a caller only ever adds *where* (tta_error_place),
 * never *why*. The text never holds a cell's content: cells hold CPR numbers.
 */
#include <stdint.h>

#if defined(__GNUC__)
#define TTA_PRINTF(text, args) __attribute__((format(printf, text, args)))
#else
#define TTA_PRINTF(text, args)
#endif

/* The negative of each code is the exit status of the program (sysexits.h). */
enum tta_code {
    TTA_OK = 0,
    TTA_E_NO = -1,        /* ran to the end, the answer is no */
    TTA_E_USAGE = -64,    /* wrong command line */
    TTA_E_DATA = -65,     /* the input is wrong */
    TTA_E_NOINPUT = -66,  /* an input file cannot be opened */
    TTA_E_INTERNAL = -70, /* a promise inside the program is broken */
    TTA_E_MEMORY = -71,   /* out of memory */
    TTA_E_CREATE = -73,   /* an output file cannot be made */
    TTA_E_IO = -74,       /* reading or writing failed */
    TTA_E_KEY = -77,      /* a key file that others may read */
    TTA_E_CONFIG = -78    /* a rule, scheme, model or dialect document is wrong */
};

struct tta_error {
    int code;         /* 0 while nothing has failed */
    int64_t line;     /* 1-based line of the source, 0 = not known */
    int64_t record;   /* 1-based data record of the source, 0 = not known */
    char source[256]; /* file name, "standard input" or document name; may be empty */
    char column[96];  /* column name; may be empty */
    char text[1024];  /* one line, no newline */
};

/* Sets code and text unless the error is set already. Returns e->code. */
int tta_fail(struct tta_error *e, int code, const char *format, ...) TTA_PRINTF(3, 4);

/* Fills source and line where they are still empty. source may be NULL. Returns e->code. */
int tta_error_place(struct tta_error *e, const char *source, int64_t line);

/* Makes the error ready for use again. */
void tta_error_clear(struct tta_error *e);

/* The usual sentence for a failed allocation; returns TTA_E_MEMORY. */
int tta_fail_memory(struct tta_error *e);

#endif
