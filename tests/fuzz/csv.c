/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reader of CSV beside libcsv, on any bytes and cut anywhere. The first byte
 * says which delimiter, the second how the rest is cut (0: not at all).
 */
#include "csv_reference.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = ",;\t|";
    uint64_t state;
    const char *differs;

    if (size < 2)
        return 0;
    state = UINT64_C(0x9E3779B97F4A7C15) * data[1];
    differs = ref_check(data + 2, size - 2, delimiters[data[0] % 4], state == 0 ? NULL : &state);
    if (differs != NULL) {
        fprintf(stderr, "csv: %s\n", differs);
        abort();
    }
    return 0;
}
