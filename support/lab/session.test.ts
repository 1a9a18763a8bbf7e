import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Session } from './session'

const empty: Session = { format: 1, startedAt: '2026-11-23T00:00:00Z', versions: [], images: [], lanes: [] }

describe('the session file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-session-'))
  const file = join(folder, 'sessions', 'lab.json')
  let session: typeof import('./session.js')

  beforeAll(async () => {
    vi.stubEnv('RUNBOOK_HOME', folder)
    session = await import('./session.js')
    mkdirSync(join(folder, 'sessions'))
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })

  it('is read as it was written, by its owner only', () => {
    session.writeSession(empty)
    expect(session.readSession()).toEqual(empty)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['is cut off', '{"format": 1, "lanes": ['],
    ['is of another format', '{"format": 0, "lanes": []}'],
    ['has no lanes', '{"format": 1}'],
  ])('that %s is as good as none: the lab is made anew', (_, text) => {
    writeFileSync(file, text)
    expect(session.readSession()).toBeUndefined()
  })

  it('is forgotten with what is private to its lanes', () => {
    session.writeSession(empty)
    mkdirSync(session.laneFolder(0))
    writeFileSync(session.baselineFile(0), '[]')
    session.forgetSession()
    expect(session.readSession()).toBeUndefined()
    expect(() => readFileSync(session.baselineFile(0))).toThrow()
  })
})
