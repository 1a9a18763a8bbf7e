import { join } from 'node:path'
import { clusterLooks, collect, type EvidenceItem, type Look } from './evidence/collect'
import { ActiveFault, type Fault } from './faults/fault'
import type { Probe } from './faults/s3-refused'
import { accountState } from './jetstream/account'
import type { JetStream } from './jetstream/connection'
import { paths } from './lab/home'
import type { LaneAccess } from './lab/lane-access'
import type { Part } from './lab/made'
import { namespace } from './lab/namespace'
import { adapterCalls } from './objectstore/adapter-calls'
import { snapshot } from './objectstore/snapshot'
import { textOf } from './shell/command-result'
import { type Attach, Operator } from './shell/operator'
import { runBlock } from './shell/run-block'

/** One scenario on its lane: the operator, the faults in force, and how both are recorded. */
export class Scenario {
  readonly operator: Operator
  private readonly faults: ActiveFault[] = []
  private readonly ends: Array<() => Promise<unknown>> = []
  protected readonly begunAt = new Date()

  constructor(
    readonly lane: LaneAccess,
    private readonly put: Attach,
    verbose: boolean,
    /** How long a command block may take, in milliseconds; as long as with the lab's data, unless told. */
    patienceMs?: number,
  ) {
    const stream = verbose ? (text: string) => process.stderr.write(text) : undefined
    this.operator = new Operator(lane.toolbox, lane.mask, join(paths.reports), put, stream, patienceMs)
  }

  /** Puts a value into the report at the step that is being run, under one of the report's media types. */
  async record(
    kind: 'fault' | 'ledger' | 'measure' | 'timing' | 'cutoffs' | 'evidence' | 'lab' | 'verdict',
    value: unknown,
  ): Promise<void> {
    await this.put(JSON.stringify(value), `application/vnd.runbook.${kind}+json`)
  }

  /** A look from the toolbox that isn't part of the runbook. */
  readonly probe: Probe = async (script) => {
    const result = await runBlock(this.lane.toolbox, script, { deadline: { name: 'a probe', ms: 20_000 } })
    return { exitCode: result.exitCode, output: textOf(result) }
  }

  /** Brings a fault about, proven in force. It ends when its `heal` is called, or with the scenario. */
  async under(fault: Fault): Promise<ActiveFault> {
    const active = await ActiveFault.inject(fault, (record) => this.record('fault', record))
    this.faults.push(active)
    return active
  }

  /** Parts of the lane that don't answer because of a fault that is in force. */
  get silenced(): readonly Part[] {
    return this.faults.flatMap(({ silences }) => silences)
  }

  /** Ends every fault that is in force, and proves it. */
  private async heal(): Promise<void> {
    for (const fault of this.faults.splice(0).reverse()) await fault.heal()
  }

  /** Something of the harness's own, such as a publisher, that must not outlive the scenario. */
  endWith(end: () => Promise<unknown>): void {
    this.ends.push(end)
  }

  /** Ends what runs beside the scenario; its faults stay. */
  async endAside(): Promise<void> {
    await Promise.all(this.ends.splice(0).map((end) => end()))
  }

  /** Ends all that the scenario began: what runs beside it, and every fault, proven. */
  async end(): Promise<void> {
    try {
      await this.endAside()
    } finally {
      await this.heal()
    }
  }

  /** The calls of AWS IAM that this scenario's commands made, and that the lab's adapter answered: "CreateUser (nats-backup)". */
  async adapterCalls(): Promise<string[]> {
    const calls = await adapterCalls(this.lane.address, this.begunAt)
    return calls.map(({ action, user }) => (user ? `${action} (${user})` : action))
  }

  /** What the system looks like now, masked. */
  evidence(): Promise<EvidenceItem[]> {
    return collect(this.looks(), (text) => this.lane.mask.text(text))
  }

  /** What is looked at when a step failed. */
  protected looks(): Look[] {
    const { kubernetes, operated, secondSite, store, address } = this.lane
    return [
      ...clusterLooks(kubernetes, namespace, this.begunAt),
      { name: 'Streams and consumers of NATS', look: () => this.streams(operated) },
      { name: 'Streams and consumers of the second site', look: () => this.streams(secondSite) },
      { name: 'Object store', look: async () => JSON.stringify(await snapshot(store), null, 2) },
      { name: 'Toxiproxy', look: async () => (await fetch(`${address.toxiproxy}/proxies`)).text() },
    ]
  }

  protected async streams(site: JetStream): Promise<string> {
    const state = await accountState(site, 0)
    return Object.keys(state).length > 0 ? JSON.stringify(state, null, 2) : '(no stream)'
  }
}
