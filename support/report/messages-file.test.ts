import type { Envelope } from '@cucumber/messages'
import { beforeAll, expect, it } from 'vitest'
import { junit } from './junit'
import { readMessages } from './messages-file'
import { reportOf } from './report'
import { summary } from './summary'
import { cucumberRun } from './testing/cucumber-run'
import { sample } from './testing/sample'

let envelopes: readonly Envelope[]
beforeAll(async () => {
  envelopes = (await cucumberRun(sample)).envelopes
})

const text = (messages: readonly unknown[]) => messages.map((each) => `${JSON.stringify(each)}\n`).join('')
const damageOf = (messages: readonly unknown[]) => {
  const { damaged } = readMessages(text(messages))
  return damaged && `${damaged.line} ${damaged.what}`
}
const indexOf = (kind: keyof Envelope) => envelopes.findIndex((envelope) => envelope[kind])

it('a run that cucumber wrote is whole, and so are two of them', () => {
  expect(readMessages(text(envelopes))).toEqual({ envelopes })
  expect(damageOf([...envelopes, ...envelopes])).toBeUndefined()
})

it('a run of several workers that tries again is whole, too', async () => {
  const run = await cucumberRun(sample, ['--parallel', '2', '--retry', '1'])
  expect(damageOf(run.envelopes)).toBeUndefined()
})

it.each([
  ['gherkinDocument', 'pickle', 'gherkinDocument'],
  ['pickle', 'testCase', 'pickle'],
  ['testCase', 'testCaseStarted', 'testCase'],
  ['testCaseStarted', 'testStepStarted', 'testCaseStarted'],
] as const)('without a %s the %s that goes with it is damage', (lost, damaged, missing) => {
  const whole = envelopes.toSpliced(indexOf(lost), 1)
  expect(damageOf(whole)).toMatch(new RegExp(`^\\d+ is a ${damaged} of a ${missing} that isn’t there$`))
})

it('without its beginning, or a run between others without its own, it is damaged', () => {
  for (const lines of [1, 2, 50, envelopes.length - 1])
    expect(damageOf(envelopes.slice(lines))).toBe('1 is not the meta that a run begins with')
  const begins = envelopes.length + indexOf('testRunStarted')
  expect(damageOf([...envelopes, ...envelopes.slice(1)])).toBe(
    `${begins} is a testRunStarted of a meta that isn’t there`,
  )
})

it('what is JSON and wrong inside is damage, told by its line and its field', () => {
  const wrong = (kind: keyof Envelope, value: unknown) => {
    const index = indexOf(kind)
    return [damageOf(envelopes.with(index, { [kind]: value } as Envelope)), index + 1]
  }
  const [result, resultLine] = wrong('testStepFinished', {
    ...envelopes[indexOf('testStepFinished')]?.testStepFinished,
    testStepResult: undefined,
  })
  expect(result).toBe(`${resultLine} is not a whole message, testStepFinished: lacks testStepResult`)
  const [ended, endedLine] = wrong('testRunFinished', { success: true })
  expect(ended).toBe(`${endedLine} is not a whole message, testRunFinished: lacks timestamp`)
  expect(damageOf([null])).toBe('1 is not a cucumber message')
  expect(damageOf(['meta'])).toBe('1 is not a cucumber message')
})

it('whichever field is lost, it is damage or there is a report all the same', () => {
  // One of each kind: the others are alike.
  const samples = new Map(envelopes.map((envelope, index) => [Object.keys(envelope)[0], index] as const))
  for (const index of samples.values()) {
    for (const less of withoutAField(envelopes[index])) {
      const { envelopes: read, damaged } = readMessages(text(envelopes.with(index, less as Envelope)))
      if (damaged) continue
      const report = reportOf(read)
      expect(junit(report) + summary(report)).not.toBe('')
    }
  }
})

/** A value as often as it has fields, at any depth, each time without one of them. */
function withoutAField(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => {
    const put = (changed: unknown) =>
      Array.isArray(value) ? value.with(Number(name), changed) : { ...value, [name]: changed }
    return [...(Array.isArray(value) ? [] : [put(undefined)]), ...withoutAField(each).map(put)]
  })
}
