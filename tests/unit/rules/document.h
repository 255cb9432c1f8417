/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RULES_DOCUMENT_H
#define TESTS_UNIT_RULES_DOCUMENT_H
/* Tables for the tests: written to a file, loaded by path, the file removed. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tta/rules.h"

/* The inputs that most tests use: one nullable column of every type, and a second one. */
#define ALL_INPUTS                                                                                                            \
    IN("i", "integer")                                                                                                        \
    "," IN("i2", "integer") "," IN("d", "decimal") "," IN("d2", "decimal") "," IN("m", "money") "," IN("m2", "money") "," IN( \
        "t",                                                                                                                  \
        "date") "," IN("t2",                                                                                                  \
                       "date") "," IN("b",                                                                                    \
                                      "boolean") "," IN("b2",                                                                 \
                                                        "boolean") "," IN("s",                                                \
                                                                          "text") "," IN("s2",                                \
                                                                                         "text") "," CHOICE("c") "," CHOICE("c2")
#define DESCRIBED "\"description\":{\"en\":\"x\",\"da\":\"x\"}"
#define IN(name, type)                                                                             \
    "{\"name\":\"" name "\",\"type\":\"" type "\",\"nullable\":true," DESCRIBED "}"
#define CHOICE(name)                                                                               \
    "{\"name\":\"" name "\",\"type\":\"text\",\"nullable\":true,\"values\":[\"red\",\"green\","    \
    "\"blue\"]," DESCRIBED "}"
enum { I, I2, D, D2, M, M2, T, T2, B, B2, S, S2, C, C2, INPUTS };

#define RULE(id, when, then)                                                                       \
    "{\"id\":\"" id "\",\"when\":" when ",\"then\":" then                                          \
    ",\"because\":{\"en\":\"x\",\"da\":\"x\"},\"source\":\"test\"}"
#define OUT "{\"name\":\"o\",\"type\":\"integer\"}"

/* A whole document; more: further members, each with a comma behind. */
static inline char *document(const char *more, const char *inputs, const char *outputs,
                             const char *rules)
{
    static const char form[] = "{\"id\":\"test\",\"title\":\"t\",\"valid_from\":\"2009-01-01\","
                               "\"valid_to\":null,\"source\":\"test\",\"confidence\":\"seen\",%s"
                               "\"inputs\":[%s],\"outputs\":[%s],\"rules\":[%s]}";
    size_t size = sizeof form + strlen(more) + strlen(inputs) + strlen(outputs) + strlen(rules);
    char *text = malloc(size);

    ck_assert_ptr_nonnull(text);
    snprintf(text, size, form, more, inputs, outputs, rules);
    return text;
}

static inline int load_text(char *text, struct tta_rules **out, struct tta_error *e)
{
    char path[] = "/tmp/tta-rules-XXXXXX";
    int fd = mkstemp(path), code;
    size_t len = strlen(text);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, len), (ssize_t)len);
    close(fd);
    code = tta_rules_load(path, out, e);
    unlink(path);
    free(text);
    return code;
}

static inline struct tta_rules *load_good(char *text)
{
    struct tta_error e = {0};
    struct tta_rules *r = NULL;
    int code = load_text(text, &r, &e);

    ck_assert_msg(code == 0, "%s", e.text);
    ck_assert_ptr_nonnull(r);
    return r;
}

/* All inputs missing. */
static inline void clear_row(const struct tta_rules *r, union tta_slot *row)
{
    for (size_t i = 0; i < r->input_count; i++)
        tta_type_set_missing(r->inputs[i].type, &row[i]);
}

#endif
