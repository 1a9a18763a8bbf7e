import { commit } from '../commit'
import type { LabBroken } from '../errors'
import { Refused } from '../kubernetes/client'
import { baselineOf, deviations } from '../kubernetes/difference'
import { objectsIn } from '../kubernetes/objects'
import { type Resource, title } from '../kubernetes/resource'
import { entry, readCatalogue } from '../lab/catalogue'
import { lookUp } from '../lab/images'
import { namespace } from '../lab/namespace'
import type { Begun, Place } from '../place'
import type { Attach } from '../shell/operator'
import { clusterAsked } from './asked'
import { type ClusterLane, openCluster } from './lane'
import { clusterNouns } from './nouns'
import { ClusterScenario } from './scenario'
import type { ClusterSettings } from './settings'
import { removeToolbox, startToolbox } from './toolbox'

/** A cluster that was there before: nothing is put back there, and what a scenario leaves is told. */
export class ExistingCluster implements Place {
  /** Nothing is broken off on purpose where others work. */
  readonly mayCutOff = false

  private before: ReadonlyMap<string, Resource> | string = new Map()

  private constructor(
    private readonly lane: ClusterLane,
    readonly described: object,
  ) {}

  /**
   * The cluster that this run was asked to use.
   *
   * @throws HarnessMisused when its file or its context may not be used, LabBroken with what doesn't answer
   */
  static async asked(): Promise<ExistingCluster> {
    const settings = clusterAsked()
    try {
      const lane = await openCluster(settings, await startToolbox(settings))
      return new ExistingCluster(lane, await describe(settings, lane))
    } catch (error) {
      await removeToolbox()
      throw error
    }
  }

  async makeReady(): Promise<string> {
    this.before = await this.objects()
    return ''
  }

  begin(put: Attach, verbose: boolean): Begun {
    const scenario = new ClusterScenario(this.lane, put, verbose)
    return { scenario, nouns: clusterNouns(scenario) }
  }

  /** Its parts are others', and are judged by what a scenario meets. */
  async died(): Promise<LabBroken | undefined> {
    return undefined
  }

  /** Names alone: what is in objects of others is for no report. */
  async leftBehind(): Promise<string> {
    const now = await this.objects()
    if (typeof this.before === 'string' || typeof now === 'string')
      return `Whether anything was left can't be told: ${now}`
    const lines = deviations(baselineOf(this.before), now).map(({ baseline, now: there }) => {
      if (!baseline) return `${title(there as Resource)} is there`
      return `${title(baseline)} ${there ? 'is another' : 'is gone'}`
    })
    return lines.length > 0
      ? `In ${namespace} it is not as before this scenario, whoever did it; nothing was put back:\n${lines.join('\n')}`
      : ''
  }

  async close(): Promise<void> {
    try {
      await this.lane.close()
    } finally {
      await removeToolbox()
    }
  }

  /** What is in the namespace; why that can't be seen, where this user may not list all of it. */
  private async objects(): Promise<ReadonlyMap<string, Resource> | string> {
    return objectsIn(this.lane.kubernetes, namespace).catch((error: unknown) => {
      if (error instanceof Refused && error.status === 403) return error.message
      throw error
    })
  }
}

/** What the report says of it. */
async function describe(settings: ClusterSettings, { kubernetes, operated }: ClusterLane): Promise<object> {
  const { gitVersion } = await kubernetes.ask<{ gitVersion: string }>('GET', '/version')
  const image = await lookUp(entry(readCatalogue().images, 'toolbox'))
  return {
    cluster: settings.name,
    versions: [
      { name: 'Cluster', version: `${settings.name} (context ${settings.context}, ${settings.server})` },
      { name: 'Kubernetes', version: gitVersion.replace(/^v/, '') },
      { name: 'NATS', version: operated.connection.info?.version ?? 'unknown' },
    ],
    images: image
      ? [{ reference: image.reference, origin: image.origin, digest: image.digest ?? image.id }]
      : [],
    simulated: [],
    commit: commit(),
    startedAt: new Date().toISOString(),
  }
}
