import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { afterAll } from 'vitest'
import { checkout } from '../lab/home'

/** What a run of the harness came to, as its user sees it. */
export interface Ended {
  readonly exitCode: number | undefined
  readonly signal: string | undefined
  /** Both streams, in the order in which they were written, without colours. */
  readonly output: string
}

/** A checkout in a folder of its own, with the true harness and runbooks that are wrong on purpose. */
export interface TemporaryCheckout extends Disposable {
  readonly folder: string
  /** `npx runbook <args>`. */
  readonly runbook: (...args: string[]) => Promise<Ended>
  /** Any program, there. */
  readonly run: (
    program: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<Ended>
}

/** The gate without the lab: these runbooks run no command. Everything else is as in cucumber.js. */
const profile = `module.exports = {
  default: {
    requireModule: [__dirname + '/support/typescript.cjs'],
    require: ['steps/**/*.steps.ts'],
    plugin: ['./support/gate/plugin.cjs', './lab.cjs'],
    format: ['./support/report/console.cjs', ['./support/report/formatter.cjs', 'reports/.opened']],
    strict: true,
  },
}
`

/** Stands where the lab's plugin stands, and says when a lab would have been started. */
const lab = `module.exports = {
  type: 'plugin',
  coordinator({ transform }) {
    transform('pickles:order', () => void console.log('THE LAB STARTS'))
  },
}
`

/** An `npm ci` there would empty the node_modules that it shares. */
const noInstall = '#!/bin/sh\necho "Packages are stale: run npm ci in the checkout." >&2\nexit 1\n'

/** Compiled copies of these checkouts would pile up in node_modules/.cache, one after another. */
const compileCache = mkdtempSync(join(tmpdir(), 'runbook-blackbox-cache-'))
afterAll(() => rmSync(compileCache, { recursive: true, force: true }))

const harness = ['package.json', 'package-lock.json', 'tsconfig.json', 'support']

/** Makes a checkout with all but the runbooks, as it is run: with its lab. */
export function wholeCheckout(files: Readonly<Record<string, string>>): TemporaryCheckout {
  return made([...harness, 'cucumber.js', 'steps', 'fixtures'], files)
}

/**
 * Makes a checkout that starts no lab.
 *
 * @param files text by path, over what is copied
 */
export function temporaryCheckout(files: Readonly<Record<string, string>>): TemporaryCheckout {
  return made(harness, { 'cucumber.js': profile, 'lab.cjs': lab, ...files })
}

/** The harness is copied, node_modules is shared. */
function made(copied: readonly string[], files: Readonly<Record<string, string>>): TemporaryCheckout {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-blackbox-'))
  // The operator in the toolbox is another user.
  chmodSync(folder, 0o755)
  for (const name of copied) {
    cpSync(join(checkout, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'npm'), noInstall, { mode: 0o755 })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const run: TemporaryCheckout['run'] = async (program, args, env = {}) => {
    const ended = await execa(program, args, {
      cwd: folder,
      all: true,
      reject: false,
      stdin: 'ignore',
      env: { NO_COLOR: '1', NODE_COMPILE_CACHE: compileCache, PATH: `${bin}:${process.env.PATH}`, ...env },
    })
    return { exitCode: ended.exitCode, signal: ended.signal, output: ended.all }
  }
  return {
    folder,
    run,
    runbook: (...args) => run('node', ['support/cli/bootstrap.cjs', ...args]),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
