import { beforeAll, beforeEach, expect, it } from 'vitest'
import type { BackupScripts } from './backup-scripts'
import type { JetStream } from './connection'
import type { LocalServers } from './local-servers'
import { closedAfterAll, scriptsAtServers } from './scripts-at-servers'

let servers: LocalServers
let jetstream: JetStream
let scripts: BackupScripts

const closing = closedAfterAll()

beforeAll(async () => {
  ;({ servers, jetstream, scripts } = await scriptsAtServers(closing, 3))
  await jetstream.manager.streams.add({ name: 'AUDIT', subjects: ['audit.>'], num_replicas: 3 })
  await jetstream.client.publish('audit.one', 'a message')
}, 60_000)

beforeEach(() => scripts.clear())

it.each([
  ['that nobody answers is asked for twice', 'context deadline exceeded', 'NATS does not answer', 2],
  ['that stalls is asked for once', 'context canceled', 'NATS stopped sending stream AUDIT', 1],
])('a snapshot %s', async (_, words, cause, times) => {
  const putBack = scripts.inPlaceOfNats(noSnapshot(words))
  const { output, exitCode } = await scripts.backup()
  putBack()
  const asked = [1, 2, 3].filter((time) => scripts.hasRun(`${words}-${time}`))
  expect(asked).toHaveLength(times)
  expect(output).toContain(`backup failed: ${cause}`)
  expect(exitCode).toBe(10)
  expect(scripts.files).toEqual([])
})

/** Each time that a snapshot is asked for, it fails in these words. */
function noSnapshot(words: string): string {
  return `
[[ $* == *'backup stream'* ]] || exec "$NATS" "$@"
for TIME in 1 2 3; do
  [[ -e "$0.${words}-$TIME" ]] || { touch "$0.${words}-$TIME"; break; }
done
echo 'nats: error: ${words}' >&2
exit 1`
}

it('a snapshot whose request was lost with the leader is asked for once more', async () => {
  const { config, cluster } = await jetstream.manager.streams.info('AUDIT')
  expect(config.num_replicas).toBe(3)
  const leader = servers.sites.findIndex(({ name }) => name === `server ${cluster?.leader}`)
  const putBack = scripts.inPlaceOfNats(leaderGoes(servers.pid(leader)))
  const others = servers.sites.toSpliced(leader, 1)
  const { output, exitCode } = await scripts.backup({
    NATS_URL: others.map(({ server }) => server).join(','),
  })
  putBack()
  expect(scripts.hasRun('gone')).toBe(true)
  expect(output).toMatch(/^stream: AUDIT +1 messages +0 consumers/m)
  expect(exitCode).toBe(0)
}, 90_000)

/** The leader answers all that comes before the snapshot, and then nothing any more; the others choose another. */
function leaderGoes(pid: number): string {
  return `
if [[ $* == *'backup stream'* && ! -e $0.gone ]]; then
  touch "$0.gone"
  kill -STOP ${pid}
fi
exec "$NATS" "$@"`
}
