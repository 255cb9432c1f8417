/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one place that prints an error, picks the exit status, and decides
 * whether the output may appear.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"
#include "columns.h"

static void print_error(const struct tta_program *p, const struct tta_tool *t,
                        const struct tta_error *e)
{
    char line[1600], safe[1600];
    size_t n = (size_t)snprintf(line, sizeof line, "%s: ", p->name);

    if (e->source[0] != '\0')
        n += (size_t)snprintf(line + n, sizeof line - n, "%s:", e->source);
    if (e->line > 0)
        n += (size_t)snprintf(line + n, sizeof line - n, "%lld:", (long long)e->line);
    if (e->source[0] != '\0')
        n += (size_t)snprintf(line + n, sizeof line - n, " ");
    if (e->column[0] != '\0')
        n += (size_t)snprintf(line + n, sizeof line - n, "column %s: ", e->column);
    snprintf(line + n, sizeof line - n, "%s", e->text);
    fprintf(stderr, "%s\n", tta_text_printable(tta_text_of(line), safe, sizeof safe));
    if (e->code == TTA_E_USAGE)
        fprintf(stderr, "Try '%s%s%s --help'.\n", p->name,
                t != NULL && t->command != NULL ? " " : "",
                t != NULL && t->command != NULL ? t->command : "");
}

/* Text for standard output, written, flushed and checked like any other. */
static int print_text(struct tta_buffer *text, const char *path, struct tta_error *e)
{
    struct tta_file f;
    int rc = tta_file_open(&f, path, false, e);

    f.writer.buffer = *text;
    memset(text, 0, sizeof *text);
    if (rc == 0)
        rc = tta_file_finish(&f, e);
    if (rc == 0)
        rc = tta_file_publish(&f, e);
    tta_file_discard(&f);
    return rc;
}

static int one_char_option(const char *name, const char *value, bool or_none, char *out,
                           struct tta_error *e)
{
    if (value == NULL)
        return 0;
    if (strcmp(value, "\\t") == 0 || strcmp(value, "tab") == 0)
        value = "\t";
    if (strlen(value) > 1 || (*value == '\0' && !or_none))
        return tta_fail(e, TTA_E_USAGE, "--%s: one character", name);
    *out = *value;
    return 0;
}

static int add_missing(struct tta_run *run, struct tta_error *e)
{
    struct tta_dialect *d = &run->dialect;

    for (size_t i = 0; i < run->common.missing.count; i++) {
        if (d->missing_count == TTA_MISSING_MAX)
            return tta_fail(e, TTA_E_USAGE, "--missing: at most %d texts", TTA_MISSING_MAX);
        d->missing[d->missing_count++] = run->common.missing.items[i];
    }
    return 0;
}

/* The named dialect, then what single options say otherwise. */
static int choose_dialect(struct tta_run *run, struct tta_error *e)
{
    const struct tta_common *c = &run->common;
    struct tta_dialect *d = &run->dialect;
    const char *problem;
    int rc = 0;

    *d = tta_dialect_default;
    if (c->dialect != NULL)
        rc = tta_dialect_load(c->dialect, d, &run->dialect_file, e);
    if (rc == 0)
        rc = one_char_option("delimiter", c->delimiter, false, &d->delimiter, e);
    if (rc == 0)
        rc = one_char_option("decimal", c->decimal, false, &d->number.decimal, e);
    if (rc == 0)
        rc = one_char_option("group", c->group, true, &d->number.group, e);
    if (rc == 0)
        rc = add_missing(run, e);
    if (rc != 0)
        return rc;
    if (c->encoding != NULL && !tta_encoding_find(c->encoding, &d->encoding))
        return tta_fail(e, TTA_E_USAGE,
                        "--encoding: utf-8, windows-1252, iso-8859-1, utf-16, utf-16le, "
                        "utf-16be or utf-8-or-windows-1252");
    if (c->date_format != NULL && !tta_date_format_find(c->date_format, &d->date))
        return tta_fail(e, TTA_E_USAGE, "--date-format: yyyy-mm-dd or dd-mm-yyyy");
    problem = tta_dialect_problem(d);
    return problem == NULL ? 0 : tta_fail(e, TTA_E_USAGE, "%s", problem);
}

/* Two things written under one name: the later would be all that is left. */
static int check_files(const struct tta_common *c, struct tta_error *e)
{
    const char *out = c->output == NULL ? "-" : c->output;

    if (c->rejects != NULL && (strcmp(c->rejects, "-") == 0 || tta_same_file(c->rejects, out)))
        return tta_fail(e, TTA_E_USAGE, "--rejects needs a file of its own");
    if (c->manifest != NULL && (tta_same_file(c->manifest, out) ||
                                (c->rejects != NULL && tta_same_file(c->manifest, c->rejects))))
        return tta_fail(e, TTA_E_USAGE, "--manifest needs a file of its own");
    return 0;
}

static int check_options(struct tta_run *run, struct tta_error *e)
{
    if (check_files(&run->common, e) != 0)
        return e->code;
    if (run->common.max_rejects >= 0 && run->common.rejects == NULL)
        return tta_fail(e, TTA_E_USAGE,
                        "--max-rejects needs --rejects=FILE, or bad rows would be lost");
    for (size_t i = 0; i < run->common.rename.count; i++) {
        const char *equals = strchr(run->common.rename.items[i], '=');

        if (equals == NULL || equals[1] == '\0')
            return tta_fail(e, TTA_E_USAGE, "--rename: OLD=NEW");
    }
    return tta_shard_parse(run, e);
}

/* Everything that must be right before the first byte is read. */
static int prepare(struct tta_run *run, struct tta_error *e)
{
    const struct tta_tool *t = run->tool;
    int rc = choose_dialect(run, e);

    run->shape = t->shape;
    if (rc == 0)
        rc = check_options(run, e);
    if (rc == 0)
        rc = tta_set_columns(run, t->reads, t->adds, e);
    if (rc == 0)
        rc = tta_set_record_size(run, t->record_size, e);
    if (rc == 0)
        rc = tta_aliases_load(&run->aliases, e);
    if (rc == 0 && t->begin != NULL)
        rc = t->begin(run, e);
    if (rc == 0 && t->whole && run->shard_count > 0 && !run->part)
        rc = tta_fail(e, TTA_E_USAGE,
                      "--shard: all rows belong together here; parts would not add up");
    if (rc != 0)
        return rc;
    run->own = calloc(run->add_count + 1, sizeof *run->own);
    run->blank = calloc(run->add_count + 1, sizeof *run->blank);
    if (run->own == NULL || run->blank == NULL)
        return tta_fail_memory(e);
    if (tta_make_bindings(run, e) != 0)
        return e->code;
    for (size_t i = 0; i < run->add_count; i++)
        tta_type_set_missing(run->adds[i].type, &run->blank[i]);
    tta_clear_own(run);
    run->layout.dialect = &run->dialect;
    run->layout.crlf = run->common.crlf;
    return 0;
}

/* Side files first, the output last: that it is there means that all went well. */
static int finish(struct tta_run *run, struct tta_file *manifest, struct tta_error *e)
{
    int rc = tta_file_finish(&run->output, e);

    if (rc == 0 && run->common.manifest != NULL)
        rc = tta_manifest(run, manifest, e);
    if (rc == 0)
        rc = tta_file_finish(&run->rejects, e);
    if (rc == 0)
        rc = tta_file_publish(&run->rejects, e);
    if (rc == 0)
        rc = tta_file_publish(manifest, e);
    if (rc == 0)
        rc = tta_file_publish(&run->output, e);
    if (rc == 0 && run->rejected > 0)
        fprintf(stderr, "%s: %lld bad row%s, see %s\n", run->program->name,
                (long long)run->rejected, run->rejected == 1 ? "" : "s", run->common.rejects);
    return rc;
}

/* Too many bad rows: what they were is the answer, so the rejects stay. */
static int keep_rejects(struct tta_run *run, struct tta_error *e)
{
    struct tta_error other = {0};

    if (tta_file_finish(&run->rejects, &other) == 0)
        tta_file_publish(&run->rejects, &other);
    if (other.code != 0)
        *e = other;
    return e->code;
}

static int run_tool(struct tta_run *run, struct tta_error *e)
{
    struct tta_file manifest = {.writer = {.fd = -1}};
    struct tta_error other = {0};
    int rc = prepare(run, e);

    if (rc == 0 && run->answered) {
        rc = print_text(&run->answer, run->common.output, e);
        return rc != 0 || run->refusal[0] == '\0' ? rc : tta_fail(e, TTA_E_NO, "%s", run->refusal);
    }
    if (rc == 0 && run->common.schema) {
        struct tta_buffer text = {0};

        rc = tta_schema(run, &text) != 0 ? tta_fail_memory(e) : print_text(&text, NULL, e);
        tta_buffer_release(&text);
        return rc;
    }
    if (rc == 0)
        rc = tta_file_open(&run->output, run->common.output, run->common.manifest != NULL, e);
    if (rc == 0 && run->common.rejects != NULL)
        rc = tta_file_open(&run->rejects, run->common.rejects, false, e);
    if (rc == 0 && run->common.manifest != NULL)
        rc = tta_file_open(&manifest, run->common.manifest, false, e);
    if (rc == 0)
        rc = tta_run_all(run, e);
    /* rows done before a failure go out (the exit status says that it is not all); totals do not */
    if (rc != 0 && rc != TTA_E_IO && !run->ending && run->output.writer.fd == 1)
        tta_writer_flush(&run->output.writer, &other);
    if (rc == TTA_E_NO)
        rc = keep_rejects(run, e);
    if (rc == 0)
        rc = finish(run, &manifest, e);
    tta_file_discard(&run->output);
    tta_file_discard(&run->rejects);
    tta_file_discard(&manifest);
    return rc;
}

static void release(struct tta_run *run)
{
    if (run->tool->release != NULL && run->state != NULL)
        run->tool->release(run);
    tta_reader_free(run->reader);
    tta_release_columns(run);
    tta_held_free(run->held);
    tta_buffer_release(&run->paper);
    tta_buffer_release(&run->answer);
    tta_buffer_release(&run->group_key);
    tta_dialect_release(run->dialect_file);
    tta_release_options(run);
    tta_release_claims(run);
    free(run->inputs);
    free(run->files);
    free(run->args);
    free(run->state);
    free(run->record);
}

/* --help and its like, which read nothing. 1 when there was none of them. */
static int answer(struct tta_run *run, const struct tta_tool *tool, struct tta_error *e)
{
    const struct tta_common *c = &run->common;
    struct tta_buffer text = {0};
    int rc;

    if (c->help)
        rc = tta_help(run->program, tool, &text) != 0 ? tta_fail_memory(e) : 0;
    else if (c->version)
        rc = tta_buffer_format(&text, "%s (tta) %s\nGPL-2.0-or-later\n", run->program->name,
                               TTA_VERSION) != 0
                 ? tta_fail_memory(e)
                 : 0;
    else if (c->print_data != NULL)
        rc = tta_print_data(*c->print_data == '\0' && run->file_count > 0 ? run->files[0]
                                                                          : c->print_data,
                            &text, e);
    else if (c->completion != NULL)
        rc = tta_completion(run->program, c->completion, &text, e);
    else
        return 1;
    if (rc == 0)
        rc = print_text(&text, c->output, e);
    tta_buffer_release(&text);
    return rc;
}

static int start(struct tta_run *run, int argc, char **argv, struct tta_error *e)
{
    const struct tta_tool *t = run->tool;
    int first, rc;

    run->args = calloc(1, t->args_size + 1);
    run->state = calloc(1, t->state_size + 1);
    run->files = calloc((size_t)argc + 1, sizeof *run->files);
    if (run->args == NULL || run->state == NULL || run->files == NULL)
        return tta_fail_memory(e);
    if (t->defaults != NULL)
        memcpy(run->args, t->defaults, t->args_size);
    first = tta_parse_options(run, argc, argv, e);
    if (first < 0)
        return first;
    for (int i = first; i < argc; i++)
        run->files[run->file_count++] = argv[i];
    rc = answer(run, t, e);
    return rc == 1 ? run_tool(run, e) : rc;
}

/* The subcommand that argv[1] names; NULL when the program has to answer by itself. */
static const struct tta_tool *find_tool(const struct tta_program *p, int argc, char **argv,
                                        struct tta_error *e)
{
    char names[256] = "";

    for (size_t i = 0; p->tools[i] != NULL; i++) {
        if (p->tools[i]->command == NULL ||
            (argc > 1 && strcmp(argv[1], p->tools[i]->command) == 0))
            return p->tools[i];
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", i > 0 ? ", " : "",
                 p->tools[i]->command);
    }
    if (argc > 1 && argv[1][0] == '-')
        return NULL;
    tta_fail(e, TTA_E_USAGE,
             argc > 1 ? "no such command; there are: %s" : "a command is needed: %s", names);
    return NULL;
}

/* tta-survival --help: the program's own options only. */
static int without_command(struct tta_run *run, int argc, char **argv, struct tta_error *e)
{
    static const struct tta_tool none = {.command = NULL};
    int rc;

    run->tool = &none;
    rc = tta_parse_options(run, argc, argv, e);
    if (rc >= 0)
        rc = answer(run, NULL, e);
    return rc == 1 ? tta_fail(e, TTA_E_USAGE, "a command is needed; see --help") : rc;
}

int tta_main(const struct tta_program *program, int argc, char **argv)
{
    struct tta_run run = {
        .program = program, .common = tta_common_defaults, .argc = argc, .argv = argv};
    struct tta_error e = {0};
    struct tta_notes notes = {.lost = false};
    int rc;

    run.notes = &notes;
    run.output.writer.fd = run.rejects.writer.fd = -1;
    tta_guard_standard_streams();
    tta_catch_signals();
    tta_guard_json(program->name);
    if (sodium_init() < 0)
        rc = tta_fail(&e, TTA_E_INTERNAL, "libsodium does not start");
    run.tool = find_tool(program, argc, argv, &e);
    if (e.code != 0)
        rc = e.code;
    else if (run.tool == NULL)
        rc = without_command(&run, argc, argv, &e);
    else if (run.tool->command == NULL)
        rc = start(&run, argc, argv, &e);
    else
        rc = start(&run, argc - 1, argv + 1, &e);
    if (rc != 0)
        print_error(program, run.tool, &e);
    if (run.tool != NULL)
        release(&run);
    tta_buffer_release(&notes.text);
    return rc == 0 ? EXIT_SUCCESS : -rc;
}
