import { parse, parseAllDocuments } from 'yaml'
import type { Tree } from './tree'

/** Something in a manifest that runs a container. */
export interface Workload {
  /** `CronJob nats-restore-drill`. */
  readonly title: string
  readonly name: string
  /** It runs when somebody says so, by its name, and not because it is applied. */
  readonly waits: boolean
  /** What its containers are told to run, and the scripts that it brings. */
  readonly texts: readonly string[]
  /** Folders under fixtures/images/ of images of ours whose own command it runs. */
  readonly ownCommandOf: readonly string[]
}

/**
 * What a manifest runs.
 *
 * @returns undefined when it isn't whole YAML, so that nobody can tell
 */
export function workloadsIn(path: string, tree: Tree): Workload[] | undefined {
  const documents = parseAllDocuments(tree.text(path))
  if (documents.some(({ errors }) => errors.length > 0)) return undefined
  const images = imageFolders(tree)
  return documents.flatMap((document) => {
    const object: unknown = document.toJS()
    if (!isObject(object) || typeof object.kind !== 'string') return []
    const { kind, metadata, spec } = object
    const name = isObject(metadata) ? String(metadata.name) : ''
    const containers = objectsIn(object).filter(({ image }) => typeof image === 'string')
    return {
      title: `${kind} ${name}`,
      name,
      waits: kind === 'CronJob' && isObject(spec) && spec.suspend === true,
      texts: objectsIn(object).flatMap(({ command, args, data }) => textsIn([command, args, data])),
      ownCommandOf: containers.flatMap(({ image, command }) => {
        const folder = images.get(String(image))
        return command === undefined && folder !== undefined ? [folder] : []
      }),
    }
  })
}

/** Folders under fixtures/images/, by the references of the images that are made of them. */
function imageFolders(tree: Tree): ReadonlyMap<string, string> {
  const catalogue: unknown = parse(tree.text('fixtures/images/catalogue.yaml'))
  const images = isObject(catalogue) && isObject(catalogue.images) ? Object.values(catalogue.images) : []
  return new Map(
    images.flatMap((image) =>
      isObject(image) && typeof image.dockerfile === 'string'
        ? [[String(image.reference), image.dockerfile] as const]
        : [],
    ),
  )
}

/** An object and every object in it. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : []
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isObject(value) ? Object.values(value).flatMap(textsIn) : []
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
