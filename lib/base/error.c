/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tta/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int tta_fail(struct tta_error *e, int code, const char *format, ...)
{
    va_list args;

    if (e->code != 0)
        return e->code;
    e->code = code;
    va_start(args, format);
    vsnprintf(e->text, sizeof e->text, format, args);
    va_end(args);
    return code;
}

int tta_error_place(struct tta_error *e, const char *source, int64_t line)
{
    if (e->code != 0 && e->source[0] == '\0' && source != NULL)
        snprintf(e->source, sizeof e->source, "%s", source);
    if (e->code != 0 && e->line == 0)
        e->line = line;
    return e->code;
}

void tta_error_clear(struct tta_error *e)
{
    memset(e, 0, sizeof *e);
}

int tta_fail_memory(struct tta_error *e)
{
    return tta_fail(e, TTA_E_MEMORY, "out of memory");
}
