#!/usr/bin/env node
// The way in: `npm start`, `npm test` and `npx runbook`. Plain JavaScript without a dependency, because it
// runs on whatever Node the machine has, before `npm ci` (docs/decisions/0060-bootstrap.md).
'use strict'

const { spawn, spawnSync } = require('node:child_process')
const { createHash } = require('node:crypto')
const { existsSync, lstatSync, readFileSync, realpathSync } = require('node:fs')
const { constants, tmpdir } = require('node:os')
const { delimiter, join, resolve } = require('node:path')

const checkout = resolve(__dirname, '..', '..')
const modules = join(checkout, 'node_modules')
const node = join(modules, 'node', 'bin', 'node')

// The exit code of "the lab wasn't there" (support/gate/exit-code.ts): nothing was learnt.
const notReady = 3
const heldByAnother = 75

if (process.argv[2] === '--install-only') process.exit(isFresh() ? 0 : npmCi())
if (!isFresh()) install()
if (!existsSync(node)) refuseWithoutNode()
start(process.argv.slice(2))

/** Whether node_modules is what package-lock.json asks for. npm writes its own record of it last, after the install scripts. */
function isFresh() {
  const wanted = packagesIn(join(checkout, 'package-lock.json'))
  const present = packagesIn(join(modules, '.package-lock.json'))
  if (!wanted || !present) return false
  const same = (path) =>
    present[path]
      ? present[path].version === wanted[path].version && present[path].integrity === wanted[path].integrity
      : wanted[path].optional === true
  return (
    Object.keys(wanted).every((path) => path === '' || same(path)) &&
    Object.keys(present).every((path) => wanted[path])
  )
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages
  } catch {
    return undefined
  }
}

/** Two starts at once install once: flock(1) lets go when its holder dies. Where it's missing (macOS) nothing guards. */
function install() {
  const name = createHash('sha256')
    .update(`${process.getuid ? process.getuid() : ''}:${checkout}`)
    .digest('hex')
  const lock = join(tmpdir(), `runbook-install-${name.slice(0, 16)}.lock`)
  const self = [process.execPath, __filename, '--install-only']
  const options = { stdio: 'inherit', cwd: checkout }
  let done = spawnSync(
    'flock',
    ['--nonblock', '--conflict-exit-code', String(heldByAnother), lock, ...self],
    options,
  )
  if (done.status === heldByAnother) {
    console.error('Another start is installing the packages; waiting for it.')
    done = spawnSync('flock', [lock, ...self], options)
  }
  if (done.error) done = spawnSync(self[0], self.slice(1), options)
  if (done.signal) process.kill(process.pid, done.signal)
  if (done.status !== 0) process.exit(done.status === null ? notReady : done.status)
}

function npmCi() {
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return refuseLinked()
  console.error('Installing the packages of package-lock.json (npm ci): about half a minute, once.')
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
    cwd: checkout,
  })
  if (done.status === 0) return 0
  const why = done.error
    ? done.error.message
    : done.signal
      ? `ended by ${done.signal}`
      : `exit code ${done.status}`
  console.error(`
The packages could not be installed
  got       npm ci: ${why}
  next      Mend what npm says above (is a registry reachable? npm config get registry), then start again:
  repeat    npm ci`)
  return notReady
}

/** `npm ci` empties the folder that a link leads to: somebody else's packages. */
function refuseLinked() {
  console.error(`
The packages are not what package-lock.json asks for, and node_modules is only a link
  expected  packages of this checkout's own; installing here would empty ${realpathSync(modules)}
  next      Remove the link (not what it leads to), and start again:
  repeat    rm node_modules`)
  return notReady
}

/** The package `node` downloads its binary in an install script, so switched-off scripts leave none. */
function refuseWithoutNode() {
  console.error(`
The pinned Node.js is missing
  expected  ${node}, put there by the install script of the package "node"
  next      Allow install scripts (npm config get ignore-scripts must say false), then install again:
  repeat    npm ci --ignore-scripts=false --foreground-scripts`)
  process.exit(notReady)
}

function start(args) {
  const typescript = join(checkout, 'support', 'typescript.cjs')
  const child = spawn(node, ['--require', typescript, join(__dirname, 'main.ts'), ...args], {
    cwd: checkout,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter),
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || join(modules, '.cache', 'node'),
    },
  })
  // A terminal sends Ctrl-C to the whole foreground group, the child too: passing it on would be a second Ctrl-C.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  child.on('error', (error) => {
    console.error(`${node} could not be started: ${error.message}`)
    process.exit(notReady)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
    // A signal that doesn't end this process (one that is ignored here) still has to be told.
    process.exitCode = 128 + constants.signals[signal]
  })
}
