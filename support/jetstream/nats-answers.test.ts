import { beforeAll, expect, it } from 'vitest'
import { type BackupScripts, passwords, usersConfig } from './backup-scripts'
import { JetStream } from './connection'
import { LocalServers } from './local-servers'
import { closedAfterAll, scriptsAtServers } from './scripts-at-servers'

let scripts: BackupScripts

const closing = closedAfterAll()

beforeAll(async () => {
  const opened = await scriptsAtServers(closing, 1)
  scripts = opened.scripts
  await withConsumer(opened.servers)
})

async function withConsumer({ site }: LocalServers): Promise<void> {
  await using jetstream = await JetStream.open(site)
  await jetstream.manager.streams.add({ name: 'AGENTESE', subjects: ['agentese.>'] })
  await jetstream.manager.consumers.add('AGENTESE', { durable_name: 'worker' })
}

it('silence is not taken for a stream without consumers', async () => {
  const mute = usersConfig().replace('"$JS.API.CONSUMER.LIST.*"', '')
  expect(mute).not.toBe(usersConfig())
  await using server = await LocalServers.start(1, mute)
  await withConsumer(server)
  const { output, exitCode } = await scripts.backup({ NATS_URL: server.site.server })
  expect(output).toContain('Permissions Violation for Publish to "$JS.API.CONSUMER.LIST.AGENTESE"')
  expect(exitCode).toBe(11)
  expect(scripts.files).toEqual([])
})

/** As a cluster answers while a consumer that was just made has no leader yet. */
const notYet = `
if [[ $* == *CONSUMER.LIST* && ! -e $0.asked ]]; then
  touch "$0.asked"
  echo '{"total":1,"offset":0,"limit":256,"consumers":[],"missing":["worker"]}'
  exit 0
fi
exec "$NATS" "$@"`

it('a consumer that has not answered yet is asked for again', async () => {
  const putBack = scripts.inPlaceOfNats(notYet)
  const { output, exitCode } = await scripts.backup()
  putBack()
  expect(output).toMatch(/^stream: AGENTESE +0 messages +1 consumers {2}empty$/m)
  expect(exitCode).toBe(0)
})

const refused = `
if [[ $* == *CONSUMER.LIST* ]]; then
  echo '{"error":{"code":503,"err_code":10077,"description":"consumers are out of reach"}}'
  exit 0
fi
exec "$NATS" "$@"`

it('an error in the place of the consumers is told', async () => {
  scripts.clear()
  const putBack = scripts.inPlaceOfNats(refused)
  const { output, exitCode } = await scripts.backup()
  putBack()
  expect(output).toContain('backup failed: the consumers of stream AGENTESE cannot be listed')
  expect(output).toContain('why: consumers are out of reach')
  expect(exitCode).toBe(13)
  expect(scripts.files).toEqual([])
})

it('an account without JetStream is named', async () => {
  const accounts = `accounts {
    APP { jetstream: enabled, users: [ { user: app, password: "${passwords.app}" } ] }
    OTHER { users: [ { user: backup, password: "${passwords.backup}" } ] } }`
  await using server = await LocalServers.start(1, accounts)
  const { output, exitCode } = await scripts.backup({ NATS_URL: server.site.server })
  expect(output).toContain(`backup failed: JetStream is not enabled at ${server.site.server}`)
  expect(output).toMatch(/ {2}next: the NATS log says why/)
  expect(exitCode).toBe(10)
})
