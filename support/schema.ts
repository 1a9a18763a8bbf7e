import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type HarnessMisused, messageOf } from './errors'

/** The words of JSON Schema that ours and cucumber's use. */
export interface Schema {
  /** `#/definitions/Step` in the same document, `./Pickle.schema.json` among the root's `$defs`. */
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  /** `false` where there may be no others. */
  readonly additionalProperties?: boolean
  readonly items?: Schema
  readonly minimum?: number
  readonly definitions?: Readonly<Record<string, Schema>>
  readonly $defs?: Readonly<Record<string, Schema>>
}

/** What is wrong with a value that is called `at`: a line for each, "gate.counts: lacks flaky". */
export type Flaws = (value: unknown, at: string) => string[]

/** Says what is wrong with values, by what a schema says of them. Once made, it is for any number of them. */
export function flawsBy(schema: Schema): Flaws {
  const named = new Map(
    Object.entries(schema.$defs ?? {}).map(([id, each]) => [id.slice(id.lastIndexOf('/') + 1), each]),
  )
  return (value, at) => flawsIn(schema, value, at, schema)

  function flawsIn(of: Schema, value: unknown, at: string, document: Schema): string[] {
    if (of.$ref !== undefined) {
      const name = of.$ref.slice(of.$ref.lastIndexOf('/') + 1)
      const inside = of.$ref.startsWith('#')
      const found = inside ? document.definitions?.[name] : named.get(name)
      if (!found) throw new Error(`No schema is ${of.$ref}`)
      return flawsIn(found, value, at, inside ? document : found)
    }
    if (of.enum) return of.enum.includes(value) ? [] : [`${at}: ${JSON.stringify(value)} is not allowed`]
    const types = [of.type ?? typeOf(value)].flat()
    if (!types.includes(typeOf(value)) && !(Number.isInteger(value) && types.includes('integer')))
      return [`${at}: is ${typeOf(value)}`]
    if (Array.isArray(value))
      return value.flatMap((each, index) => flawsIn(of.items ?? {}, each, `${at}[${index}]`, document))
    if (typeof value !== 'object' || value === null || !of.properties) return []
    const { properties, required = [], additionalProperties = true } = of
    return [
      ...required.filter((name) => !(name in value)).map((name) => `${at}: lacks ${name}`),
      ...Object.entries(value).flatMap(([name, each]) => {
        const property = properties[name]
        if (property) return flawsIn(property, each, `${at}.${name}`, document)
        return additionalProperties ? [] : [`${at}.${name}: is not in the schema`]
      }),
    ]
  }
}

/** A file's JSON, or the first thing that is wrong with it. */
export type Parsed<T> = { readonly value: T } | { readonly flaw: string }

/**
 * Reads JSON of which something is expected. T is what the schema asks for; nobody checks that the two agree.
 *
 * @param at what a flaw calls it: "gate.json"
 */
export function parsedBy<T>(schema: Schema, text: string, at: string): Parsed<T> {
  try {
    const value: unknown = JSON.parse(text)
    const [flaw] = flawsBy(schema)(value, at)
    return flaw === undefined ? { value: value as T } : { flaw }
  } catch (thrown) {
    return { flaw: messageOf(thrown) }
  }
}

/**
 * Reads a file of JSON without which it can't be gone on.
 *
 * @param name     what messages call it: "reports/repeat/series.json"
 * @param unusable the error of a file that isn't there or is damaged, given which
 * @throws what `unusable` makes
 */
export function readBy<T>(
  schema: Schema,
  file: string,
  name: string,
  unusable: (got: string) => HarnessMisused,
): T {
  if (!existsSync(file)) throw unusable(`${name} is not there`)
  const read = parsedBy<T>(schema, readFileSync(file, 'utf8'), basename(file))
  if ('value' in read) return read.value
  throw unusable(`${name} is damaged: ${read.flaw}`)
}

export const text: Schema = { type: 'string' }
export const integer: Schema = { type: 'integer' }

/** An object with all of these fields; others are let pass. */
export function fields(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', required: Object.keys(properties), properties }
}

/** An object in which each of these fields is text. */
export function texts(...names: readonly string[]): Schema {
  return fields(Object.fromEntries(names.map((name) => [name, text])))
}

export function list(items: Schema): Schema {
  return { type: 'array', items }
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}
