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
    expect(await new Baseline([[whole]]).establish()).toEqual([])
  })

  it('is put back wherever a scenario left, changed or removed something, and says what', async () => {
    const objects = part('objects', ['nats'], ['nats', 'test-backup'])
    const volume = part('volume', [], ['nats-1.tar.gz'])
    expect(await new Baseline([[objects], [volume]]).establish()).toEqual([
      'test-backup: not in the baseline',
      'nats-1.tar.gz: not in the baseline',
    ])
    expect(objects.now).toEqual(['nats'])
    expect(volume.now).toEqual([])
  })

  it('is put back in a chain in its order, and what that puts right is left alone', async () => {
    const volume = part('volume', [], ['of a claim that is gone'])
    const objects = part('objects', ['claim'], [])
    const order: string[] = []
    const putBack = objects.putBack
    objects.putBack = async () => {
      order.push('objects')
      await putBack()
      volume.now.splice(0)
    }
    volume.putBack = async () => void order.push('volume')
    const told = await new Baseline([[objects, volume]]).establish()
    expect(told).toEqual(['claim: gone', 'of a claim that is gone: not in the baseline'])
    expect(order).toEqual(['objects'])
  })

  it('is put back side by side where chains have nothing to do with each other', async () => {
    const [one, two] = [part('one', [], ['left']), part('two', [], ['left'])]
    let begun = 0
    let both: () => void = () => undefined
    const together = new Promise<void>((resolve) => {
      both = resolve
    })
    for (const each of [one, two]) {
      each.putBack = async () => {
        if (++begun === 2) both()
        await together
        each.now.splice(0)
      }
    }
    expect(await new Baseline([[one], [two]]).establish()).toHaveLength(2)
  })

  it('is put back last where the others write to, also what was written only meanwhile', async () => {
    const objects = part('objects', [], ['a Job'])
    const bucket = part('bucket', [], [])
    const { putBack } = objects
    objects.putBack = async () => {
      bucket.now.push('what the Job has written')
      await putBack()
    }
    bucket.putBack = async () => {
      expect(objects.now).toEqual([])
      bucket.now.splice(0)
    }
    expect(await new Baseline([[objects]], [[bucket]]).establish()).toEqual([
      'a Job: not in the baseline',
      'what the Job has written: not in the baseline',
    ])
    expect(bucket.now).toEqual([])
  })

  it('is put back again where something came after the first time', async () => {
    const objects = part('objects', ['nats'], ['nats', 'deployment'])
    const { putBack } = objects
    objects.putBack = async () => {
      const echo = objects.now.includes('deployment')
      await putBack()
      if (echo) objects.now.push('its pod')
    }
    expect(await new Baseline([[objects]]).establish()).toEqual(['deployment: not in the baseline'])
    expect(objects.now).toEqual(['nats'])
  })

  it('that can’t be put back is the lab’s fault, and names what is left', async () => {
    const stuck = part('bucket', [], ['object'], false)
    const thrown = await new Baseline([[part('objects', [], []), stuck]]).establish().catch((error) => error)
    expect(thrown).toBeInstanceOf(LabBroken)
    expect(thrown.message).toContain('bucket: object: not in the baseline')
  })
})
