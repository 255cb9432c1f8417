/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_LIB_CLI_CLI_H
#define TTA_LIB_CLI_CLI_H
/*
 * What the files of lib/cli share. This is the only layer that knows argv,
 * standard streams, signals and exit statuses.
 */
#include <sodium.h>

#include "tta/reader.h"
#include "tta/tool.h"
#include "tta/writer.h"

struct tta_common {
    int from, to; /* enum tta_format, or -1 */
    const char *delimiter, *decimal, *group, *date_format, *encoding, *dialect;
    struct tta_list rename, missing;
    const char *output, *rejects, *manifest, *shard, *shard_key;
    int64_t max_rejects, expect_rows;
    bool progress, schema, bom, crlf, help, version;
    const char *print_data, *completion;
};

extern const struct tta_option tta_common_options[];
extern const struct tta_common tta_common_defaults;

/* A file that appears under its name only when all went well (output.c). */
struct tta_file {
    struct tta_writer writer;
    char *path; /* final name, or NULL for standard output and devices */
    char *temp; /* name while it is written */
    crypto_generichash_state hash;
    bool hashed;
};

struct tta_input {
    const char *name;
    int64_t bytes, rows;
    unsigned char hash[crypto_generichash_BYTES];
};

/* Rows kept as text until the end (hold.c). */
struct tta_held;

/* A file that an option of the tool names (claims.c). */
struct tta_claim {
    const char *option; /* borrowed */
    char *path;
    bool written;
};

/* For the manifest: each with its NUL. */
struct tta_notes {
    struct tta_buffer text;
    bool lost; /* memory was out for one */
};

struct tta_run {
    const struct tta_program *program;
    const struct tta_tool *tool;
    enum tta_shape shape; /* the tool's, or what it set */
    struct tta_common common;
    int drawing; /* what --to said, of the tool's drawings; below 0: none of them */
    void *args, *state, *record;
    size_t record_size;
    char **argv;
    int argc;
    const char **files;
    size_t file_count;

    struct tta_dialect dialect;
    struct tta_dialect_file *dialect_file;
    char missing_text[2];
    struct tta_layout layout;

    struct tta_column *reads, *adds;
    size_t read_count, add_count;
    struct tta_binding *bindings;
    struct tta_binding *bound; /* those of columns that are there */
    size_t bound_count;
    union tta_slot *own, *blank; /* blank: all missing */
    struct tta_aliases *aliases;

    struct tta_text *names; /* of the first input, after renaming; owned */
    size_t name_count;
    bool *renamed_used; /* which --rename found its column */
    size_t shard_column;
    const char *group_name; /* borrowed; NULL: no groups */
    size_t group_column;
    struct tta_buffer group_key; /* of the row before */
    bool group_seen, group_begins;
    int64_t shard_index, shard_count;

    struct tta_reader *reader;
    struct tta_row row;
    bool header_written;
    struct tta_held *held;
    size_t recalled;     /* index + 1 of the held row to emit, 0 = the current row */
    size_t emitted_from; /* writer's length before the current callback */

    struct tta_file output, rejects;
    int64_t rows_in, rows_out, rejected;
    struct tta_input *inputs;
    size_t input_count;
    crypto_generichash_state input_hash;
    bool hash_inputs;
    struct tta_notes *notes;
    bool simulated;
    struct tta_buffer paper;  /* cells of --to=markdown, each with its NUL */
    struct tta_buffer answer; /* instead of rows, once begin gave one */
    bool answered;
    char refusal[256]; /* "": the answer is not no */
    bool part;         /* the result is merged with those of the other shards */
    bool taken;        /* the inputs were taken as documents */
    bool ending;       /* all input is read; totals are being written */
    struct {
        char name[320];
        unsigned char hash[32];
    } documents[24];
    struct {
        char key[32], value[96];
    } assumptions[16];
    size_t assumption_count;
    size_t document_count;
    struct tta_claim *claims;
    size_t claim_count;
    int64_t next_progress;
};

/* options.c: fills args and common. Returns the index of the first file in argv, or a negative
 * code. */
int tta_parse_options(struct tta_run *run, int argc, char **argv, struct tta_error *e);
void tta_release_options(struct tta_run *run);

/* help.c: texts for standard output. */
int tta_help(const struct tta_program *p, const struct tta_tool *t, struct tta_buffer *out);
int tta_completion(const struct tta_program *p, const char *shell, struct tta_buffer *out,
                   struct tta_error *e);
/* describe.c */
int tta_schema(const struct tta_run *run, struct tta_buffer *out);
int tta_print_data(const char *name, struct tta_buffer *out, struct tta_error *e);

/* columns.c: room for the columns that begin asked for. */
int tta_make_bindings(struct tta_run *run, struct tta_error *e);
/* Finds the columns of a newly opened input; sets layout and bindings. */
int tta_match_columns(struct tta_run *run, const char *file, struct tta_error *e);
/*
 * JSON Lines grew a column, which CSV rows cannot: there a row that has it is a bad
 * row. Other failures are not of this row only: they leave run->row.raw.ptr NULL.
 */
int tta_match_again(struct tta_run *run, struct tta_error *e);
/* At the end: which keys, though they may be missing, no object had (a misspelt name?). */
void tta_note_unseen_keys(const struct tta_run *run);
void tta_release_columns(struct tta_run *run);

/* output.c */
int tta_file_open(struct tta_file *f, const char *path, bool hashed, struct tta_error *e);
/* Flushes, syncs and closes; the file still has its temporary name. */
int tta_file_finish(struct tta_file *f, struct tta_error *e);
/* Gives it its name. */
int tta_file_publish(struct tta_file *f, struct tta_error *e);
/* Removes what is not published, and frees. */
void tta_file_discard(struct tta_file *f);
void tta_catch_signals(void);
/* Opens /dev/null on those of 0, 1, 2 that are closed, so that no file gets their number. */
void tta_guard_standard_streams(void);
bool tta_stream_was_closed(int fd);

/* memory.c: without memory for a document the program ends (71). */
void tta_guard_json(const char *name);

/* rejects.c: whole is false when the current record could not be taken apart into cells. */
int tta_reject(struct tta_run *run, const struct tta_error *why, bool whole, struct tta_error *e);

/* hold.c */
int tta_held_add(struct tta_held **held, const struct tta_buffer *text, size_t from,
                 struct tta_error *e);
struct tta_text tta_held_get(const struct tta_held *held, size_t index);
void tta_held_free(struct tta_held *held);

/* claims.c: one name, or one regular file under two. */
bool tta_same_file(const char *a, const char *b);
void tta_release_claims(struct tta_run *run);

/* manifest.c: writes it to f, which is open; the caller publishes it. */
int tta_manifest(struct tta_run *run, struct tta_file *f, struct tta_error *e);
/* What is seen goes into a crypto_generichash_state: of a tta_observer, or of a writer. */
void tta_hash_see(void *state, const void *bytes, size_t len);

/* tool.c: the header, once; the own columns emptied. */
int tta_begin_output(struct tta_run *run, struct tta_error *e);
void tta_clear_own(struct tta_run *run);

/* --to=markdown (paper.c): is it asked for; a row more; the table. */
bool tta_paper_wanted(const struct tta_run *run);
int tta_paper_row(struct tta_run *run, struct tta_error *e);
int tta_paper_write(struct tta_run *run, struct tta_error *e);

/* group.c: is the row of the group before, or of a later one? */
int tta_group_row(struct tta_run *run, struct tta_error *e);

/* run.c */
enum tta_format tta_format_of(const struct tta_run *run, const char *file);
int tta_run_all(struct tta_run *run, struct tta_error *e);

int tta_open_input(struct tta_run *run, const char *file, const char **name, int *fd,
                   struct tta_error *e);
/* The next of run->inputs. */
int tta_add_input(struct tta_run *run, const char *name, struct tta_error *e);

/* shard.c */
int tta_shard_parse(struct tta_run *run, struct tta_error *e);
bool tta_shard_mine(const struct tta_run *run, const struct tta_row *row);

#endif
