import { describe, expect, it } from 'vitest'
import { Refused } from '../kubernetes/client'
import { podLogs } from './pod-logs'

const spec = { initContainers: [{ name: 'first' }], containers: [{ name: 'nats' }, { name: 'sidecar' }] }

/** As the API server answers: by container, and with 400 where none is named of several. */
function cluster(logs: Readonly<Record<string, string | Refused>>) {
  return {
    ask: async <T>() => ({ items: [{ metadata: { name: 'nats-0' }, spec }] }) as T,
    text: async (
      _: string,
      path: string,
      { query }: { query?: Readonly<Record<string, string | undefined>> } = {},
    ) => {
      expect(path).toBe('/api/v1/namespaces/x/pods/nats-0/log')
      const log =
        logs[query?.container ?? ''] ?? badRequest('a container name must be specified for pod nats-0')
      if (log instanceof Refused) throw log
      return log
    },
  }
}

const badRequest = (message: string) => new Refused(400, 'BadRequest', message)

describe('the logs of pods', () => {
  it('are those of every container', async () => {
    const logs = { first: 'began', nats: 'listens', sidecar: 'reloads' }
    expect(await podLogs(cluster(logs), 'x')).toEqual(
      Object.entries(logs).map(([container, text]) => ({ pod: 'nats-0', container, text })),
    )
  })

  it.each([
    'container "nats" in pod "nats-0" is waiting to start: PodInitializing',
    'container "nats" in pod "nats-0" is waiting to start: trying and failing to pull image',
    'container "nats" in pod "nats-0" is not available',
    'pod nats-0 does not have a host assigned',
  ])('are empty for what never ran: %s', async (message) => {
    const found = await podLogs(cluster({ first: 'began', nats: badRequest(message), sidecar: '' }), 'x')
    expect(found.map(({ text }) => text)).toEqual(['began', '', ''])
  })

  it.each([
    badRequest('a container name must be specified for pod nats-0, choose one of: [nats sidecar]'),
    badRequest('previous terminated container "nats" in pod "nats-0" not found'),
    new Refused(403, 'Forbidden', 'pods "nats-0" is forbidden: container is waiting to start'),
  ])('that can’t be read are an error, whatever they may hold: %s', async (refused) => {
    await expect(podLogs(cluster({ first: '', nats: refused, sidecar: '' }), 'x')).rejects.toBe(refused)
  })
})
