import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Catalogue, entry, type Image, imagesOf, type Program, programsOf } from './catalogue'
import { checkout } from './home'

/** Where the recipes are. */
export const recipes = join(checkout, 'fixtures', 'images')

/**
 * What a program's build depends on, as 12 hex digits: a changed pin, source, flag or package is another program.
 * Sources beside the pins count only for a program that is made of them.
 */
export function programHash(program: Program): string {
  const { seconds: _, ...inputs } = program
  const folder = join(recipes, 'go', program.module)
  const sources = program.package.startsWith('.')
    ? folderContents(folder)
    : ['go.mod', 'go.sum'].map((file) => readFileSync(join(folder, file), 'utf8'))
  return digest([JSON.stringify(inputs), ...sources])
}

/** What an image's build depends on, all the way down, as 12 hex digits. It is the same in every clone. */
export function imageHash(catalogue: Catalogue, image: Image): string {
  const { seconds: _, digest: __, ...inputs } = image
  return digest([
    JSON.stringify(inputs),
    ...(image.dockerfile ? folderContents(join(recipes, image.dockerfile)) : []),
    ...programsOf(image).map((name) => programHash(entry(catalogue.programs, name))),
    ...imagesOf(image).map((name) => imageHash(catalogue, entry(catalogue.images, name))),
  ])
}

/** 12 hex digits of the SHA-256 over parts that can't run into each other. */
export function digest(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`)
  return hash.digest('hex').slice(0, 12)
}

/** Each file under a folder as name, mode and content; tests beside the sources change nothing of a build. */
export function folderContents(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && !item.name.endsWith('_test.go'))
    .map((item) => join(item.parentPath, item.name))
    .sort()
    .flatMap((file) => {
      const executable = (statSync(file).mode & 0o111) !== 0
      return [`${file.slice(folder.length)} ${executable}`, readFileSync(file, 'utf8')]
    })
}
