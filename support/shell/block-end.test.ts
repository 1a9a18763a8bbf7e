import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../eventually'
import { type CommandResult, textOf } from './command-result'
import { outputLimit } from './output'
import { reap } from './reap'
import { runBlock } from './run-block'
import { hasLab, removeToolbox, sayLeftOut, startToolbox } from './test-toolbox'
import type { Toolbox } from './toolbox'

sayLeftOut('block-end.test.ts')

describe.runIf(hasLab)('the end of a command block', () => {
  let toolbox: Toolbox
  const run = (script: string, ms = 20_000): Promise<CommandResult> =>
    runBlock(toolbox, script, { deadline: { name: 'the block', ms } })

  beforeAll(async () => {
    toolbox = await startToolbox()
  })
  afterAll(() => removeToolbox(toolbox))

  describe('dies with all it started', () => {
    const daemons = [
      'sleep 31401 &',
      'nohup sleep 31401 >/dev/null 2>&1 &',
      '(setsid sleep 31401 &)',
      '(setsid bash -c "(env -i sleep 31401 &) ; exec sleep 31401" &)',
      'trap "" TERM INT HUP; (sleep 31401; sleep 31401) & disown',
    ]

    it.each(daemons)('at its deadline: %s', async (daemon) => {
      const started = Date.now()
      const result = await run(`echo before\n${daemon}\nsleep 31402`, 700)
      expect(Date.now() - started).toBeLessThan(3000)
      expect(result).toMatchObject({ timedOut: true, exitCode: null, signal: 'SIGKILL', leftRunning: [] })
      expect(textOf(result)).toBe('before\n')
      expect(await processes()).not.toMatch(/sleep 3140/)
    })

    it.each(daemons)('when it has ended, and names what it left: %s', async (daemon) => {
      const started = Date.now()
      const result = await run(`${daemon}\necho done`, 10_000)
      expect(Date.now() - started).toBeLessThan(3000)
      expect(result).toMatchObject({ timedOut: false, exitCode: 0 })
      expect(result.leftRunning.join('\n')).toContain('sleep 31401')
      expect(textOf(result)).toBe('done\n')
      expect(await processes()).not.toMatch(/sleep 3140/)
    })

    it('be it many, that fork as fast as they can', async () => {
      const result = await run('f() { sleep 0.01; f & f; }; f & f & wait', 800)
      expect(result.timedOut).toBe(true)
      expect((await processes()).split('\n').filter((line) => line.startsWith('bash /dev/fd'))).toHaveLength(
        1,
      )
    }, 30_000)

    it('but not what ends by itself at once', async () => {
      const result = await run('sleep 31401 & \necho x > >(sleep 0.1; cat)\nkill %1\n')
      expect(result.leftRunning).toEqual([])
      expect(textOf(result, 'stdout')).toBe('x\n')
    })

    it('when it floods, after all that can be compared', async () => {
      const before = process.memoryUsage().rss
      const started = Date.now()
      const result = await run('head -c 1G /dev/zero | tr "\\0" x', 60_000)
      expect(result).toMatchObject({ flooded: true, timedOut: false, signal: 'SIGKILL' })
      expect(textOf(result).length).toBe(outputLimit)
      expect(Date.now() - started).toBeLessThan(20_000)
      expect(process.memoryUsage().rss - before).toBeLessThan(600 * 1024 * 1024)
    })

    it('when the harness is killed', async () => {
      const harness = spawn(
        process.execPath,
        [
          '-r',
          'ts-node/register/transpile-only',
          '-e',
          harnessThat('echo up; (setsid sleep 31403 &); sleep 31403'),
        ],
        { env: { ...process.env, TEST_TOOLBOX: toolbox.container }, stdio: ['ignore', 'pipe', 'inherit'] },
      )
      await once(harness.stdout, 'data')
      expect(await processes()).toMatch(/sleep 31403/)
      harness.kill('SIGKILL')
      await eventually({ name: 'the end of the block', ms: 2000 }, async () => {
        const alive = await processes()
        return alive.includes('sleep 31403') ? { seen: alive } : { found: true }
      })
    })

    it('even if it kills its supervisor', async () => {
      const result = await run('(env -i setsid sleep 31404 &)\nkill -KILL $PPID; sleep 31404', 1000)
      expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', timedOut: true })
      expect(result.leftRunning.join('\n') + textOf(result)).not.toContain('Error')
      expect(await processes()).not.toMatch(/sleep 31404/)
    })
  })

  it('is found and ended by the next start when its supervisor could not', async () => {
    const running = run('(env -i setsid sleep 31405 &)\nkill -KILL $PPID; sleep 31405', 20_000)
    await eventually({ name: 'the block', ms: 5000 }, async () => {
      const alive = await processes()
      return alive.includes('sleep 31405') ? { found: true } : { seen: alive }
    })
    const killed = await reap(toolbox)
    expect(killed.filter((command) => command === 'sleep 31405')).toHaveLength(2)
    expect(await processes()).not.toMatch(/sleep 31405/)
    expect(await reap(toolbox)).toEqual([])
    expect(await running).toMatchObject({ signal: 'SIGKILL', timedOut: false })
  })

  async function processes(): Promise<string> {
    return textOf(
      await run("for file in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $file; echo; done 2>/dev/null || true"),
    )
  }
})

function harnessThat(runs: string): string {
  const modules = join(__dirname, 'run-block')
  return `
    const { runBlock } = require(${JSON.stringify(modules)})
    const { Toolbox } = require(${JSON.stringify(join(__dirname, 'toolbox'))})
    runBlock(new Toolbox(process.env.TEST_TOOLBOX), ${JSON.stringify(runs)}, {
      deadline: { name: 'the block', ms: 60_000 },
      onOutput: ({ text }) => process.stdout.write(text),
    })`
}
