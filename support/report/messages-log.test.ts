import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { MessagesLog } from './messages-log'

const folder = mkdtempSync(join(tmpdir(), 'messages-log-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'messages.ndjson')
beforeEach(() => writeFileSync(file, 'of the run before'))

const started = (id: string) => ({ testRunStarted: { id, timestamp: { seconds: 1, nanos: 0 } } })
const lines = (...ids: string[]) => ids.map((id) => `${JSON.stringify(started(id))}\n`).join('')

it('leaves what is there alone until it has begun', () => {
  const log = new MessagesLog(folder)
  log.append(started('lost'))
  log.end()
  expect(log.hasBegun).toBe(false)
  expect(readFileSync(file, 'utf8')).toBe('of the run before')
})

it('has on the disk what it was told, and leaves nothing else there', () => {
  const log = new MessagesLog(folder)
  log.begin([started('1'), started('2')])
  expect(readFileSync(file, 'utf8')).toBe(lines('1', '2'))
  log.append(started('3'))
  expect(readFileSync(file, 'utf8')).toBe(lines('1', '2', '3'))
  expect(readdirSync(folder)).toEqual(['messages.ndjson'])
  log.end()
  expect(log.hasBegun).toBe(false)
})
