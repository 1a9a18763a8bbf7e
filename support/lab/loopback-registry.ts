import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '../eventually'
import { docker } from './docker'
import { freePorts } from './free-ports'
import { installPackages, onPath } from './private-engine'

/** A registry as an air-gapped company has one, for tests: Debian's docker-registry, on loopback. */
export class LoopbackRegistry implements Disposable {
  private constructor(
    /** As in RUNBOOK_MIRROR. */
    readonly address: string,
    private readonly folder: string,
    private readonly stop: () => void,
  ) {}

  static async start(): Promise<LoopbackRegistry> {
    if (!(await onPath('docker-registry'))) await installPackages(['docker-registry'])
    const [port] = await freePorts(1)
    const address = `127.0.0.1:${port}`
    const folder = mkdtempSync(join(tmpdir(), 'runbook-registry-'))
    const config = {
      version: 0.1,
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: join(folder, 'data') } },
      http: { addr: address },
    }
    writeFileSync(join(folder, 'config.yml'), JSON.stringify(config))
    const registry = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' })
    await eventually({ name: 'the registry on loopback', ms: 20_000 }, async () => {
      const answer = await fetch(`http://${address}/v2/`)
      return answer.ok ? { found: undefined } : { seen: `HTTP ${answer.status}` }
    })
    return new LoopbackRegistry(address, folder, () => registry.kill())
  }

  /**
   * Gives it an image of a few bytes; the engine keeps nothing of it.
   *
   * @returns its digest
   */
  async publish(reference: string): Promise<string> {
    const recipe = `FROM scratch\nLABEL runbook-lab.mirror-test=${reference}\nCOPY Dockerfile /\n`
    writeFileSync(join(this.folder, 'Dockerfile'), recipe)
    const there = `${this.address}/${reference}`
    const built = await docker(['build', '--tag', there, this.folder])
    if (built.failed) throw new Error(String(built.all))
    const pushed = await docker(['push', there])
    await docker(['image', 'rm', there])
    const digest = /digest: (sha256:[0-9a-f]{64})/.exec(String(pushed.stdout))?.[1]
    if (!digest) throw new Error(String(pushed.all))
    return digest
  }

  [Symbol.dispose](): void {
    this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
