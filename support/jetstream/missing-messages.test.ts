import { beforeAll, expect, it } from 'vitest'
import { type BackupScripts, passwords } from './backup-scripts'
import type { JetStream } from './connection'
import { closedAfterAll, scriptsAtServers } from './scripts-at-servers'

let jetstream: JetStream
let scripts: BackupScripts

const closing = closedAfterAll()

beforeAll(async () => {
  ;({ jetstream, scripts } = await scriptsAtServers(closing, 1))
  await jetstream.manager.streams.add({ name: 'AGENTESE', subjects: ['agentese.>'] })
  for (let count = 0; count < 5; count += 1) await jetstream.client.publish('agentese.x', 'message')
})

/** What was read of a stream, changed, as it comes from the nats CLI; `before` is run in that moment. */
const read = (change: string, before = ':') => `
[[ $* == *'backup info'* ]] || exec "$NATS" "$@"
${before}
"$NATS" "$@" | jq '${change}'`

it.each([
  ['in the middle of a stream', '.messages -= 1', '1 message'],
  ['at the end of a stream', '.declared.last_seq -= 2', '2 messages'],
])('a hole %s is no backup', async (_, change, messages) => {
  const putBack = scripts.inPlaceOfNats(read(change))
  const { output, exitCode } = await scripts.backup()
  putBack()
  expect(output).toContain('backup failed: the backup of stream AGENTESE lacks messages; no archive was made')
  expect(output).toContain(`at least ${messages} that the server has did not arrive`)
  expect(exitCode).toBe(13)
  expect(scripts.files).toEqual([])
})

it('what an application removes while a stream is read is no hole', async () => {
  const asApplication = `NATS_USER=app NATS_PASSWORD=${passwords.app}`
  const removing = `${asApplication} "$NATS" stream rmm AGENTESE 2 --force >/dev/null`
  const putBack = scripts.inPlaceOfNats(read('.messages -= 1', removing))
  const { output, exitCode } = await scripts.backup()
  putBack()
  expect(output).toMatch(/^backup: succeeded/m)
  expect(exitCode).toBe(0)
  expect((await jetstream.manager.streams.info('AGENTESE')).state.messages).toBe(4)
})
