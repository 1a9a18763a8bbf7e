import type { Tag } from '@cucumber/messages'
import { contradictions, tagProblem } from '../gate/tags'
import { found, type LintFinding } from './finding'
import type { Page } from './page'

/** Tags that aren't on the list, and tags of one list that contradict each other. */
export function tagFindings({ uri, feature, rules, scenarios }: Page): LintFinding[] {
  const examples = scenarios.flatMap((scenario) => scenario.examples)
  return [feature, ...rules, ...scenarios, ...examples].flatMap(({ tags }) => [
    ...wrong(uri, tags),
    ...contradicting(uri, tags),
  ])
}

function wrong(uri: string, tags: readonly Tag[]): LintFinding[] {
  return tags.flatMap(({ name, location: { line } }) => {
    const problem = tagProblem(name)
    return problem ? [found('tags', { uri, line }, problem.what, problem.mend)] : []
  })
}

function contradicting(uri: string, tags: readonly Tag[]): LintFinding[] {
  const names = new Set(tags.map(({ name }) => name))
  return contradictions.flatMap(([one, other]) => {
    const second = tags.findLast(({ name }) => name === one || name === other)
    if (!second || !names.has(one) || !names.has(other)) return []
    const what = `${one} and ${other} contradict each other`
    return [found('tags', { uri, line: second.location.line }, what, 'keep the one that is true')]
  })
}
