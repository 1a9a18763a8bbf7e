import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf } from '../errors'
import { eventually } from '../eventually'
import { entry, readCatalogue } from '../lab/catalogue'
import { freePorts } from '../lab/free-ports'
import { buildProgram } from '../lab/go-program'
import { leashed } from '../leash'
import { JetStream, type Site } from './connection'

const oneUser = 'authorization { users: [ { user: app, password: "app-password" } ] }'

/** nats-server processes on this machine's loopback, for tests: no lab is needed for what only NATS decides. */
export class LocalServers implements AsyncDisposable {
  private constructor(
    private readonly processes: readonly ChildProcess[],
    private readonly folder: string,
    /** One for each server, in order. */
    readonly sites: readonly Site[],
    private users: string,
  ) {}

  /** The first server, which is as good as any. */
  get site(): Site {
    const [first] = this.sites
    if (!first) throw new Error('no server was asked for')
    return first
  }

  /**
   * Starts a cluster of `size` servers with JetStream on ports that are free, and waits until JetStream
   * has a leader. The program is built by the image catalogue's recipe if it isn't there.
   *
   * @param users configuration of the users; without it there is `app`, whose password is in each site
   */
  static async start(size: number, users = oneUser): Promise<LocalServers> {
    const program = await localProgram('nats-server')
    const folder = mkdtempSync(join(tmpdir(), 'runbook-nats-'))
    const ports = await freePorts(size * 2)
    const routes = ports.slice(size)
    const processes = routes.map((route, index) => {
      const config = join(folder, `${index}.conf`)
      writeFileSync(
        config,
        [
          `server_name: n${index}`,
          `listen: 127.0.0.1:${ports[index]}`,
          `jetstream { store_dir: "${join(folder, String(index))}" }`,
          users,
          ...(size > 1
            ? [
                `cluster { name: local, listen: 127.0.0.1:${route}, routes: [ ${routes
                  .map((port) => `nats://127.0.0.1:${port}`)
                  .join(', ')} ] }`,
              ]
            : []),
        ].join('\n'),
      )
      // Tests that are killed leave no server behind.
      return spawn(...leashed(program, ['--config', config]), { stdio: 'ignore' })
    })
    const sites = ports.slice(0, size).map((port, index) => ({
      name: size > 1 ? `server n${index}` : 'the server',
      server: `nats://127.0.0.1:${port}`,
      user: 'app',
      password: 'app-password',
    }))
    const servers = new LocalServers(processes, folder, sites, users)
    try {
      await eventually({ name: `JetStream on ${size} servers`, ms: 20_000 }, () => servers.look())
    } catch (thrown) {
      await servers[Symbol.asyncDispose]()
      throw thrown
    }
    return servers
  }

  /** Gives every server other users, while it runs. @throws LabBroken when `app` can't log in afterwards */
  async reconfigure(users: string): Promise<void> {
    for (const [index, child] of this.processes.entries()) {
      const config = join(this.folder, `${index}.conf`)
      writeFileSync(
        config,
        readFileSync(config, 'utf8').replace(this.users, () => users),
      )
      child.kill('SIGHUP')
    }
    this.users = users
    await eventually({ name: 'NATS with other users', ms: 20_000 }, () => this.look())
  }

  /** Kills every server but the first, which decides nothing alone. */
  async killOthers(): Promise<void> {
    await Promise.all(this.processes.slice(1).map((child) => ended(child)))
  }

  /** Ends one server as Kubernetes ends a pod: it tells the others. @param index 0 is the first */
  async stop(index: number): Promise<void> {
    const child = this.processes[index]
    if (child) await ended(child, 'SIGTERM')
  }

  /** The process id of a server, for a script that ends it or has it stand still (SIGSTOP). @param index 0 is the first */
  pid(index: number): number {
    const pid = this.processes[index]?.pid
    if (pid === undefined) throw new Error(`there is no server ${index}`)
    return pid
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.processes.map((child) => ended(child)))
    rmSync(this.folder, { recursive: true, force: true })
  }

  private async look(): Promise<{ found: true } | { seen: string }> {
    await using jetstream = await JetStream.open(this.site, 1_000)
    try {
      const probe = 'PROBE'
      await jetstream.manager.streams.add({
        name: probe,
        subjects: ['probe'],
        num_replicas: this.sites.length,
      })
      await jetstream.manager.streams.delete(probe)
      return { found: true }
    } catch (thrown) {
      return { seen: messageOf(thrown) }
    }
  }
}

/** Ends a process, if it runs. */
function ended(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
  return new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

/** A program of the image catalogue on this machine; built, where it isn't there yet. */
export function localProgram(name: string): Promise<string> {
  return buildProgram(entry(readCatalogue().programs, name), () => {})
}
