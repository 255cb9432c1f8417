/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RULES_TOLD_H
#define TESTS_UNIT_RULES_TOLD_H
/* A small table, and what its analysis tells. */
#include "document.h"

#define VAR(name) "{\"var\":\"" name "\"}"
#define COL(name, type, more) "{\"name\":\"" name "\",\"type\":\"" type "\"," more DESCRIBED "}"
#define COLUMNS                                                                                    \
    COL("n", "integer", "\"minimum\":0,\"maximum\":99,")                                           \
    "," COL("b", "boolean", "") "," COL("c", "text", "\"values\":[\"red\",\"green\"],") "," COL(   \
        "x", "text", "") "," COL("t", "date", "") "," COL("u", "date", "\"nullable\":true,")
#define RESULT "{\"name\":\"o\",\"type\":\"integer\",\"values\":[1,2]}"

/* What is told of a table, and how many faults there are. */
static inline void told(char *text, size_t faults, const char *first)
{
    struct tta_rules *r = load_good(text);
    struct tta_buffer out = {0};
    struct tta_error e = {0};
    size_t found = 99;

    ck_assert_msg(tta_rules_analyse(r, &out, &found, &e) == 0, "%s", e.text);
    ck_assert_int_eq(tta_buffer_char(&out, '\0'), 0);
    ck_assert_msg(found == faults, "%zu: %s", found, out.ptr);
    ck_assert_msg(strncmp(out.ptr, first, strlen(first)) == 0, "%s", out.ptr);
    tta_buffer_release(&out);
    tta_rules_free(r);
}

#define TABLE(more, rules) document(more, COLUMNS, RESULT, rules)
#define LESS(k) "{\"<\":[" VAR("n") "," k "]}"
#define NOT_LESS(k) "{\">=\":[" VAR("n") "," k "]}"

#endif
