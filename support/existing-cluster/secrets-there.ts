import { type Secret, shortestSecret } from '../evidence/mask'
import { type Kubernetes, Refused } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { namespace } from '../lab/namespace'

/** The published secrets that a log, an event or an object of the backup could leak. */
const names = ['nats-auth', 'nats-backup-s3', 'nats-restore-s3', 'nats-second-site']

/** What those of an existing cluster hold, so that no report shows it. One that isn't there, or may not be read, can't be shown by a block either. */
export async function secretsThere(kubernetes: Kubernetes): Promise<Secret[]> {
  return (await Promise.all(names.map((name) => valuesOf(kubernetes, name)))).flat()
}

async function valuesOf(kubernetes: Kubernetes, name: string): Promise<Secret[]> {
  const path = pathOf(kindOf('v1', 'Secret'), namespace, name)
  const found = await kubernetes.ask<Resource>('GET', path).catch((error: unknown) => {
    if (error instanceof Refused && [403, 404].includes(error.status)) return undefined
    throw error
  })
  return Object.entries((found?.data ?? {}) as Record<string, string>)
    .filter(([key]) => /password|secret/i.test(key))
    .map(([key, value]) => ({ name: `${name}/${key}`, value: Buffer.from(value, 'base64').toString() }))
    .filter(({ value }) => value.trim().length >= shortestSecret)
}
