#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Known answers for the frozen generator tta-1 (include/tta/random.h), made
# without any of our code: b2sum (coreutils) hashes the seed, openssl makes the
# derived key and the ChaCha20 stream, perl (64-bit unsigned integers, no
# modules) does the draws. Writes the table to standard output:
#
#   tests/known-answers/tta-1.sh > tests/known-answers/tta-1.txt
#
# With --check it compares with the table beside it instead (exit 1: differs).
set -eu
LC_ALL=C
export LC_ALL

# key SEED: BLAKE2b with a 32-byte digest, no key
key()
{
    printf '%s' "$1" | b2sum -l 256 | cut -d' ' -f1
}

# derived KEY LABEL: BLAKE2b keyed with KEY over the bytes of LABEL
derived()
{
    printf '%s' "$2" |
        openssl mac -macopt "hexkey:$1" -macopt size:32 BLAKE2BMAC | tr 'A-F' 'a-f'
}

# stream DERIVED BLOCK BYTES: ChaCha20 from that block on, as hex. openssl's
# 16-byte iv is the block counter, little-endian, and then the 12-byte nonce.
stream()
{
    counter=$(perl -e 'print unpack("H8", pack("V", $ARGV[0]))' "$2")
    nonce=$(printf 'LibsodiumDRG' | od -An -v -tx1 | tr -d ' \n')
    head -c "$3" /dev/zero |
        openssl enc -chacha20 -K "$1" -iv "$counter$nonce" | od -An -v -tx1 | tr -d ' \n'
}

# draws HEX: the draws from the stream's words, by the wording of the header
draws()
{
    printf '%s' "$1" | perl -e '
        use strict;
        my @stream = unpack("Q<*", pack("H*", scalar <STDIN>));
        my $at;
        sub below {
            my ($n) = @_;
            my $rest = (~0 % $n + 1) % $n;              # 2^64 mod n
            while (1) {
                die "stream too short" if $at >= @stream;
                my $w = $stream[$at++];
                return $w % $n unless $rest && $w > ~0 - $rest;   # w >= 2^64 - rest
            }
        }
        printf "words%s\n", join("", map { sprintf " %016x", $_ } @stream[0 .. 19]);
        for my $n (2, 6, 7, 1000000007, 1 << 63, (1 << 63) + 1, ~0) {
            $at = 0;
            my @v = map { below($n) } 1 .. 30;
            print "below $n $at @v\n";                  # n, words used, 30 draws
        }
        for my $arms ([20, 10], [1], [3, 3, 3], [250, 250]) {
            $at = 0;
            my @list = map { ($_) x $arms->[$_] } 0 .. $#$arms;
            for (my $i = $#list; $i > 0; $i--) {
                my $j = below($i + 1);
                @list[$i, $j] = @list[$j, $i];
            }
            printf "draw %s %s\n", join(",", @$arms), join(" ", @list);
        }
        $at = 0;
        my @order = (0 .. 99);
        for (my $i = 99; $i > 0; $i--) {
            my $j = below($i + 1);
            @order[$i, $j] = @order[$j, $i];
        }
        print "shuffle 100 @order\n";'
}

# answers SEED LABEL: all that follows from them
answers()
{
    k=$(key "$1")
    d=$(derived "$k" "$2")
    echo "seed $1"
    echo "label $2"
    echo "key $k"
    echo "derived $d"
    draws "$(stream "$d" 0 8192)"
    # far out, so that the counter counts: the first word of these blocks
    for block in 1 16 17 1000 70000 4294967295; do
        echo "block $block $(stream "$d" "$block" 8 |
            perl -e 'printf "%016x", unpack("Q<", pack("H*", scalar <STDIN>))')"
    done
}

table()
{
    echo '# The generator tta-1: answers of b2sum, openssl and perl, made by tta-1.sh.'
    echo '# words: the first 20, as numbers in hex. below N USED: 30 draws below N and how'
    echo '# many words they took. draw: the arm of each unit. block B: first word of block B.'
    answers 'dice 4 1 6' ''
    answers 'dice 4 1 6' 'Rødovre|kvinde|under 30'
    answers '' ''
    answers 'Lodtrækning, æøå' 'a'
}

if [ "${1-}" = --check ]; then
    table | cmp - "$(dirname "$0")/tta-1.txt"
else
    table
fi
