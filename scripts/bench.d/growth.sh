#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2154  # bin and here are set by scripts/bench
# The time of a row as the file grows: that of the whole command from file to table, less what
# the program takes for 10 rows, over the rows; the least of several runs. BENCH_KEEP=1 keeps the files (740 MB).
times=(km test cox cif finegray rmst)
arguments() {
    case $1 in
        km) echo km --time=time --event=event --by=arm --at="$2" ;;
        test) echo test --time=time --event=event --by=arm ;;
        cox) echo cox --time=time --event=event --x=x1,x2,x3,x4,x5 ;;
        cif) echo cif --time=time --event=cause --at="$2" ;;
        finegray) echo cif --time=time --event=cause --x=x1,x2 ;;
        rmst) echo rmst --time=time --event=event --by=arm --tau="$2" ;;
    esac
}
# kind of times, rows, runs
line() {
    local file seconds tau=0.5 n=$2
    [ "$1" = continuous ] || tau=10
    file=$(simulated "$n" "$1")
    printf '| %-10s | %8d |' "$1" "$n"
    for command in "${times[@]}"; do
        # shellcheck disable=SC2046 # words
        read -r _ _ seconds < <(./timed "$3" "$file" "$bin/tta-survival" $(arguments "$command" $tau))
        awk -v s="$seconds" -v b="$start" -v n="$n" 'BEGIN { printf " %8.0f |", (s - b) / n * 1e9 }'
    done
    echo
    [ "${BENCH_KEEP:-0}" = 1 ] || [ "$n" -lt 10000000 ] || rm "$file"
}
./simulate 10 continuous >ten.csv
# shellcheck disable=SC2046
read -r _ _ start < <(./timed 41 ten.csv "$bin/tta-survival" $(arguments test))
echo "tta-survival, nanoseconds a row, from file to table, less the $(awk -v s="$start" 'BEGIN { printf "%.1f", s * 1e3 }') ms of 10 rows; $(nproc) cores:"
echo
echo "| times      |     rows |       km |     test |      cox |      cif | cif --x  |     rmst |"
echo "|------------|---------:|---------:|---------:|---------:|---------:|---------:|---------:|"
for kind in continuous weekly; do
    line $kind 10000 41
    line $kind 100000 11
    line $kind 1000000 5
    line $kind 10000000 3
done
