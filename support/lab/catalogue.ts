import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { HarnessMisused } from '../errors'
import { paths } from './home'

/** A program built with Go from the module proxy, pinned in fixtures/images/go/<module>/go.mod. */
export interface Program {
  readonly name: string
  readonly module: string
  readonly package: string
  /** Go variables set by the linker: what the program says of its own version. */
  readonly variables?: Readonly<Record<string, string>>
  /** How long the build took on two cores, modules at hand, nothing cached. */
  readonly seconds: number
}

/** An image: its reference, and the recipe that builds the same reference where no registry answers. */
export interface Image {
  readonly name: string
  readonly reference: string
  /** Further references to the same image. */
  readonly also?: readonly string[]
  /** Whether a public registry has it under this reference; otherwise it is ours, and only a mirror may have it. */
  readonly published?: boolean
  /** What the reference is known to point at. */
  readonly digest?: string
  /** A Debian release that debootstrap makes a base image of. */
  readonly debootstrap?: string
  /** The folder under fixtures/images/ with its Dockerfile. */
  readonly dockerfile?: string
  /** Names of the images that its Dockerfile starts from. */
  readonly from?: readonly string[]
  /** Programs that the build finds in bin/. */
  readonly programs?: readonly string[]
  /** Programs that the build finds in other folders. */
  readonly programsIn?: Readonly<Record<string, readonly string[]>>
  /** Files out of a Go module's own source, by the folder in which the build finds them. */
  readonly moduleFiles?: Readonly<Record<string, { module: string; package: string; folder: string }>>
  /** Names of images that a node holds in containerd's store. */
  readonly preload?: readonly string[]
  /** How long its own steps take on two cores, the programs and images it is made from at hand. */
  readonly seconds: number
}

export interface Catalogue {
  readonly programs: ReadonlyMap<string, Program>
  readonly images: ReadonlyMap<string, Image>
}

/**
 * Reads fixtures/images/catalogue.yaml.
 *
 * @throws HarnessMisused when an image names a program or an image that the catalogue doesn't have
 */
export function readCatalogue(file: string = paths.catalogue): Catalogue {
  const source = parse(readFileSync(file, 'utf8')) as {
    programs: Record<string, Omit<Program, 'name'>>
    images: Record<string, Omit<Image, 'name'>>
  }
  const programs = new Map(Object.entries(source.programs).map(([name, entry]) => [name, { name, ...entry }]))
  const images = new Map(Object.entries(source.images).map(([name, entry]) => [name, { name, ...entry }]))
  for (const image of images.values()) {
    const unknown = [
      ...programsOf(image).filter((name) => !programs.has(name)),
      ...imagesOf(image).filter((name) => !images.has(name)),
    ]
    if (unknown.length > 0) {
      throw new HarnessMisused('RBK_CATALOGUE', {
        attempted: `The image catalogue doesn't hold together`,
        got: `image ${image.name} needs ${unknown.join(', ')}, which isn't in it`,
        next: `Add it to, or correct, ${file}`,
      })
    }
  }
  return { programs, images }
}

/** Every program that goes into an image. */
export function programsOf(image: Image): string[] {
  return [...(image.programs ?? []), ...Object.values(image.programsIn ?? {}).flat()]
}

/** Every image that an image is made from or holds. */
export function imagesOf(image: Image): string[] {
  return [...(image.from ?? []), ...(image.preload ?? [])]
}

/** The entry of a name. */
export function entry<T>(entries: ReadonlyMap<string, T>, name: string): T {
  const found = entries.get(name)
  if (found) return found
  throw new HarnessMisused('RBK_CATALOGUE', {
    attempted: `Nothing called ${name} is in the image catalogue`,
    expected: [...entries.keys()].join(', '),
  })
}
