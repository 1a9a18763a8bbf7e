import { LabBroken, RunbookFailed } from '../errors'
import { eventually } from '../eventually'
import { newestUnder } from '../objectstore/archive'
import { signed } from '../objectstore/signed'
import { snapshot } from '../objectstore/snapshot'
import type { Scenario } from '../scenario'
import { bucket, prefix } from './s3-user'

const dayMs = 86_400_000
/** Whose objects they are: backups expire, what Velero keeps never does. */
const velero = 'velero/kopia/'

/** When S3 removes what is in the bucket. */
export class Expiry {
  constructor(private readonly scenario: Scenario) {}

  /**
   * S3 itself says of each archive that it expires after so many days, and by that rule.
   *
   * @throws RunbookFailed when one expires at another time, by another rule, or never
   */
  async everyArchiveExpiresAfter(days: number, rule: string): Promise<void> {
    const { store } = this.scenario.lane
    const archives = await newestUnder(store, bucket, prefix)
    const said = await Promise.all(
      archives.map(async ({ key, lastModified }) => {
        const expiration = await this.expirationOf(key)
        const date = /expiry-date="([^"]+)"/.exec(expiration)?.[1] ?? ''
        const after = (Date.parse(date) - lastModified.getTime()) / dayMs
        // S3 counts to the end of the day.
        const isRight = after >= days && after <= days + 1 && expiration.includes(`rule-id="${rule}"`)
        return { key, expiration, isRight }
      }),
    )
    if (archives.length > 0 && said.every(({ isRight }) => isRight)) return
    throw new RunbookFailed('RBK_EXPIRY', {
      attempted: 'The archives in the bucket do not expire as the page says',
      expected: `each about ${days} days after it was written, by the rule ${rule}`,
      got: said.map(({ key, expiration }) => `${key}: ${expiration || 'never'}`).join('\n') || 'no archive',
    })
  }

  /**
   * Objects that are older than the lab: the store is told their age when they are written, as it is by replication.
   * Of the backups and of Velero alike: one of 29 days, one of 40 days in the place of one of 70, and a delete marker
   * with nothing behind it.
   */
  async hasOldObjects(): Promise<void> {
    for (const under of [prefix, velero]) {
      await this.putAged(`${under}young`, 29)
      await this.putAged(`${under}replaced`, 70)
      await this.putAged(`${under}replaced`, 40)
      await this.putMarker(`${under}deleted`)
    }
    const there = await this.versions(velero)
    const wanted = ['deleted marker', 'replaced', 'replaced', 'young']
    if (JSON.stringify(there) === JSON.stringify(wanted)) return
    throw new LabBroken('RBK_OLD_OBJECTS', {
      attempted: 'Objects of an age could not be made',
      expected: wanted.join(', '),
      got: there.join(', '),
    })
  }

  /**
   * Of the old objects, S3 hides the one that is older than 30 days behind a delete marker, and removes what was replaced
   * more than 30 days ago and the marker that hides nothing.
   *
   * @throws RunbookFailed when it doesn't within a minute
   */
  async removesOldBackups(): Promise<void> {
    const wanted = ['replaced', 'replaced marker', 'young'].join(', ')
    await eventually(
      { name: `what S3 keeps under ${prefix} of objects of 29, 40 and 70 days`, ms: 60_000 },
      async () => {
        const left = (await this.versions(prefix)).join(', ')
        return left === wanted ? { found: undefined } : { seen: left }
      },
      { blame: RunbookFailed, expected: wanted },
    )
  }

  /** Every old object of Velero is there, and never expires. @throws RunbookFailed when anything of it is gone, or would ever go */
  async keepsVelero(): Promise<void> {
    // The young one tells as soon as the rule is set; what is overdue may be there until S3 looks the next time.
    const [left, ...expirations] = await Promise.all([
      this.versions(velero),
      this.expirationOf(`${velero}young`),
      this.expirationOf(`${velero}replaced`),
    ])
    const expiration = expirations.find((each) => each !== '') ?? ''
    const wanted = ['deleted marker', 'replaced', 'replaced', 'young']
    if (JSON.stringify(left) === JSON.stringify(wanted) && expiration === '') return
    throw new RunbookFailed('RBK_EXPIRY', {
      attempted: 'The lifecycle of the bucket touches what Velero keeps',
      expected: `${wanted.join(', ')}; no expiry`,
      got: `${left.join(', ')}; ${expiration || 'no expiry'}`,
      next: 'Compare with fixtures/nats/s3/lifecycle.json: every rule must have the prefix nats/.',
    })
  }

  /** The header in which S3 says when an object expires; empty for never. */
  private async expirationOf(key: string): Promise<string> {
    const url = await this.scenario.lane.store.s3.presignedUrl('HEAD', bucket, key)
    const { headers } = await fetch(url, { method: 'HEAD' })
    return headers.get('x-amz-expiration') ?? ''
  }

  private async putAged(key: string, days: number): Promise<void> {
    const headers = {
      'x-minio-source-replication-request': 'true',
      'x-minio-source-mtime': new Date(Date.now() - days * dayMs).toISOString(),
    }
    const body = `${days} days old`
    await signed(this.scenario.lane.address.s3, 'PUT', `/${bucket}/${key}`, { headers, body })
  }

  /** A delete marker whose object is gone for good. */
  private async putMarker(key: string): Promise<void> {
    const { s3 } = this.scenario.lane.store
    const { versionId } = await s3.putObject(bucket, key, 'deleted')
    await s3.removeObject(bucket, key)
    if (versionId) await s3.removeObject(bucket, key, { versionId })
  }

  /** Names of the versions and markers that `hasOldObjects` made and that are left under a prefix. */
  private async versions(under: string): Promise<string[]> {
    const versions = (await snapshot(this.scenario.lane.store)).buckets[bucket]?.versions ?? []
    return versions
      .filter(({ key }) => ['young', 'replaced', 'deleted'].some((name) => key === under + name))
      .map(({ key, content }) => `${key.slice(under.length)}${content ? '' : ' marker'}`)
      .toSorted()
  }
}
