/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_STAT_SUPPORT_H
#define TTA_TEST_STAT_SUPPORT_H
/* Variables from texts, read as a filter's TTA_EITHER column reads them. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tta/frame.h"

static inline struct tta_either either_of(const char *text, struct tta_number_style style)
{
    struct tta_either v = {tta_text_of(text), 0};

    if (tta_double_parse(v.text, style, &v.number) != NULL)
        v.number = NAN;
    return v;
}

/* Adds the words of a text ("a b a") as rows; the code of the first that fails, or 0. */
static inline int add_words(struct tta_variable *v, const char *words,
                            struct tta_number_style style, struct tta_error *e)
{
    char word[32];

    while (*words != '\0') {
        size_t len = strcspn(words, " ");
        struct tta_either value;
        int rc;

        memcpy(word, words, len);
        word[len] = '\0';
        value = either_of(word, style);
        rc = tta_variable_add(v, &value, e);
        if (rc != 0)
            return rc;
        words += len + (words[len] == ' ');
    }
    return 0;
}

/* A finished variable of the words. */
static inline struct tta_variable variable_of(const char *name, const char *words, bool forced)
{
    static const struct tta_number_style plain = {'.', 0};
    struct tta_variable v = {.name = name, .forced = forced};
    struct tta_error e = {0};

    ck_assert_int_eq(add_words(&v, words, plain, &e), 0);
    ck_assert_int_eq(tta_variable_finish(&v, &e), 0);
    return v;
}

/* The levels in order, "a b c". */
static inline void expect_levels(const struct tta_variable *v, const char *wanted)
{
    struct tta_buffer b = {0};

    for (int32_t i = 0; i < v->levels.count; i++) {
        struct tta_text t = tta_variable_level(v, i);

        tta_buffer_string(&b, i > 0 ? " " : "");
        tta_buffer_append(&b, t.ptr, t.len);
    }
    tta_buffer_char(&b, '\0');
    ck_assert_str_eq(b.ptr, wanted);
    tta_buffer_release(&b);
}

#endif
