import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope, GherkinDocument } from '@cucumber/messages'
import { type StepDefinition, stepFiles } from '../affected/step-definitions'
import { Tree } from '../affected/tree'
import { nearest } from '../nearest'
import { found, type LintFinding, type Spot } from './finding'
import { stepsOf } from './page'

/**
 * Steps that no definition matches. A step that can't be told from the source of the definitions is left to cucumber, as
 * are all of them where there are no definitions.
 *
 * @param root the checkout: where steps/ is
 */
export function stepFindings(envelopes: readonly Envelope[], root: string): LintFinding[] {
  const definitions = stepFiles(stepSources(root)).flatMap((each) => each.definitions)
  if (definitions.length === 0) return []
  const spots = new Map(
    envelopes.flatMap(({ gherkinDocument }) => (gherkinDocument ? spotsOf(gherkinDocument) : [])),
  )
  const used = envelopes.flatMap(({ pickle }) =>
    (pickle?.steps ?? []).map(({ text, astNodeIds: [id] }) => ({ text, key: `${pickle?.uri} ${id}` })),
  )
  // A step of a background is one of many scenarios; one of an outline is as many steps as there are rows.
  const distinct = new Map(used.map((step) => [`${step.key} ${step.text}`, step]))
  return [...distinct.values()].flatMap(({ text, key }) => {
    const spot = spots.get(key)
    if (!spot || definitions.some(({ pattern }) => pattern.test(text))) return []
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

function stepSources(root: string): Tree {
  const files = globSync('steps/**/*.steps.ts', { cwd: root })
  return new Tree(new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')])))
}

/** Where each step stands. Its id is its own within its file only. */
function spotsOf(document: GherkinDocument): Array<[string, Spot]> {
  const uri = document.uri ?? '(no file)'
  return stepsOf(document).map(({ id, location: { line } }) => [`${uri} ${id}`, { uri, line }])
}
