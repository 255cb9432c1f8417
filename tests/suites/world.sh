#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The filters in a bad world: full disks, closed streams, broken files, signals,
# other locales. Every exit status has a test here (71: memory.sh).
# Usage: tests/suites/world.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
cases=$suite_root/testdata/cases
rules=$cases/tta-visit/rules-file/by-age.json
csv=$suite_root/testdata/csv
shim=$build/tests/fail-io.so
cd "$tmp" || exit 70
# The filter that most of this runs: reads age, adds group and rule.
visit=$bin/tta-visit
printf 'id,age\na,29\nb,30\n' >good.csv
printf 'id,age,group,rule\na,29,young,r1\nb,30,old,r2\n' >good.out
printf 'id,age\na,29\nb,thirty\n' >bad.csv
printf '{"id":"a","age":29}\n{"id":"b","age":30}\n' >good.jsonl
"$visit" --rules="$rules" good.jsonl >good.jsonl.out
"$bin/tta-simulate" cases --n=20000 --seed=world >big.csv

# expect NAME STATUS TEXT COMMAND...: its exit status, and TEXT on standard
# error, in one line ("-": nothing there). Output is left in out, err.
expect() {
    name=$1 want=$2 text=$3
    shift 3
    "$@" >out 2>err
    status=$?
    judge
}

judge() {
    if [ "$status" -ne "$want" ]; then
        not_ok "$name" "exit status $status, not $want: $(head -n 1 err)"
    elif [ "$text" = - ] && [ -s err ]; then
        not_ok "$name" "said $(head -n 1 err)"
    elif [ "$text" != - ] && ! grep -qF -- "$text" err; then
        not_ok "$name" "did not say \"$text\" but $(head -n 1 err)"
    elif [ "$text" != - ] && [ "$want" -ne 64 ] && [ "$(wc -l <err)" -ne 1 ]; then
        not_ok "$name" "said $(wc -l <err) lines"
    else
        ok "$name"
    fi
}

same() { # NAME FILE FILE
    if cmp -s "$2" "$3"; then ok "$1"; else not_ok "$1" "$(cmp "$2" "$3" 2>&1 | head -n 1)"; fi
}

# Every filter with input that gives output: run PROGRAM ARGUMENT... from each
each_filter() {
    "$1" tta-visit "$cases/tta-visit/normal/cases.csv"
    "$1" tta-refusion --scheme=2011 "$cases/tta-refusion/full-year/cases.csv"
    "$1" tta-budget grant "$cases/tta-budget/grant/municipalities.csv"
    "$1" tta-randomize draw --seed=x --arms=a:5,b:4 \
        "$cases/tta-randomize/three-arms/municipalities.csv"
    "$1" tta-randomize verify --audit="$cases/tta-randomize/verify/trial.audit" --seed='dice 4 1 6' \
        "$cases/tta-randomize/verify/drawn.csv"
    "$1" tta-randomize list --seed=x --n=4 --arms=a,b
    "$1" tta-randomize check --seed=x --arms=a:5,b:4 --redraws=3 \
        "$cases/tta-randomize/three-arms/municipalities.csv"
    "$1" tta-survival km --time=weeks --event=left --weight=n \
        "$cases/tta-survival/km-figure7/durations.csv"
    "$1" tta-survival cox --time=time --event=status --x=x "$cases/tta-survival/cox/aml.csv"
    "$1" tta-simulate cases --n=3 --seed=x
    "$1" tta-simulate municipalities --seed=x
}

# is_there FILE...: one of them, at least
is_there() {
    for file_there in "$@"; do
        [ -e "$file_there" ] && return 0
    done
    return 1
}

is_gone() {
    ! is_there "$@"
}

# ---- standard output full, closed ----
# shellcheck disable=SC2317 # each_filter calls it
full() {
    program=$1
    shift
    case $1 in
    -* | /*) label=$program ;;
    *) label="$program $1" ;;
    esac
    status=0
    "$bin/$program" "$@" >/dev/full 2>err || status=$?
    name="$label: /dev/full" want=74 text='writing failed'
    judge
    status=0
    "$bin/$program" "$@" >&- 2>err || status=$?
    name="$label: standard output closed" text='is closed'
    judge
    expect "$label -o /dev/full" 74 'writing failed' "$bin/$program" "$@" -o /dev/full
    # with standard output closed, -o FILE must not end up in its place
    "$bin/$program" "$@" >usual 2>/dev/null
    rm -f made
    "$bin/$program" "$@" -o made >&- 2>err || not_ok "$label -o, stdout closed" "$(head -n 1 err)"
    same "$label -o FILE with standard output closed" usual made
    # all three closed: files get numbers above 2 all the same
    rm -f made
    "$bin/$program" "$@" -o made <&- >&- 2>&-
    same "$label -o FILE with all streams closed" usual made
    "$bin/$program" "$@" 2>&- >out
    same "$label with standard error closed" usual out
}
each_filter full

for program in tta-visit tta-refusion tta-budget tta-randomize tta-survival tta-simulate; do
    case $program in
    tta-budget) command=grant ;;
    tta-randomize) command=draw ;;
    tta-survival) command=km ;;
    tta-simulate) command=cases ;;
    *) command= ;;
    esac
    for option in --help --version --print-data --print-data=codes/columns --schema \
        --completion=bash; do
        case $program$option in
        tta-refusion--schema) set -- "$option" --scheme=2011 ;;
        tta-randomize--schema) set -- "$option" --seed=x --arms=a:1,b:1 ;;
        tta-survival--schema) set -- "$option" --time=t --event=e ;;
        tta-simulate--schema) set -- "$option" --n=1 --seed=x ;;
        *) set -- "$option" ;;
        esac
        # shellcheck disable=SC2086 # no command, no word
        "$bin/$program" $command "$@" >/dev/full 2>err
        status=$? name="$program $option: /dev/full" want=74 text='writing failed'
        judge
        # shellcheck disable=SC2086
        "$bin/$program" $command "$@" >&- 2>err
        status=$? name="$program $option: standard output closed" text='is closed'
        judge
        # shellcheck disable=SC2086
        "$bin/$program" $command "$@" >out 2>err </dev/null
        status=$? name="$program $option" want=0 text=-
        if [ -s out ]; then judge; else not_ok "$name" "no output"; fi
    done
    expect "$program --nonsense" 64 "Try '" "$bin/$program" --nonsense
done
for document in rules/tta-2009 refusion/2016 codes/columns simulation/cases; do
    "$visit" --print-data=$document >out 2>err
    same "--print-data=$document" "$suite_root/lib/data/$document.json" out
done
expect 'a full disk for the rejects' 74 'writing failed' \
    "$visit" --rules="$rules" --rejects=/dev/full bad.csv
expect 'a full disk for the manifest' 74 'writing failed' \
    "$visit" --rules="$rules" --manifest=/dev/full good.csv
expect '/dev/full after many rows' 74 'writing failed' "$visit" -o /dev/full big.csv

# ---- standard input ----
"$visit" --rules="$rules" <&- >out 2>err
status=$? name='standard input closed' want=66 text='standard input: is closed'
judge
"$visit" --rules="$rules" good.csv <&- >out 2>err
status=$? name='standard input closed, FILE given' want=0 text=-
judge
same 'and the same output' good.out out
"$visit" --rules="$rules" <. >out 2>err
status=$? name='a folder as standard input' want=66 text='standard input: is a folder'
judge
expect 'a folder as FILE' 66 '.: is a folder' "$visit" --rules="$rules" .
expect 'a folder among parts' 66 '.: is a folder, not a file' "$bin/tta-survival" merge . km
expect 'a part that is not there' 66 'nope.json: cannot be opened' \
    "$bin/tta-survival" merge "$cases/tta-survival/merge/a.json" nope.json km
expect 'a folder among months' 66 '.: is a folder, not a file' \
    "$bin/tta-refusion" --by=month --merge .
expect 'a folder as rules' 66 './: is a folder, not a file' "$visit" --rules=./ good.csv
expect 'a missing file' 66 'nope.csv: cannot be opened' "$visit" --rules="$rules" nope.csv
expect 'a missing second file' 66 'nope.csv: cannot be opened' \
    "$visit" --rules="$rules" -o made2 good.csv nope.csv
check 'no output then' 'made2 is there' test ! -e made2
cp good.csv secret.csv
chmod 000 secret.csv
if [ "$(id -u)" -ne 0 ]; then
    expect 'an unreadable file' 66 'secret.csv: cannot be opened' "$visit" --rules="$rules" secret.csv
elif setpriv --reuid=65534 --clear-groups true 2>/dev/null && chmod 755 . &&
    setpriv --reuid=65534 --clear-groups test -x "$visit" 2>/dev/null; then
    expect 'an unreadable file' 66 'secret.csv: cannot be opened' \
        setpriv --reuid=65534 --clear-groups "$visit" secret.csv
else
    skip 'an unreadable file: root reads all'
fi
chmod 600 secret.csv
"$visit" --rules="$rules" - <good.csv >out 2>err
same '- is standard input' good.out out
"$visit" --rules="$rules" /dev/stdin <good.csv >out 2>err
same '/dev/stdin is, too' good.out out
cp good.csv ./-x.csv
"$visit" --rules="$rules" -- -x.csv >out 2>err
same '-- ends the options' good.out out

# ---- broken and odd files ----
grep -v '^#' "$csv/bad.txt" >bad.txt
while read -r file line reason; do
    for way in file pipe one-byte; do
        case $way in
        file) "$visit" --rules="$rules" -o made3 "$csv/$file" >out 2>err ;;
        pipe) "$visit" --rules="$rules" -o made3 <"$csv/$file" >out 2>err ;;
        one-byte)
            [ "$mode" = asan ] && continue
            LD_PRELOAD=$shim SHORT_READ=1 \
                "$visit" --rules="$rules" -o made3 "$csv/$file" >out 2>err
            ;;
        esac
        status=$? name="$file ($way)" want=65 text=$reason
        if [ "$line" != - ] && ! grep -q ":$line: " err; then
            not_ok "$name" "line $line is not named: $(head -n 1 err)"
        elif [ -e made3 ]; then
            not_ok "$name" "there is output"
        else
            judge
        fi
    done
done <bad.txt
"$visit" --rules="$rules" "$csv/plain.csv" >plain.out
grep -v '^#' "$csv/good.txt" >good.txt
while read -r file; do
    "$visit" --rules="$rules" "$csv/$file" >out 2>err
    same "$file" plain.out out
done <good.txt
"$visit" --rules="$rules" "$csv/all-quoted.csv" >out 2>err
tr -d '"' <out >unquoted
same 'all-quoted.csv' plain.out unquoted
for file in header-only.csv header-only-no-newline.csv; do
    "$visit" --rules="$rules" "$csv/$file" >out 2>err
    head -n 1 plain.out >header
    same "$file" header out
done

# broken behind many good rows: the right line still, in every block
for rows in 1 1000 30000; do
    {
        echo id,age,note
        awk -v n=$rows 'BEGIN { for (i = 1; i <= n; i++) print i ",29,x" }'
        printf '7,29,"a\nb"\n8,29,"never'
    } >late.csv
    expect "an open quote behind $rows rows" 65 "late.csv:$((rows + 4)): a quoted cell that opens" \
        "$visit" --rules="$rules" late.csv
    {
        echo id,age
        awk -v n=$rows 'BEGIN { for (i = 1; i <= n; i++) print i ",29" }'
        echo 1
    } >late.csv
    expect "a ragged row behind $rows rows" 65 "late.csv:$((rows + 2)): 1 cell where" \
        "$visit" --rules="$rules" late.csv
done

# sizes: a cell of 1 MiB is good, one more byte is not; a record of 2 MiB
letters() { # N
    head -c "$1" /dev/zero | tr '\0' x
}
for quote in '' '"'; do
    kind=${quote:+quoted }
    { printf 'id,age\n%s' "$quote" && letters 1048576 && printf '%s,29\n' "$quote"; } >large.csv
    expect "a ${kind}cell of 1 MiB" 0 - "$visit" --rules="$rules" large.csv
    { printf 'id,age\n%s' "$quote" && letters 1048577 && printf '%s,29\n' "$quote"; } >large.csv
    expect "a ${kind}cell of more" 65 'large.csv:2: a cell of more than 1 MiB' \
        "$visit" --rules="$rules" large.csv
    { printf 'id,age\n%s' "$quote" && letters 2000000 && printf '%s,29\n' "$quote"; } >large.csv
    expect "a ${kind}cell of 2 MB" 65 'large.csv:2: a cell of more than 1 MiB' \
        "$visit" --rules="$rules" large.csv
    {
        printf 'id,age,b,c\n%s' "$quote" && letters 1000000
        printf '%s,29,%s' "$quote" "$quote" && letters 1000000
        printf '%s,%s' "$quote" "$quote" && letters 1000000
        printf '%s\n' "$quote"
    } >large.csv
    for way in file pipe; do
        if [ $way = file ]; then
            "$visit" --rules="$rules" large.csv >out 2>err
        else
            dd if=large.csv bs=7000 2>/dev/null | "$visit" --rules="$rules" >out 2>err
        fi
        status=$? name="a ${kind}record of 3 MB ($way)" want=65 text=' 2 MiB'
        judge
    done
done
{ printf 'id,age\n"' && letters 3000000 && printf '\n1,29\n'; } >large.csv
expect 'a quote that is open for 3 MB' 65 'large.csv:2: a quoted cell that opens on this line' \
    "$visit" --rules="$rules" large.csv
{ printf '{"age":1,"a":"' && letters 3000000 && printf '"}\n'; } >large.jsonl
expect 'an object of 3 MB' 65 'large.jsonl:1: a record of more than 2 MiB' \
    "$visit" --rules="$rules" large.jsonl
awk 'BEGIN { printf "age"; for (i = 1; i < 16384; i++) printf ",c%d", i; print ""
    printf "29"; for (i = 1; i < 16384; i++) printf ","; print "" }' >wide.csv
expect '16,384 columns' 0 - "$visit" --rules="$rules" wide.csv
sed 's/$/,/' wide.csv >wider.csv
expect 'one more' 65 'wider.csv:1: more than 16384 cells' "$visit" --rules="$rules" wider.csv
awk 'BEGIN { printf "{\"age\":29"; for (i = 1; i < 16384; i++) printf ",\"c%d\":0", i; print "}"
    print "{\"age\":29,\"one\":1}" }' >wider.jsonl
expect 'a key more than 16,384' 65 'wider.jsonl:2: more than 16384 columns' \
    "$visit" --rules="$rules" wider.jsonl

# JSON Lines
while IFS='|' read -r text reason; do
    printf '{"age":29}\n%s\n' "$text" >x.jsonl
    expect "JSON Lines: $reason" 65 "x.jsonl:2: not JSON: $reason" "$visit" --rules="$rules" x.jsonl
done <<'END'
[1]|not a JSON object
{"age":29|a comma is missing
{"age":29,}|a string is missing
{"age" 29}|a colon is missing
{"age":29} {"age":30}|something stands behind the object
{"age":029}|a comma is missing
{"age":+29}|not a JSON value
{"age":29.}|a number without decimals behind its point
{"age":NaN}|not a JSON value
{"age":"29}|a string that is not closed
{"age":"\x"}|an escape that JSON does not have
{"age":"\u0000"}|an escaped NUL
{"age":"\ud800"}|half a surrogate pair
{"age":29,"age":29}|a key that stands there twice
{"age":29,"a":[1,2}|a comma is missing
{'age':29}|a string is missing
END
printf '{"age":29,"a":"\303"}\n' >x.jsonl
expect 'JSON Lines: not UTF-8' 65 'x.jsonl:1: a byte that is not UTF-8' "$visit" --rules="$rules" x.jsonl
awk 'BEGIN { printf "{\"age\":29,\"a\":"; for (i = 0; i < 100000; i++) printf "["; print "" }' >x.jsonl
expect 'JSON Lines: nested 100,000 deep' 65 'nested more than 64 deep' \
    "$visit" --rules="$rules" x.jsonl

# ---- what is printed before a failure ----
"$visit" --rules="$rules" bad.csv >out 2>err
head -n 2 good.out >first
same 'rows before a bad one are printed whole' first out
printf 'time,status\n1,1\n2,x\n' >late.csv
expect 'km prints no curve of half a file' 65 late.csv:3 \
    "$bin/tta-survival" km --time=time --event=status late.csv
check 'nothing at all' 'there is output' test ! -s out

# ---- -o ----
echo older >made4
expect '-o: a bad row' 65 bad.csv:3 "$visit" --rules="$rules" -o made4 bad.csv
check 'keeps the older file' 'made4 has changed' grep -qx older made4
check 'leaves nothing beside' 'a temporary file' is_gone .*.tta-*
expect '-o into a missing folder' 73 'cannot be made' "$visit" --rules="$rules" -o nope/out good.csv
expect '-o: a folder' 73 'cannot be made' "$visit" --rules="$rules" -o . good.csv
expect '--rejects into a missing folder' 73 'cannot be made' \
    "$visit" --rules="$rules" -o made5 --rejects=nope/bad good.csv
check 'no output then' 'made5 is there' test ! -e made5
expect '--manifest into a missing folder' 73 'cannot be made' \
    "$visit" --rules="$rules" -o made5 --manifest=nope/run good.csv
check 'no output then' 'made5 is there' test ! -e made5
mkdir -p folder
echo older >folder/target
ln -sf folder/target link
expect '-o: a link' 0 - "$visit" --rules="$rules" -o link good.csv
check 'stays a link' 'it does not' test -L link
same 'and what it points to is replaced' good.out folder/target
cp good.csv both.csv
# shellcheck disable=SC2317 # expect calls it
append() {
    "$visit" --rules="$rules" "$1" >>both.csv
}
expect 'standard output is the input' 64 'is the input and the output' \
    append both.csv
same 'which stays as it was' good.csv both.csv
expect 'the same through standard input' 64 'is the input and the output' \
    append - <both.csv
"$visit" --rules="$rules" -o both.csv both.csv
same '-o may replace the input' good.out both.csv
(
    umask 027
    "$visit" --rules="$rules" -o fresh good.csv
)
check 'a new file has the mode that umask gives' "$(ls -l fresh)" test -n "$(find fresh -perm 640)"
chmod 604 fresh
"$visit" --rules="$rules" -o fresh good.csv
check 'a replaced file keeps its mode' "$(ls -l fresh)" test -n "$(find fresh -perm 604)"
expect 'too many bad rows' 1 'more than --max-rejects=0' \
    "$visit" --rules="$rules" -o made6 --rejects=rejects --max-rejects=0 bad.csv
check 'the rejects stay' 'they do not' grep -q 'not a whole number' rejects
check 'the output does not' 'it does' test ! -e made6
rm -f rejects
expect 'a broken file with --rejects' 65 never \
    "$visit" --rules="$rules" -o made6 --rejects=rejects "$csv/unterminated.csv"
check 'no rejects of half a file' 'rejects is there' test ! -e rejects
mkfifo pipe
cat pipe >out &
"$visit" --rules="$rules" -o pipe good.csv
wait $!
same '-o: a named pipe' good.out out

# ---- signals ----
# stopped SIGNAL: the status of a filter that got it while it wrote a file
stopped() {
    rm -rf made7 .made7.tta-* fifo
    mkfifo fifo
    # who runs the tests may ignore SIGHUP, as nohup does
    env --default-signal="$1" "$visit" --rules="$rules" -o made7 --rejects=made8 fifo 2>err &
    pid=$!
    exec 3>fifo
    printf 'id,age\na,29\n' >&3
    n=0
    while is_gone .made8.tta-* && [ $n -lt 500 ]; do
        sleep 0.01
        n=$((n + 1))
    done
    kill -"$1" $pid
    wait $pid 2>/dev/null
    status=$?
    exec 3>&-
}
for signal in TERM HUP; do
    stopped $signal
    number=$(kill -l $signal 2>/dev/null)
    case $signal in
    TERM) number=15 ;;
    HUP) number=1 ;;
    esac
    check "SIG$signal ends it as signals do" "exit status $status" test $status -eq $((128 + number))
    check "SIG$signal leaves no file" "$(echo .made* made*)" is_gone made7* made8* .made7* .made8*
done
# nohup means it
(
    trap '' HUP
    exec "$visit" --rules="$rules" -o made7 fifo
) 2>err &
pid=$!
exec 3>fifo
printf 'id,age\na,29\n' >&3
n=0
while is_gone .made7.tta-* && [ $n -lt 500 ]; do
    sleep 0.01
    n=$((n + 1))
done
kill -HUP $pid
printf 'b,30\n' >&3
exec 3>&-
wait $pid
same 'an ignored SIGHUP stays ignored' good.out made7

# ---- the reader of our output leaves ----
rm -f fifo
mkfifo fifo
env --default-signal=PIPE "$visit" big.csv >fifo 2>err &
pid=$!
head -n 1 <fifo >/dev/null
wait $pid
status=$? name='the reader leaves' want=141 text=-
judge
(
    trap '' PIPE
    exec "$visit" big.csv
) >fifo 2>err &
pid=$!
head -n 1 <fifo >/dev/null
wait $pid
status=$? name='the reader leaves, SIGPIPE ignored' want=74 text='standard output: writing failed'
judge

# ---- calls that fail ----
if [ "$mode" = asan ]; then
    skip 'preloaded failures: the sanitizer wants to be first'
else
    preload() { # SETTING=N PROGRAM ARGUMENT...
        setting=$1 program=$2
        shift 2
        env LD_PRELOAD="$shim" "$setting" "$bin/$program" "$@"
    }
    "$visit" big.csv >big.out
    lines=$(wc -l <big.out)
    for at in 1 2 3 5; do
        expect "a read error at read $at" 74 'big.csv:' preload FAIL_READ=$at tta-visit big.csv
        head -n "$(wc -l <out)" big.out | cmp -s - out && [ "$(wc -l <out)" -lt "$lines" ]
        check 'what was printed before is whole' 'it is not' test $? -eq 0
        expect "km after a read error at read $at" 74 'reading failed' preload FAIL_READ=$at \
            tta-survival km --time=expected_weeks --event=health_unresolved big.csv
        check 'prints nothing' 'there is output' test ! -s out
    done
    expect 'a read error of the rules' 74 'reading failed' \
        preload FAIL_READ=1 tta-visit --rules="$rules" good.csv
    for at in 1 2; do
        rm -f made9
        expect "a full disk at write $at" 74 'writing failed' \
            preload FAIL_WRITE=$at tta-visit -o made9 big.csv
        check 'no file is left' "$(echo .made9* made9*)" is_gone .made9* made9*
    done
    for fault in FSYNC CLOSE RENAME; do
        echo older >made9
        want=74
        [ $fault = RENAME ] && want=73
        expect "a failing $fault" $want 'Input/output error' \
            preload FAIL_$fault=1 tta-visit --rules="$rules" -o made9 --manifest=made10 good.csv
        check 'the older file is left' "$(cat made9)" grep -qx older made9
        check 'and no other' "$(echo .made* made*)" is_gone .made9* .made10* made10
    done
    preload FAIL_CLOSE=1 tta-visit --rules="$rules" good.csv >out 2>err
    status=$? name='standard output fails when it is closed' want=74 text='standard output: writing'
    judge
    for setting in SHORT_READ=1 SHORT_READ=2 SHORT_READ=3 EINTR_READ=1 EAGAIN_READ=1 SHORT_WRITE=1 \
        SHORT_WRITE=3 EINTR_WRITE=1; do
        preload "$setting" tta-visit "$cases/tta-visit/quoted/cases.csv" >out 2>err
        same "quoted cells with $setting" "$cases/tta-visit/quoted/out" out
        preload "$setting" tta-visit "$cases/tta-visit/jsonl/cases.jsonl" >out 2>err
        same "JSON Lines with $setting" "$cases/tta-visit/jsonl/out" out
        preload "$setting" tta-visit "$cases/tta-visit/crlf-mixed/cases.csv" >out 2>err
        same "CRLF with $setting" "$cases/tta-visit/crlf-mixed/out" out
        preload "$setting" tta-visit --dialect=dk "$cases/tta-visit/dk-windows-1252/sager.csv" \
            >out 2>err
        same "Windows-1252 with $setting" "$cases/tta-visit/dk-windows-1252/out" out
        preload "$setting" tta-survival merge "$cases/tta-survival/merge/b.json" \
            "$cases/tta-survival/merge/a.json" km >out 2>err
        same "parts with $setting" "$cases/tta-survival/merge/out" out
        preload "$setting" tta-visit --rules="$rules" good.csv >out 2>err
        same "a document with $setting" good.out out
    done
fi
# a slow writer, for real
dd if="$cases/tta-visit/quoted/cases.csv" bs=1 2>/dev/null | "$visit" >out 2>err
same 'a writer of one byte at a time' "$cases/tta-visit/quoted/out" out

# ---- constant memory ----
if [ "$mode" = asan ] || [ ! -r /proc/self/status ]; then
    skip 'memory: only without a sanitizer, and with /proc'
else
    # peak NAME ROWS INPUT PROGRAM ARGUMENT...: under 16 MiB when all is read
    peak() {
        name=$1 rows=$2 input=$3 program=$4
        shift 4
        rm -f fifo all-read
        mkfifo fifo
        "$bin/$program" "$@" fifo >out 2>err &
        pid=$!
        {
            cat "$input"
            : >all-read
            while [ -e all-read ]; do sleep 0.02; done
        } >fifo &
        feeder=$!
        while [ ! -e all-read ] && kill -0 $pid 2>/dev/null; do sleep 0.02; done
        sleep 0.05
        kb=$(awk '/^VmHWM:/ { print $2 }' /proc/$pid/status)
        rm -f all-read
        wait $feeder
        wait $pid || not_ok "$name" "$(head -n 1 err)"
        [ "$(wc -l <out)" -eq "$rows" ] || not_ok "$name" "$(wc -l <out) lines, not $rows"
        check "$name in less than 16 MiB" "$kb KiB" test "${kb:-99999}" -lt 16384
    }
    "$bin/tta-simulate" cases --n=200000 --seed=memory >huge.csv
    "$bin/tta-simulate" cases --n=200000 --seed=memory --to=jsonl >huge.jsonl
    peak '200,000 rows of CSV' 200001 huge.csv tta-visit
    peak '200,000 rows of CSV to JSON Lines' 200000 huge.csv tta-visit --to=jsonl
    peak '200,000 rows of JSON Lines' 200000 huge.jsonl tta-visit --from=jsonl
    peak '200,000 rows of JSON Lines to CSV' 200001 huge.jsonl tta-refusion --scheme=2011 \
        --from=jsonl --to=csv
    peak '200,000 rows, refusion' 200001 huge.csv tta-refusion --scheme=2011
    peak '200,000 bad rows' 1 huge.csv tta-visit --rejects=huge.bad --rename=sex=expected_weeks,expected_weeks=w
    peak '200,000 cases week by week' "$("$bin/tta-refusion" --by=week huge.csv | wc -l)" huge.csv \
        tta-refusion --by=week
    sed 's/^\([0-9]*\),/"\1 ""\1""",/' huge.csv >quoted.csv
    peak '200,000 quoted rows' 200001 quoted.csv tta-visit
    rm -f huge.* quoted.csv
fi

# ---- shards ----
for n in 1 2 3 7; do
    : >parts
    i=1
    while [ $i -le $n ]; do
        "$visit" --shard=$i/$n --shard-key=municipality_code big.csv >part.$i
        cut -d, -f2 part.$i | sed 1d | sort -u >key.$i
        sed 1d part.$i >>parts
        i=$((i + 1))
    done
    "$visit" big.csv | sed 1d | sort >whole
    sort parts | cmp -s - whole
    check "$n shards together are the whole" 'they are not' test $? -eq 0
    i=1
    cat key.* | sort | uniq -d >twice
    check "no key is in two of $n shards" "$(wc -l <twice) are" test ! -s twice
    rm -f part.* key.*
done

# ---- the same on any machine ----
# shellcheck disable=SC2317 # each_filter calls it
deterministic() {
    program=$1
    shift
    "$bin/$program" "$@" >usual 2>/dev/null
    env -i "$bin/$program" "$@" >out 2>err
    same "$program: empty environment" usual out
    TZ=Pacific/Kiritimati "$bin/$program" "$@" >out 2>err
    same "$program: another time zone" usual out
    [ -d "$tmp/locales/da_DK.UTF-8" ] || return
    LOCPATH=$tmp/locales LC_ALL=da_DK.UTF-8 LANG=da_DK.UTF-8 LANGUAGE=da "$bin/$program" "$@" >out 2>err
    same "$program: a Danish locale" usual out
}
mkdir locales
if ! localedef -i da_DK -f UTF-8 "$tmp/locales/da_DK.UTF-8" 2>/dev/null; then
    skip 'Danish locale: localedef has no sources for it (package locales)'
fi
each_filter deterministic
SOURCE_DATE_EPOCH=1325462400 "$visit" --rules="$rules" --manifest=run -o made11 good.csv
check 'SOURCE_DATE_EPOCH dates the manifest' "$(cat run)" grep -q '"generated_at": "2012-01-02T00:00:00Z"' run
"$visit" --rules="$rules" --manifest=run -o made11 good.csv
check 'and nothing else does' "$(cat run)" sh -c '! grep -q generated_at run'

# ---- key files ----
printf '0123456789abcdef0123456789abcdef' >key
printf 'm\na\nb\n' >two.csv
# shellcheck disable=SC2317 # expect calls it
draw() { # KEY
    "$bin/tta-randomize" draw --key-file="$1" --arms=a:1,b:1 two.csv
}
for mode_of_key in 640 604 620 660 644 777 610; do
    chmod $mode_of_key key
    expect "a key file of mode $mode_of_key" 77 'others may use this key' draw key
done
chmod 600 key
expect 'a key file of mode 600' 0 - draw key
cp out first
chmod 400 key
expect 'of mode 400' 0 - draw key
same 'and the same draw' first out
ln -sf key keylink
expect 'a key file that is a link' 77 'must not be a link' draw keylink
expect 'a folder as key file' 77 'must be a regular file' draw .
rm -f fifo
mkfifo -m 600 fifo
expect 'a pipe as key file' 77 'must be a regular file' draw fifo
chmod 600 key
printf 0 >>key
expect 'a key of 33 bytes' 65 'exactly 32 bytes' draw key
printf short >key
expect 'a key of 5 bytes' 65 'exactly 32 bytes' draw key
if [ "$(id -u)" -eq 0 ]; then
    printf '0123456789abcdef0123456789abcdef' >key
    chown 65534 key
    expect 'a key of another user' 77 'belongs to another user' draw key
else
    skip 'a key of another user: only root can give one away'
fi
finish
