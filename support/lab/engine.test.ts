import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { LabBroken } from '../errors'
import { useEngine } from './engine'

describe('an engine', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('that DOCKER_HOST names and that does not answer is told, and no other is taken for it', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nonexistent/docker.sock')
    const thrown = await useEngine(() => undefined).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(LabBroken)
    expect((thrown as LabBroken).message).toMatchInlineSnapshot(`
      "The Docker engine that DOCKER_HOST names does not answer
        expected  an engine at unix:///nonexistent/docker.sock
        next      Start it, or let the lab find or start another one:
        repeat    unset DOCKER_HOST"
    `)
  })

  it('can’t be installed by an ordinary user, who is told why', () => {
    const own = process.getuid?.()
    const ordinary = own === 0 ? 65534 : own
    const script = `console.log(JSON.stringify(require('${join(__dirname, 'private-engine.ts')}').canInstallEngine()))`
    const said = execFileSync(
      process.execPath,
      ['--require', join(__dirname, '..', 'typescript.cjs'), '-e', script],
      { ...(own === 0 && { uid: ordinary }), encoding: 'utf8' },
    )
    expect(JSON.parse(said)).toEqual({ ok: false, why: `not running as root (uid ${ordinary})` })
  })
})
