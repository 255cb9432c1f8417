#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Models from the counts of parts: any division of an input into 1 to 64 parts, some of them
# empty, merged in any order, gives the bytes that --counts gives of the whole, and numbers
# that are those of the rows themselves. (Curves and tests: tests/unit/survival/counts.c.)
# Usage: tests/suites/parts.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
LC_ALL=C
export LC_ALL

# A factor, an age that is missing now and then, weights, entries, two causes, many ties.
awk 'BEGIN { srand(7); print "week,entry,cause,back,arm,age,sex,w"
    for (i = 0; i < 900; i++) {
        t = 1 + int(rand() * 40); c = int(rand() * 3.3); if (c > 2) c = 0
        e = rand() < 0.3 ? int(rand() * t) : 0
        print t "," e "," c "," (c == 1) "," substr("abc", 1 + int(rand() * 3), 1) "," \
            (rand() < 0.02 ? "" : 25 + 10 * int(rand() * 4)) "," \
            substr("MK", 1 + int(rand() * 2), 1) "," 0.5 * (1 + int(rand() * 4))
    } }' >"$tmp/all.csv"

# divide SEED PARTS: part-I.csv; every third seed leaves about half of them empty
divide() {
    rm -f "$tmp"/part-*
    i=1
    while [ $i -le "$2" ]; do
        head -n 1 "$tmp/all.csv" >"$tmp/part-$i.csv"
        i=$((i + 1))
    done
    awk -v seed="$1" -v parts="$2" -v to="$tmp/part-" 'BEGIN { srand(seed)
            use = seed % 3 == 0 ? int((parts + 1) / 2) : parts }
        NR > 1 { print >>(to (1 + int(rand() * use)) ".csv") }' "$tmp/all.csv"
}

# Are two tables the same to nine digits? The place of a digit tells a small difference of
# likelihoods (lr_chisq) from a large one, so what is near 0 may differ by 1e-9.
near() {
    awk -F, 'NR == FNR { line[FNR] = $0; n = FNR; next }
        { split(line[FNR], a, FS); for (i = 1; i <= NF; i++) { d = a[i] - $i; d = d < 0 ? -d : d
            s = $i < 0 ? -$i : $i
            if (a[i] + 0 == a[i] ? d > 1e-9 * (s > 1 ? s : 1) : a[i] "" != $i "") exit bad = 1 } }
        END { exit bad || n != FNR }' "$1" "$2"
}

trial=0
# try COMMAND "WHAT IS READ" "MODEL": the model is asked of the parts again
try() {
    trial=$((trial + 1))
    case $trial in
        1) parts=1 ;;
        2) parts=64 ;;
        *) parts=$((trial * 37 % 64 + 1)) ;;
    esac
    divide $trial $parts
    i=1
    while [ $i -le $parts ]; do
        # shellcheck disable=SC2086 # words
        "$bin/tta-survival" "$1" $2 $3 --partial=$i/$parts -o "$tmp/part-$i.json" \
            "$tmp/part-$i.csv" 2>"$tmp/err" || cat "$tmp/err"
        i=$((i + 1))
    done
    # another order than that of the numbers: the shell's, of the names, or its reverse
    files=$(printf '%s\n' "$tmp"/part-*.json | if [ $((trial % 2)) -eq 0 ]; then sort -r; else cat; fi)
    # shellcheck disable=SC2086
    {
        "$bin/tta-survival" merge $files "$1" $3 >"$tmp/merged" 2>"$tmp/err"
        "$bin/tta-survival" "$1" $2 $3 --counts "$tmp/all.csv" >"$tmp/counts" 2>/dev/null
        "$bin/tta-survival" "$1" $2 $3 "$tmp/all.csv" >"$tmp/rows" 2>/dev/null
    }
    if ! [ -s "$tmp/merged" ]; then
        not_ok "$1 $2 $3" "$(cat "$tmp/err")"
    elif ! cmp -s "$tmp/merged" "$tmp/counts"; then
        not_ok "$1 $2 $3, $parts parts" "not the bytes of --counts"
    elif ! near "$tmp/merged" "$tmp/rows"; then
        not_ok "$1 $2 $3, $parts parts" "not the numbers of the rows"
    else
        ok "$1 $2 $3, $parts parts"
    fi
}

time='--time=week --event=back'
cause='--time=week --event=cause'
for round in 1 2; do
    try cox "$time" '--x=arm,age,sex'
    try cox "$time" '--x=arm,age,sex --summary'
    try cox "$time --entry=entry" '--x=arm,age --strata=sex --baseline'
    try cox "$time --entry=entry --weight=w" '--x=arm,age --curve=arm=b,age=40'
    try cox "$time --weight=w" '--x=arm,age:sex --offset=w'
    try cox "$time" '--x=arm,ns(age,2) --robust --ties=breslow'
    try cox "$time" '--x=arm,sex --ties=exact'
    try cif "$cause --entry=entry" '--by=arm,sex'
    try cif "$cause --weight=w" '--by=arm --at=10,20'
    try cif "$cause --censored=1,0" '--at=10,20,30'
    try cif "$cause" '--by=arm --test'
    try cif "$cause" '--x=arm,age --strata=sex'
    try cif "$cause" '--x=arm,age --convention=survival'
    try cif "$cause --entry=entry --weight=w" '--x=arm,age --regression=cause-specific'
done
check 'there were trials' "$round rounds" test $trial -eq 28
finish
