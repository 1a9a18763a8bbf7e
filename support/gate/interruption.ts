import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Has a run that is told to stop (Ctrl-C, `kill`, a closed terminal) say so and end with the shell's code for that
 * signal, 130 for Ctrl-C. Without this the process would just be gone, past everything that happens at its exit. The
 * second signal ends it at once.
 *
 * @param tell takes what the person who stopped it should know
 */
export function endOnSignals(tell: (text: string) => void): void {
  for (const signal of signals) {
    process.once(signal, () => {
      tell(
        `\nInterrupted (${signal}). The lab stays up, and the next start puts back what the scenario left. To take it down: npx runbook down\n`,
      )
      process.exit(128 + constants.signals[signal])
    })
  }
}
