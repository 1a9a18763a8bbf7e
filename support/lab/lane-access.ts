import { readFileSync } from 'node:fs'
import { Mask } from '../evidence/mask'
import { JetStream } from '../jetstream/connection'
import { EmptySite } from '../jetstream/empty-site'
import { KeptDataset } from '../jetstream/kept-dataset'
import { Kubernetes } from '../kubernetes/client'
import type { Resource } from '../kubernetes/resource'
import { type ObjectStore, openStore } from '../objectstore/store'
import { Toolbox } from '../shell/toolbox'
import type { LaneAddress } from './address'
import { type BackupVolume, NodeVolume } from './backup-volume'
import type { Baseline } from './baseline'
import { baselineOf } from './baseline-parts'
import { KeptArchives } from './kept-archives'
import { backupImage, Lookout } from './lookout'
import { NodeChanges } from './node-changes'
import { baselineFile, type Lane, laneFolder } from './session'

/** Everything through which a worker reaches its lane, opened once and kept for all its scenarios. */
export class LaneAccess {
  private constructor(
    readonly address: LaneAddress,
    readonly mask: Mask,
    readonly toolbox: Toolbox,
    readonly kubernetes: Kubernetes,
    readonly operated: JetStream,
    readonly secondSite: JetStream,
    readonly store: ObjectStore,
    readonly volume: BackupVolume,
    readonly dataset: KeptDataset,
    readonly baseline: Baseline,
    readonly lookout: Lookout,
    readonly kept: KeptArchives,
    readonly changes: NodeChanges,
  ) {}

  /**
   * @param lane as the session has it
   * @throws LabBroken with the part that doesn't answer
   */
  static async open({ address, made }: Lane): Promise<LaneAccess> {
    const { nats, s3, cluster } = address
    const toolbox = new Toolbox(address.toolbox)
    toolbox.prepare()
    const [kubernetes, operated, secondSite, store] = await Promise.all([
      Kubernetes.open(cluster.kubeconfig),
      JetStream.open({ name: 'NATS', server: nats.operated, user: 'app', password: nats.passwords.app }),
      JetStream.open({
        name: 'the second site',
        server: nats.secondSite,
        user: 'app',
        password: nats.passwords.app,
      }),
      openStore(address),
    ])
    const dataset = new KeptDataset(operated, laneFolder(address.lane))
    const changes = new NodeChanges(cluster.node, laneFolder(address.lane))
    const baseline = baselineOf({
      kubernetes,
      objects: new Map(
        JSON.parse(readFileSync(baselineFile(address.lane), 'utf8')) as Array<[string, Resource]>,
      ),
      node: cluster.node,
      changes,
      dataset,
      secondSite: new EmptySite(secondSite),
      store,
      toxiproxy: address.toxiproxy,
      toolbox: address.toolbox,
    })
    const mask = new Mask([
      { name: 'the store’s root key', value: s3.secretKey },
      { name: 'password of NATS user app', value: nats.passwords.app },
      { name: 'password of NATS user backup', value: nats.passwords.backup },
      { name: 'password of NATS user restore', value: nats.passwords.restore },
    ])
    const volume = new NodeVolume(kubernetes, cluster.node)
    const recipe = made.workloads[backupImage] ?? ''
    const lookout = new Lookout(kubernetes, cluster.node, nats.passwords.backup, recipe)
    return new LaneAccess(
      address,
      mask,
      toolbox,
      kubernetes,
      operated,
      secondSite,
      store,
      volume,
      dataset,
      baseline,
      lookout,
      new KeptArchives(cluster.node, lookout, operated, recipe),
      changes,
    )
  }

  /** Closes what would keep the process alive. */
  async close(): Promise<void> {
    this.toolbox[Symbol.dispose]()
    await Promise.all([this.operated[Symbol.asyncDispose](), this.secondSite[Symbol.asyncDispose]()])
  }
}
