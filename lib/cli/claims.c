/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No file of a run is written over another one that it reads or writes. */
#include <stdlib.h>
#include <sys/stat.h>

#include "cli.h"

bool tta_same_file(const char *a, const char *b)
{
    struct stat x, y;

    return strcmp(a, b) == 0 || (stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) &&
                                 x.st_dev == y.st_dev && x.st_ino == y.st_ino);
}

/* What the runner itself writes to. */
static const char *output_at(const struct tta_run *run, const char *path)
{
    const struct tta_common *c = &run->common;

    if (c->output != NULL && tta_same_file(path, c->output))
        return "output";
    if (c->rejects != NULL && tta_same_file(path, c->rejects))
        return "rejects";
    return c->manifest != NULL && tta_same_file(path, c->manifest) ? "manifest" : NULL;
}

static int note_claim(struct tta_run *run, const char *option, const char *path, bool written,
                      struct tta_error *e)
{
    struct tta_claim *grown = realloc(run->claims, (run->claim_count + 1) * sizeof *grown);
    char *copy = tta_text_copy(tta_text_of(path));

    if (grown != NULL)
        run->claims = grown;
    if (grown == NULL || copy == NULL) {
        free(copy);
        return tta_fail_memory(e);
    }
    grown[run->claim_count++] = (struct tta_claim){option, copy, written};
    return 0;
}

static int no_own(const char *option, struct tta_error *e)
{
    return tta_fail(e, TTA_E_USAGE, "--%s needs a file of its own", option);
}

int tta_claim_file(struct tta_run *run, const char *option, const char *path, struct tta_error *e)
{
    if (strcmp(path, "-") == 0 || output_at(run, path) != NULL)
        return no_own(option, e);
    for (size_t i = 0; i < run->file_count; i++)
        if (tta_same_file(path, run->files[i]))
            return no_own(option, e);
    for (size_t i = 0; i < run->claim_count; i++)
        if (tta_same_file(path, run->claims[i].path))
            return no_own(option, e);
    return note_claim(run, option, path, true, e);
}

int tta_guard_file(struct tta_run *run, const char *option, const char *path, struct tta_error *e)
{
    const char *output = output_at(run, path);

    if (output != NULL)
        return tta_fail(e, TTA_E_USAGE, "--%s would write over the file of --%s", output, option);
    for (size_t i = 0; i < run->claim_count; i++)
        if (run->claims[i].written && tta_same_file(path, run->claims[i].path))
            return no_own(run->claims[i].option, e);
    return note_claim(run, option, path, false, e);
}

void tta_release_claims(struct tta_run *run)
{
    for (size_t i = 0; i < run->claim_count; i++)
        free(run->claims[i].path);
    free(run->claims);
}
