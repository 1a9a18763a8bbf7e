import { describe, expect, it } from 'vitest'
import { waitedMs, waiting } from './waiting'

/** A wait that ends when it's told to. */
function open() {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { wait: () => ended, end }
}

/** Keeps this thread busy, which counts as a wait's time only while there is one. */
function pass(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until; );
}

describe('the time waited for the system', () => {
  it('is that of waits, and of nothing between them', async () => {
    const before = waitedMs()
    const first = open()
    const waited = waiting(first.wait)
    pass(20)
    first.end()
    await waited
    const after = waitedMs()
    pass(20)
    expect(after - before).toBeGreaterThanOrEqual(20)
    expect(waitedMs()).toBe(after)
  })

  it('counts waits that overlap once', async () => {
    const before = waitedMs()
    const began = performance.now()
    const [one, other] = [open(), open()]
    const both = [waiting(one.wait), waiting(other.wait)]
    pass(10)
    one.end()
    await both[0]
    pass(10)
    other.end()
    await both[1]
    expect(waitedMs() - before).toBeGreaterThanOrEqual(20)
    expect(waitedMs() - before).toBeLessThanOrEqual(performance.now() - began)
  })

  it('counts a wait that fails', async () => {
    const before = waitedMs()
    await expect(
      waiting(async () => {
        pass(5)
        throw new Error('too late')
      }),
    ).rejects.toThrow('too late')
    expect(waitedMs() - before).toBeGreaterThanOrEqual(5)
  })
})
