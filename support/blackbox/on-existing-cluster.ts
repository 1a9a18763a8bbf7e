import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkout } from '../lab/home'
import type { OwnLab } from './own-lab'

/** The true runbooks: some of them are run on the lab's cluster as if it were somebody else's. */
export const runbooks: Readonly<Record<string, string>> = Object.fromEntries(
  globSync('features/**/*.feature', { cwd: checkout }).map((path) => [
    path,
    readFileSync(join(checkout, path), 'utf8'),
  ]),
)

/** A scenario that leaves a backup behind, off-site copy and all: what an existing cluster has. */
export const setUp = `Scenario: the backup is set up
  Given the backup CronJob is deployed
  And archives are copied off-site
  And one backup was taken
  When the operator runs:
    """bash
    kubectl create configmap of-others -n kgents-agents
    """`

/** Runs on the cluster of a lab that is up, as on one that was there before. It knows of it what a file says, and nothing of the lab. */
export function onExistingCluster(lab: OwnLab): void {
  const run = (...args: string[]) => lab.runbook('run', '--cluster', 'staging.yaml', ...args)
  const write = (changes: Readonly<Record<string, unknown>> = {}) =>
    writeFileSync(join(lab.checkout.folder, 'staging.yaml'), JSON.stringify({ ...fileOf(lab), ...changes }))

  it('is an existing cluster for a run that is told so: what reads runs, and what it can not do is told', async () => {
    await lab.runbook('run', 'features/life.feature', '--name', 'the backup is set up')
    write()
    const { exitCode, output } = await run('features/nats-backup', 'features/nats-restore')
    expect(output).toContain('on staging (context kind-runbook-lab-blackbox-0, https://')
    expect(output).toContain(
      'left out, it is @irreversible, and "allow" in the file of staging doesn\'t name',
    )
    expect(output).toContain('left out, it begins as only a lab does (@lab-only)')
    expect(output).toContain('Ask for the state of the backup')
    expect(output).not.toContain('Run the drill')
    expect(exitCode, output).toBe(0)
  }, 180_000)

  it('has a drill run on it once its file names that runbook, judged by what NATS holds', async () => {
    write({ allow: ['restore-drill'] })
    const { exitCode, output } = await run('features/nats-restore/restore-drill.feature')
    expect(exitCode, output).toBe(0)
    expect(output).toContain('Run the drill')
    // The second scenario's Job is there for the third, which removes it: nothing is put back in between.
    expect(lab.messages).toMatch(/whoever did it; nothing was put back:\\nJob drill-\d{8}-\d{6} is there/)
    expect(/job\.batch \S+drill\S+ deleted/.test(lab.messages)).toBe(true)
  }, 180_000)

  it('keeps what others have there, and gets none of the lab’s powers', async () => {
    const { output } = await lab.runbook('reset')
    expect(output).toContain('ConfigMap of-others: not in the baseline')
    expect(await lab.toolboxes()).toEqual(1)
  }, 180_000)

  it.each([
    [
      'another server',
      { server: 'https://127.0.0.1:1' },
      'leads to another cluster than the file of staging allows',
    ],
    ['another context', { context: 'production' }, 'has no context "production"'],
    ['a word that nobody knows', { alow: [] }, 'alow: not known here; did you mean allow?'],
  ])(
    'is refused with %s, before anything is asked of it',
    async (_, changes, told) => {
      write(changes)
      const { exitCode, output } = await run('features/nats-restore/restore-drill.feature')
      expect({ exitCode, output }).toMatchObject({ exitCode: 2, output: expect.stringContaining(told) })
    },
    60_000,
  )

  it('is refused for what its file does not name', async () => {
    write()
    const { exitCode, output } = await run('features/nats-restore/restore-one-stream.feature')
    expect(output).toContain('Nothing of what was asked for runs on staging')
    expect(exitCode).toBe(2)
  }, 60_000)
}

/** What an operator would write down of it. */
function fileOf(lab: OwnLab): object {
  const { cluster, nats, s3 } = lab.session.lanes[0]?.address ?? expect.fail('no lane')
  const config = parse(readFileSync(cluster.kubeconfig, 'utf8'))
  const site = (server: string) => ({ server, user: 'app', password: nats.passwords.app })
  return {
    kubeconfig: cluster.kubeconfig,
    context: config['current-context'],
    server: config.clusters[0].cluster.server,
    nats: site(nats.operated),
    secondSite: site(nats.secondSite),
    toolbox: {
      AWS_ENDPOINT_URL: s3.direct,
      AWS_REGION: s3.region,
      AWS_ACCESS_KEY_ID: s3.accessKey,
      AWS_SECRET_ACCESS_KEY: s3.secretKey,
    },
  }
}
