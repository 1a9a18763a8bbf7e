import type { Runbook, ScenarioReport } from '../model'

/**
 * What a procedure can be filtered by, as it is written in the search: `is:failed tag:degraded persona:on-call
 * severity:critical system:nats-restore`. A run that took more than one try is `is:flaky` too.
 */
export function factsOf({ state, tags, uri, attempts }: ScenarioReport): string {
  const plain = tags.map((tag) => tag.slice(1))
  const named = plain.filter((tag) => /^(persona|severity|alert):/.test(tag))
  const others = plain.filter((tag) => !/^(persona|severity|alert|runbook|formerly):/.test(tag))
  return [
    `is:${state.replace(' ', '-')}`,
    ...(attempts.length > 0 ? ['is:flaky'] : []),
    ...named,
    ...others.map((tag) => `tag:${tag}`),
    `system:${uri.split('/').at(-2) ?? ''}`,
  ].join(' ')
}

/** The alerts that runbooks are for, in the order of the alphabet, each with its runbooks. */
export function alertsOf(
  runbooks: readonly Runbook[],
): Array<readonly [alert: string, runbooks: readonly Runbook[]]> {
  const alerts = [...new Set(runbooks.flatMap((runbook) => runbook.alerts))].sort()
  return alerts.map((alert) => [alert, runbooks.filter((runbook) => runbook.alerts.includes(alert))] as const)
}
