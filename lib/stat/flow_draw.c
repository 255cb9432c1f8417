/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The counts of a flow as a drawing, in Graphviz' language or Mermaid's. */
#include <inttypes.h>
#include <stdio.h>

#include "flow.h"

struct drawing {
    const struct tta_flow *flow;
    struct tta_buffer *out;
    bool mermaid;
    int32_t group;
    const struct tta_flow_counts *all;
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
        else if (d->mermaid && strchr("\"#&<>;`\\[]{}()|", c) != NULL)
            d->failed = tta_buffer_format(d->out, "#%d;", c);
        else if (!d->mermaid && (c == '"' || c == '\\'))
            d->failed = tta_buffer_format(d->out, "\\%c", c);
        else if (!d->mermaid && c == '&') /* Graphviz reads &aelig; */
            put(d, "&amp;");
        else
            d->failed = tta_buffer_char(d->out, (char)c);
    }
}

static void put_count(struct drawing *d, const char *label, struct tta_text what, int64_t n)
{
    char number[40];

    put(d, tta_flow_word(d->flow, label));
    put_escaped(d, what);
    snprintf(number, sizeof number, ": %" PRId64, n);
    put(d, number);
}

static void put_line_end(struct drawing *d)
{
    put(d, d->mermaid ? "<br/>" : "\\n");
}

/* A box is begun, filled with put_count, and ended with an arrow from another box, or NULL. */
static void begin_box(struct drawing *d, const char *name, int32_t number)
{
    char text[80];

    snprintf(text, sizeof text, d->mermaid ? "    %s%d_%d[\"" : "    %s%d_%d [label=\"", name,
             (int)d->group, (int)number);
    put(d, text);
}

static void end_box(struct drawing *d, const char *name, int32_t number, const char *from)
{
    char text[120];

    put(d, d->mermaid ? "\"]\n" : "\"];\n");
    if (from == NULL)
        return;
    snprintf(text, sizeof text,
             d->mermaid ? "    %s%d_0 --> %s%d_%d\n" : "    %s%d_0 -> %s%d_%d;\n", from,
             (int)d->group, name, (int)d->group, (int)number);
    put(d, text);
}

static void box(struct drawing *d, const char *name, const char *label, int64_t n, const char *from)
{
    struct tta_text none = {"", 0};

    begin_box(d, name, 0);
    put_count(d, label, none, n);
    end_box(d, name, 0, from);
}

/* One box with a line for every reason, as CONSORT draws it. */
static void draw_excluded(struct drawing *d, const struct tta_flow_counts *c)
{
    struct tta_text none = {"", 0};

    if (d->all->excluded == 0)
        return;
    begin_box(d, "excluded", 0);
    put_count(d, "Excluded", none, c->excluded);
    for (int32_t i = 0; i < d->all->reasons.names.count; i++) {
        struct tta_text name = tta_names_text(&d->all->reasons.names, i);

        put_line_end(d);
        put_count(d, "", name, tta_flow_tallied(&c->reasons, name));
    }
    end_box(d, "excluded", 0, "assessed");
}

static void draw_trial(struct drawing *d, const struct tta_flow_counts *c)
{
    int64_t eligible = c->assessed - c->excluded;

    box(d, "assessed", "Assessed", c->assessed, NULL);
    draw_excluded(d, c);
    if (d->all->excluded + d->all->allocated > 0)
        box(d, "eligible", "Eligible", eligible, "assessed");
    for (int32_t i = 0; i < d->all->arms.names.count; i++) {
        struct tta_text name = tta_names_text(&d->all->arms.names, i);

        begin_box(d, "arm", i);
        put_count(d, "Allocated to ", name, tta_flow_tallied(&c->arms, name));
        end_box(d, "arm", i, "eligible");
    }
    if (d->all->allocated > 0 && d->all->allocated < d->all->assessed - d->all->excluded)
        box(d, "unallocated", "Not allocated", eligible - c->allocated, "eligible");
    if (d->all->broken > 0)
        box(d, "broken", "Allocated though excluded", c->broken, "excluded");
}

static void draw_visitation(struct drawing *d, const struct tta_flow_counts *c)
{
    static const char *const labels[] = {"", "Category 1, caseworker", "Category 2, coordinator",
                                         "Category 3, caseworker"};
    static const char *const names[] = {"", "one", "two", "three"};
    const char *from = d->all->excluded + d->all->allocated > 0 ? "eligible" : "assessed";
    int64_t eligible = c->assessed - c->excluded;

    if (d->all->classified == 0)
        return;
    if (d->all->classified < d->all->assessed - d->all->excluded)
        box(d, "unclassified", "Not classified", eligible - c->classified, from);
    for (int k = 1; k <= 3; k++)
        box(d, names[k], labels[k], c->category[k], from);
    if (d->all->team_known > 0)
        box(d, "team", "Team", c->team, "two");
    if (d->all->clinic_known > 0)
        box(d, "clinic", "Clinical unit", c->clinic, "team");
}

int tta_flow_draw(const struct tta_flow *f, enum tta_flow_language language, struct tta_buffer *out)
{
    struct drawing d = {
        .flow = f, .out = out, .mermaid = language == TTA_FLOW_MERMAID, .all = &f->counts[0]};
    bool grouped = f->groups.count > 1;
    char line[64];

    put(&d, d.mermaid ? "flowchart TD\n" : "digraph flow {\n    node [shape=box];\n");
    for (d.group = 0; d.group < f->groups.count; d.group++) {
        if (grouped) {
            snprintf(line, sizeof line,
                     d.mermaid ? "    subgraph g%d [\"" : "    subgraph cluster_%d { label=\"",
                     (int)d.group);
            put(&d, line);
            put_escaped(&d, d.group == 0 ? tta_text_of(tta_flow_word(f, "All cases"))
                                         : tta_names_text(&f->groups, d.group));
            put(&d, d.mermaid ? "\"]\n" : "\";\n");
        }
        draw_trial(&d, &f->counts[d.group]);
        draw_visitation(&d, &f->counts[d.group]);
        if (grouped)
            put(&d, d.mermaid ? "    end\n" : "    }\n");
    }
    put(&d, d.mermaid ? "" : "}\n");
    return d.failed;
}
