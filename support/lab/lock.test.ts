import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { otherHolder } from './testing/other-holder'

describe('the lock of the lab', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-lock-'))
  const file = join(folder, 'sessions', 'lock')
  let lock: typeof import('./lock')

  beforeAll(async () => {
    vi.stubEnv('RUNBOOK_HOME', folder)
    lock = await import('./lock.js')
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })

  function start(script: string) {
    return spawn(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', script], {
      env: { ...process.env, RUNBOOK_HOME: folder, RUNBOOK_LAB: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }

  it('is given to one process, and again after it was given back', async () => {
    const release = await lock.lockLab(0, () => undefined)
    expect(lock.labHolder()).toBe(process.pid)
    release()
    expect(lock.labHolder()).toBeUndefined()
  })

  it('makes a second run wait, say for whom, and give up with what to do', async () => {
    const other = await otherHolder(file)
    const said: string[] = []
    await expect(lock.lockLab(100, (line) => said.push(line))).rejects.toThrowError(
      new RegExp(`held by another run.*held by process ${other.pid}.*npx runbook status`, 's'),
    )
    expect(said).toEqual([`another run (process ${other.pid}) has the lab; waiting for it to finish`])
    other.kill('SIGKILL')
  })

  it('is taken over from a run that was killed', async () => {
    const other = await otherHolder(file)
    const ended = once(other, 'exit')
    other.kill('SIGKILL')
    await ended
    const release = await lock.lockLab(0, () => undefined)
    expect(lock.labHolder()).toBe(process.pid)
    release()
  })

  it('is never had by two at once, also when some of those who had it were killed', async () => {
    const script = `
      const { writeFileSync, rmSync } = require('node:fs')
      const { lockLab } = require('${join(__dirname, 'lock.ts')}')
      const inside = '${join(folder, 'inside')}'
      async function main() {
        for (let turn = 0; turn < 60; turn++) {
          const release = await lockLab(60_000, () => {})
          writeFileSync(inside, '', { flag: 'wx' })
          rmSync(inside)
          if (turn % 10 === 3) writeFileSync('${file}', '999999999 1')
          else release()
        }
      }
      main().catch((thrown) => { console.error(thrown); process.exit(1) })`
    const all = Array.from({ length: 5 }, () => start(script))
    const codes = (await Promise.all(all.map((each) => once(each, 'exit')))).map(([code]) => code)
    expect(codes).toEqual([0, 0, 0, 0, 0])
  })
})
