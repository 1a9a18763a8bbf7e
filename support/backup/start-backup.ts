import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { namespace } from '../lab/namespace'

/** Starts a backup as `kubectl create job --from=cronjob/nats-backup NAME` does. @param name of its Job */
export async function startBackup(kubernetes: Kubernetes, name: string): Promise<void> {
  const cronJob = pathOf(kindOf('batch/v1', 'CronJob'), namespace, 'nats-backup')
  const { spec } = await kubernetes.ask<Resource>('GET', cronJob)
  const { jobTemplate } = spec as { jobTemplate: { spec: unknown; metadata: object } }
  const metadata = { ...jobTemplate.metadata, name, namespace }
  const body = { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: jobTemplate.spec }
  await kubernetes.ask('POST', pathOf(kindOf('batch/v1', 'Job'), namespace), { body })
}
