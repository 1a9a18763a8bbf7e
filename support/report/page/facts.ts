import type { ScenarioReport } from '../model'
import { isFlaky } from '../state'

/**
 * What a procedure can be filtered by, as it is written in the search: `is:failed tag:degraded persona:on-call
 * severity:critical system:nats-restore`. One that passed only when it was tried again is `is:flaky` too.
 */
export function factsOf(scenario: ScenarioReport): string {
  const { state, tags, uri } = scenario
  const plain = tags.map((tag) => tag.slice(1))
  const named = plain.filter((tag) => /^(persona|severity|alert):/.test(tag))
  const others = plain.filter((tag) => !/^(persona|severity|alert|runbook|formerly):/.test(tag))
  return [
    `is:${state.replace(' ', '-')}`,
    ...(isFlaky(scenario) ? ['is:flaky'] : []),
    ...named,
    ...others.map((tag) => `tag:${tag}`),
    `system:${uri.split('/').at(-2) ?? ''}`,
  ].join(' ')
}
