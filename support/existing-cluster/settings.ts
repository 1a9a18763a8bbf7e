import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, extname, resolve } from 'node:path'
import { parse } from 'yaml'
import { HarnessMisused, messageOf } from '../errors'
import { type Secret, shortestSecret } from '../evidence/mask'
import type { Site } from '../jetstream/connection'
import { nearest } from '../nearest'

/** A cluster that was there before the run, and how it is reached: one file a cluster (docs/existing-cluster.md). */
export interface ClusterSettings {
  /** The file's name without its ending: "staging". */
  readonly name: string
  readonly kubeconfig: string
  /** The only context that is used of it. */
  readonly context: string
  /** Where that context must lead: `https://host:port`. */
  readonly server: string
  /** The NATS that is operated, as this machine reaches it. */
  readonly nats: Site
  /** Where restores are drilled; undefined where there is no such place. */
  readonly secondSite: Site | undefined
  /** Environment of the toolbox. */
  readonly toolbox: Readonly<Record<string, string>>
  /** Runbooks that may change something there, by their `@runbook:` name. */
  readonly allow: readonly string[]
}

const known = ['kubeconfig', 'context', 'server', 'nats', 'secondSite', 'toolbox', 'allow'] as const
const ofSite = ['server', 'user', 'password'] as const

/**
 * Reads the file of an existing cluster. A value `$NAME` is what the environment has under that name: no secret needs
 * to be in the file.
 *
 * @param file        its path
 * @param environment where such values are taken from
 * @throws HarnessMisused with each line of it that is wrong
 */
export function readSettings(file: string, environment: NodeJS.ProcessEnv = process.env): ClusterSettings {
  const reader = new Reader(file, environment)
  const top = reader.map(yamlOf(file), '')
  reader.onlyKnows(top, known, '')
  const settings: ClusterSettings = {
    name: basename(file, extname(file)),
    kubeconfig: pathOf(reader.text(top, 'kubeconfig', environment.KUBECONFIG || '~/.kube/config'), file),
    context: reader.text(top, 'context'),
    server: reader.text(top, 'server').replace(/\/$/, ''),
    nats: reader.site(top, 'nats', 'NATS'),
    secondSite: top.secondSite === undefined ? undefined : reader.site(top, 'secondSite', 'the second site'),
    toolbox: reader.texts(top, 'toolbox'),
    allow: reader.list(top, 'allow'),
  }
  for (const { name, value } of secretsOf(settings)) {
    if (value !== '' && value.length < shortestSecret)
      reader.wrong.push(
        `${name}: of fewer than ${shortestSecret} characters, so it can't be kept out of reports`,
      )
  }
  if (reader.wrong.length === 0) return settings
  throw new HarnessMisused('RBK_CLUSTER_FILE', {
    attempted: `${file} doesn't say how to reach a cluster`,
    got: reader.wrong.join('\n'),
    next: 'docs/existing-cluster.md has an example, and says what each line means.',
  })
}

/** What of them no report may show. */
export function secretsOf({ nats, secondSite, toolbox }: ClusterSettings): Secret[] {
  const variables = Object.entries(toolbox).filter(([name]) => /SECRET|TOKEN|PASSWORD/.test(name))
  return [
    { name: 'nats.password', value: nats.password },
    ...(secondSite ? [{ name: 'secondSite.password', value: secondSite.password }] : []),
    ...variables.map(([name, value]) => ({ name: `toolbox.${name}`, value })),
  ]
}

type Map = Readonly<Record<string, unknown>>

/** Takes values out of the file, and notes what is wrong with them. */
class Reader {
  readonly wrong: string[] = []

  constructor(
    private readonly file: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  map(value: unknown, at: string): Map {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Map
    this.wrong.push(`${at || this.file}: lines of "name: value" are expected`)
    return {}
  }

  onlyKnows(map: Map, names: readonly string[], at: string): void {
    for (const name of Object.keys(map)) {
      if (names.includes(name)) continue
      const [meant] = nearest(name, names, 1)
      this.wrong.push(`${at}${name}: not known here${meant === undefined ? '' : `; did you mean ${meant}?`}`)
    }
  }

  text(map: Map, name: string, otherwise?: string, at = ''): string {
    const value = map[name] ?? otherwise
    if (typeof value === 'string' && value !== '') return this.taken(value, `${at}${name}`)
    this.wrong.push(`${at}${name}: missing, or not a text`)
    return ''
  }

  texts(map: Map, name: string): Record<string, string> {
    if (map[name] === undefined) return {}
    const inner = this.map(map[name], name)
    return Object.fromEntries(
      Object.keys(inner).map((key) => [key, this.text(inner, key, undefined, `${name}.`)]),
    )
  }

  list(map: Map, name: string): string[] {
    const value = map[name] ?? []
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value
    this.wrong.push(`${name}: a list of runbooks is expected: [restore-drill]`)
    return []
  }

  site(map: Map, name: string, called: string): Site {
    const inner = this.map(map[name], name)
    this.onlyKnows(inner, ofSite, `${name}.`)
    const of = (field: (typeof ofSite)[number]) => this.text(inner, field, undefined, `${name}.`)
    return { name: called, server: of('server'), user: of('user'), password: of('password') }
  }

  private taken(value: string, at: string): string {
    const [, name] = /^\$(\w+)$/.exec(value) ?? []
    if (name === undefined) return value
    const found = this.environment[name]
    if (found) return found
    this.wrong.push(`${at}: ${value} is asked for, and isn't set in this shell: export ${name}=…`)
    return ''
  }
}

function yamlOf(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new HarnessMisused(
      'RBK_CLUSTER_FILE',
      {
        attempted: `${file} can't be read`,
        got: messageOf(cause),
        next: 'docs/existing-cluster.md has an example.',
      },
      { cause },
    )
  }
}

/** From the home folder, or beside the file that names it. */
function pathOf(path: string, file: string): string {
  return path.startsWith('~/') ? resolve(homedir(), path.slice(2)) : resolve(dirname(file), path)
}
