import { apply } from '../kubernetes/apply'
import type { LaneAccess } from '../lab/lane-access'
import { namespace } from '../lab/namespace'
import { inNode, nodeFolder } from '../lab/node'
import { volumeOf } from '../lab/volumes'
import { letPackerGo, stopPacker } from './packer'

const claim = 'nats-backup-pvc'
const folder = `${nodeFolder}/backup-small`

/** The lab's own mark beside an archive that was being written when the volume was filled: `bytes written, bytes left`. */
const record = '/run/runbook-lab-filled'

/**
 * A backup volume that can be full: a file system of its own in the node, of a few MiB. Its object says 5 GiB, as the
 * published claim asks for, and is reserved for that claim, which binds to no other then.
 */
export class SmallVolume {
  constructor(private readonly lane: LaneAccess) {}

  /** Makes it; the claim mustn't be there yet. */
  async make(mib: number): Promise<void> {
    const { changes, kubernetes, address } = this.lane
    await changes.make({
      name: 'small-volume',
      // Owned as the kubelet would leave it after a first mount; a file system that is read-only can't be changed.
      script: `mkdir --parents ${folder} && mount -t tmpfs -o size=${mib}m,mode=2775,gid=1000 runbook-lab ${folder}`,
      undo: `while mountpoint --quiet ${folder}; do umount --lazy ${folder}; done`,
    })
    const volume = volumeOf(address.cluster.node, { name: 'backup-small', size: '5Gi', path: folder })
    const claimRef = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name: claim }
    await apply(kubernetes, [{ ...volume, spec: { ...(volume.spec as object), claimRef } }])
  }

  /** Bytes that can still be written. */
  async left(): Promise<number> {
    return Number(await this.run('df --output=avail --block-size=1 "$1" | tail --lines=1'))
  }

  /** Fills it with one file, but for some MiB. */
  async fill(file: string, leaveMib: number): Promise<void> {
    const bytes = (await this.left()) - leaveMib * 1_048_576
    await this.run('fallocate --length "$3" "$1/$2" && chown 1000:1000 "$1/$2"', file, String(bytes))
  }

  async remove(file: string): Promise<void> {
    await this.run('rm --force "$1/$2"', file)
  }

  /** Whether a file can be written. @returns what the system says when not */
  async refusal(): Promise<string> {
    return (await this.run('{ touch "$1/.try" && rm "$1/.try"; } 2>&1 || true')).trim()
  }

  async remount(mode: 'ro' | 'rw'): Promise<void> {
    await this.run('mount -o "remount,$2" "$1"', mode)
  }

  /**
   * From now on something waits for an archive to be begun, and fills what is left of the volume. The archive's packer
   * stands still meanwhile: it would be done sooner than a loaded machine fills a volume.
   */
  async fillWhenArchiveIsBegun(file: string): Promise<void> {
    await this.lane.changes.make({
      name: 'filler',
      script: `rm --force ${record}
        cat >/run/runbook-lab-filler <<'FILLER'
        ${stopPacker}
        chdir "${folder}" or die;
        $part = stop_packer(300);
        system "head --bytes=100M /dev/zero >${file} 2>/dev/null; chown 1000:1000 ${file}";
        $written = -s $part;
        ($left) = \`df --output=avail --block-size=1 .\` =~ /(\\d+)/;
        open $record, ">", "${record}.part" or die;
        print $record "$written $left";
        close $record;
        rename "${record}.part", "${record}";
        gzip "CONT";
FILLER
        setsid perl /run/runbook-lab-filler >/dev/null 2>&1 </dev/null & echo $! >/run/runbook-lab-filler.pid`,
      undo: `kill "$(cat /run/runbook-lab-filler.pid)" 2>/dev/null || true
        ${letPackerGo}
        rm --force ${record} /run/runbook-lab-filler /run/runbook-lab-filler.pid ${folder}/${file}`,
    })
  }

  /** Whether the filler still waits. */
  async isWaiting(): Promise<boolean> {
    const state = await this.run(
      'kill -0 "$(cat /run/runbook-lab-filler.pid)" 2>/dev/null && echo waiting || true',
    )
    return state.trim() === 'waiting'
  }

  /** What was written of the archive, and what was left, when the volume had been filled; undefined before. */
  async filled(): Promise<{ readonly written: number; readonly left: number } | undefined> {
    const text = await this.run(`cat ${record} 2>/dev/null || true`)
    const [written, left] = text.split(' ').map(Number)
    return written === undefined || left === undefined ? undefined : { written, left }
  }

  /** Whether an archive of that many bytes is complete: what was written of it was all of it. */
  async hasArchiveOf(bytes: number): Promise<boolean> {
    const found = await this.run('find "$1" -maxdepth 1 -name "nats-*.tar.gz" -size "$2c"', String(bytes))
    return found.trim() !== ''
  }

  private run(script: string, ...args: string[]): Promise<string> {
    const { node } = this.lane.address.cluster
    return inNode(node, {
      attempted: 'The small backup volume can’t be used',
      script,
      args: [folder, ...args],
    })
  }
}
