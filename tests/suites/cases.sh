#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every folder testdata/cases/TOOL/NAME is a test by being there:
#
#   args      the shell words behind the program's name
#   stdin     standard input; nothing when absent
#   out, err  what must come, byte for byte; nothing when absent
#   status    exit status; 0 when absent
#   want/     files that the run must make, and no other
#   absent    names of files that must not be there afterwards, one a line
#   note      what the case shows; where its numbers come from
#
# and what the run reads. It runs in a copy of the folder. With --redo the
# expectations are written anew: read the diff.
# Usage: tests/suites/cases.sh [--redo] build/MODE [PATTERN]
#   PATTERN: only the folders of testdata/cases that match it, such as 'tta-visit/flow*'
set -u
redo=false
if [ "${1-}" = --redo ]; then
    redo=true
    shift
fi
pattern=${2-}
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
names=$tmp/names

# run_case FOLDER TOOL: leaves $work, $tmp/out, $tmp/err, $status
run_case() {
    work=$tmp/work program=$bin/$2
    rm -rf "$work"
    cp -R "$1" "$work" || return
    rm -rf "$work/want" "$work/out" "$work/err" "$work/status" "$work/absent" "$work/note"
    (cd "$work" && find . -type f | LC_ALL=C sort) >"$tmp/before"
    input=$work/stdin
    [ -f "$input" ] || input=/dev/null
    (
        cd "$work" || exit 70
        eval "set -- $(cat args)"
        exec "$program" "$@"
    ) <"$input" >"$tmp/out" 2>"$tmp/err"
    status=$?
    (cd "$work" && find . -type f | LC_ALL=C sort) >"$tmp/after"
    LC_ALL=C comm -13 "$tmp/before" "$tmp/after" >"$tmp/made"
    # files that were there and have changed were made, too
    while IFS= read -r f; do
        [ -f "$1/$f" ] && [ -f "$work/$f" ] && ! cmp -s "$1/$f" "$work/$f" && printf '%s\n' "$f"
    done <"$tmp/before" >>"$tmp/made"
    LC_ALL=C sort -o "$tmp/made" "$tmp/made"
}

# store FILE EXPECTATION: no file for nothing
store() {
    if [ -s "$1" ]; then cp "$1" "$2"; else rm -f "$2"; fi
}

rewrite() { # folder
    store "$tmp/out" "$1/out"
    store "$tmp/err" "$1/err"
    rm -rf "$1/status" "$1/want"
    [ "$status" -eq 0 ] || printf '%s\n' "$status" >"$1/status"
    while IFS= read -r f; do
        mkdir -p "$(dirname "$1/want/$f")" && cp "$work/$f" "$1/want/$f"
    done <"$tmp/made"
}

# the first difference from what FOLDER wants, or nothing
difference() {
    want=0
    [ -f "$1/status" ] && want=$(cat "$1/status")
    if [ "$status" -ne "$want" ]; then
        printf 'exit status %s, not %s (%s)' "$status" "$want" "$(head -n 1 "$tmp/err")"
        return
    fi
    for f in out err; do
        expected=$1/$f
        [ -f "$expected" ] || expected=/dev/null
        cmp -s "$expected" "$tmp/$f" ||
            printf '%s differs: %s; ' "$f" "$(cmp "$expected" "$tmp/$f" 2>&1 | head -n 1)"
    done
    (cd "$1/want" 2>/dev/null && find . -type f | LC_ALL=C sort) >"$tmp/wanted"
    cmp -s "$tmp/wanted" "$tmp/made" ||
        printf 'made the files [%s], not [%s]; ' "$(tr '\n' ' ' <"$tmp/made")" \
            "$(tr '\n' ' ' <"$tmp/wanted")"
    while IFS= read -r f; do
        cmp -s "$1/want/$f" "$work/$f" || printf 'want/%s differs; ' "$f"
    done <"$tmp/wanted"
    [ -f "$1/absent" ] && while IFS= read -r f; do
        [ -e "$work/$f" ] && printf '%s should not be there; ' "$f"
    done <"$1/absent"
    [ -s "$1/note" ] || printf 'no note says what it shows; '
}

# shellcheck disable=SC2086 # a pattern is to match
for folder in testdata/cases/${pattern:-*/*}/; do
    folder=${folder%/}
    tool=$(basename "$(dirname "$folder")")
    name=$tool/$(basename "$folder")
    if [ ! -f "$folder/args" ]; then
        not_ok "$name" "no args"
        continue
    fi
    run_case "$folder" "$tool"
    if [ "$status" -ge 126 ]; then
        not_ok "$name" "did not run, or was killed (exit status $status)"
        continue
    fi
    if $redo; then
        rewrite "$folder"
        continue
    fi
    eval "set -- $(cat "$folder/args")"
    [ "$status" -eq 0 ] && result=good || result=bad
    printf '%s %s\n%s %s %s\n' "$tool" "$result" "$tool" "${1-}" "$result" >>"$names"
    why=$(difference "$folder")
    if [ -z "$why" ]; then ok "$name"; else not_ok "$name" "$why"; fi
done
if $redo; then
    [ "$failed" -eq 0 ]
    exit
fi

# every filter, and every command of it, needs a case that works and one that fails
need() { # TOOL [COMMAND]
    for result in good bad; do
        check "a $result case for $*" "there is none in testdata/cases/$1" \
            grep -qx "$* $result" "$names"
    done
}

[ -z "$pattern" ] || finish
for source in cmd/*.c; do
    tool=$(basename "$source" .c)
    need "$tool"
    "$bin/$tool" --help | sed -n '/^Commands$/,/^$/s/^  \([a-z][a-z0-9-]*\) .*/\1/p' >"$tmp/commands"
    while IFS= read -r command; do
        need "$tool" "$command"
    done <"$tmp/commands"
done
finish
