import { setTimeout as pause } from 'node:timers/promises'
import { commit } from './commit'
import { LabBroken } from './errors'
import { laneDied } from './lab/died'
import { findEngine } from './lab/engine'
import { LaneAccess } from './lab/lane-access'
import { untilNightIsOver } from './lab/nightly'
import { readSession } from './lab/session'
import { simulated } from './lab/simulated'
import { nounsOf } from './nouns'
import type { Begun, Place } from './place'
import { Scenario } from './scenario'
import type { Attach } from './shell/operator'
import { reap } from './shell/reap'
import { waiting } from './waiting'

/** A lane of the lab: every scenario begins at its baseline, and the next one finds what it left put back. */
export class LanePlace implements Place {
  readonly mayCutOff = true

  private constructor(
    private readonly lane: LaneAccess,
    readonly described: object,
  ) {}

  /**
   * A lane as the session has it; what a killed run left in its toolbox is ended.
   *
   * @param number of the worker, whose lane it is
   * @throws LabBroken when no lab is up, or it has too few lanes
   */
  static async open(number: number): Promise<LanePlace> {
    const session = readSession()
    const lane = session?.lanes[number]
    if (!session || !lane) {
      throw new LabBroken('RBK_NO_LANE', {
        attempted: `There is no lane ${number} for this worker`,
        got: session ? `${session.lanes.length} lanes` : 'no lab is up',
        next: 'Bring up as many lanes as workers:',
        repeat: `npx runbook up --lanes ${number + 1}`,
      })
    }
    process.env.DOCKER_HOST ??= (await findEngine())?.host
    const access = await LaneAccess.open(lane)
    await reap(access.toolbox)
    const { versions, images, startedAt } = session
    return new LanePlace(access, { versions, images, simulated, commit: commit(), startedAt })
  }

  async makeReady(): Promise<string> {
    const night = untilNightIsOver(new Date())
    if (night > 0) await waiting(() => pause(night))
    const putBack = await this.lane.baseline.establish().catch(async (error: unknown) => {
      throw (await this.died()) ?? error
    })
    return [
      ...(night > 0 ? ['Waited until 02:00 UTC had passed, when the schedule starts a backup.'] : []),
      ...(putBack.length > 0 ? ['Put back before this scenario:', ...putBack] : []),
    ].join('\n')
  }

  begin(put: Attach, verbose: boolean): Begun {
    const scenario = new Scenario(this.lane, put, verbose)
    return { scenario, nouns: nounsOf(scenario) }
  }

  died(scenario?: Scenario): Promise<LabBroken | undefined> {
    return laneDied(this.lane.address, scenario?.silenced)
  }

  async leftBehind(): Promise<string> {
    return ''
  }

  async close(): Promise<void> {
    await this.lane.close()
  }
}
