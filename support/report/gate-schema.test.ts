import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { gateFile } from './gate-file'
import { reportOf } from './report'
import { cucumberRun } from './testing/cucumber-run'
import { sample } from './testing/sample'
import { verdicts } from './testing/verdicts'

/** What the schema says of a value; the words of JSON Schema that it uses. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly minimum?: number
}

const schema = JSON.parse(readFileSync(join(checkout, 'docs', 'gate.schema.json'), 'utf8')) as Schema

describe('docs/gate.schema.json', () => {
  it.each([
    ['a run with a failure', sample],
    ['a run with every verdict', verdicts],
  ])('says how the file of %s looks', async (_, files) => {
    const written = JSON.parse(JSON.stringify(gateFile(reportOf((await cucumberRun(files)).envelopes))))
    expect(flaws(schema, written, 'gate')).toEqual([])
  })

  it('is looked at by a test that can fail', () => {
    expect(flaws(schema, { verdict: 'fine', more: 1 }, 'gate')).toEqual([
      'gate: lacks exitCode',
      'gate: lacks counts',
      'gate: lacks reasons',
      'gate: lacks scenarios',
      'gate: lacks startedAt',
      'gate: lacks finishedAt',
      'gate: lacks versions',
      'gate.verdict: "fine" is not allowed',
      'gate.more: is not in the schema',
    ])
  })
})

function flaws(of: Schema, value: unknown, at: string): string[] {
  if (of.enum) return of.enum.includes(value) ? [] : [`${at}: ${JSON.stringify(value)} is not allowed`]
  const types = [of.type ?? []].flat()
  if (!types.includes(typeOf(value)) && !(Number.isInteger(value) && types.includes('integer')))
    return [`${at}: is ${typeOf(value)}`]
  if (Array.isArray(value))
    return value.flatMap((each, index) => flaws(of.items ?? {}, each, `${at}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  const { properties = {}, required = [] } = of
  return [
    ...required.filter((name) => !(name in value)).map((name) => `${at}: lacks ${name}`),
    ...Object.entries(value).flatMap(([name, each]) => {
      const property = properties[name]
      return property ? flaws(property, each, `${at}.${name}`) : [`${at}.${name}: is not in the schema`]
    }),
  ]
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}
