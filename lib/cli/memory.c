/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Jansson 2.14 writes beyond its own buffers when an allocation fails inside a
 * string (lex_scan_string goes on without the closing quote that it could not
 * save). So in our programs Jansson's allocations do not fail: without memory
 * the program ends there. Documents are read before any output is opened.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static const char *program_name;

static void say(const char *text)
{
    if (write(2, text, strlen(text)) < 0)
        return; /* nobody to tell */
}

static void *allocate(size_t size)
{
    void *p = malloc(size);

    if (p != NULL)
        return p;
    say(program_name);
    say(": out of memory\n");
    _exit(-TTA_E_MEMORY);
}

void tta_guard_json(const char *name)
{
    program_name = name;
    json_set_alloc_funcs(allocate, free);
}
