import { setWorldConstructor, World } from '@cucumber/cucumber'
import { HarnessMisused } from './errors'
import { type Nouns, nounNames } from './nouns'
import type { Place } from './place'
import type { Scenario } from './scenario'

/** What hooks see of a scenario. */
class ScenarioWorld extends World<{ readonly verbose?: boolean }> {
  /** Whether the step after the one that runs expects its command to fail. */
  failureIsClaimed = false

  /** Whether blocks are cut off between their commands and pasted again. */
  isInterruptible = false

  /** The scenario, if its place was made ready for it. */
  begun: Scenario | undefined

  private nouns: Nouns | undefined

  /** Begins a scenario where all is ready for it. */
  begin(place: Place): Scenario {
    const put = (body: string, mediaType: string) => this.attach(body, mediaType)
    const { scenario, nouns } = place.begin(put, this.parameters.verbose === true)
    this.begun = scenario
    this.nouns = nouns
    return scenario
  }

  /** @throws HarnessMisused when no scenario has begun */
  noun<Name extends keyof Nouns>(name: Name): Nouns[Name] {
    if (this.nouns) return this.nouns[name]
    throw new HarnessMisused('RBK_NO_LANE', {
      attempted: 'A step runs outside a scenario that has a place to run in',
      next: 'Run the runbooks with the project’s cucumber.js, which loads support/hooks.ts.',
    })
  }
}

for (const name of nounNames) {
  Object.defineProperty(ScenarioWorld.prototype, name, {
    get(this: ScenarioWorld) {
      return this.noun(name)
    },
  })
}

/** What steps see: one verb a step, by noun (support/nouns.ts). */
export type RunbookWorld = ScenarioWorld & Nouns

setWorldConstructor(ScenarioWorld)
