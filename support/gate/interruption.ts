import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Has a run that is told to stop (Ctrl-C, `kill`, a closed terminal) say so and end with the shell's code for that
 * signal, 130 for Ctrl-C. Without this the process would just be gone, past everything that happens at its exit. The
 * second signal ends it at once.
 *
 * @param tell takes what the person who stopped it should know
 * @param isElsewhere whether the run is on an existing cluster
 */
export function endOnSignals(tell: (text: string) => void, isElsewhere = false): void {
  for (const signal of signals) {
    process.once(signal, () => {
      const what = isElsewhere
        ? 'What the scenario did on the existing cluster stays; its page says how to undo it. To remove the toolbox that had access there: npx runbook down'
        : 'The lab stays up, and the next start puts back what the scenario left. To take it down: npx runbook down'
      tell(`\nInterrupted (${signal}). ${what}\n`)
      process.exit(128 + constants.signals[signal])
    })
  }
}
