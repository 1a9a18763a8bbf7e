import { describe, expect, it } from 'vitest'
import type { CommandRun } from './attachment'
import { commandLine, painter } from './console-text'
import { Progress } from './progress'
import { cucumberRun } from './testing/cucumber-run'
import { sample } from './testing/sample'
import { settled } from './testing/settled'

const told = async (
  args: readonly string[],
  options: { verbose?: boolean; usual?: ReadonlyMap<string, number> } = {},
) => {
  const { envelopes } = await cucumberRun(sample, args)
  const progress = new Progress({ paint: painter(false), verbose: false, usual: new Map(), ...options })
  return settled(envelopes)
    .map((envelope) => progress.update(envelope))
    .join('')
}

describe('the console', () => {
  it('tells a run as it happens, a failure in full at its place', async () => {
    expect(await told(['features/nats-backup/backup-now.feature'])).toMatchInlineSnapshot(`
      "
      Take a NATS backup now  features/nats-backup/backup-now.feature
        1.1 No backup is running
          $ kubectl get jobs -n kgents-agents -l app=nats-backup  ok 0.2 s
          ✓ 0.8 s
        2.1 Start a backup by hand
          $ kubectl create job --from=cronjob/nats-backup backup-before-change -n kgent… (+1 line)  exit 1 after 1 min
          ✗ failed after 1.2 s
            Job backup-before-change did not complete
              expected  Complete=True within 60 s
              got       Failed=True (BackoffLimitExceeded)
              after     12.4 s
              last seen pod nats-backup-7kq2p exit 1: "no responders available"
              next      See whether NATS answers; then delete the Job and start it again.
              repeat    kubectl logs -n kgents-agents job/backup-before-change
            features/nats-backup/backup-now.feature:17  #nats-backup-now.2.1
        4.1 Remove the archive again
          $ kubectl delete job backup-before-change -n kgents-agents  ok 0.1 s
          ✓ 0.8 s
        4.2 The archive is pruned with its Job
          ◇ known defect after 0.5 s: archive 20261123T020011Z.tgz is still there
      "
    `)
  })

  it('prints what commands printed when it is asked to', async () => {
    expect(await told(['--name', 'No backup is running'], { verbose: true })).toContain(
      '      │ No resources found in kgents-agents namespace.\n',
    )
  })

  it('keeps the lines of scenarios that run side by side together', async () => {
    const lines = (await told(['--parallel', '2']))
      .split('\n')
      .filter((line) => /^ {2}\S|^ {4}[✓✗◇]/.test(line))
    expect(lines.map((line) => /^ {4}/.test(line))).toEqual(lines.map((_, index) => index % 2 === 1))
    expect(lines).toHaveLength(18)
  })

  it('says how long is left when it knows how long a scenario usually takes', async () => {
    const usual = new Map([['nats-backup-now.1.1', 40_000]])
    expect(await told(['--name', 'No backup is running'], { usual })).toContain('about 40 s left')
  })
})

it.each([
  [
    'JOB=slow-$(date -u +%Y%m%d)\nkubectl create job "$JOB"',
    '$ kubectl create job "$JOB" (+1 line)  ok 0.2 s',
  ],
  ['# why\n(\n  set -euo pipefail\n  ls\n)', '$ ls (+4 lines)  ok 0.2 s'],
  ['DAYS=3 backup', '$ DAYS=3 backup  ok 0.2 s'],
  ['A=1\nB=$(ls)', '$ A=1 (+1 line)  ok 0.2 s'],
])('a block is told by the first line that does something: %j', (script, line) => {
  const ended = {
    exitCode: 0,
    signal: null,
    timedOut: false,
    expectedFailure: false,
    output: [],
    omittedBytes: 0,
  }
  const run: CommandRun = { script, sha256: '', durationMs: 200, deadlineMs: 60_000, ...ended }
  expect(commandLine(run, painter(false))).toBe(line)
})
