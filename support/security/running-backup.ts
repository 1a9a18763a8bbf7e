import { expectSame } from '../expect-same'
import { inNode } from '../lab/node'
import type { Scenario } from '../scenario'

/** Of the process of a running backup, as the node's kernel has it: nothing is taken from a manifest. */
const look = `
for pid in $(pgrep -f '/backup$'); do
  grep -qs '^NSpid:.*[[:space:]]1$' "/proc/$pid/status" || continue
  sed -n 's/^\\(Uid\\|Gid\\|CapInh\\|CapPrm\\|CapEff\\|CapBnd\\|CapAmb\\|NoNewPrivs\\|Seccomp\\):[[:space:]]*/\\1 /p' "/proc/$pid/status" | tr '\\t' ' '
  awk '$5 == "/" { print "root " substr($6, 1, 2) }' "/proc/$pid/mountinfo"
  echo "token $(grep -c serviceaccount "/proc/$pid/mountinfo" || true)"
  for space in pid net ipc mnt uts; do
    [ "$(readlink "/proc/$pid/ns/$space")" != "$(readlink "/proc/1/ns/$space")" ] || echo "shares $space with the node"
  done
  exit
done
echo "no backup is running" >&2
exit 1`

const none = '0000000000000000'

/** What an unprivileged process looks like to the kernel. */
const unprivileged = [
  ...['Uid 1000 1000 1000 1000', 'Gid 1000 1000 1000 1000'],
  ...['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((set) => `${set} ${none}`),
  ...['NoNewPrivs 1', 'Seccomp 2', 'root ro', 'token 0'],
].join('\n')

/** A backup while it runs, as what it is to the kernel of its node. */
export class RunningBackup {
  constructor(private readonly scenario: Scenario) {}

  /** The process isn't root, has no capability and can't gain any, can't write to its root, and has no token of the cluster. @throws RunbookFailed with what it may do and mustn't, LabBroken when none runs */
  async isUnprivileged(): Promise<void> {
    const attempted = "The running backup can't be looked at"
    const got = await inNode(this.scenario.lane.address.cluster.node, { attempted, script: look })
    expectSame(
      'The running backup may do more than it needs',
      unprivileged,
      got.trim(),
      'kubectl get pods -n kgents-agents -l app=nats-backup -o yaml',
    )
  }
}
