import { eventually } from '../eventually'
import { accountState } from '../jetstream/account'
import { apply } from '../kubernetes/apply'
import { backupImage } from '../lab/lookout'
import { namespace } from '../lab/namespace'
import type { Scenario } from '../scenario'

const name = 'agent-gateway'

/** Applications as many are: one makes its stream where it's missing and publishes to it, one keeps a stream in memory. */
export class Application {
  constructor(private readonly scenario: Scenario) {}

  /** An application has made a stream beside the data that is kept in memory, and empty as yet. */
  async keepsInMemory(stream: string): Promise<void> {
    const { StorageType } = await import('nats')
    const config = { name: stream, subjects: [stream.toLowerCase()], storage: StorageType.Memory }
    await this.scenario.lane.operated.manager.streams.add(config)
  }

  /** A stream of another name takes what was published for one that is gone. */
  async makes(stream: string, subject: string): Promise<void> {
    await this.scenario.lane.operated.manager.streams.add({ name: stream, subjects: [subject] })
  }

  /** An application runs that makes its stream wherever it's missing: the stream is there again, without what it held. */
  async recreates(stream: string): Promise<void> {
    const { kubernetes, operated } = this.scenario.lane
    const script = `while :; do
        nats stream info ${stream} >/dev/null || nats stream add ${stream} --subjects='${stream.toLowerCase()}.>' --replicas=3 --defaults
        nats publish ${stream.toLowerCase()}.heartbeat '{{Time}}' --count=5 --sleep=100ms --jetstream
      done >/dev/null 2>&1`
    const labels = { app: name }
    await apply(kubernetes, [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace, labels },
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              // With 0 the pod is gone from the API while its container still publishes.
              terminationGracePeriodSeconds: 1,
              containers: [
                {
                  name: 'gateway',
                  image: backupImage,
                  imagePullPolicy: 'IfNotPresent',
                  command: ['bash', '-c', script],
                  env: [
                    { name: 'NATS_URL', value: 'nats://nats:4222' },
                    { name: 'NATS_USER', value: 'app' },
                    {
                      name: 'NATS_PASSWORD',
                      valueFrom: { secretKeyRef: { name: 'nats-auth', key: 'app-password' } },
                    },
                    { name: 'HOME', value: '/tmp' },
                  ],
                },
              ],
            },
          },
        },
      },
    ])
    await eventually({ name: `a new stream ${stream} of the application`, ms: 40_000 }, async () => {
      const state = (await accountState(operated))[stream]
      return state && state.messages > 0
        ? { found: undefined }
        : { seen: state ? 'it is there, and empty' : 'it is not there' }
    })
  }
}
