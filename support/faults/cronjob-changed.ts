import { join } from 'node:path'
import { patchContainer } from '../backup/patch-container'
import { applyFile } from '../kubernetes/apply'
import { type Kubernetes, Refused } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { checkout } from '../lab/home'
import { namespace } from '../lab/namespace'
import type { Fault } from './fault'
import type { Probe } from './s3-refused'

const cronJob = pathOf(kindOf('batch/v1', 'CronJob'), namespace, 'nats-backup')
const container = '{.spec.jobTemplate.spec.template.spec.containers[0]'

/** Somebody changed something in the backup's CronJob, or deleted it. The published manifest puts it back. */
function changed(
  kubernetes: Kubernetes,
  probe: Probe,
  fault: {
    readonly name: string
    readonly look: string
    isSo(seen: string): boolean
    inject(): Promise<unknown>
  },
): Fault {
  const look = async () => (await probe(`${fault.look} 2>&1 || true`)).output.trim()
  return {
    name: fault.name,
    inject: async () => void (await fault.inject()),
    heal: async () =>
      void (await applyFile(kubernetes, join(checkout, 'fixtures', 'nats', 'backup-cronjob.yaml'))),
    async proveInForce() {
      const seen = await look()
      if (fault.isSo(seen)) return seen
      throw new Error(`${fault.look} shows ${seen}`)
    },
    async proveHealed() {
      const seen = await look()
      if (!fault.isSo(seen)) return seen
      throw new Error(`${fault.look} still shows ${seen}`)
    },
  }
}

/** The image that backups run doesn't exist. */
export function imageUnknown(kubernetes: Kubernetes, probe: Probe, image: string): Fault {
  return changed(kubernetes, probe, {
    name: `The CronJob's image is ${image}, which doesn't exist`,
    look: `kubectl get cronjob nats-backup -n ${namespace} -o jsonpath='${container}.image}'`,
    isSo: (seen) => seen === image,
    inject: () => patchContainer(kubernetes, { image }),
  })
}

/** Backups may use so little memory that the kernel ends them. */
export function memoryLow(kubernetes: Kubernetes, probe: Probe, limit: string): Fault {
  return changed(kubernetes, probe, {
    name: `Backups may use ${limit} of memory`,
    look: `kubectl get cronjob nats-backup -n ${namespace} -o jsonpath='${container}.resources.limits.memory}'`,
    isSo: (seen) => seen === limit,
    inject: () =>
      patchContainer(kubernetes, { resources: { requests: { memory: limit }, limits: { memory: limit } } }),
  })
}

/** Somebody deleted the CronJob. */
export function cronJobGone(kubernetes: Kubernetes, probe: Probe): Fault {
  return changed(kubernetes, probe, {
    name: 'The CronJob nats-backup is gone',
    look: `kubectl get cronjob nats-backup -n ${namespace}`,
    isSo: (seen) => seen.includes('NotFound'),
    inject: () =>
      kubernetes.ask('DELETE', cronJob).catch((error: unknown) => {
        if (!(error instanceof Refused && error.status === 404)) throw error
      }),
  })
}
