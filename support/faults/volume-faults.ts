import { join } from 'node:path'
import { LabBroken } from '../errors'
import { applyFile } from '../kubernetes/apply'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { gone } from '../kubernetes/waits'
import { checkout } from '../lab/home'
import { namespace } from '../lab/namespace'
import type { Scenario } from '../scenario'
import type { Fault } from './fault'
import { FaultsOf } from './faults-of'
import { SmallVolume } from './small-volume'

const mib = 1_048_576
/** A file that no backup made. */
const foreign = 'nats-debug.dump'
const claim = 'nats-backup-pvc'

/** What happens to the backup volume. */
export class VolumeFaults {
  private readonly small: SmallVolume
  private readonly inForce: FaultsOf

  constructor(private readonly scenario: Scenario) {
    this.small = new SmallVolume(scenario.lane)
    this.inForce = new FaultsOf('the backup volume', scenario)
  }

  /** The claim will be bound to a volume of so many MiB. */
  async isSmall(sizeMib: number): Promise<void> {
    await this.small.make(sizeMib)
  }

  /** A file that isn't a backup's takes all but some MiB. @throws LabBroken when more is left */
  async hasLeft(leftMib: number): Promise<void> {
    const { small } = this
    const left = () => small.left()
    await this.scenario.under({
      name: `${leftMib} MiB are left on the backup volume`,
      inject: () => small.fill(foreign, leftMib),
      heal: () => small.remove(foreign),
      async proveInForce() {
        const now = await left()
        if (now <= leftMib * mib) return `${now} bytes are left; ${foreign} takes the rest`
        throw new Error(`${now} bytes are left`)
      },
      async proveHealed() {
        const now = await left()
        if (now > leftMib * mib) return `${now} bytes are left`
        throw new Error(`${now} bytes are left still`)
      },
    })
  }

  /** Something fills the volume as soon as a backup has begun to write its archive. Whether it did is proven by `filledMeanwhile`. */
  async fillsDuringBackup(): Promise<void> {
    const { small } = this
    const { changes } = this.scenario.lane
    await this.scenario.under({
      name: 'The backup volume fills up while an archive is written',
      inject: () => small.fillWhenArchiveIsBegun(foreign),
      heal: () => changes.undo('filler'),
      async proveInForce() {
        if (await small.isWaiting()) return 'a program waits for the first bytes of an archive'
        throw new Error('nothing waits for an archive')
      },
      async proveHealed() {
        const now = await small.left()
        if (now > 0) return `${now} bytes are left`
        throw new Error('no byte is left still')
      },
    })
  }

  /** The fault struck: the volume was full when only a part of an archive was written. @throws LabBroken when it wasn't filled while an archive was being written: the scenario shows nothing then */
  async filledMeanwhile(): Promise<void> {
    const filled = await this.small.filled()
    const late = filled !== undefined && (await this.small.hasArchiveOf(filled.written))
    if (filled && filled.written > 0 && filled.left === 0 && !late) return
    throw new LabBroken('RBK_FAULT_NOT_IN_FORCE', {
      attempted: 'The backup volume was not filled while an archive was being written',
      expected: 'a part of an archive, and no byte left beside it',
      got: filled
        ? `${filled.written} bytes written${late ? ', which was all of it' : ''}, ${filled.left} bytes left`
        : 'no archive was met that was only begun',
    })
  }

  /** Nothing can be written to the backup volume, as after an error of the disk. @throws LabBroken when it can still be written */
  async isReadOnly(): Promise<void> {
    const { small } = this
    const fault: Fault = {
      name: 'The backup volume is read-only',
      inject: () => small.remount('ro'),
      heal: () => small.remount('rw'),
      async proveInForce() {
        const said = await small.refusal()
        if (said.includes('Read-only file system')) return said
        throw new Error(said || 'a file could be written')
      },
      async proveHealed() {
        const said = await small.refusal()
        if (said === '') return 'a file can be written'
        throw new Error(said)
      },
    }
    await this.inForce.begin(fault)
  }

  /** Whoever runs the disk has mended it. @throws LabBroken when nothing can be written all the same */
  async isMended(): Promise<void> {
    await this.inForce.end()
  }

  /** Somebody deleted the claim; its volume, with the archives, is kept. */
  async claimIsGone(): Promise<void> {
    const { kubernetes } = this.scenario.lane
    const kind = kindOf('v1', 'PersistentVolumeClaim')
    const path = pathOf(kind, namespace, claim)
    const look = `kubectl get pvc ${claim} -n ${namespace}`
    await this.scenario.under({
      name: `The claim ${claim} is gone`,
      async inject() {
        const { metadata } = await kubernetes.ask<Resource>('GET', path)
        await kubernetes.ask('DELETE', path)
        const uids = new Set([metadata.uid ?? ''])
        await gone(kubernetes, kind, namespace, uids, { name: `the removal of ${claim}`, ms: 20_000 })
      },
      async heal() {
        await applyFile(kubernetes, join(checkout, 'fixtures', 'nats', 'backup-pvc.yaml'))
      },
      proveInForce: () => this.expectOutput(look, 'NotFound'),
      proveHealed: () => this.expectOutput(look, `${claim} `),
    })
  }

  private async expectOutput(look: string, words: string): Promise<string> {
    const { output } = await this.scenario.probe(look)
    if (output.includes(words)) return output.trim()
    throw new Error(output.trim())
  }
}
