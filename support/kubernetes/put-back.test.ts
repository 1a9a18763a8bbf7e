import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apply } from './apply'
import { type Baseline, baselineOf, deviations } from './difference'
import { objectsIn } from './objects'
import { putBack } from './put-back'
import type { Resource } from './resource'
import { labIsUp, podSpec, Scratch } from './scratch'
import { podReaches, statefulSetReady } from './waits'

describe.skipIf(!labIsUp)('a namespace with a baseline', () => {
  let scratch: Scratch
  let baseline: Baseline
  let settings: Resource
  let secret: Resource
  let service: Resource
  let workload: Resource
  let schedule: Resource

  beforeAll(async () => {
    scratch = await Scratch.create()
    const labels = { app: 'stateful' }
    const job = { spec: { backoffLimit: 0, template: { spec: podSpec('ends') } } }
    settings = scratch.object('v1', 'ConfigMap', 'settings', { data: { level: 'info' } })
    secret = scratch.object('v1', 'Secret', 'key', {
      data: { password: Buffer.from('hunter22').toString('base64') },
    })
    service = scratch.object('v1', 'Service', 'front', {
      spec: { selector: labels, ports: [{ port: 4222 }] },
    })
    workload = scratch.object('apps/v1', 'StatefulSet', 'stateful', {
      spec: {
        replicas: 1,
        serviceName: 'front',
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: podSpec('runs') },
      },
    })
    schedule = scratch.object('batch/v1', 'CronJob', 'nightly', {
      spec: { schedule: '0 2 * * *', suspend: false, jobTemplate: job },
    })
    await apply(scratch.kubernetes, [settings, secret, service, workload, schedule])
    await ready()
    baseline = baselineOf(await objectsIn(scratch.kubernetes, scratch.namespace))
  })

  afterAll(async () => {
    await scratch?.[Symbol.asyncDispose]()
  })

  const ready = () =>
    statefulSetReady(
      scratch.kubernetes,
      { namespace: scratch.namespace, name: 'stateful' },
      { name: 'StatefulSet stateful', ms: 30_000 },
    )
  const difference = async () =>
    deviations(baseline, await objectsIn(scratch.kubernetes, scratch.namespace)).flatMap(({ lines }) => lines)
  const mend = () => putBack(scratch.kubernetes, scratch.namespace, baseline)

  it('holds what was made, and nothing that Kubernetes makes of itself', () => {
    expect([...baseline.keys()].toSorted()).toEqual([
      'ConfigMap settings',
      'CronJob nightly',
      'Secret key',
      'Service front',
      'StatefulSet stateful',
    ])
  })

  it('does not differ from it, also when it was read from a file', async () => {
    expect(await difference()).toEqual([])
    baseline = new Map(JSON.parse(JSON.stringify([...baseline])) as [string, Resource][])
    expect(await mend()).toEqual([])
  })

  it('is put back when fields were changed, without a secret in the words', async () => {
    await scratch.patch(schedule, { spec: { suspend: true } })
    await scratch.patch(settings, {
      data: { level: 'debug', added: 'x' },
      metadata: { labels: { odd: 'yes' } },
    })
    await scratch.patch(secret, { data: { password: Buffer.from('hunter23').toString('base64') } })
    const lines = await difference()
    expect(lines).toEqual([
      'ConfigMap settings: data.added "x", was absent',
      'ConfigMap settings: data.level "debug", was "info"',
      'ConfigMap settings: metadata.labels.odd "yes", was absent',
      'CronJob nightly: spec.suspend true, was false',
      expect.stringMatching(/^Secret key: data.password "sha256 \w{12}", was "sha256 \w{12}"$/),
    ])
    expect(lines.join()).not.toContain(Buffer.from('hunter23').toString('base64'))
    expect(await mend()).toEqual(lines)
    expect(await difference()).toEqual([])
  })

  it('is put back when objects are gone, and when one was made anew in another way', async () => {
    await Promise.all([settings, service, schedule].map((each) => scratch.delete(each)))
    await apply(scratch.kubernetes, [
      scratch.object('v1', 'Service', 'front', { spec: { clusterIP: 'None', ports: [{ port: 80 }] } }),
    ])
    expect(await difference()).toEqual(
      expect.arrayContaining(['ConfigMap settings: gone', 'CronJob nightly: gone']),
    )
    await mend()
    expect(await difference()).toEqual([])
  })

  it('is put back when a workload was scaled down, and waits until it is ready again', async () => {
    await scratch.patch(workload, { spec: { replicas: 0 } })
    await mend()
    expect(await difference()).toEqual([])
  })

  it('is not at its baseline while a workload is not ready', async () => {
    await scratch.delete({ ...workload, apiVersion: 'v1', kind: 'Pod', metadata: { name: 'stateful-0' } })
    await expect
      .poll(difference, { interval: 10 })
      .toEqual([expect.stringMatching(/^StatefulSet stateful: not at rest/)])
    await mend()
    expect(await difference()).toEqual([])
  })

  it('loses what a scenario left: Jobs of a CronJob with pods that run, pods, claims, service accounts', async () => {
    const { kubernetes, namespace } = scratch
    const job = (name: string, does: 'ends' | 'runs') =>
      scratch.object('batch/v1', 'Job', name, {
        spec: { template: { spec: { ...podSpec(does), restartPolicy: 'Never' } } },
      })
    const owner = (await objectsIn(kubernetes, namespace)).get('CronJob nightly')?.metadata.uid ?? ''
    const owned = job('by-hand', 'runs')
    const ownerReferences = [
      { apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', uid: owner, controller: true },
    ]
    await apply(kubernetes, [
      { ...owned, metadata: { ...owned.metadata, ownerReferences } } as Resource,
      job('done', 'ends'),
      scratch.object('v1', 'Pod', 'lonely', { spec: podSpec('runs') }),
      scratch.object('v1', 'PersistentVolumeClaim', 'claim', {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
      }),
      scratch.object('v1', 'ServiceAccount', 'robot'),
    ])
    const running = { name: 'the pods', ms: 30_000 }
    await podReaches(kubernetes, { namespace, labels: 'job-name=by-hand' }, ['Running'], running)
    await podReaches(kubernetes, { namespace, labels: 'job-name=done' }, ['Succeeded'], running)
    expect(await difference()).toEqual(
      ['Job by-hand', 'Job done', 'PersistentVolumeClaim claim', 'Pod lonely', 'ServiceAccount robot'].map(
        (title) => `${title}: not in the baseline`,
      ),
    )
    await mend()
    expect(await difference()).toEqual([])
    const { items } = await kubernetes.ask<{ items: Resource[] }>(
      'GET',
      `/api/v1/namespaces/${namespace}/pods`,
    )
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['stateful-0'])
  })
})
