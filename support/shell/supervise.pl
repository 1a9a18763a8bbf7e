# Runs one command block in the toolbox, and lets nothing of it outlive it.
#
# stdin   "<nonce> <length of the script>\n", the script, and then nothing: it stays open as a lease.
#         When it ends (deadline, flood, or a harness that was killed) so does the block.
# stdout  the block's, then "\0<nonce>\0<nonce>\0": waiting for the engine to close the connection
#         would take 80 ms more.
# stderr  the block's, then "\0<nonce>\0", the account that account.ts reads, and "<nonce>\0".
#         The account's fields, each ended by "\0":
#         wait status, milliseconds, 1 if the lease ended first, number of processes left behind, their
#         command lines,
#         and for each failed line: exit code, line number, command.
#
# Perl, because Debian's base has it and a shell can neither tell an exit code of 137 from a death by
# signal 9 nor become a subreaper: the parent of every orphan among its descendants. That is what finds
# a daemon, whatever it did to get away (fork twice, setsid, an empty environment).
use strict;
use warnings;
use POSIX qw(setsid dup2 WNOHANG);

# prctl, memfd_create, clock_gettime: perl-base has no names for them.
my %numbers = (x86_64 => [157, 319, 228], aarch64 => [167, 279, 113]);
my $machine = (POSIX::uname())[4];
my ($prctl, $memfd_create, $clock_gettime) = @{ $numbers{$machine} or die "no system call numbers for $machine\n" };

# What bash does before the block's first line: note each command that fails, how deep it is in subshells and functions, and
# go on as it would.
# The trap's own output, and its trace where the block sets -x, stay out of the block's.
my $prelude = <<'END';
unset BASH_ENV
exec 198<&-
set -o errtrace
trap '{ printf "%s\0" "$?" "$LINENO" "$((BASH_SUBSHELL + ${#FUNCNAME[@]}))" "${BASH_COMMAND:0:400}" >&199; } 2>/dev/null' ERR
END

# The mark of a block's processes, by which reap.pl knows them: inherited, and nobody sets it by chance.
# It also makes them the first to go when memory runs short.
my $mark = 801;

$0 = 'runbook: waits for a block';
my ($nonce, $script) = receive();
$0 = 'runbook: runs a block';
syscall($prctl, 36, 1, 0, 0, 0) == 0 or die "PR_SET_CHILD_SUBREAPER: $!\n";

my $abandoned = 0;
local $SIG{TERM} = sub { $abandoned = 1 };
local $SIG{CHLD} = sub { };    # so that select ends

pipe(my $failed_lines, my $note) or die "pipe: $!\n";
my $began = milliseconds();
my $block = fork() // die "fork: $!\n";
if ($block == 0) {
    eval { run_block() };
    syswrite($note, "broken\0" . "0\0" . "0\0$@\0");
    POSIX::_exit(1);
}

my ($status, $failures) = (undef, '');
until (defined $status or $abandoned) {
    my $ready = '';
    vec($ready, fileno($_), 1) = 1 for \*STDIN, $failed_lines;
    # A child that ends between `bury` and `select` doesn't interrupt it: hence the limit.
    if (select($ready, undef, undef, 0.1) > 0) {
        note_failures() if vec($ready, fileno($failed_lines), 1);
        $abandoned = 1 if vec($ready, fileno(STDIN), 1) and !sysread(STDIN, my $ignored, 4096);
    }
    bury();
}
my $took = milliseconds() - $began;
my @left = $abandoned ? () : left_behind();
end_all();
note_failures();
give_account();

sub receive {
    my $header = '';
    until ($header =~ /\n/) { sysread(STDIN, $header, 1, length $header) or exit 0 }
    my ($nonce, $length) = $header =~ /^(\w+) (\d+)\n/ or die "no header\n";
    my $script = '';
    while (length $script < $length) {
        sysread(STDIN, $script, $length - length $script, length $script) or exit 0;
    }
    return ($nonce, $script);
}

sub run_block {
    setsid();    # `kill 0` in a block means the block
    open(my $oom, '>', '/proc/self/oom_score_adj') or die "oom_score_adj: $!\n";
    syswrite($oom, $mark) or die "oom_score_adj: $!\n";
    # No file system holds the script, no process list shows it, no command in it can read it as its input.
    my @given = ([memory($script), 200], [memory($prelude), 198], [fileno($note), 199]);
    dup2(@$_) // die "dup2: $!\n" for @given;
    dup2(200, 3) // die "dup2: $!\n";
    POSIX::close(200);
    open(STDIN, '<', '/dev/null') or die "/dev/null: $!\n";
    $ENV{BASH_ENV} = '/dev/fd/198';
    { no warnings 'exec'; exec { 'bash' } 'bash', '/dev/fd/3' }
    die "bash: $!\n";
}

sub memory {
    my ($bytes) = @_;
    my $name = 'block';                           # syscall wants to be able to write to it
    my $fd = syscall($memfd_create, $name, 1);    # 1: closed on exec
    die "memfd_create: $!\n" if $fd < 0;
    for (my $at = 0; $at < length $bytes;) {
        $at += POSIX::write($fd, substr($bytes, $at), length($bytes) - $at) // die "memfd: $!\n";
    }
    return $fd;
}

# Takes what the trap noted. A loop that fails for ever is known well enough after 32 KiB.
sub note_failures {
    for (;;) {
        my $ready = '';
        vec($ready, fileno($failed_lines), 1) = 1;
        return unless select($ready, undef, undef, 0) > 0;
        my $size = sysread($failed_lines, my $notes, 65536);
        $failures .= $notes if $size and length $failures < 32768;
    }
}

sub bury {
    while ((my $pid = waitpid(-1, WNOHANG)) > 0) { $status = $? if $pid == $block }
}

# A process that is just about to end (`kill %1`, `> >(tee log)`) isn't left behind.
sub left_behind {
    my @alive;
    for (1 .. 50) {
        @alive = descendants() or return ();
        pause(0.005);
        bury();
    }
    return map { command_of($_) } @alive;
}

# Stopped first, so that what forks for a living can't get ahead.
sub end_all {
    my $limit = milliseconds() + 4000;
    while (my @alive = descendants()) {
        my %stopped;
        while (my @running = grep { !$stopped{$_}++ } descendants()) { kill 'STOP', @running }
        kill 'KILL', keys %stopped;
        bury();
        die "processes that can't be killed: @alive\n" if milliseconds() > $limit;
        pause(0.002);
        bury();
    }
}

sub descendants {
    my %children;
    for my $stat (glob '/proc/[0-9]*/stat') {
        open(my $file, '<', $stat) or next;
        my ($pid, $state, $parent) = (<$file> // '') =~ /^(\d+) .*\) (\S) (\d+)/s or next;
        push @{ $children{$parent} }, $pid unless $state =~ /[ZX]/;
    }
    my @found = @{ $children{$$} // [] };
    for (my $i = 0; $i < @found; $i++) { push @found, @{ $children{ $found[$i] } // [] } }
    return @found;
}

sub command_of {
    my ($pid) = @_;
    open(my $file, '<', "/proc/$pid/cmdline") or return "process $pid";
    read($file, my $line, 400);
    $line =~ tr/\0/ /;
    $line =~ s/\s+$//;
    return length $line ? $line : "process $pid";
}

sub give_account {
    $failures =~ s/[^\0]*\z//;
    my $account = join '', map { "$_\0" } $status // 9, $took, $abandoned, scalar(@left), @left;
    alarm 10;    # the reader may be gone
    say_all(\*STDOUT, "\0$nonce\0$nonce\0");
    say_all(\*STDERR, "\0$nonce\0$account$failures$nonce\0");
}

sub say_all {
    my ($handle, $bytes) = @_;
    for (my $at = 0; $at < length $bytes;) {
        $at += syswrite($handle, $bytes, length($bytes) - $at, $at) // last;
    }
}

sub milliseconds {
    my $time = "\0" x 16;
    syscall($clock_gettime, 1, $time);    # 1: CLOCK_MONOTONIC
    my ($seconds, $nanoseconds) = unpack 'q2', $time;
    return int($seconds * 1000 + $nanoseconds / 1e6);
}

sub pause { select(undef, undef, undef, $_[0]) }
