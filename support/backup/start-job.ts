import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { namespace } from '../lab/namespace'

const cronJobKind = kindOf('batch/v1', 'CronJob')

/**
 * Starts a Job as `kubectl create job --from=cronjob/CRONJOB NAME` does: it belongs to the CronJob.
 *
 * @param name of the Job
 * @param suspend whether it's only there, and has no pod
 */
export async function startJob(
  kubernetes: Kubernetes,
  cronJob: string,
  name: string,
  suspend = false,
): Promise<void> {
  const { metadata: of, spec } = await kubernetes.ask<Resource>(
    'GET',
    pathOf(cronJobKind, namespace, cronJob),
  )
  const { jobTemplate } = spec as { jobTemplate: { spec: object; metadata: object } }
  const { apiVersion, kind } = cronJobKind
  const ownerReferences = [{ apiVersion, kind, name: of.name, uid: of.uid, controller: true }]
  const metadata = { ...jobTemplate.metadata, name, namespace, ownerReferences }
  const body = { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { ...jobTemplate.spec, suspend } }
  await kubernetes.ask('POST', pathOf(kindOf('batch/v1', 'Job'), namespace), { body })
}

/** Starts a backup by hand. @param name of its Job */
export function startBackup(kubernetes: Kubernetes, name: string): Promise<void> {
  return startJob(kubernetes, 'nats-backup', name)
}
