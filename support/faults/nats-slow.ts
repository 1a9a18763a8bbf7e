import type { Lookout } from '../lab/lookout'
import type { Fault } from './fault'
import { natsAnswers } from './nats-asked'
import type { NatsPath } from './nats-path'

/** The way from pods to NATS lets so many KiB a second through, as over a bad link. */
export function natsSlow(path: NatsPath, lookout: Lookout, kibibytes: number): Fault {
  return {
    name: `NATS is behind a link of ${kibibytes} KiB a second`,
    async inject() {
      await path.leadThroughToxiproxy()
      await path.proxy.poison({ type: 'bandwidth', stream: 'downstream', attributes: { rate: kibibytes } })
    },
    heal: () => path.leadStraight(),
    proveInForce: () =>
      natsAnswers(lookout, ({ isGood, bytes, ms }) => isGood && bytes / ms < kibibytes * 1.25),
    proveHealed: () => natsAnswers(lookout, ({ isGood }) => isGood),
  }
}
