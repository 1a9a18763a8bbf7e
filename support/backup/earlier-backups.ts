import { kindOf, pathOf } from '../kubernetes/kinds'
import { namespace } from '../lab/namespace'
import { inNode } from '../lab/node'
import { signedPut } from '../objectstore/signed-put'
import type { Scenario } from '../scenario'
import type { Archives } from './archives'

/** What the published settings say of the second copy. */
const offsite = { bucket: 'kgents-dr-backups', prefix: 'nats/', secret: 'nats-backup-s3' } as const

/** Past Toxiproxy, as the lane's network knows it. */
const store = 'minio:9000'

const dayMs = 86_400_000

/** Backups that were there before a procedure begins: archives, without the Jobs that made them. */
export class EarlierBackups {
  constructor(
    protected readonly scenario: Scenario,
    private readonly archives: Archives,
  ) {}

  /** One archive of the data as it is now is on the volume; where archives are copied off-site, it's in the bucket too. */
  async one(): Promise<void> {
    await this.put((made) => made)
  }

  /** The only archive is so many hours old, by its name; where archives are copied off-site, so is its copy. */
  async oneOfHoursAgo(hours: number): Promise<void> {
    await this.named(archiveName(new Date(Date.now() - hours * 3_600_000)))
  }

  /** One more archive of the data as it is now is there, as with `one`, under a name of any time. */
  async named(name: string): Promise<void> {
    await this.put(() => name)
  }

  /**
   * An archive for each of the last nights is on the volume, the newest of the last 02:00 that has passed. Their
   * names are of those times, and simulated; each holds the data as it is now.
   */
  async ofLastDays(days: number): Promise<void> {
    const { kept, volume } = this.scenario.lane
    const newest = lastNight(new Date())
    const names = Array.from({ length: days }, (_, back) =>
      archiveName(new Date(newest.getTime() - back * dayMs)),
    )
    await kept.copyTo(await volume.folder(), () => names)
    await this.archives.remember()
  }

  /** @param nameOf from an archive's own name, the one that it is to have */
  private async put(nameOf: (made: string) => string): Promise<void> {
    const { kept, volume } = this.scenario.lane
    const folder = await volume.folder()
    const [name = ''] = await kept.copyTo(folder, (made) => [nameOf(made)])
    if (await this.isCopiedOffsite()) await this.upload(folder, name)
    await this.archives.remember()
  }

  private async isCopiedOffsite(): Promise<boolean> {
    const path = pathOf(kindOf('v1', 'Secret'), namespace, offsite.secret)
    return (await this.scenario.lane.kubernetes.find(path)) !== undefined
  }

  /** From the node, where the archive is, to the store. */
  private async upload(folder: string, name: string): Promise<void> {
    const { address, volume } = this.scenario.lane
    const sha256 = (await volume.archives()).find((archive) => archive.name === name)?.sha256 ?? ''
    const path = `/${offsite.bucket}/${offsite.prefix}${name}`
    const { url, headers } = await signedPut(address.s3, store, path, sha256)
    await inNode(address.cluster.node, {
      attempted: 'The backup with which this scenario begins could not be copied off-site',
      // The last line is what `backup` notes after an upload.
      script: `file=$1/$2 url=$3
        curl --silent --show-error --fail-with-body --upload-file "$file" --header @- "$url"
        printf '%s\\n' "$2" >"$1/.offsite" && chown 1000:1000 "$1/.offsite"`,
      args: [folder, name, url],
      input: headers.join('\n'),
    })
  }
}

/** The last 02:00 UTC that has passed, and the seconds that a backup takes to begin. */
function lastNight(now: Date): Date {
  const night = new Date(now)
  night.setUTCHours(2, 0, 3, 0)
  return night.getTime() <= now.getTime() ? night : new Date(night.getTime() - dayMs)
}

function archiveName(begun: Date): string {
  return `nats-${begun.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z.tar.gz`
}
