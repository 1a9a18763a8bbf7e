import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../eventually'
import { useEngine } from '../lab/engine'
import { goodPage } from '../lint/testing/good-page'
import { hasLab, sayLeftOut } from '../shell/test-toolbox'
import { onExistingCluster, runbooks, setUp } from './on-existing-cluster'
import { OwnLab } from './own-lab'

sayLeftOut('own-lab.test.ts')

// What a block prints is shown once it can't be the beginning of a secret any more: hence the numbers.
const feature = goodPage({
  check: `Scenario: it works
  When the operator runs:
    """bash
    echo here
    """
  Then the output shows "here"

Scenario: S3 is away for long
  Given S3 refuses connections
  When the operator runs:
    """bash
    echo under way; seq 500; sleep 301
    """

Scenario: the store is asked
  When the operator runs:
    """bash
    aws s3api create-bucket --bucket kgents-dr-backups
    echo under way; seq 500; sleep 3
    """
  Then 0 archives are in the bucket

${setUp}`,
})
const named = (name: string) => ['run', 'features/life.feature', '--name', name]

/** One lab through its life, in the order below: each test begins where the one before it ended. */
describe.runIf(hasLab)('a lab of its own', () => {
  const lab = new OwnLab({ 'features/life.feature': feature, ...runbooks })
  let half: string[] = []

  beforeAll(async () => {
    await useEngine(() => undefined)
    await lab.runbook('down', '--keep-engine')
  })
  afterEach(() => lab.killAll())
  afterAll(async () => {
    await lab.runbook('down', '--keep-engine')
    lab[Symbol.dispose]()
  })

  it('is killed while it starts', async () => {
    lab.damageSession('{"format": 1, "lanes": [')
    const start = lab.start('up')
    await start.says('starting lane 0')
    // The network, the services, and the node with its volume.
    half = await eventually({ name: 'a half-made lab', ms: 60_000 }, async () => {
      const things = await lab.things()
      return things.length >= 4 ? { found: things } : { seen: `${things.length} things` }
    })
    start.kill()
    expect((await start.ended).signal).toBe('SIGKILL')
  })

  it('starts all the same, past a damaged session, and nothing of the half-made one is left', async () => {
    const started = await lab.runbook('up')
    expect(started).toMatchObject({ exitCode: 0, output: expect.stringContaining('The lab is up: 1 lane') })
    expect(started.output).toContain('lab.json is damaged')
    expect(await lab.left(half)).toEqual([])
    expect(lab.session.lanes).toHaveLength(1)
  }, 400_000)

  it('is interrupted under a fault: the run says so and ends with 130, and gives no verdict', async () => {
    const run = lab.start(...named('S3 is away for long'))
    await run.says('under way\n')
    run.interrupt()
    expect(await run.ended).toMatchObject({
      exitCode: 130,
      output: expect.stringContaining('Interrupted (SIGINT). The lab stays up'),
    })
    expect(() => readFileSync(join(lab.checkout.folder, 'reports', 'gate.json'))).toThrow()
  })

  it('is at its baseline again at the next start, even when that is killed in turn', async () => {
    const run = lab.start(...named('S3 is away for long'))
    await run.says('under way\n')
    expect(await lab.s3Passes()).toBe(false)
    run.kill()
    await run.ended
    expect(await lab.s3Passes()).toBe(false)
    const next = await lab.runbook(...named('it works'))
    expect(next.exitCode).toBe(0)
    expect(lab.messages).toContain('proxy s3: refuses connections')
    const { address } = lab.session.lanes[0] ?? expect.fail('no lane')
    const { s3 } = (await (await fetch(`${address.toxiproxy}/proxies`)).json()) as {
      s3: { enabled: boolean }
    }
    expect(s3.enabled).toBe(true)
    expect(await lab.processes()).not.toContain('sleep 301')
  })

  it('is put back by `reset` too, after which there is nothing to put back', async () => {
    const run = lab.start(...named('S3 is away for long'))
    await run.says('under way\n')
    run.kill()
    await run.ended
    expect(await lab.runbook('reset')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('proxy s3: refuses connections'),
    })
    expect(await lab.s3Passes()).toBe(true)
    expect(await lab.processes()).not.toContain('sleep 301')
    expect((await lab.runbook('reset')).output.trim()).toBe('Every scenario begins in this state already.')
  })

  it('shows nothing when a fault does not take', async () => {
    const file = join(lab.checkout.folder, 'support/faults/s3-refused.ts')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('inject: () => proxy.enable(false)', 'inject: async () => undefined'))
    const run = await lab.runbook(...named('S3 is away for long'))
    writeFileSync(file, text)
    expect(run).toMatchObject({
      exitCode: 3,
      output: expect.stringContaining('The fault "S3 refuses connections" did not take'),
    })
  })

  it('that dies in mid-run is told from a runbook that is wrong, with what died and what to do', async () => {
    const run = lab.start(...named('the store is asked'))
    await run.says('under way\n')
    await lab.killContainer('runbook-lab/minio')
    const { exitCode, output } = await run.ended
    expect(output).toMatch(/Lane 0 died under this scenario: MinIO.* no longer answers?\n/)
    expect(output).toContain('repeat    npx runbook up')
    expect(exitCode).toBe(3)
  })

  it('has only what died made anew by the next run', async () => {
    const { cluster } = lab.session.lanes[0]?.address ?? expect.fail('no lane')
    const next = await lab.runbook(...named('the store is asked'))
    expect(next).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining("lane 0: services is made anew, MinIO doesn't answer"),
    })
    expect(lab.session.lanes[0]?.address.cluster).toEqual(cluster)
  })

  it('whose session file names a toolbox that is gone gets another', async () => {
    await lab.killContainer('runbook-lab/toolbox')
    const next = await lab.runbook(...named('it works'))
    expect(next).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining("lane 0: toolbox is made anew, the toolbox doesn't answer"),
    })
  })

  onExistingCluster(lab)

  it('is gone after `down`, with its networks and volumes', async () => {
    const things = await lab.things()
    expect(things.length).toBeGreaterThan(7)
    expect(await lab.runbook('down', '--keep-engine')).toMatchObject({ exitCode: 0 })
    expect(await lab.left(things)).toEqual([])
    expect(() => lab.session).toThrow()
  })
})
