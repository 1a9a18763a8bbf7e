import type { Image } from './catalogue'
import { docker } from './docker'

/**
 * Where a reference is in the mirror that RUNBOOK_MIRROR names (`registry.example.com/hub`, or
 * `127.0.0.1:5000`), as an air-gapped company has one; undefined without a mirror.
 */
export function mirrorOf(reference: string): string | undefined {
  const mirror = process.env.RUNBOOK_MIRROR?.replace(/\/+$/, '')
  return mirror && `${mirror}/${reference}`
}

/**
 * Pulls an image from the mirror, or from its public registry when it is published there.
 *
 * @returns whether it is in the engine now, under its own reference; false when no registry has it,
 *          and always with RUNBOOK_IMAGES=build
 */
export async function pull(image: Image): Promise<boolean> {
  if (process.env.RUNBOOK_IMAGES === 'build') return false
  const mirror = mirrorOf(image.reference)
  if (mirror) return pullAs(mirror, image.reference)
  if (!image.published || !(await registryAnswers(image.reference))) return false
  const pinned = image.digest ? `${image.reference.replace(/:[^/:]*$/, '')}@${image.digest}` : image.reference
  return pullAs(pinned, image.reference)
}

const registries = new Map<string, Promise<boolean>>()

/** Whether the registry of a reference answers at all; asked once per registry. */
export function registryAnswers(reference: string): Promise<boolean> {
  const host = registryHost(reference)
  const known = registries.get(host) ?? ask(host)
  registries.set(host, known)
  return known
}

/** The registry that a reference names; a reference without one is Docker Hub's. */
export function registryHost(reference: string): string {
  const [first = '', rest] = reference.split('/', 2)
  const isHost = rest !== undefined && (/[.:]/.test(first) || first === 'localhost')
  return isHost ? first : 'registry-1.docker.io'
}

async function ask(host: string): Promise<boolean> {
  const scheme = /^(localhost|127\.)/.test(host) ? 'http' : 'https'
  try {
    // Any answer will do: 401 is a registry that wants a token, which the engine gets by itself.
    await fetch(`${scheme}://${host}/v2/`, { signal: AbortSignal.timeout(4000) })
    return true
  } catch {
    return false
  }
}

async function pullAs(source: string, reference: string): Promise<boolean> {
  if ((await docker(['pull', '--quiet', source])).failed) return false
  return source === reference || !(await docker(['tag', source, reference])).failed
}
