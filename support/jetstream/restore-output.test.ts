import { rmSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { archiveName, type BackupScripts } from './backup-scripts'
import type { JetStream } from './connection'
import type { LocalServers } from './local-servers'
import { closedAfterAll, scriptsAtServers } from './scripts-at-servers'

let servers: LocalServers
let jetstream: JetStream
let scripts: BackupScripts
let archive: string

const closing = closedAfterAll()

beforeAll(async () => {
  ;({ servers, jetstream, scripts } = await scriptsAtServers(closing, 1))
  const { AckPolicy } = await import('nats')
  const { manager, client } = jetstream
  await manager.streams.add({ name: 'AGENTESE', subjects: ['agentese.>'] })
  await manager.consumers.add('AGENTESE', { durable_name: 'worker', ack_policy: AckPolicy.Explicit })
  for (let index = 0; index < 50; index++) await client.publish('agentese.x', `message ${index}`)
  const consumer = await client.consumers.get('AGENTESE', 'worker')
  for (let index = 0; index < 7; index++) await (await consumer.next())?.ackAck()
  expect(await scripts.backup()).toMatchObject({ exitCode: 0 })
  archive = scripts.archives[0] ?? ''
})

const server = () => `server: n0, NATS 2.15.2, user restore at ${servers.site.server}`
const verifying = () => expect.stringMatching(new RegExp(`^verifying: ${archive}, [\\d.]+ [KM]?i?B$`))
const verified = () =>
  expect.stringMatching(new RegExp(`^archive: ${archive}, verified; taken \\S+Z from n0, NATS 2.15.2$`))
const stream = 'AGENTESE                       50 messages    1 consumers  sequences 1 to 50'
const size = expect.stringMatching(/^restoring: AGENTESE, [\d.]+ [KM]?i?B$/)
/** Of a stream that exists: what it holds, and what of that the archive lacks, which is nothing. */
const exists = 'exists: AGENTESE, 50 messages to sequence 50; the archive has 50 to 50'

describe('restore says, line by line,', () => {
  it('what an archive holds', async () => {
    const { output, exitCode } = await scripts.restore(['--inspect', archive])
    expect(output.split('\n')).toEqual([
      verifying(),
      verified(),
      expect.stringMatching(/^finished: \S+Z; made with nats CLI 0.5.0, format NATSARC1$/),
      'holds: 1 streams, 50 messages, 1 consumers',
      expect.stringMatching(/^file: [\d.]+ [KM]?i?B, sha256 [0-9a-f]{64}$/),
      `stream: ${stream}`,
      'consumer: AGENTESE worker, acknowledged to sequence 7',
    ])
    expect(exitCode).toBe(0)
  })

  // More names than a pipe holds: bash writes them to a file, and /tmp is not to be written to in a pod.
  it('what the newest of some thousand archives holds, where only its own folders can be written', async () => {
    const older = Array.from({ length: 3000 }, (_, hours) => archiveName(1 + hours / 24))
    for (const name of older) scripts.put(name, '')
    const { output, exitCode } = await scripts.restoreInPod(['--inspect', 'latest'])
    for (const name of older) rmSync(scripts.path(name))
    expect(output).toContain('holds: 1 streams, 50 messages, 1 consumers')
    expect(exitCode).toBe(0)
  })

  it('what it would do', async () => {
    const { output, exitCode } = await scripts.restore(['--replace', '--confirm', 'AGENTESE', '--dry-run'])
    expect(output.split('\n')).toEqual([
      verifying(),
      verified(),
      server(),
      'replicas: 1, since the target is a single server',
      exists,
      'would remove: AGENTESE',
      `would restore: ${stream}`,
      'restore --dry-run: nothing was changed',
    ])
    expect(exitCode).toBe(0)
  })

  it('what it did, and how long the parts of that took', async () => {
    const { output, exitCode } = await scripts.restore(['--replace', '--confirm', 'AGENTESE'])
    expect(output.split('\n')).toEqual([
      verifying(),
      verified(),
      server(),
      'replicas: 1, since the target is a single server',
      exists,
      'replacing: removed stream AGENTESE',
      size,
      `restored: ${stream}`,
      expect.stringMatching(
        /^time: archive at hand [\d.]+ s, verified [\d.]+ s, restored [\d.]+ s, compared [\d.]+ s$/,
      ),
      expect.stringMatching(new RegExp(`^restore: succeeded in \\d+ s: 1 stream of ${archive}, verified$`)),
    ])
    // None of these is done in less than a hundredth of a second: a program is started for each.
    for (const part of ['verified', 'restored', 'compared']) expect(output).not.toContain(`${part} 0.00 s`)
    expect(exitCode).toBe(0)
  })

  it('how far it is with what takes long', async () => {
    const slow =
      'if [[ $* == *"backup restore stream"* ]]; then exec 9<"$6/stream.arc.s2"; sleep 1.2; fi\nexec "$NATS" "$@"'
    const putBack = scripts.inPlaceOfNats(slow)
    const { output, exitCode } = await scripts.restore(['--replace', '--confirm', 'AGENTESE'], {
      PROGRESS_SECONDS: '1',
    })
    putBack()
    expect(output).toMatch(/^restoring: AGENTESE, 0 B of [\d.]+ [KM]?i?B sent$/m)
    expect(exitCode).toBe(0)
  })
})
