import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope, GherkinDocument, Step } from '@cucumber/messages'
import { type StepDefinition, stepFiles } from '../affected/step-definitions'
import { Tree } from '../affected/tree'
import type { Spot } from './finding'
import { stepsOf } from './page'

/** A step as cucumber would run it. */
export interface UsedStep {
  /** In an outline, with the values of a row. */
  readonly text: string
  readonly written: Step
  readonly spot: Spot
}

/** The steps of all scenarios: one of a background once, one of an outline for each row that makes it another. */
export function usedSteps(envelopes: readonly Envelope[]): UsedStep[] {
  const written = new Map(
    envelopes.flatMap(({ gherkinDocument }) => (gherkinDocument ? writtenIn(gherkinDocument) : [])),
  )
  const used = envelopes.flatMap(({ pickle }) =>
    (pickle?.steps ?? []).map(({ text, astNodeIds: [id] }) => ({ text, key: `${pickle?.uri} ${id}` })),
  )
  const distinct = new Map(used.map((step) => [`${step.key} ${step.text}`, step]))
  return [...distinct.values()].flatMap(({ text, key }) => {
    const step = written.get(key)
    return step ? [{ text, ...step }] : []
  })
}

/** What steps can say. @param root the checkout: where steps/ is */
export function definitionsIn(root: string): StepDefinition[] {
  const files = globSync('steps/**/*.steps.ts', { cwd: root })
  const sources = new Tree(new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')])))
  return stepFiles(sources).flatMap(({ definitions }) => definitions)
}

/** Each step, by where it stands: its id is its own within its file only. */
function writtenIn(document: GherkinDocument): Array<[string, Omit<UsedStep, 'text'>]> {
  const uri = document.uri ?? '(no file)'
  return stepsOf(document).map((written) => [
    `${uri} ${written.id}`,
    { written, spot: { uri, line: written.location.line } },
  ])
}
