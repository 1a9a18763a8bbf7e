import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { parseAllDocuments } from 'yaml'
import { docker } from '../lab/docker'
import { useEngine } from '../lab/engine'
import { checkout, label } from '../lab/home'
import { ImageProgress } from '../lab/image-progress'
import { bringImages } from '../lab/images'
import { recipes } from '../lab/recipe-hash'
import { localProgram } from './local-servers'

/** What a script did. */
export interface Ended {
  readonly exitCode: number | undefined
  /** stdout and stderr, in order. */
  readonly output: string
}

/** The passwords in `usersConfig`. */
export const passwords = {
  app: 'app-password',
  backup: 'backup-password',
  restore: 'restore-password',
} as const

/** The users that NATS has in the cluster, from the published manifest, as configuration of a local server. */
export function usersConfig(): string {
  const manifest = readFileSync(join(checkout, 'fixtures', 'nats', 'nats.yaml'), 'utf8')
  const objects = parseAllDocuments(manifest).map((document) => document.toJS() as KubernetesObject)
  const users = objects.find(({ kind }) => kind === 'ConfigMap')?.data?.['users.conf'] ?? ''
  return users
    .replace('$APP_PASSWORD', `"${passwords.app}"`)
    .replace('$BACKUP_PASSWORD', `"${passwords.backup}"`)
    .replace('$RESTORE_PASSWORD', `"${passwords.restore}"`)
}

const asRestore = { NATS_USER: 'restore', NATS_PASSWORD: passwords.restore } as const

interface KubernetesObject {
  readonly kind: string
  readonly data?: Readonly<Record<string, string>>
}

/**
 * The published scripts on this machine, with a backup folder of their own: what they need is an address of NATS.
 * The AWS CLI is that of their own image, since a machine's own may be too old to be sent to another store.
 */
export class BackupScripts implements AsyncDisposable {
  private constructor(
    private readonly folder: string,
    private readonly container: string,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /**
   * @param server   `nats://host:port`
   * @param settings other environment variables for every run
   * @throws LabBroken when the scripts' image can't be had
   */
  static async open(server: string, settings: Readonly<Record<string, string>> = {}): Promise<BackupScripts> {
    await useEngine(() => undefined)
    const [image] = await bringImages(['nats-backup'], new ImageProgress(() => undefined))
    const folder = mkdtempSync(join(tmpdir(), 'runbook-backup-'))
    for (const name of ['bin', 'backups', 'scratch']) mkdirSync(join(folder, name))
    symlinkSync(await localProgram('nats'), join(folder, 'bin', 'nats'))
    const started = await docker([
      ...['run', '--detach', '--init', '--read-only', '--user', '0', '--network', 'host'],
      ...['--label', `${label}=build`, '--volume', `${folder}:${folder}`],
      ...[image?.reference ?? '', 'sleep', 'infinity'],
    ])
    const container = String(started.stdout).trim()
    writeFileSync(join(folder, 'bin', 'aws'), awsIn(container), { mode: 0o755 })
    return new BackupScripts(folder, container, {
      NATS_URL: server,
      NATS_USER: 'backup',
      NATS_PASSWORD: passwords.backup,
      BACKUP_DIR: join(folder, 'backups'),
      SCRATCH_DIR: join(folder, 'scratch'),
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      DOCKER_HOST: process.env.DOCKER_HOST ?? '',
      ...settings,
    })
  }

  backup(settings: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Promise<Ended> {
    return this.run('backup', args, settings)
  }

  status(settings: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Promise<Ended> {
    return this.run('backup-status', args, { ...asRestore, ...settings })
  }

  restore(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.run('restore', args, { ...asRestore, ...settings })
  }

  /** `restore` where only the backup volume and the scratch folder can be written, as in a pod. */
  async restoreInPod(args: readonly string[]): Promise<Ended> {
    const settings = Object.entries({ ...this.settings, ...asRestore }).filter(([name]) => name !== 'PATH')
    const environment = settings.map(([name, value]) => `--env=${name}=${value}`)
    const { exitCode, all } = await docker(['exec', ...environment, this.container, 'restore', ...args])
    return { exitCode, output: String(all) }
  }

  /** Names of all files in the backup folder, sorted; the lock is none. */
  get files(): string[] {
    return readdirSync(this.path(), { withFileTypes: true })
      .filter((item) => item.isFile() && item.name !== '.lock')
      .map(({ name }) => name)
      .sort()
  }

  get archives(): string[] {
    return this.files.filter((name) => /^nats-.*\.tar\.gz$/.test(name))
  }

  /** Path of a file in the backup folder. */
  path(name = ''): string {
    return join(this.folder, 'backups', name)
  }

  put(name: string, content: string | Buffer): void {
    writeFileSync(this.path(name), content)
  }

  /** Holds the lock of the backup folder, as another backup does that is at work, until it's disposed of. */
  async heldLock(): Promise<Disposable> {
    // One process from first to last: what is left of two would go on holding it.
    const args = ['--no-fork', this.path('.lock'), 'sh', '-c', 'echo held; exec sleep infinity']
    const holder = spawn('flock', args, { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(holder.stdout, 'data')
    return { [Symbol.dispose]: () => void holder.kill('SIGKILL') }
  }

  /** Removes every file in the backup folder. */
  clear(): void {
    for (const name of this.files) rmSync(this.path(name))
  }

  /**
   * Puts a bash script in the place of the nats CLI, which it finds as `$NATS`, until the returned function is called.
   */
  inPlaceOfNats(script: string): () => void {
    const place = join(this.folder, 'bin', 'nats')
    const nats = readlinkSync(place)
    rmSync(place)
    writeFileSync(place, `#!/bin/bash\nNATS=${nats}\n${script}\n`, { mode: 0o755 })
    return () => {
      rmSync(place)
      symlinkSync(nats, place)
    }
  }

  /** Whether a script that is in the place of the nats CLI has made the file `$0.NAME`. */
  hasRun(name: string): boolean {
    return existsSync(join(this.folder, 'bin', `nats.${name}`))
  }

  /** Has `df` say that so many bytes are left on every volume, until the returned function is called. */
  withRoomFor(bytes: number): () => void {
    const place = join(this.folder, 'bin', 'df')
    writeFileSync(place, `#!/bin/bash\nprintf 'Avail\\n%d\\n' ${Math.floor(bytes)}\n`, { mode: 0o755 })
    return () => rmSync(place)
  }

  /** Whether a run left anything in the scratch folder. */
  get leavesNothing(): boolean {
    return readdirSync(join(this.folder, 'scratch')).length === 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await docker(['rm', '--force', this.container])
    rmSync(this.folder, { recursive: true, force: true })
  }

  private async run(
    script: string,
    args: readonly string[],
    settings: Readonly<Record<string, string>>,
  ): Promise<Ended> {
    const { exitCode, all } = await execa(join(recipes, 'nats-backup', script), args, {
      env: { ...this.settings, ...settings },
      extendEnv: false,
      reject: false,
      all: true,
      timeout: 60_000,
    })
    return { exitCode, output: all }
  }
}

/** An `aws` for a PATH that runs the one in a container, with the settings of whoever calls it. */
function awsIn(container: string): string {
  return `#!/bin/bash
mapfile -t names < <(compgen -v AWS_)
exec docker exec "\${names[@]/#/--env=}" ${container} aws "$@"
`
}

/** The name of an archive that was begun some days ago. */
export function archiveName(daysAgo: number): string {
  const stamp = new Date(Date.now() - daysAgo * 86_400_000).toISOString()
  return `nats-${stamp.slice(0, 19).replace(/[-:]/g, '')}Z.tar.gz`
}
