import { LabBroken, messageOf } from '../errors'
import { eventually } from '../eventually'
import type { StreamHealth } from '../jetstream/stream-health'
import { hostnames } from '../lab/address'
import { docker } from '../lab/docker'
import type { LaneAccess } from '../lab/lane-access'
import type { Fault } from './fault'
import { natsAnswers } from './nats-asked'
import { letPackerGo, stopPacker } from './packer'
import type { Probe } from './s3-refused'

const change = 'node-down'
const pidFile = '/run/runbook-lab-holder.pid'

/**
 * Stops what writes an archive at its first bytes, and tells the bytes: the archive must be half-written when the node
 * goes down, and that takes docker longer than the rest of the archive takes the backup.
 */
const holder = `${stopPacker}
chdir shift or die;
$part = stop_packer(60);
print "$part ", -s $part;`

/**
 * The lane's only node goes down while a backup writes its archive, and with it the Kubernetes API and all three
 * servers of NATS: its container is killed. Started again, it has its address and its volumes, and nothing that was in
 * memory. A run that is killed meanwhile leaves a node that doesn't answer; the next start makes the cluster anew.
 */
export class NodeDown implements Fault {
  readonly name = 'The node goes down while an archive is written'
  readonly silences = ['cluster'] as const
  private written = ''

  /**
   * @param volume folder of the backup volume in the node
   * @param start  starts the backup
   * @param streams of NATS, which goes down with it
   */
  constructor(
    private readonly lane: LaneAccess,
    private readonly probe: Probe,
    private readonly volume: string,
    private readonly start: () => Promise<void>,
    private readonly streams: StreamHealth,
  ) {}

  async inject(): Promise<void> {
    await this.start()
    this.written = await this.lane.changes.make({
      name: change,
      script: `echo $$ >${pidFile}; exec perl -e '${holder}' ${this.volume}`,
      // What the node forgets when it goes down: nobody may stop a later backup.
      undo: `if [[ -s ${pidFile} ]]; then kill "$(cat ${pidFile})" 2>/dev/null || true; fi
        ${letPackerGo}
        rm --force ${pidFile}`,
    })
    await this.engine('kill')
  }

  async proveInForce(): Promise<string> {
    const state = await this.engine('inspect', '--format', '{{.State.Status}}')
    if (state !== 'exited') throw new Error(`the node's container is ${state}`)
    const { exitCode, output } = await this.probe('kubectl get --raw /readyz --request-timeout=5s')
    if (exitCode === 0) throw new Error(`the Kubernetes API answers: ${output}`)
    // Also lets the harness notice that its own connection is of no use any more.
    const answer = await this.lane.kubernetes.text('GET', '/readyz').catch(() => undefined)
    if (answer !== undefined) throw new Error(`the Kubernetes API answers: ${answer}`)
    return `the node has exited with ${this.written} bytes written; ${output.trim()}`
  }

  /** The node's container is started; nothing is waited for. @throws LabBroken with what the engine said */
  async switchOn(): Promise<void> {
    await this.engine('start')
  }

  async heal(): Promise<void> {
    await this.switchOn()
    const { kubernetes, changes } = this.lane
    await eventually({ name: 'the Kubernetes API of a node that was started', ms: 120_000 }, async () => {
      const seen = await kubernetes.text('GET', '/readyz')
      return seen === 'ok' ? { found: undefined } : { seen }
    })
    await changes.undo(change)
    // Servers that all start at once take longer than one.
    await this.streams.whole(180_000)
  }

  async proveHealed(): Promise<string> {
    const { lookout } = this.lane
    const { exitCode, output } = await this.probe('kubectl get --raw /readyz --request-timeout=5s')
    if (exitCode !== 0) throw new Error(`the Kubernetes API doesn't answer the toolbox: ${output}`)
    // The objects of pods tell for seconds what was true before: what counts is what a pod does and sees.
    const nats = await eventually({ name: 'a pod of a node that was started', ms: 60_000 }, async () => ({
      found: await natsAnswers(lookout, ({ isGood }) => isGood),
    }))
    const s3 = await lookout.run(
      `curl --silent --show-error --max-time 5 --output /dev/null http://${hostnames.s3}:9000`,
    )
    if (s3.exitCode !== 0) throw new Error(`S3 doesn't answer a pod: ${s3.output}`)
    return `the Kubernetes API answers; ${nats}; S3 answers a pod; every stream is on all servers`
  }

  private async engine(verb: string, ...options: readonly string[]): Promise<string> {
    const { node } = this.lane.address.cluster
    const result = await docker([verb, ...options, node])
    if (!result.failed) return String(result.stdout).trim()
    throw new LabBroken('RBK_NODE', {
      attempted: `docker ${verb} ${node} failed`,
      got: messageOf(result.all),
      next: 'Make the lab anew; what still works of it is kept:',
      repeat: 'npx runbook up',
    })
  }
}
