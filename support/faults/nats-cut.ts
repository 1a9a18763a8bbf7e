import { eventually } from '../eventually'
import type { Lookout } from '../lab/lookout'
import type { Fault } from './fault'
import type { NatsPath } from './nats-path'

/** What a server takes in one message, less what its protocol adds. */
const largestKibibytes = 1_000

/** Every connection from a pod to NATS is cut after so many KiB of what the pod sends: small streams pass, others don't. */
export function natsCut(path: NatsPath, lookout: Lookout, kibibytes: number): Fault {
  return {
    name: `Connections to NATS are cut after ${kibibytes} KiB`,
    async inject() {
      await path.leadThroughToxiproxy()
      await path.proxy.poison({
        type: 'limit_data',
        stream: 'upstream',
        attributes: { bytes: kibibytes * 1024 },
      })
    },
    async heal() {
      await path.leadStraight()
    },
    proveInForce: () =>
      eventually({ name: 'a connection to NATS that is cut', ms: 20_000 }, async () => {
        const [small, large] = [await sends(lookout, 16), await sends(lookout, largestKibibytes)]
        const seen = `16 KiB: ${small}; ${largestKibibytes} KiB: ${large}`
        return small === 'answered' && large !== 'answered' ? { found: seen } : { seen }
      }),
    proveHealed: () =>
      eventually({ name: 'a connection to NATS that is not cut', ms: 20_000 }, async () => {
        const large = await sends(lookout, largestKibibytes)
        const seen = `${largestKibibytes} KiB: ${large}`
        return large === 'answered' ? { found: seen } : { seen }
      }),
  }
}

/** Sends a request of that size from where backups run. */
async function sends(lookout: Lookout, kibibytes: number): Promise<string> {
  const { output } = await lookout.run(
    `{ printf '{"offset":0'; head --bytes=${kibibytes - 1}K /dev/zero | tr '\\0' ' '; printf '}'; } |
     nats --inbox-prefix=_INBOX_backup --timeout=2s request --raw '$JS.API.STREAM.NAMES' 2>&1 | head --bytes=300`,
  )
  return output.includes('stream_names_response') ? 'answered' : output.trim().slice(0, 200) || 'no answer'
}
