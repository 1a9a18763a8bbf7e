import { label } from '../lab/home'
import { ask } from './engine-api'
import { limitProcesses } from './limits'
import { Toolbox } from './toolbox'

/** Whether tests may run blocks for real: the `npm test` that has a lab says so. */
export const hasLab = process.env.RUNBOOK_LAB_TESTS === '1'

/** For a test that is left out: says so, because silence would look like a pass. */
export function sayLeftOut(file: string): void {
  if (!hasLab)
    console.info(`${file} is left out: it wants an engine and the toolbox image (RUNBOOK_LAB_TESTS=1)`)
}

/**
 * Starts a container of the toolbox's image, labelled as the lab's so that nothing of a killed test stays.
 *
 * @param environment as `NAME=value`
 */
export async function startToolbox(environment: readonly string[] = []): Promise<Toolbox> {
  const created = await ask('POST', '/containers/create', {
    Image: process.env.RUNBOOK_TEST_IMAGE ?? 'runbook-lab/toolbox:1',
    Entrypoint: ['/bin/bash', '-c', "trap 'exit 0' TERM; while :; do /bin/sleep infinity & wait; done"],
    Env: environment,
    Labels: { [label]: 'test' },
  })
  const { Id: id } = created.body as { Id?: string }
  const started = id && (await ask('POST', `/containers/${id}/start`))
  if (!id || !started || started.status !== 204) throw new Error(JSON.stringify({ created, started }))
  await limitProcesses(id)
  return new Toolbox(id)
}

/** Stops and removes such a container. */
export async function removeToolbox(toolbox: Toolbox): Promise<void> {
  toolbox[Symbol.dispose]()
  await ask('DELETE', `/containers/${toolbox.container}?force=true`)
}
