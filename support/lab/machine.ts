import { existsSync, readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { execa } from 'execa'
import { LabBroken } from '../errors'
import { docker } from './docker'
import { findEngine } from './engine'
import { home } from './home'
import { imagesReady } from './images'
import { kindLabel } from './leftovers'
import { canInstallEngine, hasCapability } from './private-engine'
import { mirrorOf, registryAnswers, registryHost } from './registry'

/** One thing that a run needs: how it is, and what mends it when it isn't well. */
export interface Finding {
  readonly what: string
  readonly well: boolean
  readonly found: string
  /** A command to paste. */
  readonly mend?: string
}

/** What a run needs of the machine. The first figure is what one lane takes, measured; the second leaves room. */
const needs = { memoryGiB: 4, diskGiB: 12, buildDiskGiB: 25, inotify: 25 } as const

/**
 * Refuses to start a lab on a machine that can't hold it, before anything is built.
 *
 * @param findings what examine() found
 * @throws LabBroken with every finding that isn't well, and the command that mends it
 */
export function requireAll(findings: readonly Finding[]): void {
  const bad = findings.filter(({ well }) => !well)
  if (bad.length === 0) return
  throw new LabBroken('RBK_MACHINE', {
    attempted: 'This machine lacks something that a lab needs',
    got: bad.map(({ what, found }) => `${what}: ${found}`).join('\n'),
    next: 'Mend it, then start again:',
    repeat: bad.map(({ mend }) => mend ?? 'npx runbook doctor').join('\n'),
  })
}

/** Every finding, in the order in which a person would mend them. */
export async function examine(): Promise<Finding[]> {
  const engine = await findEngine()
  if (engine) process.env.DOCKER_HOST = engine.host
  const built = engine !== undefined && (await imagesReady())
  return Promise.all([
    nodeVersion(),
    dockerEngine(engine?.host),
    dockerClient(),
    capability(engine?.origin),
    cgroups(),
    memory(),
    disk(built),
    inotify(engine !== undefined),
    imageSource(built),
  ])
}

async function nodeVersion(): Promise<Finding> {
  const well = Number(process.versions.node.split('.')[0]) >= 22
  return {
    what: 'Node',
    well,
    found: process.version,
    mend: 'npm ci   # brings the pinned Node; start with npm or npx',
  }
}

async function dockerEngine(host: string | undefined): Promise<Finding> {
  if (host) return { what: 'engine', well: true, found: `answers at ${host}` }
  const can = canInstallEngine()
  return can.ok
    ? { what: 'engine', well: true, found: 'none answers; the next run installs and starts its own' }
    : {
        what: 'engine',
        well: false,
        found: `none answers, and ${can.why}`,
        mend: 'sudo apt-get install -y docker.io && sudo usermod -aG docker "$USER"   # then log in again',
      }
}

async function dockerClient(): Promise<Finding> {
  const version = await execa('docker', ['--version'], { reject: false })
  const well = !version.failed || canInstallEngine().ok
  return {
    what: 'docker',
    well,
    found: version.failed ? 'no client; it comes with the engine' : version.stdout,
    mend: 'sudo apt-get install -y docker.io',
  }
}

/**
 * What root lacks here, an engine on this machine lacks too. Of an engine that runs for somebody else, a user's own
 * capabilities tell nothing.
 */
export async function capability(
  origin: string | undefined,
  isRoot = process.getuid?.() === 0,
): Promise<Finding> {
  const what = 'capability'
  if (hasCapability(24)) return { what, well: true, found: 'CAP_SYS_RESOURCE is there' }
  if (origin !== 'found')
    return { what, well: true, found: "no CAP_SYS_RESOURCE; the lab's own engine does without" }
  if (!isRoot) return { what, well: true, found: "the engine's own; not ours to see" }
  return {
    what,
    well: false,
    found: 'no CAP_SYS_RESOURCE, which the engine needs for privileged containers',
    mend: 'unset DOCKER_HOST   # and let the lab start its own engine',
  }
}

async function cgroups(): Promise<Finding> {
  const v2 = existsSync('/sys/fs/cgroup/cgroup.controllers')
  const mounted = existsSync('/proc/mounts') && /\bcgroup2?\b/.test(readFileSync('/proc/mounts', 'utf8'))
  return {
    what: 'cgroups',
    well: mounted || process.platform !== 'linux',
    found: mounted ? `version ${v2 ? 2 : 1}` : 'not mounted',
    mend: 'sudo apt-get install -y cgroupfs-mount && sudo cgroupfs-mount',
  }
}

async function memory(): Promise<Finding> {
  const gib = Math.round(totalmem() / 2 ** 30)
  return enough('memory', gib, needs.memoryGiB, `${gib} GiB`, 'free -h   # and stop what takes it')
}

async function disk(built: boolean): Promise<Finding> {
  const wanted = built ? needs.diskGiB : needs.buildDiskGiB
  const folder = existsSync(home) ? home : '/var/lib'
  const { bavail, bsize } = await statfs(folder)
  const gib = Math.floor((bavail * bsize) / 2 ** 30)
  const mend = 'export RUNBOOK_HOME=/path/to/a/bigger/disk   # or: docker system prune'
  return enough('disk', gib, wanted, `${gib} GiB free at ${folder}`, mend)
}

/** Whether there is enough of something that is counted in GiB. */
export function enough(what: string, gib: number, wanted: number, found: string, mend: string): Finding {
  return { what, well: gib >= wanted, found: `${found}; ${wanted} GiB is enough`, mend }
}

/**
 * Every lane's node watches files by the kernel's inotify, which by default has room for about five lanes; with none
 * left a node dies at its start, of something that names nothing (kind: "too many open files").
 */
async function inotify(engineAnswers: boolean): Promise<Finding> {
  const file = '/proc/sys/fs/inotify/max_user_instances'
  if (!existsSync(file)) return { what: 'inotify', well: true, found: 'not on this system' }
  const limit = Number(readFileSync(file, 'utf8'))
  const nodes = engineAnswers ? await docker(['ps', '--quiet', '--filter', `label=${kindLabel}`]) : undefined
  const lanes = String(nodes?.stdout ?? '')
    .split('\n')
    .filter(Boolean).length
  const wanted = (lanes + 1) * needs.inotify
  return {
    what: 'inotify',
    well: limit >= wanted,
    found: `${limit} instances; ${wanted} are enough for one cluster beside the ${lanes} that run`,
    mend: 'sudo sysctl fs.inotify.max_user_instances=1024',
  }
}

/** Where images that are not there would come from. */
export async function imageSource(built: boolean): Promise<Finding> {
  if (built) return { what: 'images', well: true, found: 'all there' }
  const asked = mirrorOf('debian:trixie-slim') ?? 'debian:trixie-slim'
  const [registry, go] = await Promise.all([
    registryAnswers(asked),
    execa('go', ['version'], { reject: false }),
  ])
  const found = [
    registry ? `${registryHost(asked)} answers` : 'no registry answers',
    go.failed ? 'no Go to build with' : go.stdout.replace('go version ', ''),
  ].join('; ')
  return {
    what: 'images',
    // Our own images are built from Go programs even where a public registry has the rest; a mirror may have all.
    well: !go.failed || (registry && process.env.RUNBOOK_MIRROR !== undefined),
    found,
    mend: 'install Go 1.26 or newer (https://go.dev/dl), or: export RUNBOOK_MIRROR=registry.example.com',
  }
}
