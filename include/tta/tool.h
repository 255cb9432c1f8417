/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TTA_TOOL_H
#define TTA_TOOL_H
/*
 * A filter is a form: fill in struct tta_tool, and the runner does the rest
 * (options, help, reading, types, rejects, writing, exit status).
 *
 * To add a filter tta-x:
 *   1. cmd/tta-x.c       a form like cmd/tta-refusion.c, under 200 lines; the
 *                        arithmetic goes to lib/<domain>. "make lint" counts.
 *   2. man/tta-x.1       mdoc; every command under EXAMPLES is run by "make check",
 *                        every option must stand there ("make lint": mandoc).
 *   3. testdata/cases/tta-x/NAME/   args, in.csv, out.csv, err, status: at least one
 *                        that works and one that fails. "make check" runs them,
 *                        "make redo-cases" rewrites them for you to read the diff.
 *   4. README.md         a line in the table of filters. "make lint" looks for it.
 *   5. lib/data/codes/columns.json   Danish names of the new columns.
 *
 * The callbacks, in the order they are called:
 *   begin    options are parsed; load documents, declare columns found in them
 *   record   one row is in the record; fill tta_own() and tta_emit() it, any number of times
 *   end      all input has been read to a clean end: totals go here, and only here
 *   release  always called when begin was, also after a failure
 * Each returns 0 or a negative code with the error filled in. TTA_E_DATA from
 * record means "this row is bad": what the callback emitted for it is taken
 * back, and the run stops (65) or, with --rejects, goes on.
 */
#include "tta/column.h"
#include "tta/data.h"

enum tta_option_kind {
    TTA_OPT_FLAG,    /* bool */
    TTA_OPT_TEXT,    /* const char *, NULL when not given */
    TTA_OPT_MAYBE,   /* const char *: NULL not given, "" given without a value */
    TTA_OPT_INTEGER, /* int64_t within least..most */
    TTA_OPT_NUMBER,  /* double, strictly between least and most */
    TTA_OPT_DATE,    /* tta_date; yyyy-mm-dd or dd-mm-yyyy */
    TTA_OPT_CHOICE,  /* int: place in choices */
    TTA_OPT_LIST     /* struct tta_list: values between commas; may be given again */
};

struct tta_list {
    const char **items;
    size_t count;
};

struct tta_option {
    const char *name;  /* without the dashes */
    const char *value; /* what --help calls the value; NULL for flags */
    enum tta_option_kind kind;
    size_t offset; /* into the args struct */
    const char *help;
    int64_t least, most;        /* INTEGER, NUMBER */
    const char *const *choices; /* CHOICE, NULL at the end */
    bool needed;                /* an error when it is not given */
    char letter;                /* short form, or 0 */
};

enum tta_shape {
    TTA_ROWS,    /* the input's columns go through, own columns behind them */
    TTA_SUMMARY, /* only own columns */
    TTA_SOURCE   /* no input: record is called until it returns TTA_DONE */
};
#define TTA_DONE 1

struct tta_run;

struct tta_tool {
    const char *command; /* NULL, or the name of this subcommand */
    const char *summary; /* one line */
    const char *about;   /* some lines for --help; may be NULL */
    const char *example; /* shown first by --help: command lines, one a line */
    enum tta_shape shape;
    bool whole; /* looks at all rows together, so the results of --shard would not add up */
    const struct tta_option *options; /* name NULL at the end */
    const char *const
        *drawings; /* what --to says besides csv and jsonl, NULL at the end; or NULL */
    size_t args_size;
    const void *defaults;           /* an args struct, or NULL for all zero */
    const struct tta_column *reads; /* name NULL at the end; may be NULL */
    const struct tta_column *adds;  /* the same */
    size_t record_size, state_size;
    int (*begin)(struct tta_run *, struct tta_error *);
    int (*record)(struct tta_run *, struct tta_error *);
    int (*end)(struct tta_run *, struct tta_error *);
    void (*release)(struct tta_run *);
};

struct tta_program {
    const char *name;
    const char *summary;
    const struct tta_tool *const *tools; /* NULL at the end; one with command NULL, or several */
};

int tta_main(const struct tta_program *program, int argc, char **argv);

/* Of the running tool. record: where the columns read were put. */
const void *tta_args(const struct tta_run *run);
void *tta_state(struct tta_run *run);
const void *tta_record(const struct tta_run *run);

/* The columns added, in their order, all missing until filled; emptied again by tta_emit. */
union tta_slot *tta_own(struct tta_run *run);

/* Is only --schema asked for? Then no row comes, and begin need not insist on options. */
bool tta_wants_schema(const struct tta_run *run);

/*
 * In begin: a column more than the form says (its struct is copied, its texts are borrowed).
 * Columns may be added in end too, where nothing has been emitted yet.
 */
int tta_read_column(struct tta_run *run, const struct tta_column *column, struct tta_error *e);
int tta_add_column(struct tta_run *run, const struct tta_column *column, struct tta_error *e);
/* In begin: a record of another size than the form says. */
int tta_set_record_size(struct tta_run *run, size_t size, struct tta_error *e);

/*
 * In begin: no row is read; the text is what goes to the output (it is taken over, and
 * left empty). no: NULL, or the sentence with which the run ends as TTA_E_NO, exit 1.
 */
int tta_answer(struct tta_run *run, struct tta_buffer *text, const char *no, struct tta_error *e);

/*
 * As the drawings of a TTA_SUMMARY: --to=markdown, for which the runner prints its rows as a
 * paper does, estimate and limits in one cell.
 */
extern const char *const tta_paper[];

/* Which of its drawings --to names, from 0; -1: none of them. The tool prints it. */
int tta_drawing(const struct tta_run *run);

/* In end, of a TTA_SUMMARY: the text instead of rows. */
int tta_print(struct tta_run *run, const struct tta_buffer *text, struct tta_error *e);

/*
 * In begin, where an option chooses the form: TTA_ROWS or TTA_SUMMARY, and other
 * columns than the form's (NULL: those; the texts of the columns are borrowed).
 * A summary may be emitted in record too, when it is a stream of own rows.
 */
void tta_set_shape(struct tta_run *run, enum tta_shape shape);
int tta_set_columns(struct tta_run *run, const struct tta_column *reads,
                    const struct tta_column *adds, struct tta_error *e);

/*
 * In begin: rows of one group, with the same text in that column (which must be
 * there and filled), come together. The input must be in order of the column's
 * bytes (LC_ALL=C sort): a row that is not is bad, so that a group which comes
 * back is refused without keeping the groups that were. In record: is this the
 * first row of its group? Said once, also when that row turns out to be bad.
 */
int tta_group_by(struct tta_run *run, const char *column, struct tta_error *e);
bool tta_group_begins(const struct tta_run *run);

/*
 * In begin: the tool itself will write to that path, of option --NAME. TTA_E_USAGE when
 * it is an input or another file of the run.
 */
int tta_claim_file(struct tta_run *run, const char *option, const char *path, struct tta_error *e);
/*
 * In begin: the tool reads that path, of option --NAME. TTA_E_USAGE when the run would write
 * over it. tta_read_table says this for its file by itself.
 */
int tta_guard_file(struct tta_run *run, const char *option, const char *path, struct tta_error *e);

/* In begin: TTA_E_USAGE when there are FILEs, for a tool that answers without rows. */
int tta_takes_no_file(const struct tta_run *run, struct tta_error *e);

/*
 * In begin: the FILEs (without one, standard input) are not rows but documents: each is read
 * whole and given to file, and the run goes on to end without a record. The manifest names
 * them as inputs. The text is borrowed until file returns; a failure gets the file's name.
 */
struct tta_file_reader {
    int (*file)(void *context, const char *name, struct tta_text bytes, struct tta_error *e);
    void *context;
};
int tta_take_files(struct tta_run *run, const struct tta_file_reader *reader, struct tta_error *e);

/*
 * In begin of a tool that looks at all rows together: this run's result is a part that is
 * merged with the others, so --shard is allowed; and what it read is hashed.
 */
void tta_make_part(struct tta_run *run);
/* In end, after tta_make_part: the hash of the bytes of all inputs, 32 bytes. */
void tta_inputs_hash(const struct tta_run *run, unsigned char *hash);
/* How numbers are written in the input. */
struct tta_number_style tta_input_numbers(const struct tta_run *run);

/* In end: has record seen every row of the input (no --shard, no bad rows)? */
bool tta_saw_all_rows(const struct tta_run *run);

/* In record: does the input have that column, of those read? */
bool tta_has_column(const struct tta_run *run, const char *name);

/*
 * In record: the row as it was read, cell by cell in the order of the input, with the names
 * of the columns (after --rename). Borrowed until record returns. ordered: in every row the
 * same columns in the same order, which JSON Lines need not have.
 */
size_t tta_row_width(const struct tta_run *run);
struct tta_text tta_row_name(const struct tta_run *run, size_t i);
struct tta_text tta_row_cell(const struct tta_run *run, size_t i);
bool tta_row_ordered(const struct tta_run *run);

/* --shard=INDEX/COUNT --shard-key=KEY; false, 1, 1 and "" when it is not given. */
bool tta_shard(const struct tta_run *run, int64_t *index, int64_t *count, const char **key);

/*
 * The inputs as files. In begin: their hashes will be asked for. In record: the number of
 * the one at hand, from 0. In end: the BLAKE2b-256 of one, borrowed; NULL behind the last.
 */
void tta_hash_inputs(struct tta_run *run);
size_t tta_input_number(const struct tta_run *run);
/* In record: the name of the input at hand, which lasts as long as the run, and the row's line. */
const char *tta_row_place(const struct tta_run *run, int64_t *line);
const unsigned char *tta_input_hash(const struct tta_run *run, size_t number);

/*
 * In begin: reads a second file to its end, in the dialect of the input. row is
 * called with every record, which is bound as the columns say (texts are borrowed
 * until it returns). A bad row, or a failure of row, ends it with the file's name
 * and line. The manifest names the file with its hash, as a document of that kind.
 */
struct tta_table {
    const char *kind; /* "activity" */
    const struct tta_column *reads;
    size_t record_size;
    int (*row)(void *context, const void *record, int64_t line, struct tta_error *e);
    void *context;
    unsigned char *hash; /* NULL, or where the hash of the file goes, 32 bytes */
    const char *option;  /* that names the file; NULL: as the kind */
};
int tta_read_table(struct tta_run *run, const char *path, const struct tta_table *table,
                   struct tta_error *e);

/* Writes the current row (or, for TTA_SUMMARY and TTA_SOURCE, a row) with the own columns. */
int tta_emit(struct tta_run *run, struct tta_error *e);

/*
 * For filters that must see all rows before they can write the first: hold
 * keeps the current row, recall (in end) makes the index-th held row, from 0,
 * the one that tta_emit writes.
 */
int tta_hold(struct tta_run *run, struct tta_error *e);
void tta_recall(struct tta_run *run, size_t index);

/* How many rows have gone to the rejects. */
int64_t tta_rejected(const struct tta_run *run);

/* 1-based number of the current row over all inputs. */
int64_t tta_row_number(const struct tta_run *run);

/* One line on standard error, and in the manifest: what must be known though nothing failed. */
void tta_note(const struct tta_run *run, const char *format, ...) TTA_PRINTF(2, 3);

/* The first len bytes of a hash in hexadecimal: 2 len + 1 characters at out. */
void tta_hash_hex(const unsigned char *hash, size_t len, char *out);

/* The manifest names a document the result depends on, with its hash of 32 bytes. */
int tta_used_document(struct tta_run *run, const char *kind, const char *id,
                      const unsigned char *hash, struct tta_error *e);
/* The manifest says what the result assumes: perspective, price_year ... (CHEERS 2022). Copied. */
int tta_assume(struct tta_run *run, const char *key, const char *value, struct tta_error *e);
/* The manifest says that the rows are simulated, from this seed. */
void tta_mark_simulated(struct tta_run *run);

#endif
