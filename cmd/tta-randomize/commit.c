/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tta-randomize commit and reveal: a promise of a key before recruitment, and the
 * answer whether a key is the one that was promised (man tta-generator, The commitment to a key).
 * Neither shows the key.
 */
#include <stdio.h>

#include "audit_file.h"
#include "tta-randomize.h"
#include "tta/keyfile.h"

struct args {
    const char *key_file, *audit, *commitment;
};

#define KEY_FILE                                                                                   \
    {                                                                                              \
        .name = "key-file", .value = "FILE", .kind = TTA_OPT_TEXT, .needed = true,                 \
        .offset = offsetof(struct args, key_file), .help = "secret key of 32 bytes, mode 0600"     \
    }

static const struct tta_option commit_options[] = {
    KEY_FILE,
    {.name = "audit",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, audit),
     .help = "append the commitment, so that draws under another key are refused"},
    {.name = NULL},
};

static const struct tta_option reveal_options[] = {
    KEY_FILE,
    {.name = "audit",
     .value = "FILE",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, audit),
     .help = "holds the commitment"},
    {.name = "commitment",
     .value = "HEX",
     .kind = TTA_OPT_TEXT,
     .offset = offsetof(struct args, commitment),
     .help = "the commitment itself: 64 digits"},
    {.name = NULL},
};

static int commitment_of(struct tta_run *run, char hex[TTA_HEX_SIZE], struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct tta_key key;
    int rc = tta_guard_file(run, "key-file", args->key_file, e);

    if (rc == 0)
        rc = tta_keyfile_read(args->key_file, key.bytes, e);
    if (rc == 0)
        tta_key_commitment(&key, hex);
    tta_key_wipe(&key);
    return rc;
}

static int answer(struct tta_run *run, const char *text, const char *no, struct tta_error *e)
{
    struct tta_buffer line = {0};
    int rc = tta_buffer_format(&line, "%s%s", text, *text == '\0' ? "" : "\n");

    rc = rc != 0 ? tta_fail_memory(e) : tta_answer(run, &line, no, e);
    tta_buffer_release(&line);
    return rc;
}

static int begin_commit(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    struct tta_audit entry = {.kind = TTA_AUDIT_COMMIT};
    int rc = tta_takes_no_file(run, e);

    if (rc == 0)
        rc = commitment_of(run, entry.commitment, e);

    snprintf(entry.program, sizeof entry.program, "tta-randomize " TTA_VERSION);
    if (rc == 0 && args->audit != NULL)
        rc = tta_claim_file(run, "audit", args->audit, e);
    if (rc == 0 && args->audit != NULL)
        rc = audit_append(args->audit, &entry, e);
    return rc == 0 ? answer(run, entry.commitment, NULL, e) : rc;
}

static int begin_reveal(struct tta_run *run, struct tta_error *e)
{
    const struct args *args = tta_args(run);
    char promised[TTA_HEX_SIZE] = "", hex[TTA_HEX_SIZE];
    struct tta_audit draw = {0};
    struct tta_plan plan = {0};
    int rc = tta_takes_no_file(run, e);

    if (rc != 0)
        return rc;
    if ((args->audit == NULL) == (args->commitment == NULL))
        return tta_fail(e, TTA_E_USAGE, "either --audit=FILE or --commitment=HEX is needed");
    if (args->commitment != NULL && (strlen(args->commitment) != TTA_HEX_SIZE - 1 ||
                                     strspn(args->commitment, "0123456789abcdefABCDEF") != 64))
        return tta_fail(e, TTA_E_USAGE, "--commitment: 64 digits, 0 to 9 and a to f");
    if (args->audit != NULL)
        rc = tta_guard_file(run, "audit", args->audit, e);
    if (rc == 0 && args->audit != NULL)
        rc = audit_find(args->audit, 0, &draw, &plan, promised, e);
    if (rc == 0 && promised[0] == '\0')
        snprintf(promised, sizeof promised, "%s",
                 args->commitment != NULL ? args->commitment : draw.commitment);
    if (rc == 0 && promised[0] == '\0')
        rc = tta_fail(e, TTA_E_DATA, "the audit file holds no commitment");
    tta_audit_release(&draw);
    tta_plan_release(&plan);
    if (rc == 0)
        rc = commitment_of(run, hex, e);
    if (rc != 0)
        return rc;
    return tta_text_equal_fold(tta_text_of(promised), hex)
               ? answer(run, "the key is the one that was committed to", NULL, e)
               : answer(run, "", "the key is not the one that was committed to", e);
}

const struct tta_tool tta_randomize_commit = {
    .command = "commit",
    .summary = "promise a key without showing it",
    .example = "  tta-randomize commit --key-file=trial.key --audit=trial.audit",
    .about = "Prints 64 digits to publish before recruitment: nobody can find the key from them,\n"
             "and no other key has them.",
    .shape = TTA_SOURCE,
    .options = commit_options,
    .args_size = sizeof(struct args),
    .begin = begin_commit,
};

const struct tta_tool tta_randomize_reveal = {
    .command = "reveal",
    .summary = "say whether a key is the one that was committed to",
    .example = "  tta-randomize reveal --key-file=trial.key --audit=trial.audit",
    .about = "Exit status 0 when it is, 1 when it is not. The key is not shown: when it may be\n"
             "public, publish the file itself.",
    .shape = TTA_SOURCE,
    .options = reveal_options,
    .args_size = sizeof(struct args),
    .begin = begin_reveal,
};
