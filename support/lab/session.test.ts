import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Lane, Session } from './session'

const empty: Session = { format: 1, startedAt: '2026-11-23T00:00:00Z', versions: [], images: [], lanes: [] }

const lane: Lane = {
  address: {
    lane: 0,
    network: 'n',
    cluster: { name: 'c', node: 'n', kubeconfig: '/k' },
    toolbox: 't',
    s3: { direct: 'http://s3', accessKey: 'a', secretKey: 's', region: 'r' },
    iam: 'http://iam',
    toxiproxy: 'http://toxiproxy',
    nats: {
      operated: 'nats://o',
      secondSite: 'nats://s',
      passwords: { app: 'a', backup: 'b', restore: 'r' },
    },
  },
  made: { cluster: '1', workloads: { nats: '2' }, services: '3', toolbox: '4' },
  internalKubeconfig: 'k',
}

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
    ['is JSON and wrong inside', JSON.stringify({ ...empty, lanes: [{ address: { lane: 0 } }] })],
    ['has a lane that is none', JSON.stringify({ ...empty, lanes: [null] })],
    ['is null', 'null'],
  ])('that %s is as good as none, and that is said: the lab is made anew', (_, text) => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    writeFileSync(file, text)
    expect(session.readSession()).toBeUndefined()
    expect(said.mock.calls).toEqual([
      [expect.stringMatching(/^The lab’s session .*lab\.json is damaged: .+\n$/)],
    ])
    said.mockRestore()
  })

  it('of a lab that is up is read, and whichever field of a lane is lost is damage', () => {
    session.writeSession({ ...empty, lanes: [lane] })
    expect(session.readSession()).toEqual({ ...empty, lanes: [lane] })
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    for (const part of ['address', 'made', 'internalKubeconfig'] as const) {
      const { [part]: _, ...less } = lane
      writeFileSync(file, JSON.stringify({ ...empty, lanes: [less] }))
      expect(session.readSession()).toBeUndefined()
    }
    expect(String(said.mock.calls[0]?.[0])).toContain('session.lanes[0]: lacks address')
    said.mockRestore()
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
