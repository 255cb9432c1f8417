/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TEST_QUICK_H
#define TTA_TEST_QUICK_H
/* An assertion for loops of a million: Check writes to a file for every ck_assert that passes. */
#include <check.h>

#define quick_assert(condition)                                                                    \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg("%s", #condition);                                                        \
    } while (0)

#endif
