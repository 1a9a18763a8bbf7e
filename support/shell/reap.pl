# Ends every process in the toolbox that bears the mark of a command block (supervise.pl sets it), and
# prints their command lines, each ended by "\0".
use strict;
use warnings;

my %seen;
for (1 .. 2000) {
    my @marked = marked() or last;
    while (my ($pid, $command) = splice @marked, 0, 2) {
        print "$command\0" unless $seen{$pid}++;
        kill 'KILL', $pid;
    }
    select(undef, undef, undef, 0.002);
}
exit(marked() ? 1 : 0);

sub marked {
    my @found;
    for my $dir (glob '/proc/[0-9]*') {
        next unless first_line("$dir/oom_score_adj") =~ /^801$/;
        next unless first_line("$dir/stat") =~ /.*\) [^ZX]/s;
        my $command = first_line("$dir/cmdline") =~ tr/\0/ /r;
        push @found, $dir =~ /(\d+)/, $command =~ s/\s+\z//r;
    }
    return @found;
}

sub first_line {
    open(my $file, '<', $_[0]) or return '';
    return substr(<$file> // '', 0, 400);
}
