import { describe, expect, it } from 'vitest'
import { LabBroken } from '../errors'
import { Baseline, type BaselinePart } from './baseline'

/** A part whose state is a set of names, and whose baseline is another. */
function part(
  name: string,
  baseline: string[],
  now: string[],
  mend = true,
): BaselinePart & { readonly now: string[] } {
  return {
    name,
    now,
    async difference() {
      return [
        ...now.filter((item) => !baseline.includes(item)).map((item) => `${item}: not in the baseline`),
        ...baseline.filter((item) => !now.includes(item)).map((item) => `${item}: gone`),
      ]
    },
    async putBack() {
      if (mend) now.splice(0, now.length, ...baseline)
    },
  }
}

describe('the baseline', () => {
  it('is there when nothing differs, and nothing is touched', async () => {
    const whole = part('objects', ['nats'], ['nats'])
    whole.putBack = async () => expect.fail('put back although nothing differed')
    expect(await new Baseline([whole]).establish()).toEqual([])
  })

  it('is put back wherever a scenario left, changed or removed something, and says what', async () => {
    const objects = part('objects', ['nats'], ['nats', 'test-backup'])
    const volume = part('volume', [], ['nats-1.tar.gz'])
    expect(await new Baseline([objects, volume]).establish()).toEqual([
      'test-backup: not in the baseline',
      'nats-1.tar.gz: not in the baseline',
    ])
    expect(objects.now).toEqual(['nats'])
    expect(volume.now).toEqual([])
  })

  it('that can’t be put back is the lab’s fault, and names what is left', async () => {
    const stuck = part('bucket', [], ['object'], false)
    const thrown = await new Baseline([part('objects', [], []), stuck]).establish().catch((error) => error)
    expect(thrown).toBeInstanceOf(LabBroken)
    expect(thrown.message).toContain('bucket: object: not in the baseline')
  })
})
