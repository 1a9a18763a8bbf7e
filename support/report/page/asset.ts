import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file that lies beside this one, as it is: a style or a browser's script. */
export function asset(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8')
}

export function browserScript(name: string): string {
  return asset(`browser/${name}.js`)
}
