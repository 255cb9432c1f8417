#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Whole commands against R's tables in testdata/reference/commands: every line of list.txt has a
# table, a tolerance and a command. The columns of the table are columns of the command's output,
# and the rows are those: all of them, or those whose first column the table has.
# Usage: tests/suites/reference.sh build/MODE [PATTERN]
set -u
pattern=${2-}
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
tables=testdata/reference/commands

# compare TABLE OURS TOLERANCE: prints the first difference
compare() {
    awk -v tolerance="$3" '
        function cells(line,   i, n) { # splits at commas outside quotes into part[]
            n = 0; part[1] = ""; quoted = 0
            for (i = 1; i <= length(line); i++) {
                c = substr(line, i, 1)
                if (c == "\"") quoted = !quoted
                else if (c == "," && !quoted) part[++n + 1] = ""
                else part[n + 1] = part[n + 1] c
            }
            return n + 1
        }
        function is_number(text) { return text ~ /^-?[0-9.]+([eE][-+]?[0-9]+)?$/ }
        function differ(a, b,   d, s) {
            if (b == "NA" || b == "NaN") return a != ""
            if (!is_number(a) || !is_number(b)) return a != b
            d = a - b; s = b < 0 ? -b : b + 0
            return (d < 0 ? -d : d) > tolerance * (s > 1e-3 ? s : 1e-3)
        }
        { n = cells($0) }
        NR == FNR { for (i = 1; i <= n; i++) want[FNR, i] = part[i]; rows = FNR; if (FNR == 1) columns = n; next }
        FNR == 1 {
            for (i = 1; i <= columns; i++) {
                at[i] = 0
                for (j = 1; j <= n; j++) if (part[j] == want[1, i]) at[i] = j
                if (!at[i]) { print "no column " want[1, i]; bad = 1; exit }
            }
            for (i = 2; i <= rows; i++) known[want[i, 1]] = 1
            row = 1
            next
        }
        !is_number(want[2, 1]) && !(part[at[1]] in known) { next }
        {
            row++
            for (i = 1; i <= columns; i++)
                if (differ(part[at[i]], want[row, i])) {
                    print "line " row ", " want[1, i] ": " part[at[i]] " for " want[row, i]; bad = 1; exit
                }
        }
        END { if (!bad && row != rows) print row " lines for " rows }' "$1" "$2"
}

run() { # command, with the data as its last word
    (
        cd testdata/reference/data || exit 70
        set -f
        # shellcheck disable=SC2086 # words
        "$bin/tta-survival" $1
    )
}

while IFS='|' read -r name tolerance command; do
    case $name in '#'*) continue ;; esac
    # shellcheck disable=SC2254 # a pattern is to match
    case $name in ${pattern:-*}) ;; *) continue ;; esac
    run "$command" >"$tmp/ours" 2>"$tmp/err" || cat "$tmp/err"
    compare $tables/"$name".csv "$tmp/ours" "$tolerance" >"$tmp/why" 2>&1
    check "$name: $command" "$(head -n 1 "$tmp/why")" test ! -s "$tmp/why"
done <$tables/list.txt
[ -n "$pattern" ] || for table in "$tables"/*.csv; do
    name=$(basename "$table" .csv)
    check "$name is held to" 'list.txt has no such line' grep -q "^$name|" $tables/list.txt
done
finish
