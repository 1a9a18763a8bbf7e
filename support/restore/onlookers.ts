import { LabBroken } from '../errors'
import { expectSame } from '../expect-same'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { namespace } from '../lab/namespace'
import type { Scenario } from '../scenario'

interface Connection {
  readonly start: string
  readonly authorized_user?: string
  readonly ip: string
}

/** What NATS itself saw of a procedure, from its monitoring port. */
export class Onlookers {
  constructor(protected readonly scenario: Scenario) {}

  /**
   * No backup and no restore connected to NATS since the last command began.
   *
   * @throws RunbookFailed with the connections that there were
   */
  async sawNoRestore(): Promise<void> {
    const since = this.scenario.operator.lastStartedAt.getTime()
    const { items: pods } = await this.scenario.lane.kubernetes.ask<{ items: Resource[] }>(
      'GET',
      pathOf(kindOf('v1', 'Pod'), namespace),
      { query: { labelSelector: 'app=nats' } },
    )
    if (pods.length === 0) {
      throw new LabBroken('RBK_NO_NATS', {
        attempted: `No pod of NATS (app=nats) is in ${namespace} to be asked`,
      })
    }
    const servers = await Promise.all(pods.map(({ metadata }) => this.connections(metadata.name)))
    const seen = servers
      .flat()
      .filter(({ authorized_user: user, start }) => this.isSuspect(user) && Date.parse(start) >= since)
      .map(({ authorized_user, start, ip }) => `user ${authorized_user} from ${ip} at ${start}`)
    expectSame(
      'NATS was connected to although the page says it is not',
      [],
      seen,
      'nats server report connections',
    )
  }

  /** Whether a user may be a backup or a restore: whoever isn't the application. */
  protected isSuspect(user: string | undefined): boolean {
    return user !== 'app'
  }

  /** Open ones, and the last ten thousand closed ones. */
  private async connections(pod: string): Promise<readonly Connection[]> {
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}:8222/proxy/connz`
    const { connections } = await this.scenario.lane.kubernetes.ask<{ connections: Connection[] }>(
      'GET',
      path,
      {
        query: { state: 'all', auth: '1', limit: '11000' },
      },
    )
    return connections
  }
}
