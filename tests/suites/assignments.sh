#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tta-randomize next and --audit in a bad world: killed at any instant, two at once,
# files that were edited or cut; and that no key is ever shown. R where it is installed.
# Usage: tests/suites/assignments.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
program=$bin/tta-randomize
reference=$suite_root/testdata/reference
cd "$tmp" || exit 70
umask 077
# a key whose bytes would be seen: 32 letters
printf 'KeyKeyKeyKeyKeyKeyKeyKeyKeyKeyKe' >trial.key
printf 'AnotherKeyAnotherKeyAnotherKeyAn' >other.key
plan='--method=blocks --blocks=2,4 --arms=x,y'

# fails NAME STATUS TEXT ARGUMENT...: its exit status, and TEXT on standard error
fails() {
    name=$1 want=$2 text=$3
    shift 3
    "$program" "$@" >out 2>err
    status=$?
    if [ $status -ne "$want" ]; then
        not_ok "$name" "exit status $status, not $want: $(head -n 1 err)"
    elif ! grep -qF -- "$text" err; then
        not_ok "$name" "said $(head -n 1 err)"
    elif [ -s out ]; then
        not_ok "$name" "wrote $(head -n 1 out)"
    else
        ok "$name"
    fi
}

# shellcheck disable=SC2086 # the plan is words
next() { # LOG FILE
    "$program" next --key-file=trial.key $plan --strata=sex --id=id --log="$1" "$2"
}

# ---- arrivals one by one get what all at once get ----
{
    echo id,sex
    awk 'BEGIN { for (i = 1; i <= 60; i++) print i "," (i % 3 == 0 ? "f" : "m") }'
} >all.csv
next all.log all.csv >all.out
i=1
while [ $i -le 60 ]; do
    sed -n "1p;$((i + 1))p" all.csv >one.csv
    next one.log one.csv | sed 1d >>one.out
    i=$((i + 1))
done
sed 1d all.out | cmp -s - one.out
check 'one by one as all at once' 'other arms' test $? -eq 0
cmp -s all.log one.log
check 'and one log' 'other lines' test $? -eq 0
# shellcheck disable=SC2086
"$program" draw --key-file=trial.key $plan --strata=sex all.csv | cmp -s - <<END
$(cut -d, -f1-3 all.out)
END
check 'and as draw draws them' 'other arms' test $? -eq 0
next all.log all.csv | cmp -s - all.out
check 'again: the same arms' 'others' test $? -eq 0

# ---- killed at any instant, again and again ----
# Each run assigns 60 units to a log that begins with none; it is killed after a time that
# grows by little, and what it left must be a log that the next run can end.
kills=0 broken=0 torn=0 step=0
while [ $step -lt 60 ]; do
    rm -f kill.log kill.log.head
    : >kill.out
    # the program itself, not a shell around it, is what the signal goes to
    # shellcheck disable=SC2086
    "$program" next --key-file=trial.key $plan --strata=sex --id=id --log=kill.log all.csv \
        >kill.out 2>/dev/null &
    victim=$!
    awk "BEGIN { n = $step * 3000; for (i = 0; i < n; i++) x += i }" # some instants
    kill -9 $victim 2>/dev/null && kills=$((kills + 1))
    wait $victim 2>/dev/null
    if [ -s kill.log ] && [ "$(tail -c 1 kill.log | od -An -tx1 | tr -d ' ')" != 0a ]; then
        torn=$((torn + 1))
    fi
    next kill.log all.csv >kill.again 2>kill.err || broken=$((broken + 1))
    cmp -s kill.again all.out || broken=$((broken + 1))
    # what was shown must stay
    head -c "$(wc -c <kill.out)" kill.again | cmp -s - kill.out || broken=$((broken + 1))
    step=$((step + 1))
done
check "killed $kills times ($torn lines torn), always mended" "$broken failed" test $broken -eq 0

# The same, exactly: killed before every call that changes a file, within every write.
# First on an empty log, then on one with units and a torn line.
shim=$build/tests/fail-io.so
head -n 21 all.csv >some.csv
next some.log some.csv >some.out
if [ "$mode" = asan ] || [ ! -e "$shim" ]; then
    skip "no $shim, or not to be preloaded"
else
    for begin in empty torn; do
        at=1 bad=0 torn=0
        while :; do
            rm -f kill.log kill.log.head
            if [ $begin = torn ]; then
                cp some.log kill.log
                cp some.log.head kill.log.head
                printf '{"previous":"' >>kill.log
            fi
            LD_PRELOAD=$shim KILL_AT=$at \
                "$program" next --key-file=trial.key --method=blocks --blocks=2,4 --arms=x,y \
                --strata=sex --id=id --log=kill.log all.csv >kill.out 2>/dev/null
            status=$?
            [ $status -eq 0 ] || { [ -s kill.out ] && bad=$((bad + 1)); }
            [ $status -eq 0 ] || [ ! -s kill.log ] || [ "$(tail -c 1 kill.log | od -An -tx1 | tr -d ' ')" = 0a ] ||
                torn=$((torn + 1))
            next kill.log all.csv >kill.again 2>/dev/null || bad=$((bad + 1))
            cmp -s kill.again all.out || bad=$((bad + 1))
            [ "$(wc -l <kill.log)" -eq 61 ] || bad=$((bad + 1))
            [ $status -ne 0 ] || break
            at=$((at + 1))
        done
        check "killed at each of $((at - 1)) calls, log $begin at first ($torn torn lines)" "$bad failed" \
            test $bad -eq 0 -a $at -gt 4 -a $torn -gt 0
    done
    # a disk that is full: an error, nothing shown, and the next run goes on
    bad=0
    for at in 1 2; do
        cp some.log full.log
        cp some.log.head full.log.head
        LD_PRELOAD=$shim FAIL_PWRITE=$at "$program" next --key-file=trial.key --method=blocks --blocks=2,4 \
            --arms=x,y --strata=sex --id=id --log=full.log all.csv >full.out 2>full.err
        status=$?
        if [ $status -ne 74 ] || [ -s full.out ]; then bad=$((bad + 1)); fi
        next full.log all.csv | cmp -s - all.out || bad=$((bad + 1))
    done
    check 'a full disk: nothing shown, and mended' "$bad failed" test $bad -eq 0
fi

# every way to cut the log's end: torn within the last line, or noticed
size=$(wc -c <all.log)
last=$(tail -n 1 all.log | wc -c)
bad=0 cut=1
while [ $cut -lt $((last + 40)) ]; do
    head -c $((size - cut)) all.log >cut.log
    cp all.log.head cut.log.head
    # all 60 were shown, so a shorter log must be refused and left as it is
    cp cut.log cut.before
    next cut.log all.csv >/dev/null 2>cut.err && bad=$((bad + 1))
    cmp -s cut.log cut.before || bad=$((bad + 1))
    # before the head was written nothing was shown: then it is mended
    sed '$d' all.log | tail -n 1 | sed 's/.*"hash":"\([0-9a-f]*\)"}/60 \1/' >cut.log.head
    if [ $cut -lt "$last" ]; then
        next cut.log all.csv >cut.out 2>cut.err || bad=$((bad + 1))
        cmp -s cut.out all.out || bad=$((bad + 1))
    fi
    cut=$((cut + 7))
done
check 'a log cut anywhere in its last line is mended, or refused' "$bad failed" test $bad -eq 0

# ---- two at once ----
{
    echo id,sex
    awk 'BEGIN { for (i = 101; i <= 140; i++) print i ",m" }'
} >odd.csv
sed 's/^1/2/' odd.csv >even.csv
writer() { # FILE OUT
    n=2
    while [ $n -le 41 ]; do
        sed -n "1p;${n}p" "$1" | next two.log - | sed 1d >>"$2" || exit
        n=$((n + 1))
    done
}
writer odd.csv odd.out &
one=$!
writer even.csv even.out &
two=$!
wait $one
wait $two
check 'two writers: 80 units and a first line' "$(wc -l <two.log)" test "$(wc -l <two.log)" -eq 81
cat odd.out even.out | cut -d, -f4 | sort -n | uniq | wc -l >numbers
check 'two writers: every number once' "$(cat numbers)" test "$(cat numbers)" -eq 80
sed -n 's/.*"unit":"\([0-9]*\)".*"ordinal":\([0-9]*\),"arm":"\(.\)".*/\1,\3,\2/p' two.log | sort >logged
cat odd.out even.out | cut -d, -f1,3,4 | sort | cmp -s - logged
check 'two writers: what was shown is what is in the log' 'it is not' test $? -eq 0
next two.log odd.csv >/dev/null
check 'two writers: the log is whole' 'it is not' test $? -eq 0

# ---- edited files ----
sed '4s/"arm":"x"/"arm":"q"/;4s/"arm":"y"/"arm":"x"/' all.log >bad.log
cp all.log.head bad.log.head
# shellcheck disable=SC2086
set -- next $plan --strata=sex --id=id --log=bad.log
fails 'a changed line' 65 'bad.log:4: this line was changed' "$@" --key-file=trial.key all.csv
sed 4d all.log >bad.log
fails 'a line taken out' 65 'bad.log:4: this line does not follow' "$@" --key-file=trial.key all.csv
rm bad.log.head
fails 'no head' 65 'bad.log.head: is missing' "$@" --key-file=trial.key all.csv
cp all.log bad.log
cp all.log.head bad.log.head
fails 'another key' 65 'bad.log:1: this log was begun with another plan or key' "$@" --key-file=other.key all.csv
cp all.log.head x.head
printf '9\n' >bad.log.head
fails 'a broken head' 65 'bad.log.head: is not what tta-randomize wrote' "$@" --key-file=trial.key all.csv
# what is no log stays as it is, with a line end and without
# shellcheck disable=SC2086
for other in 'precious,data' '{"a":1}' '{"previous":"1' 'KeyKeyKey'; do
    printf '%s' "$other" >other.log
    fails "no log: $other" 65 'other.log:1: this is no line' next --key-file=trial.key $plan --strata=sex --id=id --log=other.log all.csv
    check 'and stays' "$(cat other.log)" test "$(cat other.log)" = "$other" -a ! -e other.log.head
done
cp some.log torn.log
cp some.log.head torn.log.head
printf 'a note' >>torn.log
# shellcheck disable=SC2086
fails 'a note behind a log' 65 'torn.log:22: this is no line' next --key-file=trial.key $plan --strata=sex --id=id --log=torn.log all.csv
check 'and stays' 'it is gone' grep -q 'a note' torn.log
mkdir folder.log
# shellcheck disable=SC2086
fails 'a folder as log' 73 'folder.log' next $plan --id=id --log=folder.log --seed=x all.csv
# shellcheck disable=SC2086
fails 'the log is the input' 64 '--log needs a file of its own' next $plan --id=id --log=all.csv --seed=x all.csv

# ---- no file is written over one that the run reads, under whatever name ----
# shellcheck disable=SC2086
"$program" list --key-file=trial.key --n=40 $plan --strata='sex=f|m' -o lots.csv
cp lots.csv lots.before
cp trial.key trial.before
ln trial.key linked.key
for over in '-o trial.key' '-o linked.key' '--manifest=trial.key -o z.csv' '--rejects=./trial.key -o z.csv' \
    '--audit=trial.key'; do
    # shellcheck disable=SC2086
    fails "over the key: $over" 64 '' draw --key-file=trial.key --arms=x:30,y:30 $over all.csv
done
# shellcheck disable=SC2086
{
    fails 'a list over its key' 64 '' list --key-file=trial.key --n=4 $plan -o trial.key
    fails 'a commitment over its key' 64 '' commit --key-file=trial.key -o trial.key
    fails 'a log over the key' 64 '' next --key-file=trial.key $plan --id=id --log=trial.key all.csv
    fails 'a result over the list' 64 '' next --list=lots.csv --strata=sex --id=id --log=n.log -o lots.csv all.csv
    fails 'a log over the list' 64 '' next --list=lots.csv --strata=sex --id=id --log=./lots.csv all.csv
    fails 'a result over the head' 64 '' next --list=lots.csv --strata=sex --id=id --log=all.log -o all.log.head all.csv
    fails 'a head over the list' 64 '' next --list=lots.csv.head --strata=sex --id=id --log=lots.csv all.csv
}
cat trial.before lots.before >both
cat trial.key lots.csv | cmp -s - both
check 'and key and list are as they were' 'they are not' test $? -eq 0

# ---- with a list: the log follows it, and its columns stay the same ----
listed() { # LOG FILE STRATA ID
    "$program" next --list=lots.csv --strata="$3" --id="$4" --log="$1" "$2"
}
listed listed.log some.csv sex id >listed.out
check 'from a list' 'it failed' test "$(wc -l <listed.out)" -eq 21
# the last line's arm is another one, and its hash and the head with it
forged() { # ARM
    sed '$d' listed.log >forged.log
    line=$(tail -n 1 listed.log | sed "s/\"arm\":\"[a-z]*\",\"hash.*/\"arm\":\"$1\"/")
    hash=$(printf '%s' "$line" | b2sum -l 256 | cut -c 1-64)
    printf '%s,"hash":"%s"}\n' "$line" "$hash" >>forged.log
    printf '21 %s\n' "$hash" >forged.log.head
}
if command -v b2sum >/dev/null; then
    arm=$(tail -n 1 listed.log | sed 's/.*"arm":"\(.\)".*/\1/')
    forged "$arm"
    listed forged.log all.csv sex id >/dev/null 2>err
    # 40 lots a stratum, 40 of 60 units are m
    check 'the same line made again is the same' "$(cat err)" test $? -eq 0
    for other in $(echo xy | tr -d "$arm") zzz; do
        forged "$other"
        fails "a log that is forged to $other" 65 'forged.log:21: this line has another arm than the list' \
            next --list=lots.csv --strata=sex --id=id --log=forged.log all.csv
    done
fi
awk -F, '{ print $0 (NR == 1 ? ",kind,nr" : ",f," $1 + 100) }' all.csv >both.csv
for now in 'kind id' 'sex nr'; do
    # shellcheck disable=SC2086
    set -- $now
    fails "a log goes on with --strata=$1 --id=$2" 65 'listed.log:1: this log was begun with another list, --strata or --id' \
        next --list=lots.csv --strata="$1" --id="$2" --log=listed.log both.csv
done

# ---- the rows of a list and of a log verify, whatever their strata ----
# shellcheck disable=SC2086
{
    "$program" list --key-file=trial.key --n=20 $plan --strata='sex=f|m,age=<30|>=30,place=a/b|c' -o wide.csv
    "$program" verify --key-file=trial.key $plan --strata=stratum wide.csv >out 2>err
    check 'a list of three strata verifies' "$(cat err)" test $? -eq 0
    awk -F, 'NR == 7 { $5 = $5 == "x" ? "y" : "x" } { print }' OFS=, wide.csv >wrong.csv
    fails 'and a changed one does not' 1 'wrong.csv:7: drawn is' verify --key-file=trial.key $plan --strata=stratum wrong.csv
    awk -F, '{ print $0 (NR == 1 ? ",place" : NR % 2 ? ",a/b" : ",c") }' all.csv >places.csv
    "$program" next --key-file=trial.key $plan --strata=sex,place --id=id --log=wide.log places.csv >out
    tail -n +2 wide.log >wide.jsonl
    "$program" verify --key-file=trial.key $plan --strata=stratum wide.jsonl >out 2>err
    check 'a log of two strata verifies' "$(cat err)" test $? -eq 0
}

# ---- strata that cannot be right ----
# shellcheck disable=SC2086
fails 'a kind twice' 64 'a kind stands twice' list --key-file=trial.key --n=3 $plan --strata='sex=f|m|f'
sed '2s/.$/q/' all.csv >unknown.csv
fails 'a stratum that the list has not' 65 'unknown.csv:2: the list has no stratum like its' \
    next --list=lots.csv --strata=sex --id=id --log=u.log unknown.csv
fails 'numbers of pairs' 65 'the arms have 14 units, the input has 60' \
    draw --key-file=trial.key --method=pairs --match=id --arms=x:7,y:7 all.csv

# ---- an id with a blank more is no other unit ----
# shellcheck disable=SC2016 # awk's
awk -F, -v OFS=, 'NR > 1 {$1 = " " $1} {print}' some.csv >blank.csv
cp some.log blank.log
cp some.log.head blank.log.head
# shellcheck disable=SC2086
fails 'an id of the log with a blank' 65 'blank.csv:2: its id is in the log with other blanks around it' \
    next --key-file=trial.key $plan --strata=sex --id=id --log=blank.log blank.csv
cmp -s some.log blank.log
check 'and the log is as it was' 'it is not' test $? -eq 0

# ---- a unit that changed its stratum since keeps its arm, and nobody waits for it ----
sed '2s/m$/f/' some.csv >moved.csv
for from in '--list=lots.csv --log=listed.log' "--key-file=trial.key $plan --log=some.log"; do
    # shellcheck disable=SC2086
    set -- $from --id=id --strata=sex
    "$program" next "$@" some.csv | cut -d, -f1,3- >then.out
    "$program" next "$@" moved.csv 2>err | cut -d, -f1,3- | cmp -s - then.out
    check "moved, ${from%% *}: the same arm" "$(cat err)" test $? -eq 0
    grep -q 'keep their arm: 1, the first at moved.csv:2' err
    check 'and a note' "$(cat err)" test $? -eq 0
done

# ---- keys ----
chmod 644 other.key
for command in 'draw --arms=x:30,y:30 all.csv' "next $plan --id=id --log=k.log all.csv" \
    'list --n=4 --method=simple --arms=x,y' 'commit' 'check --arms=x:30,y:30 all.csv' \
    'verify --arms=x:30,y:30 --column=sex all.csv'; do
    # shellcheck disable=SC2086
    fails "a key others can read: ${command%% *}" 77 'others may use this key' $command --key-file=other.key
done
check 'and nothing was made' 'k.log is there' test ! -e k.log
chmod 600 other.key
"$program" commit --key-file=trial.key --audit=k.audit >k1 2>&1
"$program" draw --key-file=trial.key --arms=x:30,y:30 --audit=k.audit --manifest=k.json all.csv >k2 2>&1
"$program" verify --key-file=trial.key --audit=k.audit k2 >k3 2>&1
"$program" reveal --key-file=trial.key --audit=k.audit >k4 2>&1
"$program" check --key-file=trial.key --arms=x:30,y:30 --redraws=5 all.csv >k5 2>&1
"$program" list --key-file=trial.key --n=4 --arms=x,y --method=simple >k6 2>&1
check 'a draw verifies' "$(cat k3)" grep -q '60 rows: every arm is as drawn' k3
hex=$(od -An -v -tx1 trial.key | tr -d ' \n')
if grep -lqiE "KeyKey|$hex" k1 k2 k3 k4 k5 k6 k.audit k.json all.log all.log.head; then
    not_ok 'no command shows the key' "$(grep -liE "KeyKey|$hex" k[1-6] k.audit k.json all.log*)"
else
    ok 'no command shows the key'
fi
for command in commit 'reveal --audit=k.audit'; do
    # shellcheck disable=SC2086
    fails "${command%% *} takes no list" 64 'takes no FILE' $command --key-file=trial.key all.csv
done
# a draw that pleased better is no secret
{ head -n 1 all.csv; tail -n +2 all.csv | sort -r; } >shuffled.csv
"$program" draw --key-file=trial.key --arms=x:30,y:30 --audit=k.audit shuffled.csv >again.csv
"$program" verify --key-file=trial.key --audit=k.audit again.csv >out 2>err
grep -q 'draws under this key before this one, in the audit file: 1' err
check 'verify counts the draws before' "$(cat err)" test $? -eq 0
"$program" verify --key-file=trial.key --audit=k.audit --report=consort again.csv 2>err | grep -q 'under the same key before this one: 1 \['
check 'and so does the report' 'it does not' test $? -eq 0
"$program" verify --key-file=trial.key --audit=k.audit --entry=2 k2 2>err >out
check 'the first says nothing' "$(cat err)" test $? -eq 0 -a ! -s err
fails 'a draw under another key than was promised' 65 'the key is not the one that this file commits to' \
    draw --key-file=other.key --arms=x:30,y:30 --audit=k.audit all.csv
fails 'another key revealed' 1 'not the one that was committed to' reveal --key-file=other.key --audit=k.audit
sed 's/"tta_audit":1/"tta_audit":2/' k.audit | sed 's/,"hash":"[0-9a-f]*"}$//' | head -n 1 >v2
printf '%s,"hash":"%s"}\n' "$(cat v2)" "$(tr -d '\n' <v2 | b2sum -l 256 | cut -c 1-64)" >v2.audit
fails 'an audit file of another version' 65 'v2.audit:1: the audit file is of version 2' \
    verify --key-file=trial.key --audit=v2.audit k2

# ---- every draw that the cases have, by every method, verifies from its audit file ----
verified=0
for folder in "$suite_root"/testdata/cases/tta-randomize/*/; do
    name=$(basename "$folder")
    # draws that work, from files, to standard output
    if [ -e "$folder/status" ] || [ -e "$folder/stdin" ] || [ -e "$folder/want" ] || ! grep -q '^draw ' "$folder/args" ||
        grep -qE -e '--(audit|report|rejects|to|manifest|rename|dialect)' "$folder/args"; then
        continue
    fi
    rm -rf case
    cp -R "$folder" case
    (
        cd case || exit
        eval "set -- $(cat args)"
        "$program" "$@" --audit=audit >drawn.csv 2>err || exit
        case $* in *--generator=*) set -- ;; *--key-file*) exit 3 ;; *) set -- "$(sed -n "s/.*\\(--seed=\\('[^']*'\\|[^ ]*\\)\\).*/\\1/p" args | tr -d "'")" ;; esac
        from=csv
        head -c 1 drawn.csv | grep -q '{' && from=jsonl
        "$program" verify --from=$from --audit=audit "$@" drawn.csv >verified 2>err
    )
    status=$?
    [ $status -eq 3 ] && continue
    check "case $name verifies" "$(cat case/err)" test $status -eq 0
    verified=$((verified + 1))
done
check 'draws were verified' "$verified" test $verified -gt 20

# ---- R ----
if command -v Rscript >/dev/null; then
    for seed in 1 -7 2147483647; do
        for kind in Rejection Rounding; do
            Rscript --vanilla -e "suppressWarnings(RNGkind(sample.kind = '$kind')); set.seed($seed)
                cat(sample(rep(c('a', 'b', 'c'), c(25, 20, 15))), sample(c('p', 'q'), 60, TRUE, c(2, 1)), sep = '\n')" >r.out
            {
                "$program" draw --generator=r --seed=$seed --sample-kind="$(echo $kind | tr RJ rj)" \
                    --arms=a:25,b:20,c:15 all.csv | sed 1d | cut -d, -f3
            } >ours
            head -n 60 r.out | cmp -s - ours
            check "R draws the same: seed $seed, $kind" 'other arms' test $? -eq 0
        done
    done
    # shellcheck disable=SC2016 # R's dollar
    Rscript --vanilla -e 'set.seed(3); x <- read.csv("all.csv"); x$arm <- ""
        for (s in sort(unique(x$sex))) x$arm[x$sex == s] <- sample(c("p", "q"), sum(x$sex == s), TRUE, c(2, 1))
        cat(x$arm, sep = "\n")' >r.out
    "$program" draw --generator=r --seed=3 --method=simple --strata=sex --arms=p:2,q:1 all.csv | sed 1d | cut -d, -f3 |
        cmp -s - r.out
    check 'R draws the same: simple, 2:1, by strata' 'other arms' test $? -eq 0
else
    skip 'R is not here'
fi
# R's and randomizr's draws of the open trial, made where those packages were
set -- --rename=arm=old --generator=r --seed=20200101
"$program" draw "$@" --strata=ethnicity,sex,agegrp --arms=indsats,kontrol "$reference/data/rtw_open.csv" |
    sed 1d | cut -d, -f1,17 >ours
sed 1d "$reference/rng/stratified_rtw_open_20200101__alloc.csv" | cut -d, -f1,3 | cmp -s - ours
check 'stratified_rtw_open_20200101' 'other arms' test $? -eq 0
"$program" draw "$@" --as=randomizr --strata=ethnicity,sex,agegrp --arms=0,1 "$reference/data/rtw_open.csv" |
    sed 1d | cut -d, -f1,17 >ours
sed 1d "$reference/rng/randomizr_block_ra_rtw_open_20200101__alloc.csv" | cmp -s - ours
check 'randomizr_block_ra_rtw_open_20200101' 'other arms' test $? -eq 0
"$program" draw "$@" --as=randomizr --method=cluster --unit=kommune --arms=0,1 "$reference/data/rtw_open.csv" |
    sed 1d | cut -d, -f2,17 | tr -d '"' | sort -u >ours
sed -n 's/^randomizr_cluster_ra_rtw_open_20200101,arm\[\(.*\)\],\(.\)$/\1,\2/p' "$reference/rng/rng.csv" | sort | cmp -s - ours
check 'randomizr_cluster_ra_rtw_open_20200101' 'other arms' test $? -eq 0
for table in 123,30,A:B:C,2,rejection:6 7,24,A:B,1.2.5,rejection:2:4:10 42,400,indsats:kontrol,1.2.3.4,rejection:2:4:6:8 \
    42,40,indsats:kontrol,2.3,rounding:4:6; do
    old_ifs=$IFS IFS=,
    # shellcheck disable=SC2086
    set -- $table
    IFS=$old_ifs
    kind=${5%%:*} arms=$(echo "$3" | tr : ,) k=$(echo "$3" | tr : '\n' | wc -l)
    "$program" list --generator=r --seed="$1" --sample-kind="$kind" --n="$2" --method=blocks \
        --blocks="$(echo "${5#*:}" | tr : ,)" --arms="$arms" | sed 1d | cut -d, -f5 >ours
    sed 1d "$reference/rng/blockrand_seed$1_n$2_k${k}_b$4_${kind}__list.csv" | cut -d, -f4 | head -n "$2" | cmp -s - ours
    check "blockrand_seed$1_n$2" 'other arms' test $? -eq 0
done
finish
