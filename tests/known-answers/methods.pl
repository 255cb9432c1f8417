#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-or-later
# The methods of tta-randomize draw done again, from the wording of man tta-generator
# alone: b2sum and openssl make the streams, the rest is here. For every line of
# methods.args beside it (the options of draw, without the seed) it writes that line,
# and below it what every row of methods.csv gets:
#
#   tests/known-answers/methods.pl > tests/known-answers/methods.txt
use strict;
use warnings;
use File::Temp;
use Math::BigInt;
use List::Util qw(sum min max);

my $folder = $0 =~ s{/[^/]*$}{}r;
my $key = `printf 'dice 4 1 6' | b2sum -l 256 | cut -d' ' -f1`;
chomp $key;

# ---- steps 2 to 5 ----
sub stream {
    my ($label) = @_;
    my $f = File::Temp->new;
    print $f $label;
    close $f;
    my $derived = lc `openssl mac -macopt hexkey:$key -macopt size:32 -in $f BLAKE2BMAC`;
    $derived =~ s/\s//g;
    my $iv = '00000000' . unpack('H*', 'LibsodiumDRG');
    my $bytes = `head -c 131072 /dev/zero | openssl enc -chacha20 -K $derived -iv $iv`;
    return { words => [unpack('Q<*', $bytes)], at => 0 };
}

sub below {
    my ($s, $n) = @_;
    my $rest = (~0 % $n + 1) % $n;    # 2^64 mod n
    while (1) {
        die 'stream too short' if $s->{at} >= @{$s->{words}};
        my $w = $s->{words}[$s->{at}++];
        return $w % $n unless $rest && $w > ~0 - $rest;
    }
}

sub shuffle {
    my ($s, @e) = @_;
    for (my $i = $#e; $i > 0; $i--) {
        my $j = below($s, $i + 1);
        @e[$i, $j] = @e[$j, $i];
    }
    return @e;
}

sub floor_div { my ($x, $y) = @_; return ($x - $x % $y) / $y }

# step 6
sub complete {
    my ($s, @size) = @_;
    return shuffle($s, map { ($_) x $size[$_] } 0 .. $#size);
}

# ---- the list ----
open(my $in, '<', "$folder/methods.csv") or die;
chomp(my $head = <$in>);
my @names = split /,/, $head;
my @rows;
while (<$in>) {
    chomp;
    my %row;
    @row{@names} = split /,/;
    push @rows, \%row;
}

sub kind {    # a cell as a part of a label
    my ($row, $term) = @_;
    my ($column, @cut) = split /</, $term;
    my $cell = $row->{$column};
    die "no column $column" unless defined $cell;
    return $cell =~ s{([/\\])}{\\$1}gr unless @cut;
    my @under = grep { $cell < $cut[$_] } 0 .. $#cut;
    return ">=$cut[-1]" unless @under;
    return ($under[0] > 0 ? ">=$cut[$under[0] - 1]" : '') . "<$cut[$under[0]]";
}

sub label {
    my ($row, $strata) = @_;
    return join '/', map { kind($row, $_) } split /,/, $strata // '';
}

# ---- the methods: each takes the units of a stratum and fills $_->{arm} ----
my ($o, @r, $k, $R);

sub from_shares {
    my ($s, $n) = @_;
    my ($u, $share, $before, @size) = (below($s, $R), 0, 0);
    for my $a (0 .. $k - 1) {
        $share += $r[$a];
        my $B = floor_div($n * $share + $u, $R);
        push @size, $B - $before;
        $before = $B;
    }
    return @size;
}

sub first_past {    # the first place at which the sum of the list passes x
    my ($x, @list) = @_;
    my $sum = 0;
    for my $i (0 .. $#list) {
        $sum += $list[$i];
        return $i if $sum > $x;
    }
    die;
}

sub fraction {
    my ($text) = @_;
    my ($p, $q) = $text =~ m{/} ? split(m{/}, $text) : ($text * 1000000, 1000000);
    my ($a, $b) = ($p, $q);
    ($a, $b) = ($b, $a % $b) while $b;
    return ($p / $a, $q / $a);
}

sub simple { my ($s, @u) = @_; $_->{arm} = first_past(below($s, $R), @r) for @u }

sub blocks {
    my ($s, @u) = @_;
    my @sizes = split /,/, $o->{blocks};
    my @e;
    for my $u (@u) {
        if (!@e) {
            my $size = @sizes > 1 ? $sizes[below($s, scalar @sizes)] : $sizes[0];
            @e = shuffle($s, map { ($_) x ($size * $r[$_] / $R) } 0 .. $k - 1);
        }
        $u->{arm} = shift @e;
    }
}

sub biased_coin {
    my ($s, @u) = @_;
    my ($p, $q) = fraction($o->{probability} // '2/3');
    my $D = 0;
    for my $u (@u) {
        if ($D == 0) { $u->{arm} = below($s, 2) }
        else {
            my $fewer = $D > 0 ? 1 : 0;
            $u->{arm} = below($s, $q) < $p ? $fewer : 1 - $fewer;
        }
        $D += $u->{arm} == 0 ? 1 : -1;
    }
}

sub big_stick {
    my ($s, @u) = @_;
    my $D = 0;
    for my $u (@u) {
        $u->{arm} = $D == $o->{limit} ? 1 : $D == -$o->{limit} ? 0 : below($s, 2);
        $D += $u->{arm} == 0 ? 1 : -1;
    }
}

sub urn {
    my ($s, @u) = @_;
    my ($b, $d) = split /:/, $o->{urn} // '1:1';
    my @so_far = (0) x $k;
    for my $i (0 .. $#u) {
        my @balls = map { $b + $d * ($i - $so_far[$_]) } 0 .. $k - 1;
        my $all = sum(@balls);
        $u[$i]{arm} = $all == 0 ? below($s, $k) : first_past(below($s, $all), @balls);
        $so_far[$u[$i]{arm}]++;
    }
}

sub lcm { my ($x, $y) = @_; my ($a, $b) = ($x, $y); ($a, $b) = ($b, $a % $b) while $b; return $x / $a * $y }

sub imbalance {
    my (@x) = @_;
    my $measure = $o->{measure} // 'range';
    return Math::BigInt->new(max(@x) - min(@x)) if $measure eq 'range';
    my $V = Math::BigInt->new($k * sum(map { $_ * $_ } @x) - sum(@x)**2);
    return $V if $measure eq 'variance';
    return ($V * 100000000)->bsqrt();
}

sub minimise {
    my ($s, @u) = @_;
    my ($p, $q) = fraction($o->{probability} // '0.8');
    my $M = 1;
    $M = lcm($M, $_) for @r;
    my @before;
    for my $u (@u) {
        my @score = map { Math::BigInt->new(0) } 1 .. $k;
        for my $a (0 .. $k - 1) {
            for my $factor (split /,/, $o->{factors}) {
                my ($term, $w) = $factor =~ /^(.*):(\d+)$/ ? ($1, $2) : ($factor, 1);
                my @x = (0) x $k;
                $x[$_->{arm}]++ for grep { kind($_->{row}, $term) eq kind($u->{row}, $term) } @before;
                $x[$a]++;
                $score[$a] += imbalance(map { $x[$_] * $M / $r[$_] } 0 .. $k - 1) * $w;
            }
        }
        my ($least) = sort { $a <=> $b } @score;
        my @best = grep { $score[$_] == $least } 0 .. $k - 1;
        my @other = grep { $score[$_] != $least } 0 .. $k - 1;
        my $y = below($s, $q);
        my @from = $y < $p || !@other ? @best : @other;
        $u->{arm} = $from[first_past(below($s, sum(@r[@from])), @r[@from])];
        push @before, $u;
    }
}

sub pairs {
    my ($s, @u) = @_;
    my %e;
    for my $u (@u) {
        my $pair = $o->{match} ? $u->{pair} : $u->{row}{$o->{pair}};
        $e{$pair} //= [shuffle($s, 0 .. $k - 1)];
        $u->{arm} = shift @{$e{$pair}};
    }
}

# Mahalanobis distances by Gauss-Jordan on the covariance matrix
sub inverse {
    my (@m) = @_;
    my $n = @m;
    my @a = map { my $i = $_; [@{$m[$i]}, map { $_ == $i ? 1 : 0 } 0 .. $n - 1] } 0 .. $n - 1;
    for my $c (0 .. $n - 1) {
        my ($pivot) = sort { abs($a[$b][$c]) <=> abs($a[$a][$c]) } $c .. $n - 1;
        @a[$c, $pivot] = @a[$pivot, $c];
        my $d = $a[$c][$c];
        $_ /= $d for @{$a[$c]};
        for my $i (grep { $_ != $c } 0 .. $n - 1) {
            my $f = $a[$i][$c];
            $a[$i][$_] -= $f * $a[$c][$_] for 0 .. 2 * $n - 1;
        }
    }
    return map { [@{$_}[$n .. 2 * $n - 1]] } @a;
}

sub make_pairs {
    my ($units, @strata) = @_;
    my @columns = split /,/, $o->{match};
    my $n = @$units;
    my @mean = map { my $c = $_; sum(map { $_->{row}{$c} } @$units) / $n } @columns;
    my @cov = map { my $i = $_; [map { my $j = $_;
        sum(map { ($_->{row}{$columns[$i]} - $mean[$i]) * ($_->{row}{$columns[$j]} - $mean[$j]) } @$units) / ($n - 1)
    } 0 .. $#columns] } 0 .. $#columns;
    my @inverse = inverse(@cov);
    my $distance = sub {
        my ($one, $other) = @_;
        my @d = map { $one->{row}{$_} - $other->{row}{$_} } @columns;
        my $sum = 0;
        for my $x (0 .. $#d) { $sum += $d[$x] * $inverse[$x][$_] * $d[$_] for 0 .. $#d }
        return sqrt $sum;
    };
    for my $stratum (@strata) {
        my @free = @$stratum;
        my %partner;    # by place
        while (@free) {
            my ($least, $best);
            for my $i (0 .. $#free) {
                for my $j ($i + 1 .. $#free) {
                    my $d = $distance->($free[$i], $free[$j]);
                    ($least, $best) = ($d, [$i, $j]) if !defined $least || $d < $least;
                }
            }
            my ($i, $j) = @$best;
            $partner{$free[$i]{place}} = $free[$j];
            $partner{$free[$j]{place}} = $free[$i];
            splice @free, $_, 1 for $j, $i;
        }
        for (my $gained = 1; $gained;) {
            $gained = 0;
            for my $A (@$stratum) {
                for my $B (@$stratum) {
                    my ($A2, $B2) = map { $partner{$_->{place}} } $A, $B;
                    next unless $A->{place} < $A2->{place} && $B->{place} < $B2->{place}
                        && $A->{place} < $B->{place};
                    my $now = $distance->($A, $A2) + $distance->($B, $B2);
                    my $x = $distance->($A, $B) + $distance->($A2, $B2);
                    my $y = $distance->($A, $B2) + $distance->($A2, $B);
                    next unless min($x, $y) < 0.999999999 * $now;
                    my ($to, $rest) = $x <= $y ? ($B, $B2) : ($B2, $B);
                    $partner{$A->{place}} = $to;
                    $partner{$to->{place}} = $A;
                    $partner{$A2->{place}} = $rest;
                    $partner{$rest->{place}} = $A2;
                    $gained = 1;
                }
            }
        }
        $_->{pair} = min($_->{place}, $partner{$_->{place}}{place}) for @$stratum;
    }
}

sub constrained {
    my (@u) = @_;
    my $s = stream('');
    my $n = @u;
    my @size = $o->{shares} ? from_shares($s, $n) : @r;
    my (@z, @weight);
    for my $covariate (split /,/, $o->{covariates}) {
        my ($c, $w) = $covariate =~ /^(.*):(\d+)$/ ? ($1, $2) : ($covariate, 1);
        my @v = map { Math::BigInt->new(sprintf '%.0f', $_->{row}{$c} * 1000000) } @u;
        my ($S, $Q) = (Math::BigInt->new(0), Math::BigInt->new(0));
        $S += $_, $Q += $_ * $_ for @v;
        my $h = ($n * $Q - $S * $S)->bsqrt();
        push @z, [map { ($_ * $n - $S) * 10000 } @v];
        $_ = ($_->is_neg ? -1 : 1) * ($_->copy->babs / $h)->numify for @{$z[-1]};
        push @weight, $w;
    }
    my @allotments;
    if ($o->{candidates}) {
        my $c = stream('/candidates');
        push @allotments, [complete($c, @size)] for 1 .. $o->{candidates};
    } else {
        for my $number (0 .. 2**$n - 1) {
            my @in = map { $number >> $_ & 1 } 0 .. $n - 1;
            push @allotments, [map { 1 - $_ } @in] if sum(@in) == $size[0];
        }
    }
    my @score = map { my $arms = $_; sum(map { my $c = $_;
        $weight[$c] * sum(map { $arms->[$_] == 0 ? $z[$c][$_] : 0 } 0 .. $n - 1)**2
    } 0 .. $#z) } @allotments;
    my ($p, $q) = fraction($o->{keep} // '0.1');
    my $limit = (sort { $a <=> $b } @score)[floor_div(@score * $p + $q - 1, $q) - 1];
    my @kept = grep { $score[$_] <= $limit } 0 .. $#score;
    my $drawn = $allotments[$kept[below($s, scalar @kept)]];
    $u[$_]{arm} = $drawn->[$_] for 0 .. $n - 1;
}

sub lists {    # complete, cluster, stepped
    my (%strata) = @_;
    my (%first, $n, $C, $before);
    if ($o->{strata} && !$o->{shares}) {
        $n += @$_ for values %strata;
        my $u = below(stream('/totals'), $n);
        ($C, $before) = (0, 0);
        for my $label (sort keys %strata) {
            $C += @{$strata{$label}};
            my $B = floor_div($r[0] * $C + $u, $n);
            $first{$label} = $B - $before;
            $before = $B;
        }
    }
    for my $label (keys %strata) {
        my @u = @{$strata{$label}};
        my $s = stream($label);
        my @size = $o->{shares} ? from_shares($s, scalar @u)
            : exists $first{$label} ? ($first{$label}, @u - $first{$label}) : @r;
        my @e = complete($s, @size);
        $u[$_]{arm} = $e[$_] for 0 .. $#u;
    }
}

my %method = (simple => \&simple, blocks => \&blocks, 'biased-coin' => \&biased_coin,
    'big-stick' => \&big_stick, urn => \&urn, minimise => \&minimise, pairs => \&pairs);

sub draw {
    my (@args) = @_;
    $o = { method => 'complete' };
    for (@args) {
        my ($name, $value) = /^--([^=]*)(?:=(.*))?$/ or die;
        $o->{$name} = $value // 1;
    }
    my @arms = split /,/, $o->{method} eq 'stepped' ? $o->{steps} : $o->{arms};
    $o->{shares} = $o->{ratio} || $arms[0] !~ /:/;
    @r = map { /:(\d+)$/ ? $1 : 1 } @arms;
    s/:\d+$// for @arms;
    ($k, $R) = (scalar @arms, sum(@r));

    my (@units, %of, %strata);
    for my $row (@rows) {
        my $unit = $o->{unit} ? $row->{$o->{unit}} : scalar @units;
        next if exists $of{$unit};
        push @units, $of{$unit} = { row => $row, place => scalar @units };
        push @{$strata{label($row, $o->{strata})}}, $units[-1];
    }
    if ($o->{method} eq 'constrained') { constrained(@units) }
    elsif ($method{$o->{method}}) {
        make_pairs(\@units, values %strata) if $o->{match};
        $method{$o->{method}}(stream($_), @{$strata{$_}}) for keys %strata;
    } else { lists(%strata) }
    return map { $arms[$of{$o->{unit} ? $rows[$_]{$o->{unit}} : $_}{arm}] } 0 .. $#rows;
}

open(my $list, '<', "$folder/methods.args") or die;
while (my $line = <$list>) {
    chomp $line;
    print "$line\n", join(' ', draw(split / /, $line)), "\n";
}
