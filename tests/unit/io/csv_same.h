/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_CSV_SAME_H
#define TTA_TEST_CSV_SAME_H
#include "../../fuzz/csv_reference.h"

#include <check.h>

/* The same answer read at once and in pieces, under several delimiters. */
static inline void same(const char *bytes, size_t len, uint64_t seed)
{
    static const char delimiters[] = ",;\t|";

    /* long texts are never cut here: through_a_pipe does that */
    for (uint64_t i = 0; i < (len > 4096 ? 4 : 8); i++) {
        uint64_t state = seed * 2654435761U + i;
        const char *differs =
            ref_check(bytes, len, delimiters[i % 4], i < 4 || state == 0 ? NULL : &state);

        ck_assert_msg(differs == NULL, "seed %llu, way %llu: %s", (unsigned long long)seed,
                      (unsigned long long)i, differs);
    }
}

#endif
