import { readCatalogue } from '../lab/catalogue'
import { findEngine } from '../lab/engine'
import { staleParts } from '../lab/lab'
import { labContainers } from '../lab/leftovers'
import { labHolder } from '../lab/lock'
import { readSession } from '../lab/session'

/** `runbook status`: what is up, whether the next run can use it as it is, and where it can be reached. */
export async function status(): Promise<number> {
  const engine = await findEngine()
  if (!engine) {
    console.log('engine     none answers; the next run finds or starts one')
    return 0
  }
  process.env.DOCKER_HOST = engine.host
  console.log(`engine     ${engine.origin === 'private' ? 'private' : 'found'}, at ${engine.host}`)
  const holder = labHolder()
  console.log(`in use     ${holder === undefined ? 'no' : `by process ${holder}`}`)
  const session = readSession()
  if (!session) {
    console.log('lab        down')
    const left = await labContainers()
    if (left.length > 0)
      console.log(`left over  ${left.map(({ name }) => name).join(', ')}; the next start removes them`)
    return 0
  }
  console.log(`lab        up since ${session.startedAt}`)
  const catalogue = readCatalogue()
  for (const lane of session.lanes) {
    const { address } = lane
    const stale: string[] = []
    await staleParts(lane, catalogue, (line) => stale.push(line))
    console.log(`lane ${address.lane}     ${stale.length === 0 ? 'ready' : stale.join('; ')}`)
    console.log(`           kubeconfig ${address.cluster.kubeconfig}`)
    console.log(
      `           S3 ${address.s3.direct}  NATS ${address.nats.operated}  second site ${address.nats.secondSite}`,
    )
  }
  return 0
}
