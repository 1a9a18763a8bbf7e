import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { RunbookFailed } from '../errors'
import type { Kubernetes } from '../kubernetes/client'
import { BackupVolume } from './backup-volume'

const folder = mkdtempSync(join(tmpdir(), 'runbook-volume-'))
const name = 'nats-20261127T020000Z.tar.gz'

/** A volume that is a folder of this machine; nothing of Kubernetes is asked. */
class FolderVolume extends BackupVolume {
  protected async path(): Promise<string> {
    return folder
  }

  protected async beside(script: string, argument: string): Promise<string> {
    return (await execa('bash', ['-euo', 'pipefail', '-c', script, 'bash', argument])).stdout
  }
}

const volume = new FolderVolume({} as Kubernetes)

beforeEach(() => {
  for (const each of readdirSync(folder)) rmSync(join(folder, each), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Packs an archive of these files. */
async function pack(files: Readonly<Record<string, string>>): Promise<void> {
  const from = mkdtempSync(join(tmpdir(), 'runbook-archive-'))
  for (const [path, text] of Object.entries(files)) writeFileSync(join(from, path), text)
  await execa('tar', ['--create', '--gzip', '--file', join(folder, name), ...Object.keys(files)], {
    cwd: from,
  })
  rmSync(from, { recursive: true })
}

describe('the newest archive', () => {
  it('is read with its manifest and the sha256 of each file', async () => {
    await pack({ 'manifest.json': '{"streams": []}', data: 'data' })
    const { file, manifest } = await volume.newest()
    expect(manifest).toEqual({ streams: [] })
    expect(await volume.checksumsOf(file)).toBe(
      '3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7  data',
    )
  })

  it.each([
    [
      'is cut off',
      async () => writeFileSync(join(folder, name), Buffer.from('1f8b08', 'hex')),
      'gzip: stdin',
    ],
    ['has no manifest', () => pack({ data: 'data' }), 'data'],
    ['has a manifest that is no JSON', () => pack({ 'manifest.json': 'oops' }), 'no JSON: oops'],
  ])('that %s is the fault of the backup, not of the lab', async (_, make, got) => {
    await make()
    const thrown = await volume.newest().catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(RunbookFailed)
    expect(thrown).toMatchObject({
      code: 'RBK_ARCHIVE_UNREADABLE',
      account: { got: expect.stringContaining(got) },
    })
  })
})
