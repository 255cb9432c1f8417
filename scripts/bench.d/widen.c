/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * widen COLUMNS <CASES: the cases with the columns that a table reads behind them, drawn
 * anew for every row (always the same for the same file). A line of COLUMNS:
 *   NAME PERCENT_EMPTY whole|tenth LEAST MOST
 *   NAME PERCENT_EMPTY date DAYS_AFTER_2010 DAYS_AFTER_2010
 *   NAME PERCENT_EMPTY one VALUE...
 */
#define _POSIX_C_SOURCE 200809L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct column {
    char name[64], kind[8];
    unsigned empty;
    long least, most;
    char *values[200];
    size_t count;
};
static struct column columns[64];
static size_t count;
static char days[4000][12];

static uint64_t draw(uint64_t below) /* splitmix64 */
{
    static uint64_t state = 2009;
    uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (z ^ z >> 31) % below;
}

static void make_days(void)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 2010, month = 0, day = 1;

    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        snprintf(days[i], sizeof days[i], "%04d-%02d-%02d", year % 10000, (month + 1) % 100,
                 day % 100);
        if (++day > lengths[month] + (month == 1 && year % 4 == 0)) {
            day = 1;
            year += ++month == 12;
            month %= 12;
        }
    }
}

static void read_columns(const char *path)
{
    FILE *f = fopen(path, "r");
    char line[4096];

    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        struct column *c = &columns[count++];
        int at = 0;
        char *rest = line, *word;

        line[strcspn(line, "\n")] = '\0';
        sscanf(line, "%63s %u %7s %n", c->name, &c->empty, c->kind, &at);
        rest += at;
        while ((word = strtok_r(rest, " ", &rest)) != NULL)
            c->values[c->count++] = strdup(word);
        if (strcmp(c->kind, "one") != 0) {
            c->least = atol(c->values[0]);
            c->most = atol(c->values[1]);
        }
    }
    if (count == 0)
        exit(1);
}

static void write_cell(const struct column *c)
{
    long value;

    putchar(',');
    if (draw(100) < c->empty)
        return;
    if (c->kind[0] == 'o') {
        fputs(c->values[draw(c->count)], stdout);
        return;
    }
    value = c->least + (long)draw((uint64_t)(c->most - c->least + 1));
    if (c->kind[0] == 'd')
        fputs(days[value], stdout);
    else if (c->kind[0] == 't')
        printf("%ld.%ld", value / 10, value % 10);
    else
        printf("%ld", value);
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t size = 0;

    make_days();
    read_columns(argc > 1 ? argv[1] : "");
    for (int header = 1; getline(&line, &size, stdin) > 0; header = 0) {
        line[strcspn(line, "\n")] = '\0';
        fputs(line, stdout);
        for (size_t i = 0; i < count; i++) {
            if (header)
                printf(",%s", columns[i].name);
            else
                write_cell(&columns[i]);
        }
        putchar('\n');
    }
    return fflush(stdout) != 0;
}
