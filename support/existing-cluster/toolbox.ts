import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readCatalogue } from '../lab/catalogue'
import { LaneContainers } from '../lab/containers'
import { checkout, elsewhere, label } from '../lab/home'
import { removeContainers } from '../lab/leftovers'
import { writeForOperator } from '../lab/operator-file'
import { elsewhereFolder } from '../lab/session'
import { onlyContext } from './kubeconfig'
import type { ClusterSettings } from './settings'

/** The operator's kubeconfig for an existing cluster, and the toolbox that has it. */
export interface ClusterToolbox {
  readonly container: string
  readonly kubeconfig: string
}

/**
 * Starts the toolbox for an existing cluster. It is on the host's network, as a workstation is: it reaches what this machine
 * reaches, and has the one context that is allowed, and nothing else of this machine.
 *
 * @throws HarnessMisused when the context may not be used, LabBroken when the container doesn't start
 */
export async function startToolbox(settings: ClusterSettings): Promise<ClusterToolbox> {
  const text = onlyContext(settings)
  await removeToolbox()
  mkdirSync(elsewhereFolder, { recursive: true, mode: 0o700 })
  const kubeconfig = join(elsewhereFolder, 'kubeconfig')
  const operator = writeForOperator(kubeconfig, text)
  const containers = new LaneContainers(readCatalogue(), 'host', elsewhere)
  // On the host's network the metadata of a cloud's machine would answer: its role is nobody's to use here.
  const environment = { AWS_EC2_METADATA_DISABLED: 'true', ...settings.toolbox }
  return { container: await containers.toolbox(checkout, kubeconfig, environment, operator), kubeconfig }
}

/** Removes it, with the access that it had; also one that a killed run left. */
export async function removeToolbox(): Promise<void> {
  await removeContainers(`${label}=${elsewhere}`)
  rmSync(elsewhereFolder, { recursive: true, force: true })
}
