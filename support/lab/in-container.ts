import { LabBroken } from '../errors'
import { docker } from './docker'

/** A script for a container: what it does, for the message when it fails, and what it's given as $1, $2 … and on its standard input. */
export interface ContainerScript {
  /** As a sentence that says what did not happen: "The backup volume can't be looked at". */
  readonly attempted: string
  readonly script: string
  readonly args?: readonly string[]
  readonly input?: string | Buffer
}

/**
 * Runs a bash script in a container of the lab, as its own user.
 *
 * @param container its name or id
 * @param code      of the error: which part of the lab it is that fails
 * @returns what it printed
 * @throws LabBroken with what it said
 */
export async function inContainer(
  container: string,
  code: string,
  { attempted, script, args = [], input = '' }: ContainerScript,
): Promise<string> {
  const bash = ['bash', '-euo', 'pipefail', '-c', script, 'bash', ...args]
  const result = await docker(['exec', '-i', container, ...bash], { input })
  if (!result.failed) return String(result.stdout)
  throw new LabBroken(code, {
    attempted: `${attempted} in ${container}`,
    got: String(result.all),
    next: 'See whether the lab is whole:',
    repeat: 'npx runbook status',
  })
}
