/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"

static int option_line(struct tta_buffer *out, const struct tta_option *o)
{
    char left[64], letter[8] = "    ";

    if (o->letter != 0)
        snprintf(letter, sizeof letter, "-%c, ", o->letter);
    if (o->kind == TTA_OPT_MAYBE)
        snprintf(left, sizeof left, "%s--%s[=%s]", letter, o->name, o->value);
    else if (o->value != NULL)
        snprintf(left, sizeof left, "%s--%s=%s", letter, o->name, o->value);
    else
        snprintf(left, sizeof left, "%s--%s", letter, o->name);
    if (strlen(left) > 29)
        return tta_buffer_format(out, "  %s\n%33s%s%s\n", left, "", o->help,
                                 o->needed ? " (needed)" : "");
    return tta_buffer_format(out, "  %-29s  %s%s\n", left, o->help, o->needed ? " (needed)" : "");
}

static int option_lines(struct tta_buffer *out, const char *title, const struct tta_option *o)
{
    int rc = o == NULL || o->name == NULL ? 0 : tta_buffer_format(out, "\n%s\n", title);

    for (; rc == 0 && o != NULL && o->name != NULL; o++)
        rc = option_line(out, o);
    return rc;
}

static int column_lines(struct tta_buffer *out, const char *title, const struct tta_column *c)
{
    int rc = c == NULL || c->name == NULL ? 0 : tta_buffer_format(out, "\n%s\n", title);

    for (; rc == 0 && c != NULL && c->name != NULL; c++)
        rc = tta_buffer_format(out, "  %-24s %s%s%s%s\n", c->name, tta_type_name(c->type),
                               (c->flags & TTA_OPTIONAL)   ? ", optional"
                               : (c->flags & TTA_NULLABLE) ? ", may be empty"
                                                           : "",
                               c->help == NULL ? "" : ": ", c->help == NULL ? "" : c->help);
    return rc;
}

static int help_commands(const struct tta_program *p, struct tta_buffer *out)
{
    bool reads = p->tools[0]->shape != TTA_SOURCE;
    int rc = tta_buffer_format(out, "%s: %s\n\nUsage: %s COMMAND [OPTION]...%s\n\nCommands\n",
                               p->name, p->summary, p->name, reads ? " [FILE]..." : "");

    for (size_t i = 0; rc == 0 && p->tools[i] != NULL; i++)
        rc = tta_buffer_format(out, "  %-14s %s\n", p->tools[i]->command, p->tools[i]->summary);
    return rc != 0 ? rc
                   : tta_buffer_format(out, "\n%s COMMAND --help tells more; so does man %s.\n",
                                       p->name, p->name);
}

int tta_help(const struct tta_program *p, const struct tta_tool *t, struct tta_buffer *out)
{
    const char *space = t != NULL && t->command != NULL ? " " : "";
    const char *command = t != NULL && t->command != NULL ? t->command : "";
    int rc;

    if (t == NULL)
        return help_commands(p, out);
    rc = tta_buffer_format(out, "%s%s%s: %s\n\nExample\n%s\n\nUsage: %s%s%s [OPTION]...%s\n",
                           p->name, space, command, t->summary, t->example, p->name, space, command,
                           t->shape == TTA_SOURCE ? "" : " [FILE]...");
    if (rc == 0 && t->about != NULL)
        rc = tta_buffer_format(out, "\n%s\n", t->about);
    if (rc == 0)
        rc = option_lines(out, "Options", t->options);
    if (rc == 0)
        rc = column_lines(out, "Columns read", t->reads);
    if (rc == 0)
        rc = column_lines(out, t->shape == TTA_ROWS ? "Columns added" : "Columns", t->adds);
    if (rc == 0)
        rc = option_lines(out, "Options of every tta filter", tta_common_options);
    if (rc == 0)
        rc = tta_buffer_format(out,
                               "\nExit status: 0 done, 1 the answer is no, 64 usage, 65 bad data, "
                               "66 no input,\n73/74 output, 78 bad document; all in man tta.\n");
    return rc;
}

static int option_words(struct tta_buffer *out, const struct tta_option *o)
{
    int rc = 0;

    for (; rc == 0 && o != NULL && o->name != NULL; o++)
        rc = tta_buffer_format(out, " --%s%s", o->name, o->value == NULL ? "" : "=");
    return rc;
}

int tta_completion(const struct tta_program *p, const char *shell, struct tta_buffer *out,
                   struct tta_error *e)
{
    char function[64];
    int rc;

    if (strcmp(shell, "bash") != 0)
        return tta_fail(e, TTA_E_USAGE, "--completion: bash is the only shell so far");
    snprintf(function, sizeof function, "_%s", p->name);
    for (char *c = function; *c != '\0'; c++)
        if (*c == '-')
            *c = '_';
    rc = tta_buffer_format(out, "# bash completion of %s\n%s() {\n    local words=\"", p->name,
                           function);
    for (size_t i = 0; rc == 0 && p->tools[i] != NULL; i++) {
        if (p->tools[i]->command != NULL)
            rc = tta_buffer_format(out, " %s", p->tools[i]->command);
        if (rc == 0)
            rc = option_words(out, p->tools[i]->options);
    }
    if (rc == 0)
        rc = option_words(out, tta_common_options);
    if (rc == 0)
        rc = tta_buffer_format(
            out,
            "\"\n    COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
            "    [[ ${COMPREPLY-} == *= ]] && compopt -o nospace\n    return 0\n}\n"
            "complete -o default -F %s %s\n",
            function, p->name);
    return rc != 0 ? tta_fail_memory(e) : 0;
}
