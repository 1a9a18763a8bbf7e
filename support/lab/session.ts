import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LaneAddress } from './address'
import { paths } from './home'

/** What a warm lab was made from, part by part: a part whose hash differs is made anew, the rest stays. */
export interface Made {
  /** The node image and kind's configuration. */
  readonly cluster: string
  /** Images that the node holds, by reference, each with its recipe's hash. */
  readonly workloads: Readonly<Record<string, string>>
  /** MinIO, the IAM adapter, Toxiproxy and the second site. */
  readonly services: string
  /** The toolbox's image, and the checkout that is mounted in it. */
  readonly toolbox: string
}

/** One lane as the session file has it. */
export interface Lane {
  readonly address: LaneAddress
  readonly made: Made
  /** The other access that parts of the lane were made with, needed to make one part anew. */
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

/** The private folder of a lane: its kubeconfigs and its baseline. */
export function laneFolder(lane: number): string {
  return join(paths.sessions, `lane-${lane}`)
}

/** The session that was written last; undefined when there is none, or when it can't be read: then nothing in it can be trusted. */
export function readSession(): Session | undefined {
  if (!existsSync(file)) return undefined
  try {
    const session = JSON.parse(readFileSync(file, 'utf8')) as Session
    return session.format === 1 && Array.isArray(session.lanes) ? session : undefined
  } catch {
    return undefined
  }
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
}
