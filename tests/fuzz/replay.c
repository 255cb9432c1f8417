/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs files through a fuzz target as an ordinary test. Usage: fuzz-replay TARGET
 * FILE...; prints the file before it runs it, so that a crash has a name. Every
 * target is linked in under a name of its own (scripts/targets.mk).
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int target_fn(const uint8_t *data, size_t size);

target_fn fuzz_csv, fuzz_dialect, fuzz_document, fuzz_jsonl, fuzz_number;

static const struct {
    const char *name;
    target_fn *run;
} targets[] = {
    {"csv", fuzz_csv},     {"dialect", fuzz_dialect}, {"document", fuzz_document},
    {"jsonl", fuzz_jsonl}, {"number", fuzz_number},
};

/* false when the file cannot be read. */
static int replay(target_fn *run, const char *path)
{
    FILE *f = fopen(path, "rb");
    long size;
    uint8_t *data; /* of the exact size, so that the sanitizer watches its end */
    int good;

    if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0) {
        if (f != NULL)
            fclose(f);
        return 0;
    }
    rewind(f);
    data = malloc(size > 0 ? (size_t)size : 1);
    good = data != NULL && fread(data, 1, (size_t)size, f) == (size_t)size;
    fclose(f);
    if (good) {
        printf("%s\n", path);
        fflush(stdout);
        run(data, (size_t)size);
    }
    free(data);
    return good;
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 2 && i < sizeof targets / sizeof *targets; i++) {
        if (strcmp(targets[i].name, argv[1]) != 0)
            continue;
        for (int k = 2; k < argc; k++)
            if (!replay(targets[i].run, argv[k])) {
                fprintf(stderr, "fuzz-replay: %s: cannot be read\n", argv[k]);
                return 1;
            }
        return 0;
    }
    fprintf(stderr, "usage: fuzz-replay TARGET FILE..., where TARGET is one of tests/fuzz/*.c\n");
    return 2;
}
