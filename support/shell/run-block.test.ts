import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LabBroken } from '../errors'
import { type CommandResult, textOf } from './command-result'
import { ask } from './engine-api'
import { reap } from './reap'
import { runBlock } from './run-block'
import { hasLab, removeToolbox, sayLeftOut, startToolbox } from './test-toolbox'
import type { Toolbox } from './toolbox'

sayLeftOut('run-block.test.ts')

describe.runIf(hasLab)('a command block', () => {
  let toolbox: Toolbox
  const run = (script: string, ms = 20_000): Promise<CommandResult> =>
    runBlock(toolbox, script, { deadline: { name: 'the block', ms } })

  beforeAll(async () => {
    toolbox = await startToolbox()
  })
  afterAll(() => removeToolbox(toolbox))

  describe('runs byte for byte:', () => {
    it.each([
      ['no final newline', 'printf hi', 'hi'],
      ['trailing spaces and tabs', 'printf "%s|" a\t b  \t\n', 'a|b|'],
      ['quotes of every kind', `printf %s "it's \\"$((1+1))\\"" '$HOME' \`echo x\``, `it's "2"$HOMEx`],
      ['a here-document with tabs', "cat <<'END'\n\t$x `y`  \nEND\n", '\t$x `y`  \n'],
      ["a here-document that isn't closed", 'cat <<END\nx', 'x\n'],
      ['unicode', 'x="żółć 😀"; printf %s "$x"', 'żółć 😀'],
      ['a continued line', 'printf %s \\\n  ab', 'ab'],
    ])('%s', async (_, script, expected) => {
      expect(textOf(await run(script), 'stdout')).toBe(expected)
    })

    it('Windows line ends are what bash makes of them', async () => {
      const result = await run('printf "<%s>" a\r\n')
      expect(textOf(result)).toBe('<a\r>')
    })

    it('a script of 200 KiB, which no argument could hold and no process list shows', async () => {
      const script = `# ${'x'.repeat(200 * 1024)}\ntr '\\0' ' ' < /proc/$$/cmdline; sha256sum < /dev/fd/3\n`
      const result = await run(script)
      expect(result.sha256).toBe(createHash('sha256').update(script).digest('hex'))
      expect(textOf(result)).toBe(`bash /dev/fd/3 ${result.sha256}  -\n`)
    })

    it('and nothing of it is read as the input of its commands', async () => {
      expect(textOf(await run('cat; read x; echo "end <$x>"\n'))).toBe('end <>\n')
    })

    it('in an environment that shows no trace of the harness', async () => {
      const result = await run(
        'env | grep -iE "bash_env|runbook|nonce" || echo none\n[ -t 0 ] || [ -t 1 ] || echo no terminal',
      )
      expect(textOf(result)).toBe('none\nno terminal\n')
    })
  })

  it('gives its output in order, its exit code, duration and both streams', async () => {
    const result = await run('echo one; sleep 0.1; echo two >&2; sleep 0.1; echo three; exit 137')
    expect(result.output).toEqual([
      { stream: 'stdout', text: 'one\n' },
      { stream: 'stderr', text: 'two\n' },
      { stream: 'stdout', text: 'three\n' },
    ])
    expect(result).toMatchObject({
      exitCode: 137,
      signal: null,
      timedOut: false,
      flooded: false,
      leftRunning: [],
    })
    expect(result.durationMs).toBeGreaterThanOrEqual(200)
    expect(result.durationMs).toBeLessThan(2000)
  })

  it('tells output as it comes', async () => {
    const seen: string[] = []
    const script = 'for i in 1 2 3; do echo $i; sleep 0.1; done'
    const deadline = { name: 'the block', ms: 5000 }
    await runBlock(toolbox, script, {
      deadline,
      onOutput: ({ stream, text }) => seen.push(`${stream} ${text}`),
    })
    expect(seen).toEqual(['stdout 1\n', 'stdout 2\n', 'stdout 3\n'])
  })

  it('that a signal ends is told from one that exits', async () => {
    expect(await run('kill -TERM $$')).toMatchObject({ exitCode: null, signal: 'SIGTERM' })
    expect(await run('bash -c "kill -TERM \\$\\$"')).toMatchObject({ exitCode: 143, signal: null })
  })

  it('with binary output harms nothing', async () => {
    const result = await run("head -c 100000 /dev/urandom; printf '\\0\\xff\\xc3'; printf '\\xe2\\x82' >&2")
    expect(result.exitCode).toBe(0)
    expect(textOf(result, 'stdout')).toMatch(/\0\ufffd\ufffd$/)
    expect(textOf(result, 'stderr')).toBe('\ufffd')
  })

  it('may print one line of 8 MiB', async () => {
    const result = await run("head -c 8388608 /dev/zero | tr '\\0' x; echo")
    expect(textOf(result)).toBe(`${'x'.repeat(8388608)}\n`)
  })

  describe('of which a line fails', () => {
    it('goes on as a shell does, and names the line', async () => {
      const result = await run('echo a\nls /nowhere\nf() {\n  false\n  true\n}\nf\necho "$?"\n')
      expect(textOf(result, 'stdout')).toBe('a\n0\n')
      expect(result.exitCode).toBe(0)
      expect(result.failedLines).toEqual([
        { line: 2, exitCode: 2, depth: 0, command: 'ls /nowhere' },
        { line: 4, exitCode: 1, depth: 2, command: 'false' },
      ])
    })

    it('tells a line of the block from what fails within it', async () => {
      const { failedLines } = await run('false\n(\n  false\n  exit 3\n)\nf() { false; }\nf\n{ false; }\n')
      expect(failedLines.filter(({ depth }) => depth === 0).map(({ line }) => line)).toEqual([1, 5, 7, 8])
      expect(failedLines.filter(({ depth }) => depth > 0).map(({ line }) => line)).toEqual([3, 6])
    })

    it('sees the same shell as without the trap', async () => {
      const script =
        // biome-ignore lint/suspicious/noTemplateCurlyInString: bash's
        'false; echo "$? $_"\ntrue | false; echo ${PIPESTATUS[@]}\n[[ ab =~ (b) ]]; false; echo $BASH_REMATCH\nset -x\nfalse'
      const result = await run(script)
      expect(textOf(result, 'stdout')).toBe('1 false\n0 1\nb\n')
      expect(textOf(result, 'stderr')).toBe('+ false\n')
    })

    it('is not one whose failure the block expects', async () => {
      const result = await run('if false; then :; fi\nfalse || true\n! true\nwhile false; do :; done\n')
      expect(result).toMatchObject({ exitCode: 0, failedLines: [] })
    })

    it('for ever is told without end of memory', async () => {
      const result = await run('while :; do false; done', 1500)
      expect(result.timedOut).toBe(true)
      expect(result.failedLines.length).toBeLessThan(10_000)
      expect(result.failedLines[0]).toEqual({ line: 1, exitCode: 1, depth: 0, command: 'false' })
    })
  })

  it('runs beside others, each with its own output', async () => {
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, n) => run(`for i in 1 2 3; do echo ${n}; sleep 0.05; done; exit ${n}`)),
    )
    results.forEach((result, n) => {
      expect(textOf(result)).toBe(`${n}\n`.repeat(3))
      expect(result.exitCode).toBe(n)
    })
  })

  it('is not blamed for a toolbox that is gone', async () => {
    const other = await startToolbox()
    const running = runBlock(other, 'echo up; sleep 31406', { deadline: { name: 'the block', ms: 20_000 } })
    const broken = expect(running).rejects.toThrow(LabBroken)
    await ask('POST', `/containers/${other.container}/kill`)
    await broken
    const next = runBlock(other, 'echo up', { deadline: { name: 'the block', ms: 20_000 } })
    await expect(next).rejects.toThrow(
      /could not be reached\n.*is not running \(status 409\)\n.*npx runbook up/s,
    )
    await removeToolbox(other)
    await expect(reap(other)).rejects.toThrow(/No such container/)
  })

  it('is not blamed for a toolbox that lacks what runs it', async () => {
    const other = await startToolbox(['PATH=/nowhere'])
    const block = runBlock(other, 'echo up', { deadline: { name: 'the block', ms: 20_000 } })
    await expect(block).rejects.toThrow(/could not run a command block\n.*"perl": executable file not found/s)
    await removeToolbox(other)
  })
})
