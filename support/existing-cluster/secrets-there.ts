import type { Secret } from '../evidence/mask'
import { secretValues } from '../evidence/secret-values'
import { type Kubernetes, Refused } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { namespace } from '../lab/namespace'

/** The published secrets that a log, an event or an object of the backup could leak. */
const names = ['nats-auth', 'nats-backup-s3', 'nats-restore-s3', 'nats-second-site']

/** What those of an existing cluster hold, so that no report shows it. One that isn't there, or may not be read, can't be shown by a block either. */
export async function secretsThere(kubernetes: Kubernetes): Promise<Secret[]> {
  return (await Promise.all(names.map((name) => valuesOf(kubernetes, name)))).flat()
}

async function valuesOf(kubernetes: Kubernetes, name: string): Promise<Secret[]> {
  const path = pathOf(kindOf('v1', 'Secret'), namespace, name)
  const found = await kubernetes.find(path).catch((error: unknown) => {
    if (error instanceof Refused && error.status === 403) return undefined
    throw error
  })
  return found ? secretValues(found) : []
}
