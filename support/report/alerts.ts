import type { Runbook } from './model'

/** The alerts that runbooks are for, in the order of the alphabet, each with its runbooks. */
export function alertsOf(
  runbooks: readonly Runbook[],
): Array<readonly [alert: string, runbooks: readonly Runbook[]]> {
  const alerts = [...new Set(runbooks.flatMap((runbook) => runbook.alerts))].sort()
  return alerts.map((alert) => [alert, runbooks.filter((runbook) => runbook.alerts.includes(alert))] as const)
}
