import type { StepDefinition } from '../affected/step-definitions'
import { found, type LintFinding } from './finding'
import type { UsedStep } from './used-steps'

/**
 * Doc strings that are run and aren't typed bash. Every rule of command blocks goes by the type, as does the copy button:
 * what runs without it is looked at by none of them.
 */
export function blockTypeFindings(
  steps: readonly UsedStep[],
  definitions: readonly StepDefinition[],
): LintFinding[] {
  const runs = definitions.filter(runsCommands)
  const blocks = new Map(
    steps.flatMap(({ text, written: { docString }, spot: { uri } }) =>
      docString && docString.mediaType !== 'bash' && runs.some(({ pattern }) => pattern.test(text))
        ? [[`${uri}:${docString.location.line}`, { docString, uri }] as const]
        : [],
    ),
  )
  return [...blocks.values()].map(({ docString: { mediaType = '', location, delimiter }, uri }) => {
    const what = `the step runs this, and it begins with ${delimiter}${mediaType}, so no rule of command blocks looks at it`
    return found('block-type', { uri, line: location.line }, what, `begin it with ${delimiter}bash`)
  })
}

function runsCommands({ uses = [] }: StepDefinition): boolean {
  return uses.some(({ noun, verb }) => noun === 'operator' && verb === 'run')
}
