import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Mask } from '../evidence/mask'
import type { CommandResult } from './command-result'
import type { Chunk } from './output'
import { reportable, shownAtEachEnd } from './reportable'

const secret = 'hunter2hunter2'
const mask = new Mask([{ name: 'password', value: secret }])
let reports: string

beforeEach(async () => {
  reports = await mkdtemp(join(tmpdir(), 'reportable-'))
})

afterEach(() => rm(reports, { recursive: true }))

it('shows a short output whole, masked, with each stream in its place', async () => {
  const attachment = await reportable(
    result([
      { stream: 'stdout', text: 'it is hunter2' },
      { stream: 'stderr', text: 'warning\n' },
      { stream: 'stdout', text: 'hunter2.\n' },
    ]),
    mask,
    reports,
  )
  expect(attachment).toEqual({
    script: 'login [secret: password]',
    sha256: 'abcdef0123456789',
    exitCode: 0,
    signal: null,
    startedAt: '2026-11-24T01:02:03.004Z',
    durationMs: 5,
    deadlineMs: 1000,
    timedOut: false,
    flooded: false,
    expectedFailure: false,
    failedLines: [{ line: 1, exitCode: 1, depth: 0, command: 'login [secret: password]' }],
    leftRunning: ['agent [secret: password]'],
    output: [
      { stream: 'stdout', text: 'it is [secret: password]' },
      { stream: 'stderr', text: 'warning\n' },
      { stream: 'stdout', text: '.\n' },
    ],
    omittedBytes: 0,
  })
  expect(await readdir(reports)).toEqual([])
})

it('shows both ends of a long output, and keeps the whole in a file of its own', async () => {
  const long = result([
    { stream: 'stdout', text: `first ${'a'.repeat(shownAtEachEnd)}` },
    { stream: 'stderr', text: `${secret} ${'€'.repeat(1000)}` },
    { stream: 'stdout', text: `${'b'.repeat(shownAtEachEnd)} last` },
  ])
  const attachment = await reportable(long, mask, reports, true)
  expect(attachment.output[0]?.text.slice(0, 8)).toBe('first aa')
  expect(attachment.output.at(-1)?.text.slice(-6)).toBe('b last')
  expect(attachment.omittedBefore).toBe(1)
  expect(attachment.expectedFailure).toBe(true)
  expect(attachment.fullOutput).toBe('evidence/command-20261124010203004-abcdef012345.txt')

  const whole = await readFile(join(reports, attachment.fullOutput ?? ''), 'utf8')
  expect(whole).not.toContain(secret)
  const parts = attachment.output.map((chunk) => chunk.text)
  const middle = whole.slice(parts[0]?.length, -(parts[1]?.length ?? 0))
  expect(parts).toHaveLength(2)
  expect(parts[0] + middle + parts[1]).toBe(whole)
  expect(attachment.omittedBytes).toBe(Buffer.byteLength(middle))

  const again = await reportable(long, mask, reports)
  expect(again.fullOutput).toBe('evidence/command-20261124010203004-abcdef012345-2.txt')
})

it('leaves no half characters where it cuts', async () => {
  const text = `x${'😀'.repeat(shownAtEachEnd)}`
  const attachment = await reportable(result([{ stream: 'stdout', text }]), mask, reports)
  const shown = attachment.output.map((chunk) => chunk.text).join('')
  expect(Buffer.from(shown).toString()).toBe(shown)
  expect(Buffer.byteLength(shown) + attachment.omittedBytes).toBe(Buffer.byteLength(text))
})

function result(output: readonly Chunk[]): CommandResult {
  return {
    script: `login ${secret}`,
    sha256: 'abcdef0123456789',
    exitCode: 0,
    signal: null,
    startedAt: new Date('2026-11-24T01:02:03.004Z'),
    durationMs: 5,
    deadlineMs: 1000,
    timedOut: false,
    flooded: false,
    output,
    failedLines: [{ line: 1, exitCode: 1, depth: 0, command: `login ${secret}` }],
    leftRunning: [`agent ${secret}`],
  }
}
