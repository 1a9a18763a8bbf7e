import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { goodPage } from '../lint/testing/good-page'
import { temporaryCheckout } from './checkout'
import { steps } from './steps'

const feature = (given: string) =>
  goodPage({ check: `Scenario: one\n  Given it works\nScenario: two\n  Given ${given}` })

it('runbook report merge writes one report, and ends as a run does', async () => {
  using made = temporaryCheckout({
    'features/good.feature': feature('the runbook fails'),
    'steps/all.steps.ts': steps,
  })
  for (const shard of ['1', '2']) {
    await made.runbook('run', '--shard', `${shard}/2`)
    cpSync(join(made.folder, 'reports'), join(made.folder, `shard${shard}`), { recursive: true })
  }
  const files = ['shard1/messages.ndjson', 'shard2/messages.ndjson']
  const { exitCode, output } = await made.runbook('report', 'merge', ...files, '-o', 'all')
  expect({ exitCode, output }).toEqual({
    exitCode: 1,
    output: expect.stringMatching(/^FAILED {2}1 of 2 procedures failed/),
  })
  expect(output).toContain('Report: all/index.html')
  expect(JSON.parse(readFileSync(join(made.folder, 'all/gate.json'), 'utf8'))).toMatchObject({
    exitCode: 1,
    counts: { total: 2, passed: 1, failed: 1 },
  })
  // Again from what it wrote itself: the same.
  const again = await made.runbook('report', 'merge', 'all/messages.ndjson', files[0] ?? '', '-o', 'all')
  expect(again).toMatchObject({ exitCode: 1, output: expect.stringContaining('1 failed, 1 passed') })
})

it('a shard that is not there leaves the others without a green verdict, until it comes', async () => {
  using made = temporaryCheckout({
    'features/good.feature': feature('it works'),
    'steps/all.steps.ts': steps,
  })
  for (const shard of ['1', '2']) {
    expect(await made.runbook('run', '--shard', `${shard}/2`)).toMatchObject({ exitCode: 0 })
    cpSync(join(made.folder, 'reports'), join(made.folder, `shard${shard}`), { recursive: true })
  }
  const merge = (...files: string[]) => made.runbook('report', 'merge', ...files, '-o', 'all')
  const expected = { exitCode: 3, output: expect.stringMatching(/^INCONCLUSIVE[\s\S]*1 passed/) }
  expect(await merge('shard1/messages.ndjson')).toMatchObject(expected)
  expect(await merge('all/messages.ndjson')).toMatchObject(expected)
  const gate = JSON.parse(readFileSync(join(made.folder, 'all/gate.json'), 'utf8'))
  expect(gate.reasons).toEqual([
    expect.objectContaining({ message: expect.stringContaining('Nothing is known of shard 2/2') }),
  ])
  expect(await merge('all/messages.ndjson', 'shard2/messages.ndjson')).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining('2 passed'),
  })
})

it('a shard that was gone on with is still that shard', async () => {
  using made = temporaryCheckout({
    'features/good.feature': feature('it works now and then'),
    'steps/all.steps.ts': steps,
  })
  const cli = 'support/cli/bootstrap.cjs'
  const red = await made.run('node', [cli, 'run', '--shard', '2/2'], { BREAK: 'now and then' })
  expect(red.exitCode).toBe(1)
  expect(await made.runbook('run', '--rerun')).toMatchObject({ exitCode: 0 })
  const merge = (...files: string[]) => made.runbook('report', 'merge', ...files, '-o', 'all')
  // Nothing of its first run counts any more.
  expect(await merge('reports/messages.ndjson')).toMatchObject({ exitCode: 3 })
  cpSync(join(made.folder, 'reports'), join(made.folder, 'shard2'), { recursive: true })
  await made.runbook('run', '--shard', '1/2')
  expect(await merge('reports/messages.ndjson', 'shard2/messages.ndjson')).toMatchObject({ exitCode: 0 })
})

it('a run of everything makes up for a shard that is not there', async () => {
  using made = temporaryCheckout({
    'features/good.feature': feature('it works'),
    'steps/all.steps.ts': steps,
  })
  await made.runbook('run', '--shard', '1/2')
  cpSync(join(made.folder, 'reports'), join(made.folder, 'shard1'), { recursive: true })
  await made.runbook('run')
  const files = ['shard1/messages.ndjson', 'reports/messages.ndjson']
  expect(await made.runbook('report', 'merge', ...files, '-o', 'all')).toMatchObject({ exitCode: 0 })
})

it('shards that did not share out the same scenarios are refused: some may be left to none of them', async () => {
  using made = temporaryCheckout({
    'features/good.feature': feature('it works'),
    'steps/all.steps.ts': steps,
  })
  const shard = async (folder: string, ...args: string[]) => {
    expect(await made.runbook('run', ...args)).toMatchObject({ exitCode: 0 })
    cpSync(join(made.folder, 'reports'), join(made.folder, folder), { recursive: true })
  }
  await shard('whole', '--shard', '2/2')
  await shard('named', '--shard', '1/2', '--name', 'two')
  await shard('left', '--shard', '3/3', '--name', 'one')
  // Round robin: with one more before it, shard 1 has what shard 2 had.
  const more = goodPage({ address: 'early' })
  writeFileSync(join(made.folder, 'features/early.feature'), more)
  await shard('other', '--shard', '1/2')
  rmSync(join(made.folder, 'features/early.feature'))
  await shard('first', '--shard', '1/2')
  await shard('third', '--shard', '1/3')
  await shard('second', '--shard', '2/3')
  const merge = (...folders: string[]) =>
    made.runbook('report', 'merge', ...folders.map((each) => `${each}/messages.ndjson`), '-o', 'all')
  expect(await merge('first', 'whole')).toMatchObject({ exitCode: 0 })
  for (const folders of [
    ['named', 'whole'],
    ['other', 'whole'],
    ['third', 'second', 'left'],
  ]) {
    const { exitCode, output } = await merge(...folders)
    expect.soft({ folders, exitCode, output }).toEqual({
      folders,
      exitCode: 2,
      output: expect.stringContaining('its shards didn’t share out the same scenarios'),
    })
    for (const folder of folders)
      expect
        .soft(output)
        .toMatch(new RegExp(`${folder}/messages.ndjson: shard ./. of \\d scenarios \\(\\w{12}\\)`))
  }
})

it('a shard that is left without a scenario is green by itself, and the first one never is', async () => {
  using made = temporaryCheckout({
    'features/good.feature': feature('it works'),
    'steps/all.steps.ts': steps,
    'reports/summary.md': 'of an earlier run',
  })
  const shard = (asked: string, ...args: string[]) => made.runbook('run', '--shard', asked, ...args)
  expect(await shard('3/3')).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining('fewer than shards'),
  })
  const gate = JSON.parse(readFileSync(join(made.folder, 'reports/gate.json'), 'utf8'))
  expect(gate).toMatchObject({ verdict: 'passed', reasons: [{ code: 'RBK_EMPTY_SHARD' }] })
  expect(readFileSync(join(made.folder, 'reports/summary.md'), 'utf8')).toContain('Shard 3/3 is left without')
  expect(await shard('1/3', '--name', 'nosuch')).toMatchObject({ exitCode: 2 })
  // What it leaves is merged with the others.
  for (const number of [1, 2, 3]) {
    rmSync(join(made.folder, 'reports'), { recursive: true })
    await shard(`${number}/3`)
    cpSync(join(made.folder, 'reports'), join(made.folder, `shard${number}`), { recursive: true })
  }
  const files = [1, 2, 3].map((number) => `shard${number}/messages.ndjson`)
  const all = await made.runbook('report', 'merge', ...files, '-o', 'all')
  expect(all).toMatchObject({ exitCode: 0, output: expect.stringContaining('2 passed') })
  // Again from what it wrote itself, where the empty one is a run that never began: the same.
  expect(await made.runbook('report', 'merge', 'all/messages.ndjson', '-o', 'all')).toMatchObject({
    exitCode: 0,
  })
})

it('runs with other steps are refused, also where the line that tells it is lost', async () => {
  using made = temporaryCheckout({
    'features/good.feature': feature('it works'),
    'steps/all.steps.ts': steps,
  })
  for (const name of ['one', 'two']) {
    writeFileSync(join(made.folder, 'steps/all.steps.ts'), `${steps}// for ${name}\n`)
    expect(await made.runbook('run', '--name', name)).toMatchObject({ exitCode: 0 })
    cpSync(join(made.folder, 'reports'), join(made.folder, name), { recursive: true })
  }
  const merge = () =>
    made.runbook('report', 'merge', 'one/messages.ndjson', 'two/messages.ndjson', '-o', 'all')
  const refused = { exitCode: 2, output: expect.stringContaining('they ran with different steps') }
  expect(await merge()).toMatchObject(refused)
  const file = join(made.folder, 'two/messages.ndjson')
  const lost = readFileSync(file, 'utf8').replace(/^.*"text\/vnd\.runbook\.files".*\n/m, '')
  writeFileSync(file, lost)
  expect(await merge()).toMatchObject(refused)
})

const product = { name: 'any', version: '1' }
const meta = JSON.stringify({
  meta: { protocolVersion: '1', implementation: product, runtime: product, os: product, cpu: product },
})

it('runbook report merge writes nothing when a file can’t be read', async () => {
  using made = temporaryCheckout({
    'a.ndjson': `${meta}\n{"testRun\n${meta}\n`,
    'b.ndjson': '{"testRunFinished":{"success":true}}\n',
  })
  expect(await made.runbook('report', 'merge', 'a.ndjson', '-o', 'all')).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining('a.ndjson:2 is not JSON'),
  })
  expect(await made.runbook('report', 'merge', 'b.ndjson', '-o', 'all')).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining('b.ndjson:1 is not a whole message, testRunFinished: lacks timestamp'),
  })
  expect(await made.runbook('report', 'merge', 'nosuch.ndjson', '-o', 'all')).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining('nosuch.ndjson can’t be read'),
  })
  expect(existsSync(join(made.folder, 'all'))).toBe(false)
})
