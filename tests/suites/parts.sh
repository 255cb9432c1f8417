#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Models from the counts of parts: any division of an input, its rows in any order, into 1 to 64
# parts, some of them empty, merged in any order, gives the bytes of one run over the whole; and
# that gives the same bytes for its rows in another order. (Curves and tests:
# tests/unit/survival/counts.c.)
# Usage: tests/suites/parts.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
LC_ALL=C
export LC_ALL

# simulate SEED: a factor, an age that is missing now and then and is written in two ways, some
# rows many times, weights (w: whole, f: not), entries, two causes, times in weeks and (day)
# almost without ties
simulate() {
    awk -v seed="$1" 'BEGIN { srand(seed)
        print "week,day,entry,cause,back,arm,age,bmi,sex,w,f"
        for (i = 0; i < 700; i++) {
            t = 1 + int(rand() * 40); c = int(rand() * 3.3); if (c > 2) c = 0
            e = rand() < 0.3 ? int(rand() * t) : 0
            row = t "," t + int(rand() * 10000) / 10001 "," e "," c "," (c == 1) ","\
                substr("abc", 1 + int(rand() * 3), 1) "," \
                (rand() < 0.02 ? "" : 25 + 10 * int(rand() * 4) (rand() < 0.3 ? ".0" : "")) "," \
                20 + int(rand() * 60) / 7 "," \
                substr("MK", 1 + int(rand() * 2), 1) "," 1 + int(rand() * 3) "," \
                0.1 * (1 + int(rand() * 4))
            for (k = rand() < 0.2 ? 3 : 1; k > 0; k--) print row
        } }' >"$tmp/all.csv"
}

# shuffle SEED: shuffled.csv, the same rows in another order
shuffle() {
    awk -v seed="$1" 'BEGIN { srand(seed) } NR == 1 { print; next } { row[n++] = $0 }
        END { while (n > 0) { i = int(rand() * n); print row[i]; row[i] = row[--n] } }' \
        "$tmp/all.csv" >"$tmp/shuffled.csv"
}

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
        NR > 1 { print >>(to (1 + int(rand() * use)) ".csv") }' "$tmp/shuffled.csv"
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
    shuffle $trial
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
        "$bin/tta-survival" "$1" $2 $3 "$tmp/all.csv" >"$tmp/whole" 2>>"$tmp/err"
        "$bin/tta-survival" "$1" $2 $3 "$tmp/shuffled.csv" >"$tmp/other" 2>/dev/null
    }
    if ! [ -s "$tmp/merged" ]; then
        not_ok "$1 $2 $3" "$(cat "$tmp/err")"
    elif ! cmp -s "$tmp/merged" "$tmp/whole"; then
        not_ok "$1 $2 $3, $parts parts" "merged, not the bytes of the whole"
    elif ! cmp -s "$tmp/other" "$tmp/whole"; then
        not_ok "$1 $2 $3" "not the same bytes for the rows in another order"
    else
        ok "$1 $2 $3, $parts parts"
    fi
}

time='--time=week --event=back'
cause='--time=week --event=cause'
for round in 1 2; do
    simulate $round
    try cox "$time" '--x=arm,age,sex'
    try cox "$time" '--x=arm,age,sex --summary --ties=breslow'
    try cox "$time --entry=entry" '--x=arm,age --strata=sex --baseline'
    try cox "$time --entry=entry --weight=f" '--x=arm,age --curve=arm=b,age=40'
    try cox "$time --weight=w" '--x=arm,age,arm:bmi,sex --offset=f'
    try cox "$time --weight=f" '--x=log(age),arm:sex,arm,sex --summary'
    try cox "$time" '--x=arm,ns(bmi,3) --robust --ties=breslow'
    try cox "$time --weight=f" '--x=arm,sex --strata=f'
    try cox "$time" '--x=arm,sex --ties=exact'
    try cox "$time --entry=entry" '--x=arm,bmi --ties=exact --strata=sex'
    try cox '--time=day --event=back' '--x=arm,bmi,age --strata=sex --summary'
    try cox '--time=day --event=back --entry=entry' '--x=age,sex:bmi --factor=age --robust'
    try cif "$cause --entry=entry" '--by=arm,sex'
    try cif "$cause --weight=f" '--by=arm --at=10,20'
    try cif "$cause --censored=1,0" '--at=10,20,30'
    try cif "$cause" '--by=arm --test'
    try cif "$cause" '--by=arm --test --strata=sex --rho=1'
    try cif "$cause" '--x=arm,age --strata=sex'
    try cif "$cause" '--x=arm,bmi --convention=survival'
    try cif '--time=day --event=cause' '--x=arm,bmi --convention=survival --strata=sex'
    try cif '--time=day --event=cause' '--x=arm,ns(bmi,2)'
    try cif "$cause --entry=entry --weight=f" '--x=arm,age --regression=cause-specific'
    try km "$time --weight=f --by=arm,sex" '--level=0.9'
    try km "$time --entry=entry --by=arm,sex --weight=w" '--at=5,10'
    try test "$time --weight=w --by=arm --strata=sex" '--rho=1'
done
check 'there were trials' "$round rounds" test $trial -eq 50
finish
