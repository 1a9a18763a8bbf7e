import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { ProcessLock } from '../process-lock'
import { useEngine } from './engine'
import { checkout, paths } from './home'
import { ImageProgress } from './image-progress'
import { bringImages, withImages } from './images'

describe('the images of the engine', () => {
  const file = join(paths.builds, 'lock')
  const quiet = () => new ImageProgress(() => undefined)

  beforeAll(() => useEngine(() => undefined))
  afterEach(() => vi.restoreAllMocks())

  /** Another process that has the images until it's killed. */
  async function otherHolder() {
    const script = `
      const { ProcessLock } = require('./support/process-lock')
      new ProcessLock('${file}', 'the images').take({ ms: 600_000, waiting: () => {} }).then(() => {
        console.log('held')
        setInterval(() => {}, 1000)
      })`
    const args = ['--require', './support/typescript.cjs', '-e', script]
    const other = spawn(process.execPath, args, { cwd: checkout, stdio: ['ignore', 'pipe', 'inherit'] })
    // Whatever the test comes to: other runs would wait for it.
    onTestFinished(() => void other.kill('SIGKILL'))
    await new Promise((resolve) => other.stdout.once('data', resolve))
    return other
  }

  it('are not looked at while another process builds some, and are there when it has ended', async () => {
    const other = await otherHolder()
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const brought = bringImages(['nats'], quiet())
    await vi.waitFor(
      () =>
        expect(said).toHaveBeenCalledWith(
          `another run (process ${other.pid}) has the images; waiting for it to finish\n`,
        ),
      { timeout: 30_000 },
    )
    other.kill('SIGKILL')
    expect(await brought).toMatchObject([{ name: 'nats', id: expect.stringMatching(/^sha256:/) }])
  })

  it('stay as they are until a lane was made of them, and are given back also when that fails', async () => {
    const lock = new ProcessLock(file, 'the images')
    expect(await withImages(['nats'], quiet(), async () => lock.holder)).toBe(process.pid)
    const broken = withImages(['nats'], quiet(), () => Promise.reject(new Error('no room')))
    await expect(broken).rejects.toThrowError('no room')
    expect(lock.holder).not.toBe(process.pid)
  })
})
