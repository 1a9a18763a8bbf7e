import type { StepDefinition } from '../affected/step-definitions'
import { nearest } from '../nearest'
import { found, type LintFinding } from './finding'
import type { UsedStep } from './used-steps'

/**
 * Steps that no definition matches. A step that can't be told from the source of the definitions is left to cucumber, as
 * are all of them where there are no definitions.
 */
export function stepFindings(
  steps: readonly UsedStep[],
  definitions: readonly StepDefinition[],
): LintFinding[] {
  if (definitions.length === 0) return []
  return steps.flatMap(({ text, spot }) => {
    if (definitions.some(({ pattern }) => pattern.test(text))) return []
    const what = `no step definition matches “${text}”`
    return [found('steps', spot, what, `${meant(text, definitions)}docs/steps.md lists what a step can say`)]
  })
}

/** What a misspelt step was to be; a value in it is none of its words. */
function meant(step: string, definitions: readonly StepDefinition[]): string {
  const words = step.replaceAll(/"[^"]*"/g, '{string}').replaceAll(/\d+/g, '{int}')
  const texts = definitions.map(({ text }) => text)
  const [text] = nearest(words, texts, 1)
  return text === undefined ? '' : `did you mean “${text}”? `
}
