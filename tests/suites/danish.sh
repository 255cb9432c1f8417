#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The Danish fixture (testdata/danish): every encoding, line end and byte order
# mark gives the same bytes; every damaged file is refused (65) with its line,
# and its column where one is to blame.
# Usage: tests/suites/danish.sh build/MODE
# shellcheck disable=SC2016 # the dollars are those of sed and perl
set -u
# shellcheck source=tests/suites/lib/suite.sh
. "$(dirname "$0")/lib/suite.sh"
fixture=$suite_root/testdata/danish
cp "$fixture/sager.csv" "$tmp/sager.csv"
cd "$tmp" || exit 70

# encode NAME <UTF-8: bytes in that encoding, a byte order mark with NAME+bom
encode() {
    case $1 in
    utf-8) cat ;;
    utf-8+bom) printf '\357\273\277' && cat ;;
    utf-16le+bom) printf '\377\376' && iconv -f UTF-8 -t UTF-16LE ;;
    utf-16be+bom) printf '\376\377' && iconv -f UTF-8 -t UTF-16BE ;;
    utf-16le) iconv -f UTF-8 -t UTF-16LE ;;
    utf-16be) iconv -f UTF-8 -t UTF-16BE ;;
    windows-1252) iconv -f UTF-8 -t CP1252 ;;
    iso-8859-1) iconv -f UTF-8 -t ISO-8859-1 ;;
    esac
}

same() { # NAME WANTED, output in out
    if cmp -s "$2" out; then
        ok "$1"
    else
        not_ok "$1" "$(cmp "$2" out 2>&1 | head -n 1) $(head -n 1 err)"
    fi
}

both() { # NAME FILE OPTION...
    variant=$1 file=$2
    shift 2
    "$bin/tta-refusion" --scheme=2011 --dialect=dk "$@" "$file" >out 2>err
    same "refusion: $variant" "$fixture/refusion.csv"
    "$bin/tta-visit" --dialect=dk "$@" <"$file" >out 2>err
    same "visit: $variant" "$fixture/visit.csv"
}

for end in LF CRLF CRLF-but-the-last none-at-the-end; do
    case $end in
    LF) cp sager.csv ended ;;
    CRLF) awk '{ printf "%s\r\n", $0 }' sager.csv >ended ;;
    CRLF-but-the-last) awk 'NR > 1 { printf "\r\n" } { printf "%s", $0 }' sager.csv >ended ;;
    none-at-the-end) awk 'NR > 1 { printf "\n" } { printf "%s", $0 }' sager.csv >ended ;;
    esac
    for encoding in utf-8 utf-8+bom windows-1252 iso-8859-1 utf-16le utf-16be utf-16le+bom \
        utf-16be+bom; do
        encode $encoding <ended >encoded
        plain=${encoding%+bom}
        both "$encoding, $end, told" encoded --encoding="$plain"
        case $encoding in
        # these are found without being told: by their marks, or as Windows-1252
        utf-8* | windows-1252 | iso-8859-1 | *+bom) both "$encoding, $end, found" encoded ;;
        esac
    done
done
encode utf-16le+bom <sager.csv >encoded
both 'utf-16, the mark tells which' encoded --encoding=utf-16
# what Windows-1252 has and ISO-8859-1 has not
printf 'sagsnummer;note;forventede uger;uafklarede helbredsproblemer;erhvervsevne truet;kan deltage\n1;10 € – „æ“;2;nej;nej;\n' >euro.csv
"$bin/tta-visit" --dialect=dk euro.csv >wanted
encode windows-1252 <euro.csv >encoded
"$bin/tta-visit" --dialect=dk encoded >out 2>err
same 'the characters of Windows-1252 alone' wanted
# the first byte outside ASCII far behind: it decides then
{
    head -n 1 euro.csv
    awk 'BEGIN { for (i = 0; i < 20000; i++) print i ";plain;2;nej;nej;" }'
    sed 1d euro.csv
} >late.csv
"$bin/tta-visit" --dialect=dk late.csv >wanted
encode windows-1252 <late.csv >encoded
"$bin/tta-visit" --dialect=dk encoded >out 2>err
same 'Windows-1252 seen late' wanted
# a pipeline of dk filters stays Danish, and back for Excel
"$bin/tta-visit" --dialect=dk sager.csv | "$bin/tta-refusion" --scheme=2011 --dialect=dk --bom --crlf >piped
printf '\357\273\277' >wanted
"$bin/tta-refusion" --scheme=2011 --dialect=dk "$fixture/visit.csv" | awk '{ printf "%s\r\n", $0 }' >>wanted
cp piped out
same 'a pipeline ends in a file for Excel' wanted
"$bin/tta-visit" --dialect=dk piped --rename=category=c,route=r,rule=x --missing=- >out 2>err
check 'which the filters read again' "$(head -n 1 err)" test "$(wc -l <out)" -eq 7

# ---- damaged ----
# damaged NAME LINE REASON [OPTION...]: damaged.csv is refused, by the filter
# that reads the column in question (the reason), in a file and from a pipe
damaged() {
    name=$1 line=$2 reason=$3
    shift 3
    for way in file pipe; do
        rm -f made
        if [ $way = file ]; then
            "$bin/tta-refusion" --scheme=2011 --dialect=dk "$@" -o made damaged.csv >out 2>err
        else
            "$bin/tta-refusion" --scheme=2011 --dialect=dk "$@" -o made <damaged.csv >out 2>err
        fi
        status=$?
        if [ $status -ne 65 ]; then
            not_ok "$name ($way)" "exit status $status: $(head -n 1 err)"
        elif [ "$line" != - ] && ! grep -qE "^tta-refusion: (damaged.csv|standard input):$line: " err; then
            not_ok "$name ($way)" "does not name line $line: $(head -n 1 err)"
        elif ! grep -qF -- "$reason" err; then
            not_ok "$name ($way)" "does not say \"$reason\": $(head -n 1 err)"
        elif [ "$(wc -l <err)" -ne 1 ] || [ -e made ]; then
            not_ok "$name ($way)" "more than one line said, or output"
        else
            ok "$name ($way)"
        fi
    done
}

# by_sed NAME LINE REASON SCRIPT
by_sed() {
    sed "$4" sager.csv >damaged.csv
    if cmp -s sager.csv damaged.csv; then
        not_ok "$1" "the fixture was not damaged"
    else
        damaged "$1" "$2" "$3"
    fi
}

# the next quote in the file seems to close it, and text follows
by_sed 'closing quote missing' 2 'text behind a closing quote' '2s/måske"/måske/'
by_sed 'closing quote missing, last row' 7 'never closed' '7s/slut"/slut/'
by_sed 'closing quote missing, header' 1 'text behind a closing quote' '1s/bemærkning/"bemærkning/'
by_sed 'opening quote missing' 5 'a quote inside a cell' '5s/"Nørre/Nørre/'
by_sed 'an inner quote not doubled' 3 'text behind a closing quote' '3s/""snart/"snart/'
by_sed 'a quote inside a town' 2 'a quote inside a cell' '2s/Rødovre/Rød"ovre/'
by_sed 'a delimiter more' 4 '13 cells where the header has 12' '4s/$/;/'
by_sed 'a delimiter less' 4 '11 cells where the header has 12' '4s/;;$/;/'
by_sed 'a delimiter more in every row' 2 '13 cells where the header has 12' '2,$s/$/;/'
by_sed 'an unquoted delimiter in a town' 3 '13 cells where the header has 12' '3s/Ærøskøbing/Ærø;Køping/'
by_sed 'a trailer with the number of rows' 8 '1 cell where the header has 12' '$a\
6'
by_sed 'the header again, as two files in one' 8 'column first_absence_date: not a date' '$a\
sagsnummer;personnummer;by;første fraværsdag;sidste fraværsdag;beskæftigelse;ugentlig ydelse;a;b;c;d;e'
by_sed 'no header' 1 'the first line does not look like a header' 1d
by_sed 'no header, no two cells alike' 1 'does not look like a header' '1d; 2s/;ja;nej;ja;/;ja;nej;jo;/'
by_sed 'a column named twice' 1 'columns 2 and 3 have the same name' '1s/personnummer;by/by;by/'
by_sed 'two columns for one' 1 'two columns could be weekly_benefit' '1s/;by;/;ugesats;/'
by_sed 'tabs for semicolons' 1 'no column case_id' 's/;/	/g'
by_sed 'commas for semicolons' 1 'no column case_id' 's/;/,/g'
by_sed 'a line in two' 3 '1 cell where the header has 12' '3s/;/\
;/'
by_sed 'two lines in one' 4 'where the header has 12' '4{
N
s/\n//
}'

while IFS='|' read -r value reason; do
    by_sed "the amount $value" 4 "column weekly_benefit: $reason" "4s/333,33/$value/"
done <<'END'
1.23|digits grouped otherwise than in threes
1.2345|digits grouped otherwise than in threes
12.34,5|digits grouped otherwise than in threes
1..234|digits grouped otherwise than in threes
.333|digits grouped otherwise than in threes
1.234.56|digits grouped otherwise than in threes
1234.567|digits grouped otherwise than in threes
1,2,3|not an amount in kroner
1,234.56|more than two decimals
1,234|more than two decimals
333,|not an amount in kroner
,33|not an amount in kroner
1 234,56|not an amount in kroner
1'234,56|not an amount in kroner
333,33 kr|not an amount in kroner
kr. 333|not an amount in kroner
−333|not an amount in kroner
--333|not an amount in kroner
3e2|not an amount in kroner
0x14D|not an amount in kroner
３３３|not an amount in kroner
NaN|not an amount in kroner
inf|not an amount in kroner
#REF!|not an amount in kroner
 333|not an amount in kroner
333 |not an amount in kroner
99999999999999999999|a number too large to hold
|empty
END
while IFS='|' read -r value reason; do
    by_sed "the date $value" 4 "column first_absence_date: $reason" "4s%02-01-2012%$value%"
done <<'END'
31-02-2012|no such day
29-02-2011|no such day
32-01-2012|no such day
00-01-2012|no such day
01-13-2012|no such day
01-00-2012|no such day
01-01-0012|no such day
2012-01-02|not a date (dd-mm-yyyy)
2-1-2012|not a date (dd-mm-yyyy)
02-01-12|not a date (dd-mm-yyyy)
02/01/2012|not a date (dd-mm-yyyy)
02.01.2012|not a date (dd-mm-yyyy)
02012012|not a date (dd-mm-yyyy)
02-01-2012 00:00|not a date (dd-mm-yyyy)
 02-01-2012|not a date (dd-mm-yyyy)
2. januar 2012|not a date (dd-mm-yyyy)
40910|not a date (dd-mm-yyyy)
|empty
END
by_sed 'the days the wrong way round' 4 'the last absence day is before the first' '4s/05-02-2012/05-02-2011/'
by_sed 'an open case' 4 'needs --until' '4s/05-02-2012//'
for value in selvstændig ledi 1 ledig/ansat ' ' ''; do
    reason='column employment: not one of'
    [ -z "$value" ] && reason='column employment: empty'
    by_sed "the employment $value" 4 "$reason" "4s%ledig%$value%"
done
by_sed 'no id' 4 'column case_id: empty' '4s/^0012345680//'
by_sed 'U+FFFD in a value that must be known' 6 'column employment: not one of' '6s/ansat/ans�t/'
by_sed 'U+FFFD in the name of a column' 1 'no column employment' '1s/beskæftigelse/besk�ftigelse/'
by_sed 'UTF-8 read as Latin-1 once before' 1 'no column first_absence_date' '1s/første/fÃ¸rste/'

# by_bytes NAME LINE REASON PERL: bytes changed by a line of perl ($_ is the file)
by_bytes() {
    source=${5:-sager.csv}
    perl -0777 -pe "$4" "$source" >damaged.csv
    if cmp -s "$source" damaged.csv; then
        not_ok "$1" "the fixture was not damaged"
    else
        damaged "$1" "$2" "$3"
    fi
}
by_bytes 'a NUL' 4 'a NUL byte' 's/lborg/l\0org/'
by_bytes 'a NUL in a quoted cell' 5 'a NUL byte' 's/rre; /rre\0 /'
by_bytes 'a NUL at the end' 8 'NUL' 's/\z/\0/'
by_bytes 'a carriage return in a cell' 4 'a carriage return' 's/lborg/l\rborg/'
by_bytes 'carriage returns for line ends' 1 'a carriage return' 's/\n/\r/g'
by_bytes 'a Latin-1 byte in UTF-8' 4 'not UTF-8' 's/lborg/lb\xF8rg/'
by_bytes 'half a character' 3 'not UTF-8' 's/\xC3\x86r/\xC3r/'
by_bytes 'half a character at the end of a cell' 7 'not UTF-8' 's/rnby/rnby\xC3/'
by_bytes 'an overlong form' 7 'not UTF-8' 's/rnby/\xC0\xAFnby/'
by_bytes 'a surrogate in UTF-8' 7 'not UTF-8' 's/rnby/\xED\xA0\x80nby/'
by_bytes 'beyond Unicode' 7 'not UTF-8' 's/rnby/\xF4\x90\x80\x80nby/'
by_bytes 'two byte order marks' 1 'no column case_id' 's/^/\xEF\xBB\xBF\xEF\xBB\xBF/'
by_bytes 'a byte order mark of UTF-16 before UTF-8' - 'UTF-16' 's/^/\xFF\xFE/; s/\n\z//'
encode windows-1252 <sager.csv >w1252.csv
for byte in 81 8D 8F 90 9D; do
    by_bytes "the byte $byte, which Windows-1252 does not have" 4 'Windows-1252 does not have' \
        "s/lborg/lb\\x${byte}rg/" w1252.csv
done
by_bytes 'a NUL in Windows-1252' 4 'a NUL byte' 's/lborg/l\0org/' w1252.csv
encode utf-16le+bom <sager.csv >u16.csv
by_bytes 'UTF-16: half a character at the end' 8 'UTF-16 does not have' 's/\z/x/' u16.csv
by_bytes 'UTF-16: a byte lost' - 'tta-refusion' 's/(l\0b\0)o\0/$1o/' u16.csv
by_bytes 'UTF-16: half a surrogate pair' 4 'UTF-16 does not have' 's/l\0b\0o\0/l\0\x3D\xD8o\0/' u16.csv
by_bytes 'UTF-16: the second half alone' 4 'UTF-16 does not have' 's/l\0b\0o\0/l\0\x00\xDCo\0/' u16.csv
by_bytes 'UTF-16: a NUL character' 4 'a NUL byte' 's/l\0b\0o\0/l\0\0\0o\0/' u16.csv
encode utf-16le <sager.csv >damaged.csv
damaged 'UTF-16 without a mark, and not told' 1 'a NUL byte'
encode utf-16be+bom <sager.csv >damaged.csv
damaged 'UTF-16, told to be UTF-8' 1 'begins as UTF-16 does' --encoding=utf-8
damaged 'UTF-16BE, told to be LE' - 'UTF-16' --encoding=utf-16le
encode utf-8+bom <sager.csv >damaged.csv
damaged 'UTF-8 with a mark, told to be Windows-1252' 1 'byte order mark of UTF-8' \
    --encoding=windows-1252
encode windows-1252 <sager.csv >damaged.csv
damaged 'Windows-1252, told to be UTF-8' 1 'not UTF-8' --encoding=utf-8
cp sager.csv damaged.csv
damaged 'UTF-8, told to be Windows-1252' 1 'no column first_absence_date' --encoding=windows-1252

# cut anywhere in the last row: no row of it. Cut before its last cell, or at a
# row's end, the rest is a good file: then only the number of rows tells.
whole=$(wc -c <sager.csv)
last=$(tail -n 1 sager.csv | wc -c)
bad=
cut=$((whole - last + 1))
while [ $cut -lt $((whole - 2)) ]; do
    head -c $cut sager.csv >damaged.csv
    "$bin/tta-refusion" --scheme=2011 --dialect=dk damaged.csv >out 2>err
    status=$?
    next=$(dd if=sager.csv bs=1 skip=$cut count=1 2>/dev/null)
    if [ "$next" = '"' ]; then
        [ $status -eq 0 ] || bad="$bad $cut: $status"
    elif [ $status -ne 65 ] || ! grep -q '^tta-refusion: damaged.csv:7: ' err; then
        bad="$bad $cut: $status $(head -n 1 err);"
    fi
    cut=$((cut + 1))
done
check 'cut at any byte of the last row' "$bad" test -z "$bad"
for rows in 1 5; do
    head -n $((rows + 1)) sager.csv >damaged.csv
    "$bin/tta-refusion" --scheme=2011 --dialect=dk damaged.csv >out 2>err
    check "cut behind row $rows: a good file" "$(head -n 1 err)" test $? -eq 0
    damaged "but not with --expect-rows=6, $rows rows" - "rows" --expect-rows=6
done
cp sager.csv damaged.csv
damaged 'a row more than --expect-rows' - 'rows' --expect-rows=5

# tta-visit's own columns
while IFS='|' read -r script line column; do
    sed "$script" sager.csv >damaged.csv
    "$bin/tta-visit" --dialect=dk damaged.csv >out 2>err
    status=$?
    grep -q "^tta-visit: damaged.csv:$line: column $column: " err && [ $status -eq 65 ]
    check "visit: $script" "exit status $status: $(head -n 1 err)" test $? -eq 0
done <<'END'
4s/;13;/;1,5;/|4|expected_weeks
4s/;13;/;1.3;/|4|expected_weeks
4s/;13;/;tretten;/|4|expected_weeks
4s/;13;/;-1;/|4|expected_weeks
4s/;13;/;;/|4|expected_weeks
4s/;nej;ja;/;nix;ja;/|4|health_unresolved
4s/;nej;ja;/;nej;j;/|4|work_capacity_threatened
4s/;nej;ja;/;nej;;/|4|work_capacity_threatened
2s/;ja;"/;måske;"/|2|able_to_participate
2s/;ja;"/;;"/|2|able_to_participate
END
finish
