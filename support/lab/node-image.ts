import { type Catalogue, entry } from './catalogue'
import { docker, inspectImage } from './docker'
import { label } from './home'
import { recipeLabel } from './image-build'
import { workloads } from './made'
import { preload } from './preload'
import { digest } from './recipe-hash'

const repository = `${label}/node`

/**
 * The node image of today's lab: the catalogue's node with the images of the pods in its store, so that
 * nothing has to be loaded when a cluster starts. Made once for each combination; older ones are removed.
 *
 * @returns its reference
 * @throws LabBroken when the images can't be put in
 */
export async function nodeImage(catalogue: Catalogue): Promise<string> {
  const references = ['node', ...workloads].map((name) => entry(catalogue.images, name).reference)
  const ids = await Promise.all(
    references.map(async (reference) => (await inspectImage(reference))?.id ?? reference),
  )
  const hash = digest(ids)
  const reference = `${repository}:${hash}`
  if (await inspectImage(reference)) return reference
  const [node = '', ...images] = references
  await preload(node, images, reference, { [label]: 'image', [recipeLabel]: hash })
  const older = await docker(['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', repository])
  const stale = String(older.stdout)
    .split('\n')
    .filter((found) => found && found !== reference)
  if (stale.length > 0) await docker(['image', 'rm', ...stale])
  return reference
}
