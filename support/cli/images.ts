import { readFileSync, writeFileSync } from 'node:fs'
import { parseDocument } from 'yaml'
import { type Image, readCatalogue } from '../lab/catalogue'
import { docker } from '../lab/docker'
import { useEngine } from '../lab/engine'
import { paths } from '../lab/home'
import { isCurrent, lookUp } from '../lab/images'
import { mirrorOf, registryAnswers } from '../lab/registry'

/** `runbook images`: every reference, whether it's here, where it came from, and its digest. */
export async function images(): Promise<number> {
  await useEngine(console.log)
  const catalogue = readCatalogue()
  for (const image of catalogue.images.values()) {
    const found = await lookUp(image)
    const state = !found ? 'absent' : (await isCurrent(catalogue, image)) ? found.origin : 'outdated'
    const digest = found?.digest ?? (found ? `image ${found.id.slice(7, 19)}` : (image.digest ?? 'unknown'))
    console.log(`${image.reference.padEnd(52)} ${state.padEnd(9)} ${digest}`)
  }
  return 0
}

/**
 * `runbook images lock`: asks each registry that answers (or the mirror) what a published reference points at,
 * and records the digest in the catalogue. References that nobody answers for stay as they are, and are named.
 */
export async function lockImages(): Promise<number> {
  await useEngine(console.log)
  const document = parseDocument(readFileSync(paths.catalogue, 'utf8'))
  const unanswered: string[] = []
  for (const image of readCatalogue().images.values()) {
    if (!image.published) continue
    const digest = await publishedDigest(image)
    if (digest) document.setIn(['images', image.name, 'digest'], digest)
    else unanswered.push(image.reference)
    console.log(`${image.reference.padEnd(52)} ${digest ?? 'no registry had it'}`)
  }
  writeFileSync(paths.catalogue, document.toString({ lineWidth: 0 }))
  if (unanswered.length > 0) console.log(`\nNot locked, as no registry had them: ${unanswered.join(', ')}`)
  return 0
}

async function publishedDigest(image: Image): Promise<string | undefined> {
  const mirror = mirrorOf(image.reference)
  const source = mirror ?? image.reference
  if (!(await registryAnswers(source))) return undefined
  const pulled = await docker(['pull', source])
  // Under the mirror's own name nobody uses it.
  if (mirror && !pulled.failed) await docker(['image', 'rm', mirror])
  return /Digest: (sha256:[0-9a-f]{64})/.exec(String(pulled.stdout))?.[1]
}
