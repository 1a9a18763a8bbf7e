import type { Fault } from './fault'
import type { ToxicProxy } from './toxiproxy'

/** What a probe saw: it runs where the procedure runs, and isn't part of the runbook. */
export type Probe = (script: string) => Promise<{ exitCode: number | null; output: string }>

/** S3 refuses connections, as with an endpoint that is down. */
export function s3Refused(proxy: ToxicProxy, probe: Probe, endpoint: string): Fault {
  const look = `curl --silent --show-error --max-time 5 --output /dev/null ${endpoint}`
  /** curl's own exit code for a refused connection. */
  const refused = 7
  return {
    name: 'S3 refuses connections',
    inject: () => proxy.enable(false),
    heal: () => proxy.enable(true),
    async proveInForce() {
      const { exitCode, output } = await probe(look)
      if (exitCode === refused) return output.trim()
      throw new Error(
        `a connection to ${endpoint} from the toolbox was not refused (curl exit ${exitCode}) ${output}`,
      )
    },
    async proveHealed() {
      const { exitCode, output } = await probe(look)
      if (exitCode === 0) return `${endpoint} answers`
      throw new Error(`${endpoint} doesn't answer from the toolbox (curl exit ${exitCode}) ${output}`)
    },
  }
}
