#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Do the manual pages, --help, the completion and the README say the same?
# Usage: tests/suites/manual.sh build/MODE
set -u
cd "$(dirname "$0")/../.." || exit 70
build=${1:?usage: tests/suites/manual.sh build/MODE}
LC_ALL=C
export LC_ALL
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
passed=0
failed=0

ok()
{
    passed=$((passed + 1))
    printf 'ok %s\n' "$1"
}

not_ok() # NAME WHY
{
    failed=$((failed + 1))
    printf 'not ok %s: %s\n' "$1" "$2"
}

# same NAME FILE FILE: two sorted lists are one
same()
{
    if ! [ -s "$2" ]; then
        not_ok "$1" "there is nothing to compare"
    elif cmp -s "$2" "$3"; then
        ok "$1"
    else
        not_ok "$1" "$(diff "$2" "$3" | sed -n 's/^[<>] /&/p' | tr '\n' ' ')"
    fi
}

commands() # PROGRAM: its subcommands
{
    "$build/bin/$1" --help | awk '/^Commands$/ {on = 1; next} /^$/ {on = 0} on {print $1}'
}

# own and common options as --help writes them: "--rules=NAME|FILE", "-o, --output=FILE"
help_options() # HELP own|common
{
    awk -v want="$2" '
        /^Options$/ { on = "own"; next }
        /^Options of every tta filter$/ { on = "common"; next }
        /^[^ ]/ { on = "" }
        on == want && $1 ~ /^--/ { print $1 }
        on == want && $1 ~ /^-.,$/ { print $1 " " $2 }' "$1"
}

# the same of a page
page_options()
{
    sed -n 's/^\.It \(.*Fl Fl .*\)/\1/p' "$1" |
        sed -e 's/^Fl \(.\) , /-\1, /' -e 's/Fl Fl /--/' -e 's/ Ns Oo = Ns Ar \(.*\) Oc$/[=\1]/' \
            -e 's/ Ns = Ns Ar /=/'
}

# a value that the option's parser takes, from what --help calls it
value_of()
{
    case $1 in
        dk*) echo dk ;;
        N) echo 1 ;;
        YEAR) echo 2020 ;;
        YEARS) echo 1 ;;
        WEEKS) echo 52 ;;
        P) echo 0.5 ;;
        DATE) echo 2012-12-30 ;;
        *'|FILE') echo "${1%%|*}" ;;
        *'|'*) echo "${1%%|*}" ;;
        consort) echo consort ;;
        *) echo x ;;
    esac
}

accepts() # PROGRAM COMMAND OPTION: the program knows it
{
    option=${3#-?, }
    case $option in
        *'[='*) set -- "$1" "$2" "${option%%\[*}" ;;
        *=*) set -- "$1" "$2" "${option%%=*}=$(value_of "${option#*=}")" ;;
        *) set -- "$1" "$2" "$option" ;;
    esac
    # --help behind it: parsed, and nothing is run (--output takes the help). COMMAND may be empty.
    case $3 in
        --output=*) set -- "$1" "$2" "--output=$work/help-went-here" ;;
    esac
    "$build/bin/$1" ${2:+"$2"} "$3" --help > "$work/out" 2>&1
}

check_program() # PROGRAM
{
    page=man/$1.1
    : > "$work/own"
    : > "$work/common"
    : > "$work/columns"
    names=$(commands "$1")
    for command in ${names:-''}; do
        [ "$command" = "''" ] && command=
        "$build/bin/$1" ${command:+"$command"} --help > "$work/help" 2>&1
        help_options "$work/help" own >> "$work/own"
        help_options "$work/help" common > "$work/common"
        awk '/^Columns/ {on = 1; next} /^$/ {on = 0} on {print $1}' "$work/help" >> "$work/columns"
        [ "$(wc -l < "$work/common")" -gt 20 ] || not_ok "$1 $command --help" "few common options"
        cat "$work/common" "$work/own" > "$work/all"
        while read -r option; do
            if [ -n "$names" ] && ! grep -qxF -e "$option" "$work/common" &&
                ! help_options "$work/help" own | grep -qxF -e "$option"; then
                continue # of another subcommand
            fi
            if accepts "$1" "$command" "$option"; then
                ok "$1 $command takes $option"
            else
                not_ok "$1 $command takes $option" "$(head -n 1 "$work/out")"
            fi
        done < "$work/all"
        if "$build/bin/$1" ${command:+"$command"} --no-such-thing > "$work/out" 2>&1; then
            not_ok "$1 $command --no-such-thing" "is taken"
        else
            ok "$1 $command --no-such-thing is refused"
        fi
        [ -z "$command" ] || grep -q "^\\.It Cm $command\$" "$page" ||
            not_ok "$page" "no command $command"
    done
    sort -u "$work/own" > "$work/want"
    page_options "$page" | sort -u > "$work/got"
    same "$page has the program's own options" "$work/want" "$work/got"
    sort -u "$work/common" > "$work/want"
    page_options man/tta.1 | sort > "$work/got"
    same "man/tta.1 has the common options of $1" "$work/want" "$work/got"
    if [ "$1" = tta-visit ]; then
        "$build/bin/tta-visit" --schema | sed -n 's/.*{"name": "\([^"]*\)".*/\1/p' > "$work/columns"
    fi
    missing=
    columns=$(sort -u "$work/columns")
    for column in $columns; do
        grep -Eq "^\\.It Va (.* , )?$column( ,|\$)" "$page" || missing="$missing $column"
        grep -Eq "^\\.It Va (.* , )?$column( ,|\$)" man/tta-glossary.7 ||
            missing="$missing $column (glossary)"
    done
    if [ -s "$work/columns" ] && [ -z "$missing" ]; then
        ok "$page and the glossary have the columns"
    else
        not_ok "$page and the glossary have the columns" "missing:$missing"
    fi
    check_completion "$1"
    if grep -q "^| \`$1\` *|" README.md; then
        ok "$1 is in README's table"
    else
        not_ok "$1 is in README's table" "it is not"
    fi
}

check_completion() # PROGRAM; own and common options stand in $work
{
    "$build/bin/$1" --completion=bash > "$work/completion"
    missing=
    sed -e 's/^-., //' -e 's/\[\{0,1\}=.*//' "$work/own" "$work/common" | sort -u > "$work/want"
    tr -s ' "' '\n' < "$work/completion" | sed -n 's/^\(--[a-z][a-z-]*\)=*$/\1/p' | sort -u > "$work/got"
    same "$1's completion has every option" "$work/want" "$work/got"
    for command in $(commands "$1"); do
        grep -q "[ \"]$command " "$work/completion" || missing="$missing $command"
    done
    [ -z "$missing" ] || not_ok "$1's completion has every command" "missing:$missing"
    if ! command -v bash > /dev/null 2>&1; then
        echo "# skipped: bash -n, there is no bash"
    elif bash -n "$work/completion" 2> "$work/out"; then
        ok "$1's completion is bash"
    else
        not_ok "$1's completion is bash" "$(head -n 1 "$work/out")"
    fi
}

for source in cmd/tta-*.c; do
    program=$(basename "$source" .c)
    if [ -f "man/$program.1" ]; then
        check_program "$program"
    else
        not_ok "man/$program.1" "is not there"
    fi
done

for page in man/*.[1-8]; do
    if ! command -v mandoc > /dev/null 2>&1; then
        echo "# skipped: mandoc -T lint $page, there is no mandoc"
    elif mandoc -T lint -W warning "$page" > "$work/out" 2>&1; then
        ok "mandoc -T lint $page"
    else
        not_ok "mandoc -T lint $page" "$(head -n 1 "$work/out")"
    fi
    # references to our own pages lead somewhere
    missing=
    pages=$(sed -n 's/^\.Xr \(tta[a-z-]*\) \([17]\).*/\1.\2/p' "$page" | sort -u)
    for name in $pages; do
        [ -f "man/$name" ] || missing="$missing $name"
    done
    if [ -z "$missing" ]; then
        ok "$page refers to pages that there are"
    else
        not_ok "$page refers to pages that there are" "missing:$missing"
    fi
done

# every exit status of the programs is in the table of tta(1), and no other
sed -n 's/^ *TTA_E_[A-Z]* = -\([0-9]*\),*.*/\1/p' include/tta/error.h | sort > "$work/want"
sed -n '/^\.Sh EXIT STATUS/,/^\.Sh EXAMPLES/s/^\.It \([1-9][0-9]*\)$/\1/p' man/tta.1 | sort > "$work/got"
same "man/tta.1 has the exit statuses" "$work/want" "$work/got"

# every built-in document is in the table of tta-documents(7), and every kind's schema has its words
"$build/bin/tta-visit" --print-data | sed -n '2,$s/^\([a-z]*\)\/\([^,]*\),.*/\1 \2/p' | sort > "$work/want"
awk '/^\.It [a-z]* Ta .* Ta / {for (i = 1; i <= NF; i++) if ($i == "Ta") last = i
    for (i = last + 1; i <= NF; i++) print $2, $i}' man/tta-documents.7 | sort > "$work/got"
same "man/tta-documents.7 has the documents" "$work/want" "$work/got"

# every column with a Danish name is in the glossary, but those of decision tables alone:
# their own --describe explains them
sed -n 's/^ *\(\({"name"\|"name"\): "\)\([a-z0-9_]*\)".*/\3/p' lib/data/rules/*.json | sort -u > "$work/tables"
"$build/bin/tta-visit" --print-data=codes/columns |
    sed -n 's/^ *{"name": "\([^"]*\)".*/\1/p' | sort > "$work/columns"
sed -n 's/^\.It Va //p' man/tta-glossary.7 | sed 's/ , /\n/g' | sort > "$work/all"
{ grep -Fxvf "$work/tables" "$work/columns"; grep -Fxf "$work/all" "$work/columns"; } | sort -u > "$work/want"
sed -n 's/^\.It Va //p' man/tta-glossary.7 | sed 's/ , /\n/g' | sort > "$work/all"
grep -Fxf "$work/want" "$work/all" | sort > "$work/got"
same "the glossary has the columns with Danish names" "$work/want" "$work/got"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
