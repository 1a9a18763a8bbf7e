import { RunbookFailed } from '../errors'
import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { statusOf, summary } from '../kubernetes/status'
import { watched } from '../kubernetes/watch'
import { namespace } from './namespace'
import { inNode } from './node'

/** One file on the backup volume. */
export interface VolumeFile {
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly sha256: string
}

/** What an archive says of itself (fixtures/images/nats-backup/lib/snapshot.bash writes it). */
export interface Manifest {
  /** When the first stream was asked for, and when the last had been taken; ISO. */
  readonly startedAt: string
  readonly finishedAt: string
  readonly source: { readonly natsVersion: string; readonly cluster: string }
  readonly tools: { readonly natsCli: string }
  readonly totals: { readonly streams: number; readonly messages: number; readonly consumers: number }
  readonly files: ReadonlyArray<{ readonly sha256: string; readonly path: string }>
  readonly streams: ReadonlyArray<{
    readonly name: string
    readonly messages: number
    readonly firstSequence: number
    readonly lastSequence: number
    /** Of the stream, and whether messages have one of their own: they may be gone before they are restored. */
    readonly maxAgeNanoseconds: number
    readonly messageTtl: boolean
    readonly consumers: ReadonlyArray<{ readonly name: string; readonly durable: boolean }>
  }>
}

const claim = 'nats-backup-pvc'

/** The backup volume, seen past everything that the runbook does with it. */
export abstract class BackupVolume {
  constructor(protected readonly kubernetes: Kubernetes) {}

  /** Every file on the volume, by name; none when the claim isn't bound to a volume. */
  async files(): Promise<VolumeFile[]> {
    const path = await this.path()
    if (path === undefined) return []
    const listing = await this.beside(
      `cd "$1" && find . -type f -printf '%P\\t%s\\n' | while IFS=$'\\t' read -r name size; do
         printf '%s\\t%s\\t%s\\n' "$name" "$size" "$(sha256sum <"$name" | cut -c1-64)"
       done`,
      path,
    )
    return listing
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [name = '', size = '', sha256 = ''] = line.split('\t')
        return { name, size: Number(size), sha256 }
      })
      .toSorted((a, b) => a.name.localeCompare(b.name))
  }

  /** The archives among them, oldest first: their names tell when each was begun. */
  async archives(): Promise<VolumeFile[]> {
    return (await this.files()).filter(({ name }) => /^nats-\d{8}T\d{6}Z\.tar\.gz$/.test(name))
  }

  /**
   * The newest archive and what it says of itself.
   *
   * @throws RunbookFailed when there is none, or its manifest can't be read
   */
  async newest(): Promise<{ file: VolumeFile; manifest: Manifest }> {
    const file = (await this.archives()).at(-1)
    if (!file) {
      throw new RunbookFailed('RBK_NO_ARCHIVE', {
        attempted: 'No archive is on the backup volume',
        expected: 'a file nats-YYYYMMDDTHHMMSSZ.tar.gz',
        got: (await this.files()).map(({ name }) => name).join(', ') || 'an empty volume',
      })
    }
    return { file, manifest: await this.manifestOf(file) }
  }

  /** What an archive says of itself. @throws RunbookFailed when its manifest can't be read */
  async manifestOf({ name }: VolumeFile): Promise<Manifest> {
    const text = await this.read(name, 'tar --extract --gzip --to-stdout --file "$1" manifest.json')
    try {
      return JSON.parse(text) as Manifest
    } catch {
      throw unreadable(name, `its manifest is no JSON: ${text.slice(0, 500)}`)
    }
  }

  /** The sha256 of every file in an archive but its manifest: `sum  path`, by path. @throws RunbookFailed when it can't be read */
  async checksumsOf({ name }: VolumeFile): Promise<string> {
    const sums = await this.read(
      name,
      `tar --extract --gzip --file "$1" --exclude=manifest.json \\
         --to-command='printf "%s  %s\\n" "$(sha256sum | cut -c1-64)" "$TAR_FILENAME"' | LC_ALL=C sort --key=2`,
    )
    return sums.trim()
  }

  /**
   * Where the volume is, as soon as the claim is bound to one.
   *
   * @throws LabBroken when there is none within 20 s
   */
  async folder(): Promise<string> {
    const deadline = { name: `a volume for the claim ${claim}`, ms: 20_000 }
    await watched<void>(
      this.kubernetes,
      { kind: kindOf('v1', 'PersistentVolumeClaim'), namespace, name: claim },
      deadline,
      ([found]) =>
        found && statusOf(found).phase === 'Bound'
          ? { found: undefined }
          : { seen: found ? summary(found) : 'no such claim' },
      { repeat: `kubectl describe pvc ${claim} -n ${namespace}` },
    )
    return (await this.path()) ?? ''
  }

  /** What a script reads of an archive, $1. That it can't be read is the backup's fault, not that of whoever looks. */
  private async read(name: string, script: string): Promise<string> {
    const printed = await this.beside(
      `if read=$({ ${script}; } 2>/dev/null); then printf 'read\\n%s' "$read"
       else tar --list --gzip --file "$1" 2>&1 || true; fi`,
      `${await this.path()}/${name}`,
    )
    const mark = 'read\n'
    if (!printed.startsWith(mark)) throw unreadable(name, printed)
    return printed.slice(mark.length)
  }

  /** Its folder, where a script runs beside it; undefined when the claim isn't bound to a volume. */
  protected abstract path(): Promise<string | undefined>

  /** Runs a bash script beside the volume, with its argument as $1. Returns what it printed. */
  protected abstract beside(script: string, argument: string): Promise<string>
}

function unreadable(name: string, got: string): RunbookFailed {
  return new RunbookFailed('RBK_ARCHIVE_UNREADABLE', {
    attempted: `The archive ${name} is on the backup volume, and can't be read`,
    expected: 'a tar.gz with manifest.json and the files that it names',
    got,
    repeat: `kubectl exec -n ${namespace} nats-backup-shell -- restore --inspect ${name}`,
  })
}

/** The backup volume, seen from a lane's node. */
export class NodeVolume extends BackupVolume {
  constructor(
    kubernetes: Kubernetes,
    private readonly node: string,
  ) {
    super(kubernetes)
  }

  protected async path(): Promise<string | undefined> {
    const bound = await this.kubernetes.find(pathOf(kindOf('v1', 'PersistentVolumeClaim'), namespace, claim))
    const name = (bound?.spec as { volumeName?: string } | undefined)?.volumeName
    if (name === undefined) return undefined
    const volume = await this.kubernetes.find(pathOf(kindOf('v1', 'PersistentVolume'), undefined, name))
    return (volume?.spec as { local?: { path?: string } } | undefined)?.local?.path
  }

  protected beside(script: string, argument: string): Promise<string> {
    return inNode(this.node, {
      attempted: "The backup volume can't be looked at",
      script,
      args: [argument],
    })
  }
}
