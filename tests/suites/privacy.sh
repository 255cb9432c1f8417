#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# No message holds what is in a cell, whatever is wrong: cells hold CPR numbers.
# Marked cells (persons that do not exist: day + 60; and a word) go through
# every filter on every way of failing that we know of, and standard error is
# searched for them. The file of rejects may hold cells; messages may not.
# Usage: tests/suites/privacy.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
cases=$suite_root/testdata/cases
rules=$cases/tta-visit/rules-file/by-age.json
secrets='6[1-6]01701[0-9]{3}|6[1-6]0170|01701234|Hemmelig|HEMMELIG|emmelig|\\x[0-9A-F]'
numbers='6[1-6]01701[0-9]{3}|6[1-6]0170|01701234'
cd "$tmp" || exit 70
# thousands of runs: leaks are looked for by the other suites
[ "$mode" = asan ] && export ASAN_OPTIONS=detect_leaks=0

# quiet NAME STATUS PROGRAM ARGUMENT...: fails so (any: however), and without a
# secret on standard error
quiet() {
    name=$1 want=$2 program=$3
    shift 3
    "$bin/$program" "$@" >out 2>err
    status=$?
    if [ "$want" != any ] && [ $status -ne "$want" ]; then
        not_ok "$name" "exit status $status, not $want: $(head -n 1 err)"
    elif [ $status -ge 126 ] || [ $status -eq 70 ]; then
        not_ok "$name" "exit status $status"
    elif grep -qE "$secrets" err; then
        not_ok "$name" "a cell on standard error: $(grep -E "$secrets" err | head -n 1)"
    else
        ok "$name"
    fi
}

# the search itself
printf 'tta-visit: x.csv:2: not a date: 610170-1234\n' >err
check 'the search finds a number' 'it does not' grep -qE "$secrets" err
printf 'tta-visit: near Hemmelig\n' >err
check 'the search finds a word' 'it does not' grep -qE "$secrets" err

# ---- broken files ----
grep -v '^#' "$suite_root/testdata/csv/bad.txt" >bad.txt
while read -r file line reason; do
    for tool in 'tta-visit --rules=by-age.json' 'tta-refusion --scheme=2011' 'tta-budget grant' \
        'tta-randomize draw --seed=x --arms=a:1,b:1' 'tta-survival km --time=age --event=note' \
        'tta-survival cox --time=age --event=id --x=note'; do
        cp "$rules" by-age.json
        cp "$suite_root/testdata/csv/$file" broken.csv
        # shellcheck disable=SC2086 # words
        quiet "$file ($line, $reason): ${tool%% *}" any $tool ./broken.csv
        # shellcheck disable=SC2086
        quiet "$file with rejects: ${tool%% *}" any $tool --rejects=bad.csv --max-rejects=0 ./broken.csv
    done
    quiet "$file as JSON Lines" any tta-visit --rules=by-age.json --from=jsonl ./broken.csv
    quiet "$file with other options" any tta-visit --rules=by-age.json --dialect=dk --progress \
        --rename=age=years --expect-rows=77 ./broken.csv
done <bad.txt

# ---- every column of every filter, with a marked cell ----
# spoil NAME "TOOL..." FILE: each cell of the last row in turn, and each of the
# header, becomes a marker
spoil() {
    title=$1 tool=$2 input=$3
    columns=$(head -n 1 "$input" | tr -cd , | wc -c)
    column=1
    while [ $column -le $((columns + 1)) ]; do
        for marker in 6101701234 610170-1234 Hemmelig '"Hemmelig ""6101701234"""' '"6101701234' \
            'Hem"melig' -6101701234,5 6101701234x 61-01-7012 2012-61-01 61.017.012.34; do
            awk -F, -v OFS=, -v c=$column -v m="$marker" \
                '{ rows[NR] = $0 } END { for (i = 1; i < NR; i++) print rows[i]; $0 = rows[NR]; $c = m; print }' \
                "$input" >spoilt.csv
            # shellcheck disable=SC2086
            quiet "$title: column $column is $marker" any $tool spoilt.csv
            # shellcheck disable=SC2086
            quiet "$title: column $column is $marker, rejects" any $tool --rejects=bad.csv spoilt.csv
        done
        for marker in 6101701234 610170-1234 ' 6101701234'; do
            awk -F, -v OFS=, -v c=$column -v m="$marker" 'NR == 1 { $c = m } 1' "$input" >spoilt.csv
            # shellcheck disable=SC2086
            quiet "$title: header $column is $marker" any $tool spoilt.csv
        done
        column=$((column + 1))
    done
}
spoil visit tta-visit "$cases/tta-visit/normal/cases.csv"
spoil refusion 'tta-refusion --scheme=2011' "$cases/tta-refusion/full-year/cases.csv"
spoil budget 'tta-budget grant' "$cases/tta-budget/consortium/municipalities.csv"
spoil weeks 'tta-budget weeks --until=2021-12-31' "$cases/tta-budget/weeks/s.csv"
spoil model "tta-budget model --cases=$cases/tta-budget/model/s.csv --perspective=kommune --price-year=2020 --rate=0.04 --first-year=2020 --horizon=2" \
    "$cases/tta-budget/model/w.csv"
spoil randomize 'tta-randomize draw --seed=x --arms=a:5,b:5' \
    "$cases/tta-randomize/three-arms/municipalities.csv"
spoil verify 'tta-randomize verify --seed=x --arms=a:5,b:5 --column=consortium --id=municipality' \
    "$cases/tta-randomize/three-arms/municipalities.csv"
spoil next 'tta-randomize next --seed=x --method=simple --arms=a,b --id=id --strata=sex,age<30 --log=a.log' \
    "$cases/tta-randomize/next/today.csv"
today=$cases/tta-randomize/next/today.csv
head -n 3 "$cases/tta-randomize/next/lots.csv" >lots.csv
cp lots.csv lots.before
for column in 1 2 3 4 5 6; do
    for marker in 6101701234 Hemmelig '"Hemmelig ""6101701234"""'; do
        awk -F, -v OFS=, -v c=$column -v m="$marker" 'NR == 2 { $c = m } 1' lots.before >lots.csv
        quiet "list: column $column is $marker" 65 tta-randomize next --list=lots.csv --log=b.log \
            --id=id --strata='sex,age<30' "$today"
    done
done
printf '{"previous":"6101701234","unit":"Hemmelig"}\n' >secret.log
: >secret.log.head
quiet 'a log that is none' 65 tta-randomize next --seed=x --method=simple --arms=a,b --id=id \
    --log=secret.log "$today"
quiet 'an audit file that is none' 65 tta-randomize verify --seed=x --audit=secret.log "$today"
spoil km 'tta-survival km --time=weeks --event=left --weight=n' \
    "$cases/tta-survival/km-figure7/durations.csv"

# the kinds of a model are cells: they are named in messages (arm=control), but
# not where they could be somebody's number
secrets=$numbers
spoil 'km by' 'tta-survival km --time=time --event=status --by=arm,sex' \
    "$cases/tta-survival/km-two/cases.csv"
spoil cox 'tta-survival cox --time=time --event=status --x=arm --factor=arm' \
    "$cases/tta-survival/cox-separation/cases.csv"
awk 'BEGIN { print "time,status,id,age"; for (i = 1; i <= 9; i++) print i "," i % 2 ",6" i % 7 "0170-1234," i % 3 }' \
    >kinds.csv
quiet 'cox: numbers as kinds, infinite' 65 tta-survival cox --time=time --event=status --x=id kinds.csv
awk -F, -v OFS=, 'NR == 1 { print $0, "again"; next } { print $0, $3 }' kinds.csv >twice.csv
quiet 'cox: numbers as kinds, collinear' 65 tta-survival cox --time=time --event=status --x=id,again twice.csv
sed 's/-//' kinds.csv >bare.csv
quiet 'cox: bare numbers as kinds' 65 tta-survival cox --time=time --event=status --x=id --factor=id bare.csv
quiet 'cox: the reference is not there' 65 tta-survival cox --time=time --event=status --x=id \
    --ref=id=nobody kinds.csv
secrets=$numbers'|Hemmelig|emmelig'
quiet 'km: no such event' 65 tta-survival km --time=time --event=id=Hemmelig kinds.csv
awk 'BEGIN { print "time,status,x"; for (i = 1; i <= 5; i++) print i ",1," i; print "6,1,Hemmelig 6101701234" }' \
    >mixed.csv
quiet 'cox: a word among numbers' 65 tta-survival cox --time=time --event=status --x=x mixed.csv
awk 'BEGIN { print "time,status,x"; print "6,1,Hemmelig"; print "7,1,6101701234" }' >mixed.csv
quiet 'cox: a number among words' 65 tta-survival cox --time=time --event=status --x=x mixed.csv

# ---- headerless, in every dress ----
printf '610170-1234;Hemmelig;02-01-2012\n620170-1235;Hemmelig;03-01-2012\n' >bare.csv
for options in '' --dialect=dk '--delimiter=; --rename=a=b' '--dialect=dk --shard=1/2 --shard-key=id'; do
    # shellcheck disable=SC2086
    quiet "headerless${options:+, $options}" 65 tta-refusion --scheme=2011 $options bare.csv
done
printf '02-01-2012;Hemmelig;6101701234;x\n' >bare.csv
quiet 'headerless, the number inside' 65 tta-refusion --scheme=2011 --dialect=dk bare.csv

# ---- JSON Lines ----
good='{"expected_weeks":4,"health_unresolved":false,"work_capacity_threatened":false,"able_to_participate":null}'
n=0
while IFS= read -r text; do
    n=$((n + 1))
    printf '%s\n%s\n' "$good" "$text" >x.jsonl
    quiet "JSON Lines $n" 65 tta-visit x.jsonl
    quiet "JSON Lines $n, rejects" any tta-visit --rejects=bad.jsonl --to=csv x.jsonl
    printf '%s\n' "$text" >x.jsonl
    quiet "JSON Lines $n, first" 65 tta-visit x.jsonl
done <<'END'
{"expected_weeks":6101701234x}
{"expected_weeks":"6101701234","health_unresolved":"Hemmelig","work_capacity_threatened":false}
{"expected_weeks":4,"health_unresolved":false,"work_capacity_threatened":"610170-1234"}
{"expected_weeks":["Hemmelig"],"health_unresolved":false,"work_capacity_threatened":false}
{"expected_weeks":{"6101701234":1},"health_unresolved":false,"work_capacity_threatened":false}
{"6101701234":1,"6101701234":2}
{"6101701234":1}
"Hemmelig 6101701234"
Hemmelig 6101701234
["6101701234"]
{"a":"6101701234
{"a":"Hemmelig\x"}
{"a":"6101701234"} "Hemmelig"
{"a" "Hemmelig"}
{"a":tHemmelig}
{"a":06101701234}
{Hemmelig:1}
{"expected_weeks":6101701234,"health_unresolved":false,"work_capacity_threatened":false}
END

# ---- files damaged at random: always the same, srand is told ----
perl -e '
    use strict;
    local $/;
    my ($seed, @files) = @ARGV;
    srand($seed);
    for my $name (@files) {
        open(my $in, "<", $name) or die;
        my $good = <$in>;
        for my $n (1 .. 40) {
            my $bytes = $good;
            for (1 .. 1 + int(rand(4))) {
                my $at = int(rand(length $bytes));
                my @with = ("\"", ",", "\n", "\r", "\0", "\xE6", "{", "Hemmelig", "6101701234", "");
                substr($bytes, $at, int(rand(3))) = $with[int(rand(@with))];
            }
            my ($short) = $name =~ m{([^/.]+)\.\w+$};
            open(my $out, ">", "random.$short.$n") or die;
            print $out $bytes;
        }
    }' 20120102 "$suite_root/testdata/danish/sager.csv" "$cases/tta-visit/normal/cases.csv" \
    "$cases/tta-budget/consortium/municipalities.csv"
# the fixtures of their own words: what may not be seen is what was put in, and the numbers
secrets=$numbers'|Hemmelig|emmelig'
bad=
for file in random.*; do
    for tool in 'tta-refusion --scheme=2011 --dialect=dk' tta-visit 'tta-visit --from=jsonl' \
        'tta-budget grant' 'tta-randomize draw --seed=x --arms=a:1,b:1' \
        'tta-randomize verify --seed=x --arms=a,b' \
        'tta-survival cox --time=expected_weeks --event=health_unresolved --x=case_id'; do
        # shellcheck disable=SC2086
        set -- $tool
        program=$1
        shift
        "$bin/$program" "$@" "$file" >out 2>err
        status=$?
        # a name of a column is no cell: a damaged header may show what was put into it
        sed 's/; there are: .*//; s/column [^:]*: //' err >seen
        if [ $status -ge 126 ] || [ $status -eq 70 ]; then
            bad="$bad $file, $tool: exit status $status;"
        elif grep -qE "$secrets" seen || grep -qE "$numbers" err; then
            bad="$bad $file, $tool: $(head -n 1 err);"
        fi
    done
done
check 'files damaged at random' "$bad" test -z "$bad"
finish
