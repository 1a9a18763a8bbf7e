import { afterAll } from 'vitest'
import { BackupScripts, usersConfig } from './backup-scripts'
import { JetStream } from './connection'
import { LocalServers } from './local-servers'

/** What the tests of a file open with `use` is closed after the last of them, the last first. */
export function closedAfterAll(): AsyncDisposableStack {
  const closing = new AsyncDisposableStack()
  afterAll(() => closing.disposeAsync())
  return closing
}

/**
 * NATS servers with the published users, a connection of the application's, and the scripts that reach every server.
 *
 * @param settings other environment variables for every run of a script
 */
export async function scriptsAtServers(
  closing: AsyncDisposableStack,
  size: number,
  settings: Readonly<Record<string, string>> = {},
) {
  const servers = closing.use(await LocalServers.start(size, usersConfig()))
  const jetstream = closing.use(await JetStream.open(servers.site))
  const all = servers.sites.map(({ server }) => server).join(',')
  const scripts = closing.use(await BackupScripts.open(all, settings))
  return { servers, jetstream, scripts }
}
