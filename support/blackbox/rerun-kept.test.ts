import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TemporaryCheckout } from './checkout'
import { cli, edit, gate, made, scenario } from './rerun-checkout'

const green = scenario('a', 'it works')
const red = scenario('b', 'the runbook fails')
const mended = scenario('b', 'it works')
const messages = 'reports/messages.ndjson'

function messagesOf({ folder }: TemporaryCheckout): string {
  return readFileSync(join(folder, messages), 'utf8')
}

/** Stands where the lab's plugin stands, and ends the process while the lab starts. */
function labThat(ends: string): string {
  return `module.exports = {
    type: 'plugin',
    coordinator({ transform }) {
      transform('pickles:order', async () => {
        if (process.env.LAB !== 'dies') return
        await new Promise((done) => setTimeout(done, 500))
        ${ends}
        await new Promise((done) => setTimeout(done, 60_000))
      })
    },
  }`
}

describe.concurrent('a run of which --rerun is to do the rest stays as it was', () => {
  it('when that is refused, and is judged by what was red once it can be run', async () => {
    using checkout = made(green, red)
    await checkout.runbook('run')
    // Longer than what is written at once.
    const [meta = '', ...rest] = messagesOf(checkout).split('\n')
    const note = { mediaType: 'text/plain', body: 'x'.repeat(3_000_000), contentEncoding: 'IDENTITY' }
    const before = [meta, JSON.stringify({ attachment: note }), ...rest].join('\n')
    writeFileSync(join(checkout.folder, messages), before)
    for (const args of [
      ['--name', 'nosuch'],
      ['--tags', '@nosuch'],
    ]) {
      expect(await checkout.runbook('run', '--rerun', ...args)).toMatchObject({ exitCode: 2 })
      expect(messagesOf(checkout) === before).toBe(true)
    }
    edit(checkout, green, scenario('b', 'it wroks'))
    const refused = await checkout.runbook('run', '--rerun')
    expect({ ...refused, same: messagesOf(checkout) === before }).toMatchObject({ exitCode: 2, same: true })
    const merge = ['report', 'merge', messages, '-o', 'all']
    expect(await checkout.runbook(...merge)).toMatchObject({ exitCode: 1 })
    edit(checkout, green, mended)
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Going on with the last run: features/one.feature\n'),
    })
    expect(gate(checkout).counts).toMatchObject({ total: 2, passed: 2 })
  })

  it.each([
    ['does not come up', 'process.exit(3)', 3, { LAB: 'dies' }],
    ['is interrupted while it starts', "process.kill(process.pid, 'SIGINT')", 130, { LAB: 'dies' }],
    ['is killed while it starts', "process.kill(process.pid, 'SIGKILL')", undefined, { LAB: 'dies' }],
    ['is killed while its lanes are opened', '', undefined, { BREAK: 'lanes' }],
    ['breaks in a hook of the run', '', 3, { BREAK: 'BeforeAll' }],
  ])('when its lab %s', async (_, ends, exitCode, env) => {
    using checkout = made(green, red)
    writeFileSync(join(checkout.folder, 'lab.cjs'), labThat(ends))
    await checkout.runbook('run')
    const before = messagesOf(checkout)
    edit(checkout, green, mended)
    const died = await checkout.run('node', [cli, 'run', '--rerun'], env)
    expect({ ...died, same: messagesOf(checkout) === before }).toMatchObject({ exitCode, same: true })
    const ended = await checkout.runbook('run', '--rerun')
    expect(ended.output).toContain('Going on with the last run: features/one.feature\n')
    expect(ended.exitCode).toBe(0)
  })

  it('when cucumber would empty it: then nothing is run', async () => {
    using checkout = made(green, red)
    await checkout.runbook('run')
    const before = messagesOf(checkout)
    const target = ['--format', `message:${join(checkout.folder, messages)}`]
    const refused = await checkout.runbook('run', '--rerun', ...target)
    expect({ ...refused, same: messagesOf(checkout) === before }).toMatchObject({ exitCode: 2, same: true })
    expect(refused.output).toContain('a formatter whose target is reports/messages.ndjson')
  })
})

describe.concurrent('of a runbook that was edited since, --rerun forgets nothing that was to be run', () => {
  it('when it is asked for a part of it', async () => {
    using checkout = made(green, red, scenario('c', 'the runbook fails'))
    await checkout.runbook('run')
    edit(checkout, green, red, scenario('c', 'it works'))
    const part = await checkout.runbook('run', '--rerun', '--name', '^c$')
    expect({ exitCode: part.exitCode, ...gate(checkout) }).toMatchObject({
      exitCode: 3,
      counts: { total: 3, passed: 1, inconclusive: 2 },
      reasons: ['a', 'b'].map((title) => ({ code: 'RBK_NEVER_RAN', scenario: title })),
    })
    const merged = await checkout.runbook('report', 'merge', messages, '-o', 'all')
    expect(merged).toMatchObject({ exitCode: 3 })
    // What it has shown of the text of now stays.
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('Going on with the last run: features/one.feature:12:14\n'),
    })
    expect(gate(checkout).counts).toMatchObject({ total: 3, passed: 2, failed: 1 })
  })

  it('when it is edited again before the rest is run', async () => {
    using checkout = made(green, red)
    await checkout.runbook('run')
    edit(checkout, scenario('a', 'it is pending'), red)
    await checkout.runbook('run', '--rerun', '--name', '^a$')
    edit(checkout, green, mended)
    const part = await checkout.runbook('run', '--rerun', '--name', '^a$')
    expect(part).toMatchObject({ exitCode: 3, output: expect.stringContaining('features/one.feature\n') })
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({ exitCode: 0 })
    expect(gate(checkout).counts).toMatchObject({ total: 2, passed: 2 })
  })

  it('when what was red has another title now, or is gone', async () => {
    using checkout = made(green, red)
    await checkout.runbook('run')
    edit(checkout, green, scenario('renamed', 'the runbook fails'))
    expect(await checkout.runbook('run', '--rerun', '--name', '^a$')).toMatchObject({ exitCode: 3 })
    expect(gate(checkout).reasons).toMatchObject([{ code: 'RBK_NEVER_RAN', scenario: 'renamed' }])
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({ exitCode: 1 })
    edit(checkout, green)
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({ exitCode: 0 })
    expect(gate(checkout).counts).toMatchObject({ total: 1, passed: 1 })
  })

  it('when it is killed before it comes to it', async () => {
    using checkout = made(green, scenario('b', 'the machine dies'))
    expect(await checkout.runbook('run')).toMatchObject({ exitCode: 0 })
    edit(checkout, green, scenario('b', 'the machine dies'), scenario('c', 'it works'))
    const killed = await checkout.run('node', [cli, 'run', '--rerun'], { BREAK: 'machine' })
    expect(killed.signal).toBe('SIGKILL')
    expect(await checkout.runbook('run', '--rerun')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Going on with the last run: features/one.feature:14:16\n'),
    })
    expect(gate(checkout).counts).toMatchObject({ total: 3, passed: 3 })
    const merged = await checkout.runbook('report', 'merge', messages, '-o', 'all')
    expect(merged).toMatchObject({ exitCode: 0, output: expect.stringContaining('3 passed') })
  })

  it('and the other shards of a run are still missed', async () => {
    using checkout = made(green, red)
    expect(await checkout.runbook('run', '--shard', '2/2')).toMatchObject({ exitCode: 1 })
    edit(checkout, green, mended)
    expect(await checkout.runbook('run', '--rerun', '--name', '^b$')).toMatchObject({ exitCode: 0 })
    const merged = await checkout.runbook('report', 'merge', messages, '-o', 'all')
    expect(merged).toMatchObject({
      exitCode: 3,
      output: expect.stringContaining('Nothing is known of shard 1/2'),
    })
  })
})

it('no run on an existing cluster is continued or repeated, however it is told of the cluster', async () => {
  using checkout = made(green)
  await checkout.runbook('run')
  for (const args of [['--rerun'], ['--repeat', '2']])
    expect(await checkout.run('node', [cli, 'run', ...args], { RUNBOOK_CLUSTER: 'x.yaml' })).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining(`RUNBOOK_CLUSTER and ${args[0]} can't be had together`),
    })
})
