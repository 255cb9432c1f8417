#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2154  # bin, here and runs are set by scripts/bench
# The filters beside other tools on the same file of BENCH_ROWS simulated cases, output thrown
# away. Before the timing every tool's output is compared with ours, byte for byte. The larger
# decision tables are timed on the same cases with the columns they read behind them
# (TABLE.columns), each beside the bare loop on that file, and beside DuckDB where there is a
# TABLE.sql.
rows=${BENCH_ROWS:-5000000}
cc -O2 -o bare_loop "$here/bare_loop.c"
cc -O2 -o widen "$here/widen.c"
cases=cases-$rows.csv
[ -s "$cases" ] || "$bin/tta-simulate" cases --n="$rows" --seed=bench -o "$cases"
small="cases-small.csv"
"$bin/tta-simulate" cases --n=100000 --seed=bench -o "$small"
if [ "${BENCH_INSTALL:-0}" = 1 ] && command -v npm >/dev/null; then
    [ -d node_modules ] || { npm init -y && npm install @duckdb/node-api; } >/dev/null 2>&1
fi
export BENCH_NODE_HOME=$PWD

sum() { cksum | cut -d' ' -f1,2; }
base=
# name, command...: checks nothing, times
row() {
    local name=$1 seconds peak
    shift
    read -r seconds peak _ < <(./timed "$runs" "$cases" "$@")
    [ -n "$base" ] || base=$seconds
    awk -v n="$name" -v s="$seconds" -v b="$base" -v p="$peak" \
        'BEGIN { printf "| %-35s | %7.2f | %6.1f | %8.1f |\n", n, s, s / b, p / 1024 }'
}
head_line() {
    echo "| command                             | seconds | x bare | peak MB  |"
    echo "|-------------------------------------|--------:|-------:|---------:|"
}
# name, command that classifies its standard input: the same bytes as ours?
want=$("$bin/tta-visit" <"$small" | sum)
same() {
    local name=$1 got
    shift
    got=$("$@" <"$small" | sum)
    [ "$got" = "$want" ] || {
        echo "bench: $name gives another answer; not timed" >&2
        return 1
    }
}
duck() { # input output threads query
    if command -v duckdb >/dev/null; then
        sed "s|INPUT|$1|; s|OUTPUT|$2|; 1i SET threads = $3;" "$here/$4.sql" | duckdb
    else
        node "$here/duckdb.mjs" "$here/$4.sql" "$1" "$2" "$3"
    fi
}
export -f duck
have_duck() { command -v duckdb >/dev/null || (command -v node >/dev/null && [ -d node_modules/@duckdb ]); }
# a query, where it gives what we do; asked with one thread, as with two the rows of
# vestegn-2020 come in another order
duck_rows() {
    have_duck && [ -f "$here/$1.sql" ] || return 0
    duck "$small" duck.csv 1 "$1"
    same DuckDB cat duck.csv || return 0
    for threads in 1 2; do
        row "DuckDB, $threads thread$([ $threads = 1 ] || echo s), the same" \
            bash -c "duck $cases /dev/null $threads $1"
    done
}

echo "$(wc -c <"$cases" | awk '{printf "%.0f MB", $1 / 1e6}'), $rows rows, $(nproc) cores, median of $runs"
echo
head_line
row "bare memchr loop" ./bare_loop
row "tta-visit --rules=tta-2009" "$bin/tta-visit" --rules=tta-2009
row "tta-refusion --scheme=2011" "$bin/tta-refusion" --scheme=2011
if command -v mawk >/dev/null && same mawk mawk -f "$here/visit.awk"; then
    row "mawk, the same classification" mawk -f "$here/visit.awk"
fi
if command -v mlr >/dev/null && same Miller mlr --csv put -f "$here/visit.mlr"; then
    row "Miller, the same classification" mlr --csv put -f "$here/visit.mlr"
fi
duck_rows visit

narrow=$cases small_narrow=$small
for columns in "$here"/*.columns; do
    table=$(basename "$columns" .columns)
    cases="$table-$rows.csv" small="$table-small.csv" base=
    ./widen "$columns" <"$narrow" >"$cases"
    ./widen "$columns" <"$small_narrow" >"$small"
    want=$("$bin/tta-visit" --rules="$table" <"$small" | sum)
    echo
    echo "$(wc -c <"$cases" | awk '{printf "%.0f MB", $1 / 1e6}'), the same cases with the columns of $table:"
    echo
    head_line
    row "bare memchr loop" ./bare_loop
    row "tta-visit --rules=$table" "$bin/tta-visit" --rules="$table"
    duck_rows "$table"
    rm "$cases"
done
