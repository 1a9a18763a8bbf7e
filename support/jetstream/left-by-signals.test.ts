import { beforeAll, expect, it } from 'vitest'
import type { BackupScripts } from './backup-scripts'
import type { JetStream } from './connection'
import { closedAfterAll, scriptsAtServers } from './scripts-at-servers'

let jetstream: JetStream
let scripts: BackupScripts

const closing = closedAfterAll()

beforeAll(async () => {
  ;({ jetstream, scripts } = await scriptsAtServers(closing, 1))
  await jetstream.manager.streams.add({ name: 'AGENTESE', subjects: ['agentese.>'] })
  await jetstream.manager.streams.add({ name: 'ORDERS', subjects: ['orders.>'] })
  await jetstream.client.publish('agentese.x', 'message')
  expect((await scripts.backup()).exitCode).toBe(0)
})

/** A signal that reaches the script in the moment in which the stream is gone and not yet restored. */
const signalled = (signal: string) => `
"$NATS" "$@" || exit
if [[ $* == *'stream rm ORDERS'* ]]; then
  for up in "$PPID" "$(ps -o ppid= -p "$PPID")"; do
    [[ $(ps -o args= -p "$up") != *'/restore --replace'* ]] || kill -${signal} "$up"
  done
fi`

it.each([
  ['a terminal that was closed', 'HUP', 129],
  ['a pipe that nobody reads from', 'PIPE', 141],
  ['a pod that is ended', 'TERM', 143],
])('a restore that is ended by %s says what it left, and how to go on', async (_, signal, code) => {
  const putBack = scripts.inPlaceOfNats(signalled(signal))
  const args = ['--replace', '--confirm', 'AGENTESE', '--confirm', 'ORDERS']
  const { output, exitCode } = await scripts.restore(args)
  putBack()
  expect(output).toContain(`restore failed: it ended unexpectedly with exit code ${code}`)
  expect(output).toContain('  left: stream ORDERS, perhaps removed (complete: AGENTESE; not begun: none)')
  const [, next = ''] = output.match(/^ {2}then: restore (.*)$/m) ?? []
  expect(exitCode).toBe(code)
  const went = await scripts.restore(next.split(' '))
  expect(went.output).toMatch(/^restored: ORDERS /m)
  expect(went.exitCode).toBe(0)
})

/** A signal that reaches the script while it waits for what NATS says. */
const endedMeanwhile = `
of() { ps -o "$1=" -p "$2" | tr --delete ' '; }
up=$PPID
while [[ $(of args "$(of ppid "$up")") == *backup-status ]]; do up=$(of ppid "$up"); done
kill -TERM "$up"
`

it('a look that is ended does not pass for one that found what is broken', async () => {
  const putBack = scripts.inPlaceOfNats(endedMeanwhile)
  const { output, exitCode } = await scripts.status({ ARCHIVE_MAX_AGE_HOURS: '0' })
  putBack()
  expect(output).toContain('check: archive: BROKEN')
  expect(output).toContain('backup-status failed: it ended unexpectedly with exit code 143')
  expect(exitCode).toBe(143)
})
