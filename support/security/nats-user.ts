import type { NatsConnection } from 'nats'
import { expectSame } from '../expect-same'
import type { Scenario } from '../scenario'

/** What the user of the backups asks for; each must be answered. */
const reads = [
  '$JS.API.INFO',
  '$JS.API.STREAM.NAMES',
  '$JS.API.STREAM.INFO.AGENTESE',
  '$JS.API.CONSUMER.LIST.AGENTESE',
]

/** What it must not send: to publish, to make, change and remove, to read single messages. The stream doesn't exist. */
const forbidden = [
  'agentese.try',
  ...['CREATE', 'UPDATE', 'DELETE', 'PURGE', 'RESTORE', 'MSG.DELETE', 'MSG.GET', 'LEADER.STEPDOWN'].map(
    (verb) => `$JS.API.STREAM.${verb}.RUNBOOK_TRY`,
  ),
  '$JS.API.CONSUMER.CREATE.RUNBOOK_TRY',
  '$JS.API.CONSUMER.DELETE.RUNBOOK_TRY.try',
  '$JS.API.DIRECT.GET.RUNBOOK_TRY',
  '$KV.try.try',
]

/** What it must not listen to: messages, and the answers that others get. */
const secret = ['agentese.>', '_INBOX.>', '_INBOX_restore.>', '$JS.>']

const aSnapshot = 'a snapshot of AGENTESE'

/** The NATS user of the backups, as the server treats it. */
export class NatsUser {
  constructor(private readonly scenario: Scenario) {}

  /** As that user, reading snapshots works and all else that was tried is refused. @throws RunbookFailed with what it can and mustn't, or can't and must */
  async onlyReadsSnapshots(): Promise<void> {
    const { operated, passwords } = this.scenario.lane.address.nats
    const { connect } = await import('nats')
    const connection = await connect({
      ...{ servers: operated, user: 'backup', pass: passwords.backup, ignoreClusterUpdates: true },
      inboxPrefix: '_INBOX_backup',
    })
    try {
      const answered = await Promise.all([
        ...reads.map((subject) => ask(connection, subject)),
        snapshot(connection),
      ])
      const refused = await refusals(connection)
      const expected = [
        ...[...reads, aSnapshot].map((what) => `answered ${what}`),
        ...[
          ...forbidden.map((subject) => `refused publish ${subject}`),
          ...secret.map((subject) => `refused subscription ${subject}`),
        ].toSorted(),
      ]
      const got = [
        ...answered.filter((what) => what !== undefined).map((what) => `answered ${what}`),
        ...refused.map((what) => `refused ${what}`),
      ]
      expectSame(
        'The NATS user "backup" may do something else than the page says',
        expected.join('\n'),
        got.join('\n'),
        'kubectl get configmap nats-config -n kgents-agents -o yaml',
      )
    } finally {
      await connection.close()
    }
  }
}

/** @returns the subject, if it was answered without an error */
async function ask(connection: NatsConnection, subject: string): Promise<string | undefined> {
  const answer = await connection.request(subject, '', { timeout: 2_000 }).catch(() => undefined)
  return answer?.json<{ error?: unknown }>().error === undefined && answer ? subject : undefined
}

/** Asks for a snapshot, to an inbox of the user's own, and lets it go. */
async function snapshot(connection: NatsConnection): Promise<string | undefined> {
  const deliver_subject = '_INBOX_backup.try'
  const pieces = connection.subscribe(deliver_subject)
  const body = JSON.stringify({ deliver_subject, no_consumers: true })
  const answer = await connection
    .request('$JS.API.STREAM.SNAPSHOT.AGENTESE', body, { timeout: 2_000 })
    .catch(() => undefined)
  pieces.unsubscribe()
  const { error } = answer?.json<{ error?: unknown }>() ?? { error: 'no answer' }
  return error ? undefined : aSnapshot
}

/** Tries everything forbidden. @returns what the server refused, sorted */
async function refusals(connection: NatsConnection): Promise<string[]> {
  const refused: string[] = []
  const listening = (async () => {
    for await (const { permissionContext } of connection.status() as AsyncIterable<Status>) {
      if (permissionContext) refused.push(`${permissionContext.operation} ${permissionContext.subject}`)
    }
  })()
  for (const subject of forbidden) connection.publish(subject, 'try')
  const subscriptions = secret.map((subject) => connection.subscribe(subject, { callback: () => undefined }))
  // The server answers in order: what it refused has been said when the flush is answered.
  await connection.flush()
  for (const subscription of subscriptions) if (!subscription.isClosed()) subscription.unsubscribe()
  await connection.flush()
  void listening.catch(() => undefined)
  return [...new Set(refused)].toSorted()
}

interface Status {
  readonly permissionContext?: { readonly operation: string; readonly subject: string }
}
