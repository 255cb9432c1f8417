#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every file of testdata/fuzz/TARGET through its fuzz target, once.
# Usage: tests/suites/fuzz.sh build/MODE
set -u
cd "$(dirname "$0")/../.." || exit 70
build=${1:?usage: tests/suites/fuzz.sh build/MODE}
replay=$build/tests/fuzz-replay
passed=0
failed=0

# judge NAME TEXT: TEXT empty is a pass
judge() {
    if [ -z "$2" ]; then
        printf 'ok %s\n' "$1"
        passed=$((passed + 1))
    else
        printf 'not ok %s: %s\n' "$1" "$2"
        failed=$((failed + 1))
    fi
}

# replay_all TARGET: why its files did not all pass; nothing when they did
replay_all() {
    set -- "$1" "testdata/fuzz/$1"/*
    if [ ! -e "$2" ]; then
        echo "no files in testdata/fuzz/$1"
        return
    fi
    if ! said=$("$replay" "$@" 2>&1); then
        printf '%s\n' "$said" | tail -n 40 >&2
        # the last file named is the one that did not pass
        printf 'at %s\n' "$(printf '%s\n' "$said" | grep '^testdata/' | tail -n 1)"
        return
    fi
    shift
    [ "$(printf '%s\n' "$said" | wc -l)" -eq $# ] || echo "not all files were run"
}

for source in tests/fuzz/*.c; do
    target=$(basename "$source" .c)
    [ "$target" = replay ] && continue
    judge "$target" "$(replay_all "$target")"
done
for folder in testdata/fuzz/*/; do
    target=$(basename "$folder")
    [ -f "tests/fuzz/$target.c" ] || judge "$target" "files without a target"
done

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
