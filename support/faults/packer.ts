/**
 * Perl for the node, whose working directory is the backup volume. `stop_packer SECONDS` waits until a backup has begun
 * to write an archive, stops what packs it (SIGSTOP) when the first bytes are there, and returns the name of the part.
 * It dies when no archive is begun in that time, or when one was complete before. `gzip "CONT"` lets the packer go on.
 * No single quote is in it.
 */
export const stopPacker = `
# Before the packer, where the machine has more to do than it can.
setpriority 0, 0, -20;
sub nap { select undef, undef, undef, 0.002 }
sub gzip { system("pkill --signal $_[0] --exact gzip") == 0 }
sub stop_packer {
  my ($seconds) = @_;
  my ($part, $end) = (undef, time + $seconds);
  until (($part) = glob ".nats-*.partial") {
    die "no archive was begun within $seconds s\\n" if time > $end;
    nap;
  }
  for (;;) {
    my $begun = !-e $part || -s $part;
    last if gzip "STOP";
    die "the archive was complete before it could be held up\\n" if $begun;
    nap;
  }
  until (-s $part) { gzip "CONT"; nap; gzip "STOP" }
  return $part;
}`

/** For bash in the node: a packer that was stopped goes on. */
export const letPackerGo = 'pkill --signal CONT --exact gzip || true'
