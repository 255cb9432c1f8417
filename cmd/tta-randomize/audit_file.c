/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "audit_file.h"

#include "tta/journal.h"

/* What is looked for while the lines go by. */
struct search {
    int64_t line, wanted, found; /* wanted 0: the last draw */
    struct tta_text text;        /* of the line found */
    char commitment[TTA_HEX_SIZE];
};

static int look(void *context, struct tta_text line, struct tta_error *e)
{
    struct search *s = context;
    struct tta_plan plan = {0};
    struct tta_audit a = {0};
    int rc = tta_audit_read(line, &a, &plan, e);

    s->line++;
    if (rc == 0 && (s->line == s->wanted || (s->wanted == 0 && a.kind == TTA_AUDIT_DRAW))) {
        s->found = s->line;
        s->text = line;
    }
    if (rc == 0 && a.kind == TTA_AUDIT_COMMIT && (s->wanted == 0 || s->line <= s->wanted))
        memcpy(s->commitment, a.commitment, sizeof s->commitment);
    tta_audit_release(&a);
    tta_plan_release(&plan);
    return rc;
}

/* Draws under the key of one, in the lines before it. */
struct count {
    const struct tta_audit *of;
    int64_t line, until;
    uint64_t n;
};

static int count(void *context, struct tta_text line, struct tta_error *e)
{
    struct count *c = context;
    struct tta_plan plan = {0};
    struct tta_audit a = {0};
    int rc = ++c->line < c->until ? tta_audit_read(line, &a, &plan, e) : 0;

    c->n += c->line < c->until && a.kind == TTA_AUDIT_DRAW && !a.replayed &&
            strcmp(a.commitment, c->of->commitment) == 0;
    tta_audit_release(&a);
    tta_plan_release(&plan);
    return rc;
}

static int count_earlier(const struct tta_journal *j, int64_t found, struct tta_audit *out,
                         struct tta_error *e)
{
    struct count c = {.of = out, .until = found};
    struct tta_chain chain;
    int rc = 0;

    tta_chain_begin(&chain);
    if (out->kind == TTA_AUDIT_DRAW && !out->replayed)
        rc = tta_chain_walk(&chain, tta_buffer_text(&j->bytes), NULL, count, &c, e);
    out->earlier = c.n;
    return rc;
}

static int walk(const struct tta_journal *j, struct tta_chain *c, struct search *s,
                struct tta_error *e)
{
    int rc;

    tta_chain_begin(c);
    rc = tta_chain_walk(c, tta_buffer_text(&j->bytes), NULL, look, s, e);
    if (rc == 0 && j->torn > 0) {
        tta_fail(e, TTA_E_DATA, "this line is not whole: was a run killed? take it out");
        rc = tta_error_place(e, NULL, c->entries + 1);
    }
    return rc == 0 ? 0 : tta_error_place(e, j->path, 0);
}

int audit_append(const char *path, const struct tta_audit *entry, struct tta_error *e)
{
    struct tta_journal j = {0};
    struct search s = {.wanted = 0};
    struct tta_buffer members = {0}, line = {0};
    struct tta_chain chain;
    int rc = tta_journal_open(&j, path, false, e);

    if (rc == 0)
        rc = walk(&j, &chain, &s, e);
    if (rc == 0 && s.commitment[0] != '\0' && entry->kind == TTA_AUDIT_DRAW &&
        strcmp(s.commitment, entry->commitment) != 0) {
        tta_fail(e, TTA_E_DATA, "the key is not the one that this file commits to");
        rc = tta_error_place(e, path, 0);
    }
    if (rc == 0)
        rc = tta_audit_write(entry, &members, e);
    if (rc == 0)
        rc = tta_chain_add(&chain, tta_buffer_text(&members), &line, e);
    if (rc == 0)
        rc = tta_journal_append(&j, tta_buffer_text(&line), tta_text_of(""), e);
    tta_buffer_release(&members);
    tta_buffer_release(&line);
    tta_journal_close(&j);
    return rc;
}

int audit_find(const char *path, int64_t line, struct tta_audit *out, struct tta_plan *plan,
               char last[TTA_HEX_SIZE], struct tta_error *e)
{
    struct tta_journal j = {0};
    struct search s = {.wanted = line};
    struct tta_chain chain;
    int rc = tta_journal_read(&j, path, e);

    if (rc == 0)
        rc = walk(&j, &chain, &s, e);
    if (rc == 0 && s.found == 0 && (line > 0 || last == NULL)) {
        tta_fail(e, TTA_E_DATA, line > 0 ? "there is no such entry" : "there is no draw in it");
        rc = tta_error_place(e, path, line);
    }
    if (rc == 0 && s.found > 0 && out != NULL)
        rc = tta_audit_read(s.text, out, plan, e);
    if (rc == 0 && s.found > 0 && out != NULL)
        rc = count_earlier(&j, s.found, out, e);
    if (rc == 0 && last != NULL)
        memcpy(last, s.commitment, sizeof s.commitment);
    tta_journal_close(&j);
    return rc;
}
