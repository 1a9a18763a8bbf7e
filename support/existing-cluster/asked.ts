import { resolve } from 'node:path'
import { HarnessMisused } from '../errors'
import { type ClusterSettings, readSettings } from './settings'

/** By it `runbook run --cluster FILE` tells a run; `npx cucumber-js` can be told by it, too. */
export const variable = 'RUNBOOK_CLUSTER'

/** Whether this run was asked to use an existing cluster, and no lab. */
export function isClusterAsked(): boolean {
  return Boolean(process.env[variable])
}

/**
 * The existing cluster that this run was asked to use.
 *
 * @throws HarnessMisused when none was, or its file is wrong
 */
export function clusterAsked(): ClusterSettings {
  const file = process.env[variable]
  if (file) return readSettings(resolve(file))
  throw new HarnessMisused('RBK_CLUSTER_FILE', {
    attempted: 'No existing cluster was named',
    repeat: 'npx runbook run --cluster staging.yaml',
  })
}
