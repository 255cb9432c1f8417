#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every method of tta-randomize draw against tests/known-answers/methods.pl, which
# does them again with b2sum, openssl and perl by the wording of man tta-generator.
# Usage: tests/suites/methods.sh build/MODE
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
known=tests/known-answers
missing=
for tool in b2sum openssl perl; do
    command -v $tool >/dev/null || missing="$missing $tool"
done
if [ -z "$missing" ]; then
    $known/methods.pl >"$tmp/again" 2>&1
    check 'methods.txt is what b2sum, openssl and perl say' 'it is not' \
        cmp -s "$tmp/again" $known/methods.txt
else
    skip "methods:$missing not here"
fi
while IFS= read -r args && IFS= read -r answer; do
    # shellcheck disable=SC2086 # the options are words
    "$bin/tta-randomize" draw --seed='dice 4 1 6' $args $known/methods.csv 2>/dev/null |
        awk -F, 'NR == 2 { printf "%s", $NF } NR > 2 { printf " %s", $NF } END { print "" }' >"$tmp/out"
    printf '%s\n' "$answer" | cmp -s - "$tmp/out"
    check "draw $args" 'not what methods.txt says' test $? -eq 0
done <$known/methods.txt
check 'there were draws' 'no' test "$(wc -l <$known/methods.txt)" -ge 70
finish
