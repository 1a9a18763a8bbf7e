import { expectSame } from '../expect-same'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import type { VolumeFile } from '../lab/backup-volume'
import { namespace } from '../lab/namespace'
import { inNode } from '../lab/node'
import type { Scenario } from '../scenario'
import type { Archives } from './archives'
import { patchContainer } from './patch-container'

const dayMs = 86_400_000
const look = `kubectl exec -n ${namespace} nats-backup-shell -- ls -la /backups`

/** Files that look like archives, or are old, and that no backup has made. */
const foreign = [
  'notes.txt',
  'nats-20200101T020000Z.tar.gz.bak',
  'nats-before-upgrade.tar.gz',
  'kept/nats-20200101T020000Z.tar.gz',
]

/** How long archives stay on the volume, and what goes. */
export class Retention {
  private others: readonly VolumeFile[] = []

  constructor(
    private readonly scenario: Scenario,
    private readonly archives: Archives,
  ) {}

  /** Somebody has put files of their own on the volume, years old. */
  async othersHaveFiles(): Promise<void> {
    const { volume, address } = this.scenario.lane
    await inNode(address.cluster.node, {
      attempted: 'Files of others could not be put on the backup volume',
      script: `cd "$1"; shift
        for name; do
          mkdir --parents "$(dirname "$name")"
          echo "not a backup: $name" >"$name"
          touch --date '2020-01-01 02:00:00 UTC' "$name"
          chown --recursive 1000:1000 "\${name%%/*}"
        done`,
      args: [await volume.folder(), ...foreign],
    })
    this.others = await this.filesOfOthers()
  }

  /** Every file that no backup has made is there, unchanged. @throws RunbookFailed when one of them is gone or changed */
  async othersFilesStay(): Promise<void> {
    const text = (files: readonly VolumeFile[]) =>
      files.map(({ name, sha256 }) => `${name} ${sha256}`).join('\n')
    expectSame(
      'Files of others on the volume were touched',
      text(this.others),
      text(await this.filesOfOthers()),
      look,
    )
  }

  /** Somebody has told the CronJob to keep archives for so many days. */
  async setTo(days: number): Promise<void> {
    const env = [{ name: 'RETENTION_DAYS', value: `${days}` }]
    await patchContainer(this.scenario.lane.kubernetes, { env })
  }

  /** The CronJob's setting keeps archives for so many days. @throws RunbookFailed when it's another number */
  async isSetTo(days: number): Promise<void> {
    const path = pathOf(kindOf('batch/v1', 'CronJob'), namespace, 'nats-backup')
    const { spec } = await this.scenario.lane.kubernetes.ask<Resource>('GET', path)
    const set = JSON.stringify(spec).match(/"name":"RETENTION_DAYS","value":"([^"]*)"/)?.[1]
    expectSame(
      'Archives are not kept for as long as the page says',
      `${days}`,
      set,
      `kubectl set env cronjob/nats-backup --list -n ${namespace}`,
    )
  }

  /** Archives older than that are gone, and every younger one is still there. @throws RunbookFailed when an older archive is there, or a younger one that was there at the beginning isn't */
  async keepsTheLast(days: number): Promise<void> {
    const limit = Date.now() - days * dayMs
    const archives = (await this.scenario.lane.volume.archives()).map(({ name }) => name)
    const made = archives.filter((name) => !this.archives.earlier.includes(name))
    const expected = [...this.archives.earlier.filter((name) => begunAt(name) >= limit), ...made]
    expectSame(
      `The volume does not hold the archives of the last ${days} days and no other`,
      expected.join('\n'),
      archives.join('\n'),
      look,
    )
  }

  private async filesOfOthers(): Promise<readonly VolumeFile[]> {
    return (await this.scenario.lane.volume.files()).filter(({ name }) => foreign.includes(name))
  }
}

/** When an archive was begun, from its name: nats-20261124T020003Z.tar.gz. */
function begunAt(name: string): number {
  return Date.parse(name.replace(/^nats-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z'))
}
