import { RunbookFailed } from '../errors'
import { expectSame } from '../expect-same'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { namespace } from '../lab/namespace'
import type { Scenario } from '../scenario'
import { patchContainer } from './patch-container'

/** What of the CronJob is looked at here. */
interface CronJobSpec {
  readonly schedule: string
  readonly startingDeadlineSeconds?: number
  readonly jobTemplate: {
    readonly spec: {
      readonly activeDeadlineSeconds?: number
      readonly podFailurePolicy?: {
        readonly rules: ReadonlyArray<{
          action: string
          onExitCodes?: { operator: string; values: number[] }
        }>
      }
    }
  }
}

const look = `kubectl get cronjob nats-backup -n ${namespace} -o yaml`

/** What the backup is set to, as it is in the cluster: the facts of the quick reference. */
export class BackupSettings {
  constructor(private readonly scenario: Scenario) {}

  /** Somebody has told the CronJob to leave a stream out of every backup. */
  async leaveOut(stream: string): Promise<void> {
    const env = [{ name: 'EXCLUDE_STREAMS', value: stream }]
    await patchContainer(this.scenario.lane.kubernetes, { env })
  }

  /** A backup whose time was missed is still started, up to so many hours late. @throws RunbookFailed when that time is another */
  async missedStartIsMadeUpFor(hours: number): Promise<void> {
    const { startingDeadlineSeconds = 0 } = await this.cronJob()
    expectSame(
      'A missed start is made up for during another time',
      hours * 3600,
      startingDeadlineSeconds,
      look,
    )
  }

  /** A backup that doesn't end is ended by Kubernetes after so many minutes. @throws RunbookFailed when that time is another */
  async endsWithin(minutes: number): Promise<void> {
    const { activeDeadlineSeconds } = (await this.cronJob()).jobTemplate.spec
    expectSame('A backup that hangs is ended at another time', minutes * 60, activeDeadlineSeconds, look)
  }

  /**
   * From the time of one backup to that of the next it's so long: what is published right after a backup is in the next one only.
   *
   * @throws RunbookFailed when that is another time, or the schedule isn't one that starts once a day
   */
  async isDueEvery(hours: number): Promise<void> {
    const { schedule } = await this.cronJob()
    if (/^\d{1,2} \d{1,2} \* \* \*$/.test(schedule) && hours === 24) return
    throw new RunbookFailed('RBK_RPO', {
      attempted: 'Backups are due at other times than the page says',
      expected: `a backup every ${hours} hours`,
      got: `schedule ${schedule}`,
      repeat: look,
    })
  }

  /** A backup that ends with one of these exit codes is not tried again. @throws RunbookFailed when other exit codes, or none, do that */
  async failAtOnce(codes: string): Promise<void> {
    const { podFailurePolicy } = (await this.cronJob()).jobTemplate.spec
    const rules = podFailurePolicy?.rules ?? []
    const set = rules
      .filter(({ action }) => action === 'FailJob')
      .flatMap(({ onExitCodes }) => onExitCodes?.values ?? [])
    expectSame('Other exit codes fail the Job at once', codes, set.join(', '), look)
  }

  /** The claim is bound to a volume, and asks for that size. @throws RunbookFailed when it asks for another size, or isn't bound */
  async claimAsksFor(name: string, size: string): Promise<void> {
    const path = pathOf(kindOf('v1', 'PersistentVolumeClaim'), namespace, name)
    const { spec, status } = await this.scenario.lane.kubernetes.ask<Resource>('GET', path)
    const { storage } = (spec as { resources: { requests: { storage: string } } }).resources.requests
    const { phase } = status as { phase: string }
    expectSame(
      `The claim ${name} is another`,
      `${size}, Bound`,
      `${storage}, ${phase}`,
      `kubectl get pvc ${name} -n ${namespace}`,
    )
  }

  /** The secret has these keys and no other. @throws RunbookFailed with those that it has */
  async secretHolds(name: string, keys: string): Promise<void> {
    const path = pathOf(kindOf('v1', 'Secret'), namespace, name)
    const { data } = await this.scenario.lane.kubernetes.ask<Resource>('GET', path)
    const there = Object.keys(data as object)
      .toSorted()
      .join(', ')
    expectSame(
      `The secret ${name} holds other keys`,
      keys,
      there,
      `kubectl describe secret ${name} -n ${namespace}`,
    )
  }

  private async cronJob(): Promise<CronJobSpec> {
    const path = pathOf(kindOf('batch/v1', 'CronJob'), namespace, 'nats-backup')
    const { spec } = await this.scenario.lane.kubernetes.ask<Resource>('GET', path)
    return spec as CronJobSpec
  }
}
