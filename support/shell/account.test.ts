import { describe, expect, it } from 'vitest'
import { EndReader } from './account'

const nonce = 'n0nce'

describe('the end of a stream', () => {
  const fields = [
    '768',
    '12',
    '0',
    '2',
    'sleep 100',
    '',
    '1',
    '3',
    '0',
    'false',
    '127',
    '4',
    '2',
    'nosuch -x',
  ]
  const whole = `printed \0n0 ${end(...fields)}`

  it('is found wherever the pieces were cut, and stays out of the output', () => {
    for (let size = 1; size <= whole.length; size++) {
      const reader = new EndReader(nonce)
      let own = ''
      for (let at = 0; at < whole.length; at += size) {
        expect(reader.complete).toBe(false)
        own += reader.pass(Buffer.from(whole.slice(at, at + size)))
      }
      expect(own + reader.rest()).toBe('printed \0n0 ')
      expect(reader.complete).toBe(true)
      expect(reader.account()).toEqual({
        exitCode: 3,
        signal: null,
        durationMs: 12,
        abandoned: false,
        leftRunning: ['sleep 100', ''],
        failedLines: [
          { exitCode: 1, line: 3, depth: 0, command: 'false' },
          { exitCode: 127, line: 4, depth: 2, command: 'nosuch -x' },
        ],
      })
    }
  })

  it('that never comes leaves the output whole and no account', () => {
    const reader = new EndReader(nonce)
    const own = reader.pass(Buffer.from(`killed \0${nonce}`))
    expect(`${own}${reader.rest()}`).toBe(`killed \0${nonce}`)
    expect(reader.account()).toBeUndefined()
  })

  it('that is cut off is no account', () => {
    const reader = new EndReader(nonce)
    reader.pass(Buffer.from(end('768', '12').slice(0, -3)))
    expect(reader.complete).toBe(false)
    expect(reader.account()).toBeUndefined()
  })
})

it.each([
  ['15', { exitCode: null, signal: 'SIGTERM' }],
  ['139', { exitCode: null, signal: 'SIGSEGV' }], // 11, with a core dump
  [String(137 << 8), { exitCode: 137, signal: null }],
  ['0', { exitCode: 0, signal: null }],
])('reads the wait status %s', (status, expected) => {
  const reader = new EndReader(nonce)
  reader.pass(Buffer.from(end(status, '1', '1', '0')))
  expect(reader.account()).toMatchObject({ ...expected, abandoned: true, failedLines: [], leftRunning: [] })
})

it('tells a block that could not be started from one that failed', () => {
  const reader = new EndReader(nonce)
  reader.pass(Buffer.from(end('256', '3', '0', '0', 'broken', '0', '0', 'bash: No such file\n')))
  expect(reader.account()?.broken).toBe('bash: No such file\n')
})

function end(...fields: string[]): string {
  return ['', nonce, ...fields, nonce, ''].join('\0')
}
