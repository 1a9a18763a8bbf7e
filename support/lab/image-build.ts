import { appendFileSync, cpSync, createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { execa } from 'execa'
import { type Catalogue, entry, type Image } from './catalogue'
import { docker } from './docker'
import { buildFailed, moduleFolder, programPath } from './go-program'
import { label, paths } from './home'
import { pipe } from './pipe'
import { preload } from './preload'
import { installPackages, onPath } from './private-engine'
import { imageHash, recipes } from './recipe-hash'

/** The label that says what an image was built from; a reference with another value is built anew. */
export const recipeLabel = `${label}.recipe`

/**
 * Builds an image from its recipe. What it is made from (programs and images) must be there.
 *
 * @throws LabBroken with the build's last lines and where the log is
 */
export async function buildImage(catalogue: Catalogue, image: Image): Promise<void> {
  mkdirSync(paths.builds, { recursive: true })
  const started = Date.now()
  const log = join(paths.builds, `${image.name}.image.log`)
  const labels = { [label]: 'image', [recipeLabel]: imageHash(catalogue, image) }
  const built = image.debootstrap
    ? await importDebian(image.debootstrap, image.reference, labels, log)
    : await buildDockerfile(catalogue, image, labels, log)
  if (!built) throw buildFailed(image.reference, log, started)
  for (const reference of image.also ?? []) await docker(['tag', image.reference, reference])
}

/** A base image straight from Debian's packages, without what the `-slim` images leave out too. */
async function importDebian(
  release: string,
  reference: string,
  labels: Record<string, string>,
  log: string,
): Promise<boolean> {
  if (!(await onPath('debootstrap'))) await installPackages(['debootstrap'])
  const root = join(paths.builds, `debian-${release}`)
  rmSync(root, { recursive: true, force: true })
  const out = createWriteStream(log)
  const made = execa('debootstrap', ['--variant=minbase', release, root], { reject: false, all: true })
  made.all.pipe(out)
  if ((await made).failed) return false
  for (const needless of [
    'usr/share/doc',
    'usr/share/man',
    'usr/share/locale',
    'var/lib/apt/lists',
    'var/cache/apt/archives',
  ]) {
    rmSync(join(root, needless), { recursive: true, force: true })
    mkdirSync(join(root, needless), { recursive: true })
  }
  mkdirSync(join(root, 'var/lib/apt/lists/partial'), { recursive: true })
  mkdirSync(join(root, 'var/cache/apt/archives/partial'), { recursive: true })
  const changes = ['CMD ["bash"]', ...Object.entries(labels).map(([name, value]) => `LABEL ${name}=${value}`)]
  const imported = await pipe(
    ['tar', '-C', root, '--numeric-owner', '-c', '.'],
    ['docker', 'import', ...changes.flatMap((change) => ['--change', change]), '-', reference],
  )
  rmSync(root, { recursive: true, force: true })
  if (imported.failed) appendFileSync(log, imported.output)
  return !imported.failed
}

async function buildDockerfile(
  catalogue: Catalogue,
  image: Image,
  labels: Record<string, string>,
  log: string,
): Promise<boolean> {
  const context = await assemble(catalogue, image)
  const flags = Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`])
  const building = docker(['build', ...flags, '--tag', image.reference, context], { buffer: false })
  building.all?.pipe(createWriteStream(log))
  const built = !(await building).failed
  rmSync(context, { recursive: true, force: true })
  if (!built || !image.preload) return built
  await preload(
    image.reference,
    image.preload
      .map((name) => entry(catalogue.images, name))
      .flatMap(({ reference, also = [] }) => [reference, ...also]),
    image.reference,
    labels,
  )
  return true
}

/** The folder that the build sees: the recipe's own files, the programs, and files out of Go modules. */
async function assemble(catalogue: Catalogue, image: Image): Promise<string> {
  const context = join(paths.builds, `${image.name}.context`)
  rmSync(context, { recursive: true, force: true })
  cpSync(join(recipes, image.dockerfile ?? image.name), context, { recursive: true })
  const folders = { ...(image.programs && { bin: image.programs }), ...image.programsIn }
  for (const [folder, names] of Object.entries(folders)) {
    mkdirSync(join(context, folder), { recursive: true })
    for (const name of names) {
      cpSync(programPath(entry(catalogue.programs, name)), join(context, folder, basename(name)))
    }
  }
  for (const [folder, files] of Object.entries(image.moduleFiles ?? {})) {
    const source = join(await moduleFolder(files.module, files.package), files.folder)
    cpSync(source, join(context, folder), { recursive: true, dereference: true })
    // Go keeps its module cache read-only; the build wants to add and remove files here.
    await execa('chmod', ['-R', 'u+w', join(context, folder)])
  }
  return context
}
