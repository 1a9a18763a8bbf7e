import { findEngine } from '../lab/engine'
import { type Lane, readSession } from '../lab/session'

/**
 * The lane that a command is about, of a lab that is up; docker is led to its engine.
 *
 * @param number  as it was typed; the first lane unless told
 * @param without what can't be done without one: "there is no toolbox to enter"
 * @returns undefined, after saying so, when there is no such lane
 */
export async function laneAskedFor(number = '0', without: string): Promise<Lane | undefined> {
  const engine = await findEngine()
  const lane = readSession()?.lanes[Number(number)]
  if (!engine || !lane) {
    console.error(`The lab is not up, so ${without}\n  repeat    npx runbook up`)
    return undefined
  }
  process.env.DOCKER_HOST = engine.host
  return lane
}
