import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RunbookFailed } from '../errors'
import { apply } from './apply'
import { Refused } from './client'
import { kindOf } from './kinds'
import type { Resource } from './resource'
import { labIsUp, podSpec, Scratch } from './scratch'
import { jobCompletes, jobCountsFailure, jobEnds, podReaches, statefulSetReady } from './waits'
import { watched } from './watch'

describe.skipIf(!labIsUp)('waiting on a real cluster', () => {
  let scratch: Scratch
  const named = (name: string) => ({ namespace: scratch.namespace, name })
  const job = (name: string, does: 'ends' | 'runs' | 'fails') =>
    scratch.object('batch/v1', 'Job', name, {
      spec: { backoffLimit: 0, template: { spec: { ...podSpec(does), restartPolicy: 'Never' } } },
    })
  const configMap = (name: string, data: Record<string, string>) =>
    scratch.object('v1', 'ConfigMap', name, { data })
  const settings = kindOf('v1', 'ConfigMap')

  beforeAll(async () => {
    scratch = await Scratch.create()
  })

  afterAll(async () => {
    await scratch?.[Symbol.asyncDispose]()
  })

  it('sees a Job complete that is made only after the wait began', async () => {
    const wait = jobCompletes(scratch.kubernetes, named('ends'), { name: 'Job ends', ms: 30_000 })
    await apply(scratch.kubernetes, [job('ends', 'ends')])
    await wait
  })

  it.each([
    ['goes on', 1, []],
    ['is over', 0, [expect.stringMatching(/^Fail/)]],
  ])('knows a Job that %s after its first attempt failed', async (how, backoffLimit, conditions) => {
    const name = how.replace(' ', '-')
    const template = { spec: { ...podSpec('fails'), restartPolicy: 'Never' } }
    await apply(scratch.kubernetes, [
      scratch.object('batch/v1', 'Job', name, { spec: { backoffLimit, template } }),
    ])
    const deadline = { name: `Job ${name}`, ms: 30_000 }
    expect(await jobCountsFailure(scratch.kubernetes, named(name), deadline)).toEqual(conditions)
  })

  it('tells how a Job failed, and fails at once where it should have completed', async () => {
    await apply(scratch.kubernetes, [job('fails', 'fails')])
    const deadline = { name: 'Job fails', ms: 30_000 }
    expect(await jobEnds(scratch.kubernetes, named('fails'), deadline)).toMatchObject({
      outcome: 'failed',
      reason: 'BackoffLimitExceeded',
    })
    const wait = jobCompletes(scratch.kubernetes, named('fails'), deadline)
    await expect(wait).rejects.toThrow(RunbookFailed)
    await expect(wait).rejects.toThrow(/Job fails failed[\s\S]*BackoffLimitExceeded/)
  })

  it('says what it saw last when the deadline passes', async () => {
    await apply(scratch.kubernetes, [job('runs', 'runs')])
    await podReaches(
      scratch.kubernetes,
      { namespace: scratch.namespace, labels: 'job-name=runs' },
      ['Running'],
      { name: 'the pod of Job runs', ms: 30_000 },
    )
    const wait = jobCompletes(scratch.kubernetes, named('runs'), { name: 'Job runs', ms: 300 })
    await expect(wait).rejects.toThrow(/Job runs did not get there in time[\s\S]*last seen +active 1/)
  })

  it('sees a StatefulSet ready', async () => {
    const labels = { app: 'stateful' }
    const spec = {
      replicas: 1,
      serviceName: 'stateful',
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec('runs') },
    }
    await apply(scratch.kubernetes, [scratch.object('apps/v1', 'StatefulSet', 'stateful', { spec })])
    await statefulSetReady(scratch.kubernetes, named('stateful'), {
      name: 'StatefulSet stateful',
      ms: 30_000,
    })
  })

  it('goes on when the connection breaks', async () => {
    await apply(scratch.kubernetes, [configMap('broken', { state: 'old' })])
    let looks = 0
    const wait = watched(
      scratch.kubernetes,
      { kind: settings, namespace: scratch.namespace, name: 'broken' },
      { name: 'the new state', ms: 10_000 },
      ([found]) => {
        looks++
        return state(found) === 'new' ? { found: looks } : { seen: state(found) }
      },
    )
    await expect.poll(() => looks).toBe(1)
    scratch.kubernetes[Symbol.dispose]()
    using other = await scratch.another()
    await apply(other, [configMap('broken', { state: 'new' })])
    expect(await wait).toBeGreaterThan(1)
  })

  it('lets a step go on within 30 ms of the change', async () => {
    const released: number[] = []
    for (let round = 0; round < 9; round++) {
      const name = `quick-${round}`
      let begun = false
      const wait = watched(
        scratch.kubernetes,
        { kind: settings, namespace: scratch.namespace, name },
        { name, ms: 5_000 },
        ([found]) => {
          begun = true
          return found ? { found: performance.now() } : { seen: 'not there' }
        },
      )
      await expect.poll(() => begun, { interval: 5 }).toBe(true)
      const changed = apply(scratch.kubernetes, [configMap(name, {})]).then(() => performance.now())
      released.push((await wait) - (await changed))
    }
    const [median = Number.NaN] = released.toSorted((a, b) => a - b).slice(4)
    expect(median).toBeLessThan(30)
  })

  it('ends at once with what a look throws, and with what the server refuses', async () => {
    const { kubernetes, namespace } = scratch
    const deadline = { name: 'nothing', ms: 10_000 }
    const thrown = watched(kubernetes, { kind: settings, namespace }, deadline, () => {
      throw new RangeError('never again')
    })
    await expect(thrown).rejects.toThrow(new RangeError('never again'))
    const refused = watched(kubernetes, { kind: settings, namespace, labels: '!!' }, deadline, () => ({
      seen: '',
    }))
    await expect(refused).rejects.toThrow(Refused)
  })
})

function state(found: Resource | undefined): string {
  return (found?.data as { state?: string } | undefined)?.state ?? 'none'
}
