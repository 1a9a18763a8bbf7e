import { randomUUID } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { LabBroken } from '../errors'
import type { Program } from './catalogue'
import { paths } from './home'
import { tail } from './log-tail'
import { programHash, recipes } from './recipe-hash'

/** How far a build is: what is done of what there is to do, in the build's own unit. */
export type Advance = (done: number, total: number) => void

/** Where a program is, or will be, once built: by content, so that every clone of the repository shares it. */
export function programPath(program: Program): string {
  return join(paths.binaries, `${program.name}-${programHash(program)}`)
}

/**
 * Builds a program from the Go module proxy unless it is there already. Go's own build cache makes an
 * interrupted build go on where it stopped.
 *
 * Inlining is off (`-l`): the biggest builds take a fifth less time, and none of these programs is
 * bound by its own speed here (docs/decisions/0001).
 *
 * @param advance told how many packages are compiled, of all that the program is made of
 * @returns the path of the binary
 * @throws LabBroken with the compiler's last lines and where the log is
 */
export async function buildProgram(program: Program, advance: Advance): Promise<string> {
  const binary = programPath(program)
  if (existsSync(binary)) return binary
  mkdirSync(paths.binaries, { recursive: true })
  mkdirSync(paths.builds, { recursive: true })
  const log = join(paths.builds, `${program.name}.log`)
  const started = Date.now()
  const total = await countPackages(program, log)
  const variables = Object.entries(program.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`)
  const flags = ['-trimpath', '-gcflags=all=-l', `-ldflags=${['-s', '-w', ...variables].join(' ')}`]
  // A name of its own: two builds of one program at once must not write into each other.
  const part = `${binary}.${randomUUID()}.part`
  const building = go(program, ['build', '-v', ...flags, '-o', part, program.package])
  building.stderr?.pipe(createWriteStream(log, { flags: 'a' }))
  let done = 0
  if (building.stderr) createInterface(building.stderr).on('line', () => advance(++done, total))
  const result = await building
  if (result.failed) throw buildFailed(program.name, log, started)
  renameSync(part, binary)
  return binary
}

/** The folder of a Go module's own source, in Go's module cache. */
export async function moduleFolder(module: string, path: string): Promise<string> {
  const options = { cwd: join(recipes, 'go', module), reject: false }
  await execa('go', ['mod', 'download', path], options)
  const found = await execa('go', ['list', '-m', '-f', '{{.Dir}}', path], options)
  if (!found.failed && found.stdout) return found.stdout
  throw new LabBroken('RBK_GO_MODULE', {
    attempted: `The source of the Go module ${path} can't be had`,
    lastSeen: found.stderr,
    next: 'Check that the Go module proxy answers, then start again:',
    repeat: 'npx runbook doctor',
  })
}

/** An image's or program's build that failed, with the last lines of its log. */
export function buildFailed(name: string, log: string, started: number): LabBroken {
  return new LabBroken('RBK_IMAGE_BUILD', {
    attempted: `Building ${name} failed`,
    elapsedMs: Date.now() - started,
    lastSeen: tail(log, 15),
    next: 'The whole log is in the file below. A build that was cut off goes on where it stopped.',
    repeat: `less ${log}`,
  })
}

async function countPackages(program: Program, log: string): Promise<number> {
  const listed = await go(program, ['list', '-deps', program.package])
  if (!listed.failed) return listed.stdout.split('\n').length
  createWriteStream(log).end(`${listed.stderr}\n${listed.message}\n`)
  throw new LabBroken('RBK_GO', {
    attempted: `Building ${program.name} can't begin`,
    got:
      listed.code === 'ENOENT'
        ? 'no Go on this machine, and no registry answered for the image'
        : listed.stderr.slice(-1500),
    next: 'Install Go 1.26 or newer, or name a registry that has the images (RUNBOOK_MIRROR):',
    repeat: 'npx runbook doctor',
  })
}

function go(program: Program, args: readonly string[]) {
  return execa('go', args, {
    cwd: join(recipes, 'go', program.module),
    // A module that names a newer toolchain must not send Go looking for one to download.
    env: { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-buildvcs=false -mod=readonly', GOWORK: 'off' },
    reject: false,
    buffer: { stdout: true, stderr: true },
    maxBuffer: 50_000_000,
  })
}
