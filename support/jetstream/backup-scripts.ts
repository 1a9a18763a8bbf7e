import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { parseAllDocuments } from 'yaml'
import { HarnessMisused } from '../errors'
import { checkout } from '../lab/home'
import { onPath } from '../lab/private-engine'
import { recipes } from '../lab/recipe-hash'
import { localProgram } from './local-servers'

/** What a script did. */
export interface Ended {
  readonly exitCode: number | undefined
  /** stdout and stderr, in order. */
  readonly output: string
}

/** The passwords in `usersConfig`. */
export const passwords = { app: 'app-password', backup: 'backup-password' } as const

/** The users that NATS has in the cluster, from the published manifest, as configuration of a local server. */
export function usersConfig(): string {
  const manifest = readFileSync(join(checkout, 'fixtures', 'nats', 'nats.yaml'), 'utf8')
  const objects = parseAllDocuments(manifest).map((document) => document.toJS() as KubernetesObject)
  const users = objects.find(({ kind }) => kind === 'ConfigMap')?.data?.['users.conf'] ?? ''
  return users
    .replace('$APP_PASSWORD', `"${passwords.app}"`)
    .replace('$BACKUP_PASSWORD', `"${passwords.backup}"`)
}

interface KubernetesObject {
  readonly kind: string
  readonly data?: Readonly<Record<string, string>>
}

/** The published scripts on this machine, with a backup folder of their own: what they need is an address of NATS. */
export class BackupScripts implements Disposable {
  private constructor(
    private readonly folder: string,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /**
   * @param server   `nats://host:port`
   * @param settings other environment variables for every run
   * @throws HarnessMisused when a tool that the scripts call isn't on this machine
   */
  static async open(server: string, settings: Readonly<Record<string, string>> = {}): Promise<BackupScripts> {
    await needTools(['jq', 'aws', 'flock', 'numfmt'])
    const folder = mkdtempSync(join(tmpdir(), 'runbook-backup-'))
    for (const name of ['bin', 'backups', 'scratch']) mkdirSync(join(folder, name))
    symlinkSync(await localProgram('nats'), join(folder, 'bin', 'nats'))
    return new BackupScripts(folder, {
      NATS_URL: server,
      NATS_USER: 'backup',
      NATS_PASSWORD: passwords.backup,
      BACKUP_DIR: join(folder, 'backups'),
      SCRATCH_DIR: join(folder, 'scratch'),
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      ...settings,
    })
  }

  backup(settings: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.run('backup', [], settings)
  }

  restore(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.run('restore', args, settings)
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

  /** Removes every file in the backup folder. */
  clear(): void {
    for (const name of this.files) rmSync(this.path(name))
  }

  /** Whether a run left anything in the scratch folder. */
  get leavesNothing(): boolean {
    return readdirSync(join(this.folder, 'scratch')).length === 0
  }

  [Symbol.dispose](): void {
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
      timeout: 25_000,
    })
    return { exitCode, output: all }
  }
}

async function needTools(names: readonly string[]): Promise<void> {
  const missing: string[] = []
  for (const name of names) if (!(await onPath(name))) missing.push(name)
  if (missing.length === 0) return
  throw new HarnessMisused('RBK_TOOLS', {
    attempted: `The backup scripts can't run on this machine: ${missing.join(', ')} not found`,
    next: 'Install what they call:',
    repeat: 'apt-get install awscli coreutils jq util-linux',
  })
}

/** The name of an archive that was begun some days ago. */
export function archiveName(daysAgo: number): string {
  const stamp = new Date(Date.now() - daysAgo * 86_400_000).toISOString()
  return `nats-${stamp.slice(0, 19).replace(/[-:]/g, '')}Z.tar.gz`
}
