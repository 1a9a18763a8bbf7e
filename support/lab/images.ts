import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ProcessLock } from '../process-lock'
import { type Catalogue, entry, type Image, imagesOf, programsOf, readCatalogue } from './catalogue'
import { inspectImage } from './docker'
import { buildProgram, programPath } from './go-program'
import { paths } from './home'
import { buildImage, recipeLabel } from './image-build'
import type { ImageProgress } from './image-progress'
import { laneImages } from './made'
import { imageHash } from './recipe-hash'
import { mirrorOf, pull } from './registry'

/** An image that is in the engine now. */
export interface PresentImage {
  readonly name: string
  readonly reference: string
  readonly origin: 'built' | 'pulled' | 'mirror'
  readonly id: string
  /** The registry's digest, where one answered for it. */
  readonly digest?: string
}

const lock = new ProcessLock(join(paths.builds, 'lock'), 'the images')

/** On a machine without any image the first build takes 20 minutes. */
const patience = { ms: 60 * 60_000, waiting: (line: string) => process.stderr.write(`${line}\n`) }

/**
 * Brings images into the engine: what is there and of today's recipe is used, else it's pulled where a
 * registry or a mirror has it, else built. Programs are compiled one after another (each uses every core),
 * and images are put together beside them, as soon as what they need is there.
 *
 * @param names    names in the catalogue; what they are made from comes along
 * @param progress told of each build and how far it is
 * @returns the images asked for
 * @throws LabBroken when one can be had neither way, or another process still has the images after an hour
 */
export function bringImages(names: readonly string[], progress: ImageProgress): Promise<PresentImage[]> {
  return withImages(names, progress, async (images) => images)
}

/**
 * Brings images into the engine and keeps them as they are until they were used: a reference means one thing to the
 * whole engine, and another checkout, of other scripts, builds its own under the same. Two builds of one image would
 * even be given each other's files.
 *
 * @param names    as for `bringImages`, which says how they are brought
 * @param progress told of each build and how far it is
 * @param use      what is made of them, while no other process can bring any
 * @returns what `use` returns
 * @throws LabBroken when one can be had neither way, or another process still has the images after an hour
 */
export async function withImages<Result>(
  names: readonly string[],
  progress: ImageProgress,
  use: (images: PresentImage[]) => Promise<Result>,
): Promise<Result> {
  const release = await lock.take(patience)
  try {
    const catalogue = readCatalogue()
    const steps = await missing(catalogue, names)
    if (steps.length > 0) {
      await progress.plan(steps)
      await bringAll(catalogue, names, progress)
      progress.done()
    }
    return await use(await Promise.all(names.map((name) => present(entry(catalogue.images, name)))))
  } finally {
    release()
  }
}

async function bringAll(
  catalogue: Catalogue,
  names: readonly string[],
  progress: ImageProgress,
): Promise<void> {
  const works = new Map<string, Promise<unknown>>()
  const once = (key: string, work: () => Promise<unknown>) => {
    const running = works.get(key) ?? work()
    works.set(key, running)
    return running
  }
  const [compiling, assembling] = [queue(), queue()]

  const program = (name: string) =>
    once(`program ${name}`, () =>
      compiling(() =>
        progress.step(name, (advance) => buildProgram(entry(catalogue.programs, name), advance)),
      ),
    )
  const image = (name: string): Promise<unknown> =>
    once(`image ${name}`, async () => {
      const wanted = entry(catalogue.images, name)
      if (await isCurrent(catalogue, wanted)) return
      if (await progress.step(wanted.reference, () => pullCurrent(catalogue, wanted), 'pull')) return
      await Promise.all([...imagesOf(wanted).map(image), ...programsOf(wanted).map(program)])
      await assembling(() => progress.step(wanted.reference, () => buildImage(catalogue, wanted)))
    })

  await Promise.all(names.map(image))
}

/** The path of a host program (kind) out of the catalogue, built if it isn't there. */
export async function bringProgram(name: string, progress: ImageProgress): Promise<string> {
  const program = entry(readCatalogue().programs, name)
  return progress.step(name, (advance) => buildProgram(program, advance))
}

/** Whether the engine has an image, and made from today's recipe when it was built. */
export async function isCurrent(catalogue: Catalogue, image: Image): Promise<boolean> {
  const found = await inspectImage(image.reference)
  if (!found) return false
  const recipe = found.labels[recipeLabel]
  return recipe === undefined ? image.published === true : recipe === imageHash(catalogue, image)
}

/**
 * Pulls an image.
 *
 * @returns whether it can be used: what a mirror has of our own may be made from other scripts than today's, and a run
 *          would judge those
 */
export async function pullCurrent(catalogue: Catalogue, image: Image): Promise<boolean> {
  return (await pull(image)) && isCurrent(catalogue, image)
}

/** Whether everything that a lane runs is in the engine already. */
export async function imagesReady(): Promise<boolean> {
  const catalogue = readCatalogue()
  const ready = await Promise.all(
    laneImages.map((name) => isCurrent(catalogue, entry(catalogue.images, name))),
  )
  return ready.every(Boolean)
}

/** What the engine has under an image's reference; undefined when it has nothing. */
export async function lookUp(image: Image): Promise<PresentImage | undefined> {
  const found = await inspectImage(image.reference)
  if (!found) return undefined
  const [pulled] = found.digests
  const mirror = mirrorOf(image.reference)
  const origin =
    pulled === undefined
      ? 'built'
      : mirror && pulled.startsWith(mirror.split(':')[0] ?? mirror)
        ? 'mirror'
        : 'pulled'
  const digest = pulled?.split('@')[1]
  return { name: image.name, reference: image.reference, origin, id: found.id, ...(digest && { digest }) }
}

async function present(image: Image): Promise<PresentImage> {
  const found = await lookUp(image)
  if (found) return found
  throw new Error(`${image.reference} vanished from the engine while it was being prepared`)
}

/** What would have to be built were no registry there, in order, with each one's measured seconds. */
async function missing(
  catalogue: Catalogue,
  names: readonly string[],
): Promise<Array<{ name: string; seconds: number }>> {
  const steps = new Map<string, number>()
  const visit = async (name: string): Promise<void> => {
    const image = entry(catalogue.images, name)
    if (steps.has(image.reference) || (await isCurrent(catalogue, image))) return
    for (const dependency of imagesOf(image)) await visit(dependency)
    for (const needed of programsOf(image)) {
      const program = entry(catalogue.programs, needed)
      if (!existsSync(programPath(program))) steps.set(needed, program.seconds)
    }
    steps.set(image.reference, image.seconds)
  }
  for (const name of names) await visit(name)
  return [...steps].map(([name, seconds]) => ({ name, seconds }))
}

/** Works given to a queue run one at a time, in the order given. */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }
}
