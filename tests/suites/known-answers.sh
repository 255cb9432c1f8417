#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The answers that our random generator is held to, made again by other
# programs (tests/known-answers/tta-1.sh: b2sum, openssl, perl).
# Usage: tests/suites/known-answers.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
missing=
for tool in b2sum openssl perl; do
    command -v $tool >/dev/null || missing="$missing $tool"
done
if [ -n "$missing" ]; then
    skip "tta-1:$missing not here"
    finish
fi
tests/known-answers/tta-1.sh --check >"$tmp/out" 2>&1
check 'tta-1.txt is what b2sum, openssl and perl say' "$(head -n 1 "$tmp/out")" test $? -eq 0

# and the filter draws what they say: 0 the first arm, 1 the second
awk '/^seed /{ seed = substr($0, 6) } /^label/{ label = $2 }
    /^draw 250,250 / && label == "" { print seed; for (i = 3; i <= NF; i++) print $i }' \
    tests/known-answers/tta-1.txt >"$tmp/all"
awk -v tmp="$tmp" '!/^[01]$/ { file = tmp "/draw." ++n; print > (tmp "/seed." n); next } { print > file }' \
    "$tmp/all"
for draw in "$tmp"/draw.*; do
    seed=$(cat "$tmp/seed.${draw##*.}")
    [ -n "$seed" ] || continue
    {
        echo unit
        awk '{ print NR }' "$draw"
    } | "$bin/tta-randomize" draw --seed="$seed" --arms=0:250,1:250 | sed 1d | cut -d, -f2 |
        cmp -s - "$draw"
    check "tta-randomize draws 250 + 250 as they do, seed $seed" 'it does not' test $? -eq 0
done
finish
