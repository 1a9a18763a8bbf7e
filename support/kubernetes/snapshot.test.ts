import { describe, expect, it } from 'vitest'
import type { KubeObject } from './kubernetes'
import { objectDifferences, type Snapshot } from './snapshot'

const object = (kind: string, name: string, rest: Partial<KubeObject> = {}): KubeObject => ({
  kind,
  apiVersion: 'v1',
  metadata: { name, namespace: 'kgents-agents' },
  ...rest,
})
const snapshot = (...objects: KubeObject[]): Snapshot =>
  Object.fromEntries(objects.map((each) => [`${each.kind}/${each.metadata?.name}`, each]))
const texts = (before: Snapshot, now: Snapshot) => objectDifferences(before, now).map(({ text }) => text)

describe('the objects of a namespace, compared with a baseline', () => {
  const cronJob = (suspend: boolean) =>
    object('CronJob', 'nats-backup', { spec: { suspend, schedule: '0 2 * * *' } })

  it('are the same when nothing differs', () => {
    expect(texts(snapshot(cronJob(false)), snapshot(cronJob(false)))).toEqual([])
  })

  it('differ by what a scenario changed, left, or removed, each named', () => {
    const before = snapshot(cronJob(false), object('ConfigMap', 'nats-config'))
    const now = snapshot(cronJob(true), object('Job', 'test-backup'))
    expect(texts(before, now)).toEqual([
      'ConfigMap nats-config: gone',
      'CronJob nats-backup: spec.suspend true, was false',
      'Job test-backup: not in the baseline',
    ])
  })

  it('never tell what a Secret holds', () => {
    const secret = (key: string) =>
      object('Secret', 'nats-backup-s3', { spec: undefined, ...{ data: { AWS_KEY: key } } })
    const [text] = texts(snapshot(secret('b2xkLXNlY3JldA==')), snapshot(secret('bmV3LXNlY3JldA==')))
    expect(text).toBe('Secret nats-backup-s3: data.AWS_KEY')
  })
})
