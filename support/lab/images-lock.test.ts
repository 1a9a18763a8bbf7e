import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ProcessLock } from '../process-lock'
import { useEngine } from './engine'
import { paths } from './home'
import { ImageProgress } from './image-progress'
import { bringImages, withImages } from './images'
import { otherHolder } from './testing/other-holder'

describe('the images of the engine', () => {
  const file = join(paths.builds, 'lock')
  const quiet = () => new ImageProgress(() => undefined)

  beforeAll(() => useEngine(() => undefined))
  afterEach(() => vi.restoreAllMocks())

  it('are not looked at while another process builds some, and are there when it has ended', async () => {
    const other = await otherHolder(file)
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
