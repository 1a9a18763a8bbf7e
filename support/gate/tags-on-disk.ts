import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every tag that is written in a feature file, as often as it is; no file is parsed. @param root the folder that features/ is in */
export function tagsOnDisk(root: string): string[] {
  return globSync('features/**/*.feature', { cwd: root }).flatMap(
    (uri) => readFileSync(join(root, uri), 'utf8').match(/(?<=^\s*(?:@\S+\s+)*)@\S+/gm) ?? [],
  )
}
