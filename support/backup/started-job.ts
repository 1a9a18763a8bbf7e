import type { Kubernetes } from '../kubernetes/client'
import { kindOf, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { namespace } from '../lab/namespace'

/** `-20261127-020000`: what a published block puts behind a Job's name, so that it can be pasted again. */
const time = /^-\d{8}-\d{6}$/

/**
 * A Job as a page calls it: the one of that name, or the newest whose name has the time of its start behind it.
 *
 * @param name "catch-up"
 * @returns the Job's whole name, "catch-up-20261127-020000"; the name itself while there is no such Job
 */
export async function startedJob(kubernetes: Kubernetes, name: string): Promise<string> {
  const { items } = await kubernetes.ask<{ items: Resource[] }>(
    'GET',
    pathOf(kindOf('batch/v1', 'Job'), namespace),
  )
  return newestOf(
    name,
    items.map(({ metadata }) => metadata.name),
  )
}

/** The times behind the names sort as they passed. */
export function newestOf(name: string, jobs: readonly string[]): string {
  const started = jobs.filter((job) => job.startsWith(name) && time.test(job.slice(name.length)))
  return started.toSorted().at(-1) ?? name
}
