import { silentParts } from './alive'
import { type Catalogue, entry, readCatalogue } from './catalogue'
import { useEngine } from './engine'
import { laneName } from './home'
import { ImageProgress } from './image-progress'
import { bringProgram, lookUp, withImages } from './images'
import { makeLane } from './lane'
import { removeLeftovers } from './leftovers'
import { examine, requireAll } from './machine'
import { changedParts, changedWorkloads, laneImages, type Part, today } from './made'
import { forgetSession, type Lane, readSession, type Session, writeSession } from './session'
import { versionsOf } from './versions'

/** Takes one line about what is being done. */
export type Tell = (line: string) => void

/**
 * Brings the lab up: what is warm and still of today's making is kept, the rest is made. What an earlier
 * run left behind is removed first.
 *
 * @param lanes how many lanes are needed
 * @returns the session, as written to the session file
 * @throws LabBroken when something doesn't start, with what to do next
 */
export async function up(lanes: number, tell: Tell): Promise<Session> {
  await useEngine(tell)
  const catalogue = readCatalogue()
  const session = readSession()
  const standing = session?.lanes ?? []
  const stale = await Promise.all(standing.map((lane) => staleParts(lane, catalogue, tell)))
  const warm =
    standing.length >= lanes &&
    stale.every((parts, index) => parts.length === 0 && isCurrentLane(standing[index], catalogue))
  if (session && warm) return session

  requireAll(await examine())
  tell('preparing the lab')
  await removeOrphans(standing)
  const progress = new ImageProgress(tell)
  return withImages(laneImages, progress, async () => {
    const kind = await bringProgram('kind', progress)
    const made: Lane[] = []
    for (let lane = 0; lane < Math.max(lanes, standing.length); lane++) {
      const old = standing[lane]
      if (!old)
        tell(
          `starting lane ${lane}: a Kubernetes cluster with NATS, an object store, a second site and a toolbox`,
        )
      made.push(await makeLane(lane, catalogue, kind, old, stale[lane]))
    }
    const next: Session = {
      format: 1,
      startedAt: session?.startedAt ?? new Date().toISOString(),
      versions: await versionsOf(made),
      images: await imagesOf(catalogue),
      lanes: made,
    }
    writeSession(next)
    return next
  })
}

/** Takes the lab down: its containers, clusters, networks, volumes and private files. Images stay. */
export async function down(): Promise<string[]> {
  const removed = await removeLeftovers()
  forgetSession()
  return removed
}

/** Which parts of a lane can't be kept: changed since they were made, or no longer answering. */
export async function staleParts(lane: Lane, catalogue: Catalogue, tell: Tell): Promise<Part[]> {
  const changed = changedParts(lane.made, today(catalogue))
  const silent = await silentParts(lane.address)
  for (const part of changed) tell(`lane ${lane.address.lane}: ${part} is made anew, its recipe changed`)
  for (const { part, what } of silent)
    tell(`lane ${lane.address.lane}: ${part} is made anew, ${what} doesn't answer`)
  return [...new Set([...changed, ...silent.map(({ part }) => part)])]
}

function isCurrentLane(lane: Lane | undefined, catalogue: Catalogue): boolean {
  return lane !== undefined && changedWorkloads(lane.made, today(catalogue)).length === 0
}

/** Removes containers and networks of lanes that no session knows: half-made ones of a killed start. */
async function removeOrphans(standing: readonly Lane[]): Promise<void> {
  const known = new Set(standing.map((_, lane) => laneName(lane)))
  await removeLeftovers(({ lane }) => known.has(lane))
}

async function imagesOf(catalogue: Catalogue): Promise<Session['images']> {
  const found = await Promise.all(laneImages.map((name) => lookUp(entry(catalogue.images, name))))
  return found
    .filter((image) => image !== undefined)
    .map(({ reference, origin, digest, id }) => ({ reference, origin, digest: digest ?? id }))
}
