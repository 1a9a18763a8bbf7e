import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsedBy } from '../schema'
import type { LaneAddress } from './address'
import { paths } from './home'
import type { Made } from './made'
import { sessionSchema } from './session-schema'

/** One lane as the session file has it. */
export interface Lane {
  readonly address: LaneAddress
  readonly made: Made
  /** A kubeconfig for use on the lane's network; a new toolbox gets it. */
  readonly internalKubeconfig: string
}

/** A lab that is up. */
export interface Session {
  readonly format: 1
  readonly startedAt: string
  readonly versions: ReadonlyArray<{ name: string; version: string }>
  readonly images: ReadonlyArray<{ reference: string; origin: string; digest: string }>
  readonly lanes: readonly Lane[]
}

const file = join(paths.sessions, 'lab.json')

/** Where the kubeconfig for an existing cluster lies while a run uses it. */
export const elsewhereFolder = join(paths.sessions, 'elsewhere')

/** The private folder of a lane: its kubeconfigs and its baseline. */
export function laneFolder(lane: number): string {
  return join(paths.sessions, `lane-${lane}`)
}

/** Where the objects of a lane's fresh cluster are kept for comparison; readable by its owner only. */
export function baselineFile(lane: number): string {
  return join(laneFolder(lane), 'baseline.json')
}

/**
 * The session that was written last; undefined when there is none, or when it's damaged: then nothing in it can be trusted,
 * which a line on stderr says.
 */
export function readSession(): Session | undefined {
  if (!existsSync(file)) return undefined
  const session = parsedBy<Session>(sessionSchema, readFileSync(file, 'utf8'), 'session')
  if ('value' in session) return session.value
  process.stderr.write(
    `The lab’s session is not used, and the next start makes the lab anew: ${file} is damaged: ${session.flaw}\n`,
  )
  return undefined
}

/** Writes the session, readable by its owner only: it holds the lab's passwords. */
export function writeSession(session: Session): void {
  mkdirSync(paths.sessions, { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.part`, JSON.stringify(session, null, 2), { mode: 0o600 })
  renameSync(`${file}.part`, file)
}

/** Forgets the session and everything private that belongs to it. */
export function forgetSession(): void {
  rmSync(file, { force: true })
  for (let lane = 0; existsSync(laneFolder(lane)); lane++) rmSync(laneFolder(lane), { recursive: true })
  rmSync(elsewhereFolder, { recursive: true, force: true })
}
