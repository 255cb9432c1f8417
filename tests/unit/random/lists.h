/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_LISTS_H
#define TTA_TEST_LISTS_H
/* Plans and lists for the tests of methods. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "tta/allocate.h"

/* ck_assert keeps a log of every call; this one is for loops over very many rows. */
#define must(condition)                                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg("not so: %s", #condition);                                                \
    } while (0)

/* "method=blocks arms=a:2,b:1 blocks=3,6", checked. */
static inline int try_plan(struct tta_plan *p, const char *settings, struct tta_error *e)
{
    char words[512], *word = words;
    int rc = 0;

    memset(p, 0, sizeof *p);
    snprintf(words, sizeof words, "%s", settings);
    while (rc == 0 && word != NULL && *word != '\0') {
        char *next = strchr(word, ' '), *equals = strchr(word, '=');

        if (next != NULL)
            *next++ = '\0';
        *equals = '\0';
        rc = tta_plan_set(p, word, equals + 1, e);
        word = next;
    }
    return rc == 0 ? tta_plan_check(p, e) : rc;
}

static inline struct tta_plan plan_of(const char *settings)
{
    struct tta_plan p;
    struct tta_error e = {0};

    if (try_plan(&p, settings, &e) != 0)
        ck_abort_msg("%s: %s", settings, e.text);
    return p;
}

static inline struct tta_key key_of(const char *what, int number)
{
    struct tta_key key;
    char text[64];

    snprintf(text, sizeof text, "%s %d", what, number);
    tta_key_from_text(tta_text_of(text), &key);
    return key;
}

static inline void add(struct tta_units *u, const struct tta_plan *p, const union tta_slot *cells)
{
    struct tta_error e = {0};

    if (tta_units_add(u, p, cells, &e) != 0)
        ck_abort_msg("%s", e.text);
}

/* n units of a plan that reads no column. */
static inline struct tta_units units_of(const struct tta_plan *p, size_t n)
{
    struct tta_units u = {0};
    union tta_slot none = {.integer = 0};

    for (size_t i = 0; i < n; i++)
        add(&u, p, &none);
    return u;
}

static inline struct tta_allocation allocate(const struct tta_plan *p, struct tta_key key,
                                             const struct tta_units *u)
{
    struct tta_allocation a;
    struct tta_error e = {0};

    if (tta_allocate(p, &key, u, &a, &e) != 0)
        ck_abort_msg("%s", e.text);
    return a;
}

/* sum of (seen - expected)^2 / expected; p adds up to 1 */
static inline double chi_square(const int *seen, const double *p, size_t cells)
{
    double n = 0, chi = 0;

    for (size_t i = 0; i < cells; i++)
        n += seen[i];
    for (size_t i = 0; i < cells; i++)
        chi += (seen[i] - n * p[i]) * (seen[i] - n * p[i]) / (n * p[i]);
    return chi;
}

#endif
