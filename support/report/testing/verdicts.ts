import { createHash } from 'node:crypto'
import { defects } from './defects'

/** One scenario for each way in which one can end; its title says what it has to come to. */
export const verdicts: Readonly<Record<string, string>> = {
  'features/gate/verdicts.feature': `@runbook:verdicts
Feature: Verdicts

  Rule: 1 passed
    Scenario: passed: every block ran as published
      Given a stream
      When the operator runs:
        """bash
        kubectl get pods
        """
    Scenario: passed: a non-zero exit that is claimed
      When the operator runs:
        """bash
        claimed
        """
    Scenario: passed: a secret in the block is masked in the report
      When the operator runs:
        """bash
        echo sesame
        """
    Scenario: passed: the claim comes in a later step
      When the operator runs:
        """bash
        later
        """
      Then it attaches a command:
        """
        {"script":"later","sha256":"${sha256('later')}","exitCode":7,"signal":null,"durationMs":120,"deadlineMs":60000,"timedOut":false,"expectedFailure":true,"output":[],"omittedBytes":0}
        """
    @degraded
    Scenario: passed: a fault that was in force and is healed
      Given the fault "S3 down" comes and goes
    @interruptible
    Scenario: passed: a block that was cut off
      When the operator runs:
        """bash
        cut off
        """
    @interruptible
    Scenario: passed: blocks that may not be cut off where they run
      Then it attaches a cutoffs:
        """
        {"behindLines":[],"leftOut":"the cluster is not the lab’s"}
        """

  Rule: 2 failed
    Scenario: failed: a step of the runbook
      Then it throws RunbookFailed:
        """
        The archive is empty
          expected  1204 messages
        """
    Scenario: failed: an error of no family, in a step
      Then it throws TypeError:
        """
        undefined is not a function
        """
    Scenario: failed: a non-zero exit that nobody claims
      When the operator runs:
        """bash
        unclaimed
        """
    Scenario: failed: a command that hung
      When the operator runs:
        """bash
        hangs
        """
    Scenario: failed: a line in the middle
      When the operator runs:
        """bash
        middle
        """
    Scenario: failed: a claim doesn't cover a command that hung
      When the operator runs:
        """bash
        stuck
        """
    Scenario: failed: a claim doesn't cover what was left running
      When the operator runs:
        """bash
        leaves
        """
    @says-failed
    Scenario: failed: the After hook says so
      Then it throws Error:
        """
        odd
        """
    Scenario: failed: NATS answers the harness that something isn’t there
      Then it throws NatsError:
        """
        stream not found
        """

  Rule: 3 misuse
    Scenario: misuse: an undefined step
      Given a stream
      Then nobody wrote this step
    Scenario: misuse: a pending step
      Then it is pending
    Scenario: misuse: an ambiguous step
      Given it is ambiguous
    Scenario: misuse: no steps
    Scenario: misuse: a block that never ran
      When the block never runs
        """bash
        kubectl get pods
        """
    Scenario: misuse: what ran is not what is published
      When the operator runs:
        """bash
        templated
        """
    Scenario: misuse: what ran is not typed as a command
      When the operator runs:
        """
        kubectl get pods
        """
    Scenario: misuse: what ran is typed as something else
      When the operator runs:
        """sh
        kubectl get pods
        """
    @interruptible
    Scenario: misuse: interruptible, and never cut off
      When the operator runs:
        """bash
        kubectl get pods
        """
    @interruptible
    Scenario: misuse: interruptible, and no block has two commands
      When the operator runs:
        """bash
        whole
        """
    Scenario: misuse: thrown
      Then it throws HarnessMisused:
        """
        x
        """

  Rule: 4 inconclusive
    Scenario: inconclusive: the lab broke
      Then it throws LabBroken:
        """
        MinIO is gone
        """
    Scenario: inconclusive: a skipped step
      Then it is skipped
    Scenario: inconclusive: a fault that was never healed
      Then it attaches a fault:
        """
        {"name":"S3 down","injectedAt":"2026-11-23T16:40:00Z","inForceAt":"2026-11-23T16:40:01Z","healedAt":null,"provenHealedAt":null,"proof":"refused"}
        """
    Scenario: inconclusive: a fault that was never in force
      Then it attaches a fault:
        """
        {"name":"S3 down","injectedAt":"2026-11-23T16:40:00Z","inForceAt":"","healedAt":"2026-11-23T16:40:02Z","provenHealedAt":"2026-11-23T16:40:02Z","proof":""}
        """
    @degraded
    Scenario: inconclusive: a degraded mode without a fault
      Given a stream
    Scenario: inconclusive: an attachment that can't be read
      Then it attaches garbage as verdict
    @broken-clean-up
    Scenario: inconclusive: the clean-up failed
      Given a stream
    @says-inconclusive
    Scenario: inconclusive: the After hook says so
      Then it throws RunbookFailed:
        """
        the fault was not in force
        """
    Scenario: inconclusive: NATS doesn’t answer the harness
      Then it throws NatsError:
        """
        TIMEOUT
        """
${defects}`,
  'outcomes.json': JSON.stringify({
    unclaimed: { run: { exitCode: 6, output: [{ stream: 'stderr', text: 'refused\n' }] } },
    claimed: { run: { exitCode: 6, expectedFailure: true } },
    later: { run: { exitCode: 7 } },
    hangs: { run: { exitCode: null, signal: 'SIGKILL', timedOut: true } },
    sesame: { masked: { script: 'echo ***' } },
    middle: { run: { failedLines: [{ line: 1, exitCode: 4, depth: 0, command: 'middle' }] } },
    leaves: {
      run: { exitCode: 6, expectedFailure: true, leftRunning: ['kubectl port-forward nats-0 4222'] },
    },
    stuck: { run: { exitCode: null, signal: 'SIGKILL', timedOut: true, expectedFailure: true } },
    'cut off': { attach: [['cutoffs', { behindLines: [1] }]] },
    whole: { attach: [['cutoffs', { behindLines: [] }]] },
    breaks: {
      run: { exitCode: 1, output: [{ stream: 'stdout', text: '0 streams' }] },
      fails: 'It did not back up',
    },
    templated: { run: { script: 'templated for staging' } },
  }),
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
