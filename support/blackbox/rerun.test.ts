import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cli, edit, gate, made, scenario } from './rerun-checkout'

describe.concurrent('runbook run --rerun', () => {
  it('does what a killed run left, and judges both as one', async () => {
    using checkout = made(
      scenario('done', 'it works'),
      scenario('cut off', 'the machine dies'),
      scenario('never begun', 'it works'),
    )
    const killed = await checkout.run('node', [cli, 'run'], { BREAK: 'machine' })
    expect(killed.signal).toBe('SIGKILL')
    // Names that the killed run had are as right as they were, also of what is done.
    const names = ['--name', 'done', '--name', 'cut off', '--name', 'never']
    const ended = await checkout.runbook('run', '--rerun', ...names)
    expect(ended).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Going on with the last run: features/one.feature:14:16'),
    })
    expect(ended.output).toMatch(/PASSED {2}.*3 passed/)
    expect(gate(checkout)).toMatchObject({ verdict: 'passed', counts: { total: 3, passed: 3 } })
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Nothing is left of the last run: it is passed.'),
    })
  })

  it('loses nothing when it is killed itself', async () => {
    using checkout = made(scenario('done', 'it works'), scenario('cut off', 'the machine dies'))
    for (const args of [['run'], ['run', '--rerun']])
      await checkout.run('node', [cli, ...args], { BREAK: 'machine' })
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({ exitCode: 0 })
    expect(gate(checkout).counts).toMatchObject({ total: 2, passed: 2 })
  })

  it('runs a runbook that was edited since as a whole', async () => {
    using checkout = made(scenario('a', 'it works'), scenario('b', 'the runbook fails'))
    await checkout.runbook('run')
    edit(checkout, scenario('a', 'it works'), scenario('b', 'it works'))
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/Going on with the last run: features\/one\.feature\n/),
    })
  })

  it('proves nothing of scripts, manifests or steps that have changed since', async () => {
    using checkout = made(scenario('a', 'it works'), scenario('b', 'the runbook fails'))
    await checkout.runbook('run')
    const file = join(checkout.folder, 'steps/all.steps.ts')
    writeFileSync(file, `${readFileSync(file, 'utf8')}// changed\n`)
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({
      exitCode: 2,
      output: expect.stringMatching(
        /have changed since[\s\S]*repeat {4}npx runbook run features\/one\.feature:14/,
      ),
    })
  })

  it('goes on in another checkout of the same files', async () => {
    const scenarios = [scenario('a', 'it works'), scenario('b', 'it works now and then')]
    using first = made(...scenarios)
    using second = made(...scenarios)
    await first.run('node', [cli, 'run'], { BREAK: 'now and then' })
    const messages = 'reports/messages.ndjson'
    mkdirSync(join(second.folder, 'reports'), { recursive: true })
    writeFileSync(join(second.folder, messages), readFileSync(join(first.folder, messages)))
    expect(await second.runbook('run', '--rerun')).toMatchObject({ exitCode: 0 })
  })

  it('stays red while what failed fails', async () => {
    using checkout = made(scenario('a', 'it works'), scenario('b', 'the runbook fails'))
    await checkout.runbook('run')
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('1 failed, 1 passed'),
    })
  })

  it('is green when what failed passes, counts it as flaky, and forgets what was renamed', async () => {
    using checkout = made(scenario('a', 'it works'), scenario('b', 'it works now and then'))
    await checkout.run('node', [cli, 'run'], { BREAK: 'now and then' })
    expect(gate(checkout).exitCode).toBe(1)
    const { exitCode, output } = await checkout.runbook('run', '--rerun')
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: expect.stringContaining('2 passed, 1 flaky'),
    })
    expect(gate(checkout)).toMatchObject({ counts: { passed: 2, flaky: 1 } })
    expect(gate(checkout).scenarios.map(({ attempts }: { attempts: number }) => attempts)).toEqual([1, 2])
    const merged = await checkout.runbook('report', 'merge', 'reports/messages.ndjson', '-o', 'again')
    expect(merged.output).toContain('2 passed, 1 flaky')
    expect(await checkout.runbook('list')).toMatchObject({
      output: expect.stringMatching(/one {2,}.*passed|good.*passed/),
    })
    edit(checkout, scenario('a', 'it works'), scenario('c', 'it works'))
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({ exitCode: 0 })
    expect(gate(checkout).counts).toMatchObject({ total: 2, passed: 2 })
  })

  it('keeps to the site’s limit of flakes', async () => {
    using checkout = made(scenario('a', 'it works now and then'))
    const file = join(checkout.folder, 'cucumber.js')
    const settings = '    formatOptions: { runbook: { flakyLimit: 0 } },\n    strict: true,'
    writeFileSync(file, readFileSync(file, 'utf8').replace('    strict: true,', settings))
    await checkout.run('node', [cli, 'run', '--retry', '1'], { BREAK: 'now and then' })
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({ exitCode: 3 })
    // As a retry in one run is, so is one in the next.
    rmSync(join(checkout.folder, 'tried'))
    const red = await checkout.run('node', [cli, 'run'], { BREAK: 'now and then' })
    expect(red.exitCode).toBe(1)
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({ exitCode: 3 })
    expect(gate(checkout)).toMatchObject({ exitCode: 3, reasons: [{ code: 'RBK_FLAKY' }] })
  })

  it('says why it can’t', async () => {
    using checkout = made(scenario('a', 'it works'))
    const refused = async (message: string, ...args: string[]) =>
      expect(await checkout.runbook('run', '--rerun', ...args)).toMatchObject({
        exitCode: 2,
        output: expect.stringContaining(message),
      })
    await refused('There is no run to continue')
    await checkout.runbook('run')
    await refused('chooses what is left of the last run by itself', 'features/one.feature')
    await refused("unknown option '--nosuch'", '--nosuch')
    const file = join(checkout.folder, 'reports/messages.ndjson')
    const messages = readFileSync(file, 'utf8')
    writeFileSync(file, messages.replace('\n', '\n{"damaged\n'))
    await refused('line 2 is not JSON')
    writeFileSync(file, messages.replace(/^\{"testCase":.*\n/m, ''))
    await refused('is a testCaseStarted of a testCase that isn’t there')
    writeFileSync(file, messages)
    rmSync(join(checkout.folder, 'features/one.feature'))
    await refused('features/one.feature is gone since')
    expect(readFileSync(file, 'utf8')).toBe(messages)
  })
})

describe.concurrent('runbook run --repeat', () => {
  it('tells what is not steady, and in which order it was seen', async () => {
    using checkout = made(scenario('a', 'it works'), scenario('b', 'it works now and then'))
    const { exitCode, output } = await checkout.run('node', [cli, 'run', '--repeat', '3'], {
      BREAK: 'now and then',
    })
    expect({ exitCode, output }).toEqual({
      exitCode: 1,
      output: expect.stringContaining('# 3 runs: 1 flake'),
    })
    const [, order] = /== run 1 of 3, --order (random:\d+)/.exec(output) ?? []
    expect(output).toContain(`| b | failed 1, passed 2 | 1 (--order ${order}) |`)
  })

  it('is green when each run is, and keeps what each left', async () => {
    using checkout = made(scenario('a', 'it works'))
    expect(await checkout.runbook('run', '--repeat', '2', '--order', 'defined')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('# 2 runs: the same verdicts, no flake'),
    })
    const kept = readFileSync(join(checkout.folder, 'reports/repeat/flakes.md'), 'utf8')
    expect(kept).toContain('| 2 | defined | passed | 1 of 1 green |')
  })

  it('takes no earlier run for one that was killed', async () => {
    using checkout = made(scenario('a', 'the machine dies'))
    expect(await checkout.runbook('run')).toMatchObject({ exitCode: 0 })
    const ended = await checkout.run('node', [cli, 'run', '--repeat', '2'], { BREAK: 'machine' })
    expect(ended).toMatchObject({ exitCode: 128, output: expect.not.stringContaining('run 2 of 2') })
    expect(ended.output).not.toContain('the same verdicts')
  })

  it('goes on with a series that was interrupted, as long as it is of the same files', async () => {
    using checkout = made(scenario('a', 'the machine dies'))
    const again = ['run', '--repeat', '3', '--rerun']
    expect(await checkout.runbook(...again)).toMatchObject({ exitCode: 2 })
    await checkout.runbook('run', '--repeat', '2')
    await checkout.run('node', [cli, ...again], { BREAK: 'machine' })
    const { exitCode, output } = await checkout.runbook(...again)
    expect(exitCode).toBe(0)
    expect(output).toContain('== run 3 of 3')
    expect(output).not.toContain('== run 2 of 3')
    expect(output).toContain('# 3 runs: the same verdicts, no flake')
    expect(await checkout.runbook(...again)).toMatchObject({ exitCode: 0 })
    const other = await checkout.runbook(...again, '--tags', 'not @x')
    expect(other.output).toContain('it was of every runbook')
    edit(checkout, scenario('b', 'it works'))
    const edited = await checkout.runbook(...again)
    expect(edited.output).toContain('the files of the checkout are not what they were')
    expect(edited.exitCode).toBe(2)
    for (const [text, flaw] of [
      ['{', 'Expected property name'],
      ['{"files": "x", "args": [], "runs": [{}]}', 'series.json.runs[0]: lacks order'],
    ] as const) {
      writeFileSync(join(checkout.folder, 'reports/repeat/series.json'), text)
      const damaged = await checkout.runbook(...again)
      expect(damaged).toMatchObject({ exitCode: 2 })
      expect(damaged.output).toContain(`reports/repeat/series.json is damaged: ${flaw}`)
    }
  })

  it('ends when what it runs is edited meanwhile, and goes on when that is taken back', async () => {
    using checkout = made(scenario('a', 'it is edited in run 2'))
    const feature = join(checkout.folder, 'features/one.feature')
    const before = readFileSync(feature, 'utf8')
    const { exitCode, output } = await checkout.run('node', [cli, 'run', '--repeat', '3'], { BREAK: 'edit' })
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: expect.not.stringContaining('run 3 of 3') })
    expect(output).toMatch(/The series ends with run 2: .* was edited meanwhile[\s\S]*features\/one\.feature/)
    writeFileSync(feature, before)
    const again = await checkout.runbook('run', '--repeat', '2', '--rerun')
    expect(again.output).toContain('== run 2 of 2')
    expect(again.output).toContain('# 2 runs: the same verdicts, no flake')
  })

  it('wants a number', async () => {
    using checkout = made(scenario('a', 'it works'))
    expect(await checkout.runbook('run', '--repeat', 'often')).toMatchObject({ exitCode: 2 })
    expect(await checkout.runbook('run', '--repeat', '5', 'features/nosuch.feature')).toMatchObject({
      exitCode: 2,
      output: expect.not.stringMatching(/run 2 of 5|no flake/),
    })
  })
})

describe.concurrent('flakes', () => {
  it.each([
    [0, 3, 'INCONCLUSIVE'],
    [1, 0, 'PASSED'],
  ])('with a limit of %i in cucumber.js end a run with %i', async (limit, exitCode, word) => {
    using checkout = made(scenario('a', 'it works now and then'))
    const file = join(checkout.folder, 'cucumber.js')
    const settings = `    formatOptions: { runbook: { flakyLimit: ${limit} } },\n    strict: true,`
    writeFileSync(file, readFileSync(file, 'utf8').replace('    strict: true,', settings))
    const ended = await checkout.run('node', [cli, 'run', '--retry', '1'], { BREAK: 'now and then' })
    expect(ended).toMatchObject({ exitCode, output: expect.stringContaining(word) })
    expect(gate(checkout)).toMatchObject({ exitCode, counts: { flaky: 1 } })
    const merged = await checkout.runbook('report', 'merge', 'reports/messages.ndjson', '-o', 'again')
    expect(merged.exitCode).toBe(exitCode)
  })
})
