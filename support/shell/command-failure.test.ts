import { describe, expect, it } from 'vitest'
import { Mask } from '../evidence/mask'
import { failureOf } from './command-failure'
import type { CommandResult } from './command-result'

const mask = new Mask([{ name: 'nats-auth/password', value: 'hunter2hunter2' }])

describe('a block', () => {
  it('that ended with 0, line by line, worked', () => {
    expect(failureOf(result({}), mask)).toBeUndefined()
  })

  it('that ended with another exit code did not', () => {
    const failedLines = [{ line: 2, exitCode: 3, depth: 0, command: 'nats pub x --password hunter2hunter2' }]
    const output = [{ stream: 'stderr', text: 'nats: error: hunter2hunter2 is wrong\n' }] as const
    expect(failureOf(result({ exitCode: 3, failedLines, output }), mask)).toMatchInlineSnapshot(`
      [RunbookFailed: The command block failed with exit code 3
        expected  exit code 0 from every line, and nothing left running
        got       line 2, exit code 3: nats pub x --password [secret: nats-auth/password]
        after     1.5 s
        last seen nats: error: [secret: nats-auth/password] is wrong
        repeat    echo hi
                  nats pub x --password [secret: nats-auth/password]]
    `)
  })

  it('of which a line failed did not, whatever came after', () => {
    const failedLines = [{ line: 1, exitCode: 127, depth: 0, command: 'kubctl get pods' }]
    expect(failureOf(result({ failedLines }), mask)).toMatchInlineSnapshot(`
      [RunbookFailed: A line of the command block failed, and the block went on to exit code 0
        expected  exit code 0 from every line, and nothing left running
        got       line 1, exit code 127: kubctl get pods
        after     1.5 s
        last seen no output
        next      Mend the line. If its failure is right, claim it in a step, or say in the block what then: \`if\`, \`||\`.
        repeat    echo hi
                  nats pub x --password [secret: nats-auth/password]]
    `)
  })

  it.each([
    [{ timedOut: true, exitCode: null, signal: 'SIGKILL' }, 'RBK_COMMAND_DEADLINE', 'an end within 30 s'],
    [{ flooded: true, exitCode: null, signal: 'SIGKILL' }, 'RBK_COMMAND_FLOOD', 'at most 64 MiB of output'],
    [{ exitCode: null, signal: 'SIGTERM' }, 'RBK_COMMAND_SIGNAL', 'SIGTERM'],
    [{ leftRunning: ['kubectl port-forward nats-0 4222'] }, 'RBK_COMMAND_LEFT_RUNNING', 'port-forward'],
  ])('says what was wrong: %j', (wrong, code, words) => {
    const failure = failureOf(result(wrong), mask)
    expect(failure?.code).toBe(code)
    expect(failure?.message).toContain(words)
  })
})

function result(differing: Partial<CommandResult>): CommandResult {
  return {
    script: 'echo hi\nnats pub x --password hunter2hunter2\n',
    sha256: '00',
    exitCode: 0,
    signal: null,
    startedAt: new Date(0),
    durationMs: 1500,
    deadlineMs: 30_000,
    timedOut: false,
    flooded: false,
    output: [],
    failedLines: [],
    leftRunning: [],
    ...differing,
  }
}
