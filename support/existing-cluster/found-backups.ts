import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Backups } from '../backup/backups'
import { EarlierBackups } from '../backup/earlier-backups'
import { LabBroken } from '../errors'
import { objectsOf } from '../kubernetes/apply'
import { present } from '../kubernetes/objects'
import { title } from '../kubernetes/resource'
import { checkout } from '../lab/home'
import { siteMs } from './scenario'

/** The backup as it is set up on an existing cluster: nothing is applied, it's only seen whether it is there. */
export class FoundBackups extends Backups {
  /** A site may hold more than the lab does. */
  protected override readonly patienceMs = siteMs

  /** Every object of the published manifests is there. @throws LabBroken with those that aren't */
  override async deploy(): Promise<void> {
    const objects = ['backup-pvc.yaml', 'backup-cronjob.yaml'].flatMap((file) =>
      objectsOf(readFileSync(join(checkout, 'fixtures', 'nats', file), 'utf8')),
    )
    const there = await present(this.scenario.lane.kubernetes, objects)
    const missing = objects.filter((object) => !there.includes(object)).map(title)
    if (missing.length === 0) return
    throw new LabBroken('RBK_NOT_SET_UP', {
      attempted: 'The backup is not set up on this cluster as the procedure takes for given',
      expected: objects.map(title).join(', '),
      got: `without ${missing.join(', ')}`,
      next: 'Set it up as features/nats-backup/quick-start.feature says; a run on an existing cluster sets up nothing.',
    })
  }
}

/** The backups that there are on an existing cluster. */
export class FoundEarlierBackups extends EarlierBackups {
  /** At least one archive is on the volume. @throws LabBroken when none is */
  override async one(): Promise<void> {
    if ((await this.scenario.lane.volume.archives()).length > 0) return
    throw new LabBroken('RBK_NO_BACKUP', {
      attempted: 'No archive is on the backup volume, and the procedure takes one for given',
      next: 'Take one as features/nats-backup/backup-now.feature says; a run on an existing cluster makes none.',
    })
  }
}
