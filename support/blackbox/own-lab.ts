import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { docker } from '../lab/docker'
import { home, label } from '../lab/home'
import type { Session } from '../lab/session'
import { type Ended, type TemporaryCheckout, wholeCheckout } from './checkout'

const name = 'blackbox'
const lane = `${label}-${name}-0`
const sessionFile = join(home, `sessions-${name}`, 'lab.json')
const environment = { RUNBOOK_LAB: name, NO_COLOR: '1' }

/** A run or a start that goes on. */
export interface Going {
  /** Resolves once its output holds a text; rejects with the output when it ends before. */
  readonly says: (text: string) => Promise<void>
  readonly interrupt: () => void
  /** As `kill -9`: the whole group, since a shell kills what it started. */
  readonly kill: () => void
  readonly ended: Promise<Ended>
}

/** A lab of the tests' own, beside the one that is kept warm, worked from a checkout of its own. */
export class OwnLab implements Disposable {
  readonly checkout: TemporaryCheckout
  private readonly going = new Set<Going>()

  constructor(files: Readonly<Record<string, string>>) {
    this.checkout = wholeCheckout(files)
  }

  /** `npx runbook <args>`, to its end. */
  runbook(...args: string[]): Promise<Ended> {
    return this.checkout.run('node', ['support/cli/bootstrap.cjs', ...args], environment)
  }

  /** `npx runbook <args>`, while it goes on; what blocks print is shown. */
  start(...args: string[]): Going {
    const verbose = args[0] === 'run' ? ['--world-parameters', '{"verbose":true}'] : []
    const child = spawn('node', ['support/cli/bootstrap.cjs', ...args, ...verbose], {
      cwd: this.checkout.folder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const started = going(child)
    this.going.add(started)
    started.ended.then(() => this.going.delete(started))
    return started
  }

  /** Ends what a failed test left going: the next one would wait for it. */
  async killAll(): Promise<void> {
    for (const each of this.going) {
      each.kill()
      await each.ended
    }
  }

  get session(): Session {
    return JSON.parse(readFileSync(sessionFile, 'utf8')) as Session
  }

  /** What runs in the toolbox. */
  async processes(): Promise<string> {
    return (await lines(['top', this.session.lanes[0]?.address.toolbox ?? '', '-eo', 'args'])).join('\n')
  }

  /** How many toolboxes of it run, whoever started them. */
  async toolboxes(): Promise<number> {
    const images = await lines(['ps', '--format', `{{.Image}} {{.Label "${label}"}}`])
    return images.filter((line) => line.includes('/toolbox:') && line.includes(`${label}-${name}`)).length
  }

  /** Makes the session file hold something else. */
  damageSession(text: string): void {
    mkdirSync(dirname(sessionFile), { recursive: true, mode: 0o700 })
    writeFileSync(sessionFile, text)
  }

  /** Whether its proxy lets connections to S3 pass. */
  async s3Passes(): Promise<boolean> {
    const answer = await fetch(`${this.session.lanes[0]?.address.toxiproxy}/proxies/s3`)
    return ((await answer.json()) as { enabled: boolean }).enabled
  }

  /** What the report's messages hold of the last run. */
  get messages(): string {
    return readFileSync(join(this.checkout.folder, 'reports', 'messages.ndjson'), 'utf8')
  }

  /** Ids of its containers and networks, and names of its containers' volumes, as the engine has them. */
  async things(): Promise<string[]> {
    const lists = await Promise.all([
      lines(['ps', '--all', '--quiet', '--no-trunc', '--filter', `label=${label}=${lane}`]),
      lines(['ps', '--all', '--quiet', '--no-trunc', '--filter', `label=io.x-k8s.kind.cluster=${lane}`]),
    ])
    const containers = lists.flat()
    const mounts = '{{range .Mounts}}{{if .Name}}{{.Name}}{{"\\n"}}{{end}}{{end}}'
    const volumes = containers.length > 0 ? await lines(['inspect', '--format', mounts, ...containers]) : []
    const networks = await lines([
      'network',
      'ls',
      '--quiet',
      '--no-trunc',
      '--filter',
      `label=${label}=${lane}`,
    ])
    return [...containers, ...networks, ...volumes]
  }

  /** Which of some things the engine still has. */
  async left(things: readonly string[]): Promise<string[]> {
    const there = await Promise.all([
      lines(['ps', '--all', '--quiet', '--no-trunc']),
      lines(['network', 'ls', '--quiet', '--no-trunc']),
      lines(['volume', 'ls', '--quiet']),
    ])
    const all = new Set(there.flat())
    return things.filter((thing) => all.has(thing))
  }

  /** Kills the lane's container of an image, named without its tag. */
  async killContainer(image: string): Promise<void> {
    const format = '{{.ID}} {{.Image}}'
    const running = await lines(['ps', '--format', format, '--filter', `label=${label}=${lane}`])
    const found = running.find((line) => line.includes(` ${image}:`))
    if (!found) throw new Error(`no container of ${image} runs: ${running.join(', ')}`)
    await docker(['kill', found.split(' ')[0] ?? ''])
  }

  [Symbol.dispose](): void {
    this.checkout[Symbol.dispose]()
  }
}

async function lines(args: readonly string[]): Promise<string[]> {
  return String((await docker(args)).stdout)
    .split('\n')
    .filter(Boolean)
}

function going(child: ChildProcess): Going {
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (part) => {
      output += part
      for (const listener of listeners) listener()
    })
  }
  const ended = once(child, 'close').then(([exitCode, signal]) => ({
    exitCode,
    signal: signal ?? undefined,
    output,
  }))
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => output.includes(text) && resolve()
      listeners.add(look)
      look()
      ended.then(() => reject(new Error(`it ended without “${text}”:\n${output}`)))
    })
  const group = -(child.pid ?? 0)
  return { says, ended, interrupt: () => child.kill('SIGINT'), kill: () => process.kill(group, 'SIGKILL') }
}
