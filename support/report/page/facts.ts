import type { ScenarioReport } from '../model'

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
