/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The counts of --flow as a drawing, in Graphviz' language or Mermaid's. */
#include "flow.h"

#include <inttypes.h>

struct drawing {
    struct tta_buffer *out;
    bool mermaid;
    int group;
    int failed;
};

static void put(struct drawing *d, const char *text)
{
    if (d->failed == 0)
        d->failed = tta_buffer_string(d->out, text);
}

/* Text from the data, between double quotes, where nothing of it may be syntax. */
static void put_escaped(struct drawing *d, struct tta_text t)
{
    for (size_t i = 0; d->failed == 0 && i < t.len; i++) {
        unsigned char c = (unsigned char)t.ptr[i];

        if (c < 0x20 || c == 0x7f)
            d->failed = tta_buffer_char(d->out, ' ');
        else if (d->mermaid && strchr("\"#&<>;`", c) != NULL)
            d->failed = tta_buffer_format(d->out, "#%d;", c);
        else if (!d->mermaid && (c == '"' || c == '\\'))
            d->failed = tta_buffer_format(d->out, "\\%c", c);
        else
            d->failed = tta_buffer_char(d->out, (char)c);
    }
}

/* A box with a label and a number; from: the box it comes from, or NULL. */
static void box(struct drawing *d, const char *name, int number, const char *label,
                struct tta_text what, int64_t n, const char *from)
{
    char id[64], start[100];

    snprintf(id, sizeof id, "%s%d_%d", name, d->group, number);
    snprintf(start, sizeof start, d->mermaid ? "    %s[\"" : "    %s [label=\"", id);
    put(d, start);
    put(d, label);
    put_escaped(d, what);
    snprintf(start, sizeof start, "%s%" PRId64 "%s\n", d->mermaid ? "<br/>" : "\\n", n,
             d->mermaid ? "\"]" : "\"];");
    put(d, start);
    if (from == NULL)
        return;
    snprintf(start, sizeof start, d->mermaid ? "    %s%d_0 --> %s\n" : "    %s%d_0 -> %s;\n", from,
             d->group, id);
    put(d, start);
}

static void draw_names(struct drawing *d, const char *name, const char *label,
                       const struct tta_names *names, const int64_t *counts, const char *from)
{
    for (int32_t i = 0; i < names->count; i++)
        box(d, name, i, label, tta_names_text(names, i), counts[i], from);
}

static void draw_group(struct drawing *d, const struct flow_counts *c)
{
    static const char *const categories[] = {"", "Category 1: caseworker",
                                             "Category 2: coordinator", "Category 3: caseworker"};
    static const char *const names[] = {"", "one", "two", "three"};
    struct tta_text none = {"", 0};

    box(d, "assessed", 0, "Assessed", none, c->assessed, NULL);
    draw_names(d, "excluded", "Excluded: ", &c->reasons, c->by_reason, "assessed");
    draw_names(d, "arm", "Allocated: ", &c->arms, c->by_arm, "assessed");
    for (int k = 1; c->classified > 0 && k <= 3; k++)
        box(d, names[k], 0, categories[k], none, c->category[k], "assessed");
    if (c->team_known > 0)
        box(d, "team", 0, "Team", none, c->team, "two");
    if (c->clinic_known > 0)
        box(d, "clinic", 0, "Clinical unit", none, c->clinic, "team");
}

int visit_draw(const struct visit_flow *f, bool mermaid, bool grouped, struct tta_buffer *out)
{
    struct drawing d = {.out = out, .mermaid = mermaid};
    char line[64];

    put(&d, mermaid ? "flowchart TD\n" : "digraph flow {\n    node [shape=box];\n");
    for (int32_t i = grouped ? 1 : 0; i < (grouped ? f->groups.count : f->groups.count > 0); i++) {
        d.group = i;
        if (grouped) {
            snprintf(line, sizeof line,
                     mermaid ? "    subgraph g%d [\"" : "    subgraph cluster_%d { label=\"", i);
            put(&d, line);
            put_escaped(&d, tta_names_text(&f->groups, i));
            put(&d, mermaid ? "\"]\n" : "\";\n");
        }
        draw_group(&d, &f->counts[i]);
        if (grouped)
            put(&d, mermaid ? "    end\n" : "    }\n");
    }
    put(&d, mermaid ? "" : "}\n");
    return d.failed;
}
