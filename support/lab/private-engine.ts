import { spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { LabBroken } from '../errors'
import { eventually } from '../eventually'
import { paths } from './home'
import { tail } from './log-tail'

const log = join(paths.engine, 'dockerd.log')
const settings = join(paths.engine, 'daemon.json')

/** Whether this machine lets the lab install an engine: root, on Debian or Ubuntu. */
export function canInstallEngine(): { ok: true } | { ok: false; why: string } {
  if (process.getuid?.() !== 0) return { ok: false, why: `not running as root (uid ${process.getuid?.()})` }
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  if (!/^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release))
    return { ok: false, why: 'this is not Debian or Ubuntu' }
  return { ok: true }
}

/**
 * Starts a dockerd of the lab's own, with its own socket, data and pid file, after installing Debian's
 * docker.io where it's missing. It goes on after this process, as a warm lab needs.
 *
 * @param socket  where it listens
 * @param answers tells whether an engine answers at a DOCKER_HOST
 * @throws LabBroken with the end of dockerd's log when it doesn't answer within 30 s
 */
export async function startPrivateEngine(
  socket: string,
  answers: (host: string) => Promise<boolean>,
  progress: (line: string) => void,
): Promise<void> {
  await installEngine(progress)
  mkdirSync(paths.engine, { recursive: true, mode: 0o700 })
  writeFileSync(settings, JSON.stringify(daemonSettings(socket), null, 2))
  progress('starting a private Docker engine')
  const out = openSync(log, 'a')
  const daemon = spawn('dockerd', ['--config-file', settings], {
    detached: true,
    stdio: ['ignore', out, out],
  })
  const started = new Promise<never>((_, reject) => {
    daemon.once('error', reject)
    daemon.once('exit', (code) => reject(new Error(`dockerd ended with exit code ${code}`)))
  })
  daemon.unref()
  const ready = eventually({ name: 'the private Docker engine', ms: 30_000 }, async () =>
    (await answers(`unix://${socket}`)) ? { found: undefined } : { seen: 'no answer on its socket' },
  )
  await Promise.race([ready, started]).catch((cause: unknown) => {
    throw new LabBroken(
      'RBK_ENGINE_START',
      {
        attempted: 'The private Docker engine did not start',
        got: cause instanceof Error ? cause.message : String(cause),
        lastSeen: tail(log, 12),
        next: 'Mend what the log names, then start again. What the machine needs:',
        repeat: 'npx runbook doctor',
      },
      { cause },
    )
  })
}

/** Stops the private engine, if it runs, and everything in it. */
export function stopPrivateEngine(): boolean {
  const pidFile = join(paths.engine, 'docker.pid')
  if (!existsSync(pidFile)) return false
  const pid = Number(readFileSync(pidFile, 'utf8'))
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(settings)) return false
    process.kill(pid, 'SIGTERM')
    return true
  } catch {
    return false
  }
}

async function installEngine(progress: (line: string) => void): Promise<void> {
  // The docker client alone (as some machines have it) is no engine; dockerd is what is looked for.
  const needed = { dockerd: 'docker.io', iptables: 'iptables', runc: 'runc', jq: 'jq' }
  const present = await Promise.all(Object.keys(needed).map((program) => onPath(program)))
  const missing = Object.values(needed).filter((_, index) => !present[index])
  if (missing.length === 0) return
  progress(`installing ${missing.join(', ')} from Debian`)
  await installPackages(missing)
}

/**
 * Installs Debian packages.
 *
 * @throws LabBroken with apt's last lines when it fails
 */
export async function installPackages(packages: readonly string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const install = () =>
    execa('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env,
      all: true,
      reject: false,
    })
  let result = await install()
  if (result.failed) {
    await execa('apt-get', ['update'], { env, reject: false })
    result = await install()
  }
  if (!result.failed) return
  throw new LabBroken('RBK_APT', {
    attempted: `Installing ${packages.join(', ')} failed`,
    lastSeen: result.all.split('\n').slice(-8).join('\n'),
    next: 'Install them by hand, then start again:',
    repeat: `apt-get update && apt-get install -y ${packages.join(' ')}`,
  })
}

/** Whether a program is on this machine's PATH. */
export async function onPath(program: string): Promise<boolean> {
  return !(await execa('which', [program], { reject: false })).failed
}

function daemonSettings(socket: string): Record<string, unknown> {
  const common = {
    hosts: [`unix://${socket}`],
    'data-root': join(paths.engine, 'data'),
    'exec-root': join(paths.engine, 'run'),
    pidfile: join(paths.engine, 'docker.pid'),
    'log-driver': 'json-file',
    'log-opts': { 'max-size': '10m', 'max-file': '2' },
  }
  if (hasCapability(24)) return common
  const runtime = join(paths.engine, 'oci-runtime.sh')
  copyFileSync(join(__dirname, 'oci-runtime.sh'), runtime)
  chmodSync(runtime, 0o755)
  return {
    ...common,
    runtimes: { 'runc-without-sys-resource': { path: runtime } },
    'default-runtime': 'runc-without-sys-resource',
  }
}

/** Whether this process may hand on a capability, by its number in linux/capability.h (24 is CAP_SYS_RESOURCE). */
export function hasCapability(bit: number): boolean {
  const bounding =
    /^CapBnd:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 'f'.repeat(16)
  return ((BigInt(`0x${bounding}`) >> BigInt(bit)) & 1n) === 1n
}
