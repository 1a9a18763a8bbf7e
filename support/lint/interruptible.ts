import { type Envelope, PickleStepType } from '@cucumber/messages'
import type { StepDefinition } from '../affected/step-definitions'
import { found, type LintFinding } from './finding'

/** Scenarios of which the same end state is promised however often they are begun, and that look at no state. */
export function interruptibleFindings(
  envelopes: readonly Envelope[],
  definitions: readonly StepDefinition[],
): LintFinding[] {
  // A step that no definition matches is told by itself.
  const isOfOutput = (text: string) =>
    definitions.some((definition) => definition.pattern.test(text) && looksAtOutput(definition))
  return envelopes.flatMap(({ pickle }) => {
    if (!pickle?.tags.some(({ name }) => name === '@interruptible')) return []
    const thens = pickle.steps.filter(({ type }) => type === PickleStepType.OUTCOME)
    if (thens.some(({ text }) => !isOfOutput(text))) return []
    const spot = { uri: pickle.uri, line: pickle.location?.line ?? 1 }
    const what = `"${pickle.name}" is @interruptible, and none of its Thens looks further than the output`
    return [
      found('interruptible', spot, what, 'add a Then about what the blocks came to, or take the tag away'),
    ]
  })
}

function looksAtOutput({ uses }: StepDefinition): boolean {
  return uses?.every(({ noun }) => noun === 'operator') ?? false
}
